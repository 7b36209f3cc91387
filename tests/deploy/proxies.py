"""nginx, Caddy and PgBouncer on ports of their own, in front of an echo."""

import json
import os
import shutil
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from django.conf import settings

DEPLOY = settings.BASE_DIR / "factcheck" / "deploy"
PATIENCE = 30
# Where Debian puts what only root looks for.
SEARCHED = f"{os.environ['PATH']}:/usr/sbin"


def program(name):
    return shutil.which(name, path=SEARCHED)


class Echo(BaseHTTPRequestHandler):
    """Answer with what came: request line, headers, length of the body."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        left = length
        while left:
            left -= len(self.rfile.read(min(left, 1 << 20)))
        body = json.dumps(
            {
                "version": self.request_version,
                "path": self.path,
                "length": length,
                "headers": {
                    name.lower(): value for name, value in self.headers.items()
                },
            }
        ).encode()
        self.send_response(200)
        self.send_header("Strict-Transport-Security", "max-age=31536000")
        self.send_header("Cache-Control", "public, s-maxage=60")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer  # noqa: N815

    def log_message(self, *_words):
        pass


@contextmanager
def echo():
    """Yield the port of a server that answers with what came."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def running(arguments, port, **options):
    """Run a server until the block ends; it is there when its port answers."""
    log = Path(options.pop("log"))
    with log.open("w") as writing:
        process = subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=writing,
            **options,
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                break
            except OSError:
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def certificate(folder, host):
    """Write a certificate for a host and its key into a folder."""
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec"),
            *("-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"),
            *("-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}"),
            *("-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"),
        ],
        check=True,
        capture_output=True,
    )


@contextmanager
def nginx(folder, upstream, port, plain):
    """Run nginx.conf with another upstream, other ports and a certificate."""
    certificate(folder, "desk.example")
    site = (DEPLOY / "nginx.conf").read_text("utf-8")
    for former, new in {
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        "listen 443": f"listen 127.0.0.1:{port}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "/etc/ssl/desk.example": str(folder),
        "/srv/factcheck/factcheck/deploy/nginx-cache-zone.conf": f"{folder}/zone",
        "/srv/factcheck/factcheck/deploy": str(DEPLOY),
        "/run/factcheck/": f"{folder}/",
    }.items():
        assert former in site
        site = site.replace(former, new)
    zone = (DEPLOY / "nginx-cache-zone.conf").read_text("utf-8")
    assert "/var/cache/factcheck" in zone
    (folder / "zone").write_text(zone.replace("/var/cache/factcheck", f"{folder}/kept"))
    lines = [line for line in site.splitlines() if "listen [::]" not in line]
    (folder / "site").write_text("\n".join(lines))
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # Its workers leave root, and could not write here.
    account = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{account} pid {folder}/pid; daemon off; error_log {folder}/error;"
        f"events {{}} http {{ access_log off; {temporary} include {folder}/site; }}"
    )
    command = [program("nginx"), "-p", folder, "-c", folder / "nginx.conf"]
    with running(command, port, log=folder / "log"):
        yield


@contextmanager
def caddy(folder, upstream, port, plain):
    """Run the Caddyfile with another upstream, other ports and Caddy's own CA."""
    site = (DEPLOY / "Caddyfile").read_text("utf-8")
    assert "127.0.0.1:8000" in site and "\ndesk.example {" in site
    site = site.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    site = site.replace("/run/factcheck", str(folder))
    site = site.replace("\ndesk.example {", "\ndesk.example {\n\ttls internal")
    (folder / "Caddyfile").write_text(
        "{\n\tadmin off\n\tskip_install_trust\n"
        f"\thttps_port {port}\n\thttp_port {plain}\n}}\n{site}"
    )
    command = [program("caddy"), "run", "--adapter", "caddyfile"]
    command += ["--config", folder / "Caddyfile"]
    own = {"HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    log, env = folder / "log", os.environ | own | {"XDG_CONFIG_HOME": str(folder)}
    with running(command, port, log=log, env=env):
        yield
