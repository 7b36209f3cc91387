vcl 4.1;
# Varnish before the site: public pages from memory, each made once however many ask.
# How long each is kept the site says (FACTCHECK_S_MAXAGE); pages are the same for all.

import std;

backend default {
    .host = "127.0.0.1";
    .port = "8000";
    .probe = {
        .request =
            "GET /healthz HTTP/1.1"
            "Host: desk.example"
            "X-Forwarded-Proto: https"
            "Connection: close";
        .interval = 2s;
        .timeout = 1s;
        .initial = 3;
        .window = 4;
        .threshold = 2;
    }
}

sub vcl_recv {
    # The desk is each person's own.
    if (req.url ~ "^/admin/") {
        return (pass);
    }
    # No public page reads a cookie.
    unset req.http.Cookie;
    # Old pages are handed out while a new one is asked for; for a day, once the site
    # gives no answer.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 10s;
    }
}

sub vcl_hash {
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_backend_response {
    # An old page is better than none.
    if (beresp.status >= 500 && bereq.is_bgfetch) {
        return (abandon);
    }
    if (beresp.ttl > 0s) {
        set beresp.grace = 1d;
        # Then asked about by its tag: where nothing changed the site works not.
        set beresp.keep = 1d;
    }
}

sub vcl_deliver {
    if (obj.hits > 0) {
        set resp.http.X-Cache = "HIT";
    } else {
        set resp.http.X-Cache = "MISS";
    }
}
