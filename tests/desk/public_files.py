"""Lists, files and feeds, held against what was last published on each claim."""

import csv
import hashlib
import html
import io
import json
import re
from xml.etree import ElementTree

from django.conf import settings

from tests.desk.public_records import BUCKETS, check_record
from tests.desk.published import (
    SITE,
    badge,
    day,
    names_of,
    one_blank,
    printed,
    seconds,
    when_checked,
    who,
    words,
)

LISTS = ["/claims/", "/search/?q=harbour"]
FILES = [
    "/claims.csv",
    "/claims.jsonl",
    "/claims.atom",
    "/claimreview.json",
    "/sitemap.xml",
]
ATOM = "{http://www.w3.org/2005/Atom}"
# A list leaves out the blanks around these; a browser shows them apart.
BLOCK = re.compile(r"(</?(?:p|h\d|div|blockquote|ul|li)\b)")
ITEM = re.compile(r'<article class="claim-item.*?</article>', re.DOTALL)


def check_list(claim, path, page):
    expected = None if claim.is_withdrawn else item(claim)
    if path.startswith("/search/"):
        said = claim.newest["claim_reviewed"] + claim.newest["quote"]
        if "harbour" not in said.lower():
            expected = None
    assert items(page).get(claim.path) == expected, path


def check_speakers(claim, names, pages):
    """The claim stands on the pages of its speakers, as they were published."""
    version = claim.newest
    keys = [version["speaker_id"], *(each["id"] for each in version["speakers"])]
    speakers = set() if claim.is_withdrawn else {names.standing(key) for key in keys}
    for key, page in pages.items():
        expected = item(claim, with_speaker=False) if key in speakers else None
        assert items(page).get(claim.path) == expected, key


def items(page):
    """Return the words of each claim in a list, by the address it leads to."""
    found = {}
    for each in ITEM.findall(page):
        leads = re.search(r'<h\d class="claim-wording">\s*<a href="(.*?)"', each)[1]
        found[leads] = one_blank(words(BLOCK.sub(r" \1", each)))
    return found


def item(claim, *, with_speaker=True):
    version = claim.newest
    said, printed = version["claim_reviewed"], version["quote"]
    parts = [who(version)] if with_speaker else []
    parts.append(said)
    if said.casefold().rstrip(".") != printed.casefold().rstrip("."):
        parts.append(printed)
    parts.append(badge(claim))
    if claim.is_in_force:
        parts.append(version["summary"])
    where = f"{version['headline']}, {version['outlet_name']}"
    said = f"Said {day(version['stated_on'])}"
    parts.append(" · ".join(filter(None, (said, when_checked(claim), where))))
    return one_blank(" ".join(parts))


# --- Files and feeds ----------------------------------------------------------------


def check_files(claim, names, files):
    row = None if claim.is_withdrawn else row_of(claim, names)
    rows = csv.DictReader(io.StringIO(files["/claims.csv"], newline=""))
    lines = (json.loads(line) for line in files["/claims.jsonl"].splitlines() if line)
    as_csv = next((each for each in rows if each["id"] == str(claim.pk)), None)
    as_json = next((each for each in lines if each["id"] == claim.pk), None)
    for found in (as_csv, as_json):
        assert (found is None) == claim.is_withdrawn
    if row is not None:
        check_record(claim, names, as_json)
        check_places(claim, names, as_csv)
        assert as_csv.pop("changed_at") == f"{as_json['changed_at'][:19]}Z"
        assert {name: unguarded(cell) for name, cell in as_csv.items()} == {
            name: "" if value is None else str(value) for name, value in row.items()
        }
    feed = ElementTree.fromstring(files["/claims.atom"])  # noqa: S314 - the site's own
    entries = [entry_says(entry) for entry in feed.iter(f"{ATOM}entry")]
    mine = [entry for entry in entries if entry["link"] == SITE + claim.permanent]
    assert mine == ([] if claim.is_withdrawn else [entry_should_say(claim)])
    reviews = [
        each["item"][0]
        for each in json.loads(files["/claimreview.json"])["dataFeedElement"]
    ]
    mine = [each for each in reviews if f"/claims/{claim.pk}/" in each["url"]]
    assert mine == ([review(claim, names)] if claim.is_in_force else [])
    check_sitemap(claim, files["/sitemap.xml"])


