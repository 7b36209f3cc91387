"""A claim's own pages, held against what was last published on it, byte for byte."""

import html
import json
import re

from django.conf import settings

from tests.desk.public_files import review
from tests.desk.public_records import check_record, version_of
from tests.desk.published import (
    SITE,
    badge,
    day,
    milliseconds,
    names_of,
    one_blank,
    piece,
    tokens,
    when_checked,
    who,
    words,
)


def addresses(claim):
    path, pk = claim.path, claim.pk
    return [
        path,
        f"{path[:-1]}.json",
        f"/claims/{pk}/card/",
        f"/oembed?url={SITE}{path}",
        f"/claims/{pk}.json",
        *(f"/claims/{pk}/versions/{each['number']}.json" for each in claim.versions),
    ] + ([f"/claims/{pk}/cite.json"] if claim.is_withdrawn else [])


def check_own_pages(claim, names, pages):
    (status, page), data, card, oembed = pages[:4]
    assert status == 200, (claim.path, status)
    version = claim.newest
    own = page[page.index("<main") : page.index('id="versions"')]
    assert page_says(own, page) == page_should_say(claim)
    assert (' name="robots" content="noindex"' in page) == claim.is_withdrawn
    markup = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert (markup is not None) == claim.is_in_force
    if markup:
        assert json.loads(markup[1]) == {
            "@context": "https://schema.org",
            **review(claim, names),
        }
    assert piece(card[1], r"<h1[^>]*>(.*?)</h1>") == one_blank(
        version["claim_reviewed"]
    )
    assert piece(card[1], r'<p class="claim-speaker">(.*?)</p>') == one_blank(
        f"{'; '.join(names_of(version))}, said {day(version['stated_on'])}"
    )
    assert piece(card[1], r"<p>\s*(<span class=\"verdict.*?)</p>") == one_blank(
        f"{badge(claim)} {when_checked(claim)}"
    )
    shown = {token for _status, body in (card, oembed) for token in tokens(body)}
    assert shown <= tokens(repr(version)) | tokens(repr(claim.topics))
    # Below it other claims are offered, which are looked at on their own pages.
    own = page.partition('<div class="related')[0]
    assert tokens(own) <= tokens(repr(claim.versions)) | claim.tokens | tokens(
        repr(claim.topics)
    )
    if claim.is_withdrawn:
        check_gone(claim, card, [data, oembed, *pages[4:]])
        return
    assert [card[0], data[0], oembed[0]] == [200, 200, 200]
    summary = one_blank(version["summary"]) if claim.is_in_force else None
    assert piece(card[1], r'<p class="summary"[^>]*>(.*?)</p>') == summary
    answer = json.loads(oembed[1])
    assert answer["title"] == version["claim_reviewed"]
    assert answer["author_name"] == "; ".join(names_of(version))
    speaker = names.speaker_permanent(version["speaker_id"])
    assert answer["author_url"] == SITE + speaker
    check_record(claim, names, json.loads(data[1]))
    assert pages[4] == data
    for each, (status, body) in zip(claim.versions, pages[5:], strict=True):
        assert (status, json.loads(body)) == (200, version_of(each, names))


def page_says(own, page):
    return {
        "who": piece(own, r'<p class="claim-speaker">(.*?)</p>'),
        "wording": piece(own, r"<h1[^>]*>(.*?)</h1>"),
        "occasion": piece(own, r'<p class="claim-occasion">(.*?)</p>'),
        "headline": piece(own, r"<cite>(.*?)</cite>"),
        "words": " [...] ".join(
            words(found)
            for found in re.findall(r"<mark class=\"words is-own.*?</mark>", own)
        ),
        "label": piece(own, r'<span class="rating-label"[^>]*>(.*?)</span>'),
        "definition": piece(
            own, r'<p class="rating-definition">\s*<span[^>]*>(.*?)</span>'
        ),
        "summary": piece(own, r'<p class="lead summary"[^>]*>(.*?)</p>'),
        "finding": piece(own, r"<dt>Did they say it\?</dt><dd>(.*?)</dd>"),
        "override": piece(own, r'<p class="override">.*?<span[^>]*>(.*?)</span>'),
        "correction": piece(
            own, r'<aside class="correction".*?<div[^>]*>\s*<p>(.*?)</p>'
        ),
        "removal": piece(own, r'<section class="retraction".*?<p[^>]*>(.*?)</p>'),
        "verified": piece(own, r'id="verified".*?<div[^>]*>(.*?)</div>'),
        "evidence": re.findall(r'<p class="source-title">\s*<a href="(.*?)"', own),
        "heading": piece(page, r"<title>(.*?)</title>"),
        "people": [
            (label, words(found))
            for label, found in re.findall(
                r"<dt>(\w+ (?:for )?by)</dt>\s*<dd>\s*(.*?)\s*</dd>", page, re.DOTALL
            )
        ],
        "shared": [
            one_blank(html.unescape(found))
            for found in re.findall(
                r'<meta property="og:(?:title|description)"\s+content="(.*?)"', page
            )
        ],
    }


def page_should_say(claim):
    version, force = claim.newest, claim.is_in_force
    wording = one_blank(version["claim_reviewed"])
    label = version["rating_label"]
    shared = {True: [f"{label}: {wording}", version["summary"]]}.get(
        force, [wording, badge(claim)[1:]]
    )

    def if_in_force(text):
        return one_blank(text) if force and text else None

    return {
        "who": one_blank(who(version)),
        "wording": wording,
        "occasion": " · ".join(
            filter(
                None,
                (
                    f"Said {day(version['stated_on'])}",
                    when_checked(claim),
                    version["outlet_name"],
                ),
            )
        ),
        "headline": version["headline"],
        "words": one_blank(version["quote"]),
        "label": if_in_force(label),
        "definition": if_in_force(version["rating_definition"]),
        "summary": if_in_force(version["summary"]),
        "finding": if_in_force(FINDINGS[version["finding"]]),
        "override": if_in_force(version["override_reason"]),
        "correction": if_in_force(version["note"]),
        "removal": None if force else one_blank(why_not_in_force(claim)),
        "verified": if_in_force(version["how_verified"]),
        "evidence": [row["url"] for row in version["evidence"]] if force else [],
        "heading": f"{wording} · {settings.FACTCHECK['NAME']}",
        "people": list(
            zip(
                PEOPLE.get(version["kind"], ("Written by", "Approved by")),
                (version["author_name"], version["approver_name"]),
                strict=True,
            )
        ),
        "shared": [one_blank(each) for each in shared],
    }


def why_not_in_force(claim):
    return claim.gone[0] if claim.is_withdrawn else claim.newest["note"]


PEOPLE = {
    "retracted": ("Asked for by", "Retracted by"),
    "withdrawn": ("Asked for by", "Withdrawn by"),
}
FINDINGS = {
    "confirmed": "They said it",
    "distorted": "The wording distorts what was said",
    "misattributed": "Somebody else said it",
    "not_found": "No record that it was said",
    "not_checked": "Not checked",
}


def check_gone(claim, card, programs):
    """Programs are told that it is gone, since when and why, and nothing else."""
    reason, since = claim.gone
    for status, body in programs:
        assert status == 410
        assert json.loads(body) == {
            "id": claim.pk,
            "url": SITE + claim.permanent,
            "state": "withdrawn",
            "withdrawn_at": milliseconds(since),
            "reason": reason,
        }
    assert card[0] == 410
    assert one_blank(reason) in words(card[1])
    assert 'class="summary"' not in card[1]
