"""URLconf of the public site."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from claims import feeds, sitemaps
from claims.api import changes, endpoints, llms, mcp
from claims.api.page import api_page
from claims.exchange.corrections import CORRECTION_FORMATS
from claims.exchange.export import FORMATS
from claims.views import (
    articles,
    checking,
    claim_lists,
    claims,
    compliance,
    desk_pages,
    downloads,
    embedding,
    evidence,
    following,
    heads,
    health,
    home,
    method,
    pictures,
    records,
    replies,
    reports,
    search,
    site,
    speakers,
)


class UnicodeSlug(StringConverter):
    """A path converter for slugs with letters of any script."""

    regex = r"[-\w]+"


class Digest(StringConverter):
    """A path converter for SHA-256 in hexadecimal."""

    regex = r"[0-9a-f]{64}"


register_converter(UnicodeSlug, "uslug")
register_converter(Digest, "digest")

app_name = "claims"

urlpatterns = [
    # --- Lists, and the same lists as files ----------------------------------------
    path("", home.home, name="home"),
    path("claims/", claim_lists.claim_list, name="claims"),
    *(
        path(
            f"claims.{ending}",
            downloads.claims_file,
            {"ending": ending},
            name=f"claims_{ending}",
        )
        for ending in FORMATS
    ),
    path("speakers/", speakers.speaker_list, name="speakers"),
    path("articles/", articles.article_list, name="articles"),
    path("topics/", claim_lists.topic_list, name="topics"),
    path("outlets/", claim_lists.outlet_list, name="outlets"),
    path("topics/<uslug:slug>/", claim_lists.topic_page, name="topic"),
    path("outlets/<uslug:slug>/", claim_lists.outlet_page, name="outlet"),
    path("search/", search.search, name="search"),
    path("check/", checking.check, name="check"),
    path("suggest/", search.suggest, name="suggest"),
    # --- One claim -------------------------------------------------------------
    path("claims/<int:pk>/", claims.claim_page, name="claim_number"),
    path("claims/<int:pk>-<uslug:slug>/", claims.claim_page, name="claim"),
    path("claims/<int:pk>.json", records.claim_data, name="claim_number_data"),
    path("claims/<int:pk>-<uslug:slug>.json", records.claim_data, name="claim_data"),
    path("claims/<int:pk>/cite.bib", claims.claim_bibtex, name="claim_bibtex"),
    path("claims/<int:pk>/cite.json", claims.claim_csl, name="claim_csl"),
    path("claims/<int:pk>/card/", claims.claim_card, name="claim_card"),
    path(
        "claims/<int:pk>/card.png",
        embedding.social_card_image,
        name="social_card_number",
    ),
    path(
        "claims/<int:pk>/card-<slug:key>.png",
        embedding.social_card_image,
        name="social_card",
    ),
    path(
        "claims/<int:claim_id>/versions/<int:number>/",
        claims.version_page,
        name="version",
    ),
    path(
        "claims/<int:claim_id>/versions/<int:number>.json",
        records.version_data,
        name="version_data",
    ),
    path(
        "evidence/<digest:sha256>.<slug:kind>",
        evidence.evidence_file,
        name="evidence_file",
    ),
    path(
        "pictures/<digest:sha256>-<int:size>.jpg",
        pictures.speaker_picture,
        name="speaker_picture",
    ),
    # --- One article, one speaker ----------------------------------------------
    path("articles/<int:pk>/", articles.article_page, name="article_number"),
    path("articles/<int:pk>.json", records.article_data, name="article_number_data"),
    path(
        "articles/<int:pk>-<uslug:slug>.json",
        records.article_data,
        name="article_data",
    ),
    path("articles/<int:pk>-<uslug:slug>/", articles.article_page, name="article"),
    path("speakers/<uslug:slug>/", speakers.speaker_page, name="speaker"),
    path(
        "speakers/<uslug:slug>/contradictions/",
        speakers.contradictions_page,
        name="contradictions",
    ),
    # --- How the desk works ------------------------------------------------------
    path("ratings/", method.ratings_page, name="ratings"),
    path("corrections/", method.corrections_page, name="corrections"),
    path("corrections/heads.json", heads.heads_data, name="heads"),
    *(
        path(
            f"corrections.{ending}",
            downloads.corrections_file,
            {"ending": ending},
            name=f"corrections_{ending}",
        )
        for ending in CORRECTION_FORMATS
    ),
    path("ratings.json", records.scale_data, name="ratings_data"),
    # --- By number, which no renaming moves: what programs link to ----------------
    *(
        route
        for kind in records.MODELS
        for route in (
            path(
                f"{kind}s/id/<int:pk>/",
                records.page_by_number,
                {"kind": kind},
                name=f"{kind}_number",
            ),
            path(
                f"{kind}s/id/<int:pk>.json",
                records.row_data,
                {"kind": kind},
                name=f"{kind}_number_data",
            ),
            path(
                f"{kind}s/<uslug:slug>.json",
                records.row_data,
                {"kind": kind},
                name=f"{kind}_data",
            ),
        )
    ),
    path("about/", desk_pages.about, name="about"),
    path("about/<slug:slug>/", desk_pages.about_page, name="about_page"),
    path(
        "about/<slug:slug>/versions/<slug:language>/<int:number>/",
        desk_pages.page_version,
        name="page_version",
    ),
    path("compliance/", compliance.compliance_page, name="compliance"),
    path("compliance/balance/", compliance.balance_page, name="balance"),
    path("compliance/balance.csv", compliance.balance_file, name="balance_file"),
    path("policy/", method.policy_page, name="policy"),
    path("data/", method.data_page, name="data"),
    path("data/<slug:name>.csv", downloads.dictionary_file, name="dictionary"),
    path("data/files/<str:name>", downloads.prepared_download, name="prepared"),
    path("audit/", method.audit_page, name="audit"),
    path("accessibility/", method.accessibility_page, name="accessibility"),
    path("follow/", following.follow, name="follow"),
    path("follow/sent/", following.follow_sent, name="follow_sent"),
    path(
        "follow/confirm/<uslug:token>/", following.follow_confirm, name="follow_confirm"
    ),
    path("follow/leave/<uslug:token>/", following.follow_leave, name="follow_leave"),
    path("reply/sent/", replies.reply_sent, name="reply_sent"),
    path("reply/<uslug:token>/", replies.reply, name="reply"),
    path("report/", reports.report, name="report"),
    path("report/sent/", reports.report_sent, name="report_sent"),
    path("report/<uslug:token>/", reports.report_tracking, name="report_tracking"),
    # --- For other programs ------------------------------------------------------
    *(
        path(f"{name}.{shape}", view, {"shape": shape}, name=f"{name}_{shape}")
        for shape in feeds.SHAPES
        for name, view in (
            ("claims", feeds.claims_feed),
            ("corrections", feeds.corrections_feed),
        )
    ),
    path("claimreview.json", embedding.claimreview_feed, name="claimreview_feed"),
    path("changes.jsonl", changes.changes_file, name="changes"),
    path("api/", api_page, name="api"),
    *endpoints.urls(),
    path("mcp", mcp.mcp, name="mcp"),
    path("llms.txt", llms.llms_text, name="llms"),
    path("oembed", embedding.oembed, name="oembed"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path(
        "sitemap-<slug:name>-<int:number>.xml",
        sitemaps.sitemap_file,
        name="sitemap_file",
    ),
    path("robots.txt", sitemaps.robots, name="robots"),
    # --- The site itself -----------------------------------------------------------
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("favicon.ico", site.favicon, name="favicon"),
    path("desk.css", site.desk_colours, name="desk_colours"),
]