def check_sitemap(claim, sitemap):
    expected = set()
    if not claim.is_withdrawn:
        expected = {f"{SITE}{claim.path}"} | {
            f"{SITE}/claims/{claim.pk}/versions/{each['number']}/"
            for each in claim.versions
        }
    found = set(re.findall(r"<loc>(.*?)</loc>", sitemap))
    own = re.compile(f"{SITE}/claims/{claim.pk}[-/]")
    assert {each for each in found if own.match(each)} == expected


PLACES = ("text_number", "text_sha256", "quote_spans", "cue_spans", "speaker_spans")


def check_places(claim, names, row):
    """Take the places out of a row, after a look at the words that stand there."""
    number, digest, *spans = (row.pop(name) for name in PLACES)
    body = names.bodies[int(number.removesuffix(".0")) - 1]
    assert digest == hashlib.sha256(body.encode()).hexdigest()
    marks = claim.newest["marks"]
    home = {mark["text"] for mark in marks if mark["role"] == "content"}
    for role, places in zip(("content", "cue", "speaker"), spans, strict=True):
        mine = [mark for mark in marks if mark["role"] == role]
        ends = [place.removeprefix("char=").split(",") for place in places.split()]
        found = [body[int(start) : int(end)] for start, end in ends]
        # Of a mark that has moved alone no place is told.
        strayed = not found and {mark["text"] for mark in mine} != home
        assert strayed or found == [mark["exact"] for mark in mine]


def unguarded(cell):
    """Return a cell without the sign that keeps spreadsheets from reckoning with it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in set("=+-@\t\r'") else cell


def row_of(claim, names):
    """Return all of a claim's row but the places of its words and its last change."""
    version, page = claim.newest, names.speaker_page(claim.newest["speaker_id"])
    force = claim.is_in_force
    row = {
        "id": claim.pk,
        "url": SITE + claim.permanent,
        "wording": version["claim_reviewed"],
        "claim_reviewed": version["claim_reviewed"],
        "quote": version["quote"],
        "cue": printed(version, "cue"),
        "speaker_words": printed(version, "speaker"),
        "speaker": page.split("/")[2],
        "speaker_name": version["speaker_name"],
        "speaker_kind": version["speaker_kind"],
        "speaker_role": version["speaker_role"],
        "other_speakers": " ".join(each["slug"] for each in version["speakers"]),
        "speaker_wikidata": None,
        "via": None,
        "outlet": names.outlet_slug,
        "outlet_name": version["outlet_name"],
        "article_page": f"{SITE}/articles/{names.article_number}/",
        "article_headline": version["headline"],
        "article_url": version["article_url"],
        "article_published_on": version["article_published_on"].isoformat(),
        "language": "en",
        "attribution": version["attribution"],
        "stated_on": version["stated_on"].isoformat(),
        "stated_precision": version["stated_precision"],
        "stated_basis": version["stated_basis"],
        "checkability": version["checkability"],
        "topics": " ".join(sorted(claim.topics)),
        "repeats": None,
        "review": "reviewed" if force else "retracted",
        **(of_verdict_in_force(version) if force else OF_A_RETRACTED_VERDICT),
        "version": f"{version['number']}.0",
        "version_url": f"{SITE}/claims/{claim.pk}/versions/{version['number']}/",
        "version_kind": version["kind"],
        "version_note": version["note"],
        "published_at": seconds(version["published_at"]),
        "author": version["author_name"],
        "approver": version["approver_name"],
        "digest": version["digest"],
        "listed_at": seconds(claim.listed_at),
        "times_said": "1.0",
        "spoken_second": None,
        "published_elsewhere_by": None,
        "review_url": None,
        "first_rating": None,
        "first_published_at": None,
        "published_precision": None,
    }
    return {name: None if value == "" else value for name, value in row.items()}


def of_verdict_in_force(version):
    value = version["rating_value"]
    in_words = "no value" if value is None else f"{value} of 5"
    return {
        "finding": version["finding"],
        "rating": f"{value or 0}-{version['rating_slug']}",
        "rating_label": f"{version['rating_label']} ({in_words})",
        "rating_value": value and f"{value}.0",
        "bucket": BUCKETS[version["rating_bucket"]],
        "summary": version["summary"],
        "as_of": version["as_of"],
        "evidence_urls": " ".join(row["url"] for row in version["evidence"]),
    }


OF_A_RETRACTED_VERDICT = {
    **dict.fromkeys(("finding", "rating", "rating_label", "bucket"), "retracted"),
    **dict.fromkeys(("rating_value", "summary", "as_of", "evidence_urls")),
}


def entry_says(entry):
    text = {
        name: one_blank(html.unescape(entry.findtext(f"{ATOM}{name}") or ""))
        for name in ("title", "summary", "updated")
    }
    return text | {
        "link": entry.find(f"{ATOM}link").get("href"),
        "author": entry.findtext(f"{ATOM}author/{ATOM}name"),
        "category": entry.find(f"{ATOM}category").get("term"),
    }


def entry_should_say(claim):
    version, names = claim.newest, "; ".join(names_of(claim.newest))
    summary, category = "The verdict was retracted.", "none"
    if claim.is_in_force:
        category = version["rating_label"]
        summary = f"{category}. {version['summary']}"
    return {
        "title": one_blank(version["claim_reviewed"]),
        "summary": one_blank(f"{summary} {names}: “{version['quote']}”"),
        "updated": version["published_at"].isoformat(),
        "link": SITE + claim.permanent,
        "author": names,
        "category": category,
    }


# --- ClaimReview --------------------------------------------------------------------


def review(claim, names):
    """Return the ClaimReview of a claim's verdict in force."""
    version, url = claim.newest, SITE + claim.permanent
    desk = {
        "@type": "Organization",
        "@id": f"{SITE}/about/#desk",
        "name": settings.FACTCHECK["NAME"],
        "url": f"{SITE}/",
    }
    rating = {"@type": "Rating", "alternateName": version["rating_label"]}
    if version["rating_value"] is not None:
        rating |= {
            "ratingValue": version["rating_value"],
            "bestRating": 5,
            "worstRating": 1,
        }
    node = {
        "@type": "ClaimReview",
        "@id": f"{url}#review",
        "url": url,
        "claimReviewed": version["claim_reviewed"],
        "reviewRating": rating | {"ratingExplanation": version["summary"]},
        "author": desk,
        "publisher": {"@id": desk["@id"]},
        "datePublished": seconds(claim.versions[0]["published_at"]),
        "dateModified": seconds(version["published_at"]),
        "version": version["number"],
        "itemReviewed": statement_node(claim, names),
        "citation": [
            {"@type": "CreativeWork", "name": row["title"], "url": row["url"]}
            for row in version["evidence"]
        ],
        "license": settings.FACTCHECK["DATA_LICENCE_URL"],
    }
    if version["number"] > 1:
        node["correction"] = {
            "@type": "CorrectionComment",
            "text": version["note"],
            "datePublished": seconds(version["published_at"]),
        }
    return node


def statement_node(claim, names):
    version = claim.newest
    first = (version["speaker_name"], version["speaker_role"])
    people = [(*first, names.speaker_permanent(version["speaker_id"]))]
    people += [
        (each["name"], each["role"], f"/speakers/id/{each['id']}/")
        for each in version["speakers"]
    ]
    authors = [
        {"@type": "Person", "name": name, "url": SITE + page}
        | ({"jobTitle": role} if role else {})
        for name, role, page in people
    ]
    article = {
        "@type": "NewsArticle",
        "url": SITE + names.article_page,
        "headline": version["headline"],
        "datePublished": version["article_published_on"].isoformat(),
        "inLanguage": "en",
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": version["outlet_name"],
        },
    }
    return {
        "@type": "Claim",
        "@id": f"{SITE}{claim.permanent}#claim",
        "text": version["claim_reviewed"],
        "author": authors if len(authors) > 1 else authors[0],
        "appearance": article,
        "firstAppearance": article,
        "datePublished": version["stated_on"].isoformat(),
    }
