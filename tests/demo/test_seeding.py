"""The demo content says what it claims to say; checked without a database."""

import json
import re
import unicodedata
from collections import Counter
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
STEMS = sorted(path.stem for path in (SEEDS / "articles").glob("*.txt"))
LEAD = "01-turkey-s400-talks"
TODAY = date(2026, 11, 23)

RATINGS = {
    "true",
    "mostly-true",
    "mixed",
    "mostly-false",
    "false",
    "unproven",
    "not-checkable",
}
FINDINGS = {"confirmed", "distorted", "misattributed", "not_found", "not_checked"}
CHECKABILITY = {
    "checkable",
    "opinion",
    "prediction",
    "promise",
    "reported_act",
    "vague",
}
STATUSES = {"listed", "draft", "withdrawn", "suggested", "rejected"}
ATTRIBUTIONS = {"direct", "indirect", "mixed"}
PRECISIONS = {"day", "month", "year", "on_or_before", "unknown"}
BASES = {"stated", "weekday", "article_date", "editor"}
KINDS = {
    "first",
    "rating_changed",
    "fact_corrected",
    "clarified",
    "updated",
    "retracted",
}
SPEAKER_KINDS = {"person", "organisation", "government", "group", "unnamed"}
STANCES = {"supports", "contradicts", "context"}
REAL_NAMES = re.compile(
    r"\b(Rood|Erdo[gğ]an|Trump|Turkey|Ankara|Washington|Daily Sabah|Pentagon|NATO"
    r"|Russian?|Moscow|Patriots?|United States|U\.S\.|Pakistan|Israel|Ukraine"
    r"|Putin|Biden|Obama)(?!\w)",
    re.IGNORECASE,
)
PRONOUNS = re.compile(r"\b(I|he|she|it|they|we|you|his|her|its|their|our|my)\b", re.I)


def read_json(name):
    return json.loads((SEEDS / name).read_text(encoding="utf-8"))


def read_article(stem):
    """Return the date, the headline and the body of an article file."""
    text = (SEEDS / "articles" / f"{stem}.txt").read_text(encoding="utf-8")
    header, _, rest = text.strip().partition("\n")
    found = re.fullmatch(r"date (\d{4}-\d\d-\d\d) (\S.*)", header.strip())
    assert found, f"{stem}: the first line is not 'date YYYY-MM-DD Headline'"
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", rest) if part.strip()]
    if paragraphs[0] == found[2]:
        del paragraphs[0]
    body = unicodedata.normalize("NFC", "\n\n".join(paragraphs))
    return date.fromisoformat(found[1]), found[2], body


def place(body, words, occurrence):
    """Return where the words stand for the given time, counted from 1."""
    at = -1
    for _ in range(occurrence):
        at = body.find(words, at + 1)
        assert at >= 0, f"{words!r} does not stand there {occurrence} times"
    return at, at + len(words)


def content_spans(stem, claim):
    body = read_article(stem)[2]
    pairs = zip(claim["content"], claim["occurrence"], strict=True)
    return [place(body, words, occurrence) for words, occurrence in pairs]


def publications(claim):
    return (claim["verdict"] or {"history": []})["history"]


ARTICLES = {stem: read_json(f"articles/{stem}.json") for stem in STEMS}
CLAIMS = [(stem, claim) for stem in STEMS for claim in ARTICLES[stem]["claims"]]
SPEAKERS = {speaker["slug"]: speaker for speaker in read_json("speakers.json")}
TOPICS = {topic["slug"]: topic for topic in read_json("topics.json")}
USERS = {user["username"]: user for user in read_json("users.json")}
PUBLISHED = [(claim, entry) for _, claim in CLAIMS for entry in publications(claim)]
WORKING = [
    (claim, claim["verdict"]["working"])
    for _, claim in CLAIMS
    if claim["verdict"] and claim["verdict"]["working"]
]

each_claim = pytest.mark.parametrize(
    ("stem", "claim"), CLAIMS, ids=[claim["key"] for _, claim in CLAIMS]
)
each_article = pytest.mark.parametrize("stem", STEMS)


@each_article
def test_an_article_is_of_a_readable_length_and_canonical(stem):
    raw = (SEEDS / "articles" / f"{stem}.txt").read_text(encoding="utf-8")
    published_on, headline, body = read_article(stem)
    assert raw == unicodedata.normalize("NFC", raw)
    assert not re.search("[\0\r\u202a-\u202e\u2066-\u2069]", raw)
    assert 250 <= len(body.split()) <= 600
    assert not body.startswith(headline)
    assert "\n\n\n" not in body
    assert published_on <= TODAY


@each_article
def test_an_article_says_where_it_is_from(stem):
    article = ARTICLES[stem]
    published_on = read_article(stem)[0]
    assert published_on <= date.fromisoformat(article["accessed_on"]) <= TODAY
    for url in (article["url"], article["outlet"]["homepage"]):
        assert urlsplit(url).scheme == "https"
        assert urlsplit(url).hostname.endswith(".example")
    assert article["archived_url"] == "" or article["archived_url"].startswith(
        "https://archive.example/"
    )
    assert article["language"] == "en"
    assert article["byline"]


def test_articles_and_their_claims_come_in_pairs():
    assert len(STEMS) >= 9
    assert sorted(p.stem for p in (SEEDS / "articles").glob("*.json")) == STEMS
    assert {article["text_rights"] for article in ARTICLES.values()} == {
        "full",
        "excerpt",
        "link",
    }


def test_only_the_lead_is_older_than_the_desk():
    years = {stem: read_article(stem)[0].year for stem in STEMS}
    assert years.pop(LEAD) == 2019
    assert set(years.values()) == {2023, 2024, 2025, 2026}


@each_claim
def test_the_words_of_a_claim_stand_in_the_text(stem, claim):
    body = read_article(stem)[2]
    spans = content_spans(stem, claim)
    assert spans
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start, "the parts of the content are not in order"
    for words, occurrence in (
        (claim["cue"], claim["cue_occurrence"]),
        (claim["speaker_words"], claim["speaker_words_occurrence"]),
    ):
        if words is None:
            continue
        cue_start, cue_end = place(body, words, occurrence)
        for start, end in spans:
            assert cue_end <= start or end <= cue_start, f"{words!r} is in the content"


@each_claim
def test_the_fields_of_a_claim_have_known_values(stem, claim):
    assert claim["attribution"] in ATTRIBUTIONS
    assert claim["precision"] in PRECISIONS
    assert claim["basis"] in BASES
    assert claim["checkability"] in CHECKABILITY
    assert claim["status"] in STATUSES
    assert set(claim["topics"]) <= set(TOPICS)
    assert claim["topics"]
    assert bool(claim["withdraw_reason"]) == (claim["status"] == "withdrawn")
    if claim["speaker"] is None:
        assert claim["status"] in {"suggested", "rejected", "draft"}
    else:
        assert "merged_into" not in SPEAKERS[claim["speaker"]]


@each_claim
def test_a_wording_can_be_read_alone(stem, claim):
    assert claim["wording"].endswith(".")
    assert claim["wording"][0].isupper() or claim["wording"][0].isdigit()
    assert not PRONOUNS.search(claim["wording"])


@each_claim
def test_the_date_of_a_statement_fits_its_precision_and_basis(stem, claim):
    published_on = read_article(stem)[0]
    if claim["precision"] == "unknown":
        assert claim["stated_on"] is None
        return
    stated_on = date.fromisoformat(claim["stated_on"])
    assert stated_on <= published_on
    if claim["basis"] == "weekday":
        assert claim["precision"] == "day"
        assert published_on - stated_on < timedelta(days=7)
        assert stated_on.strftime("%A") in read_article(stem)[2]
    if claim["basis"] == "article_date":
        assert stated_on == published_on
    if claim["precision"] == "month":
        assert stated_on.day == 1
    if claim["precision"] == "year":
        assert (stated_on.month, stated_on.day) == (1, 1)


def test_keys_are_unique_and_repeats_point_to_an_earlier_article():
    stems = {claim["key"]: stem for stem, claim in CLAIMS}
    assert len(stems) == len(CLAIMS)
    for stem, claim in CLAIMS:
        if claim["repeats"]:
            assert read_article(stems[claim["repeats"]])[0] < read_article(stem)[0]


def test_speakers_resolve_and_only_the_real_ones_have_a_wikidata_id():
    assert len(SPEAKERS) == len(read_json("speakers.json"))
    for speaker in SPEAKERS.values():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", speaker["slug"])
        assert speaker["kind"] in SPEAKER_KINDS
        assert speaker["speaks_for"] is None or speaker["speaks_for"] in SPEAKERS
        if "merged_into" in speaker:
            assert "merged_into" not in SPEAKERS[speaker["merged_into"]]
    assert {s["slug"]: s["wikidata_id"] for s in SPEAKERS.values()} == {
        **dict.fromkeys(SPEAKERS, ""),
        "turkey": "Q43",
        "united-states": "Q30",
        "recep-tayyip-erdogan": "Q39259",
    }
    assert any("merged_into" in speaker for speaker in SPEAKERS.values())
    assert {speaker["kind"] for speaker in SPEAKERS.values()} == SPEAKER_KINDS


def test_every_topic_is_used():
    assert {slug for _, claim in CLAIMS for slug in claim["topics"]} == set(TOPICS)


def test_every_group_has_a_demo_login():
    assert {group for user in USERS.values() for group in user["groups"]} == {
        "Annotators",
        "Reviewers",
        "Editors",
    }
    assert [name for name, user in USERS.items() if user["superuser"]] == ["admin"]


def check_a_verdict(entry, claim, *, complete):
    assert entry["rating"] in RATINGS
    assert entry["finding"] in FINDINGS
    assert entry["kind"] in KINDS
    assert 0 < len(entry["summary"]) <= 300
    assert entry["explanation"]
    assert date.fromisoformat(entry["as_of"]) <= TODAY
    assert "Reviewers" in USERS[entry["by"]]["groups"] or entry["by"] == "emeka"
    if entry["recheck_on"]:
        assert entry["recheck_on"] > entry["as_of"]
    if complete:
        assert 2 <= len(entry["explanation"].split("\n\n")) <= 4
        assert entry["how_verified"]
        assert entry["evidence"]
    for source in entry["evidence"]:
        check_evidence(source, entry)


def check_evidence(source, entry):
    assert source["stance"] in STANCES
    assert isinstance(source["is_primary"], bool)
    assert source["title"]
    assert source["publisher"]
    assert source["published_on"] <= source["accessed_on"] <= entry["as_of"]
    if source["url"] != "https://www.dailysabah.com/":
        assert urlsplit(source["url"]).hostname.endswith(".example")


@each_claim
def test_the_record_of_a_verdict_is_whole(stem, claim):
    history = publications(claim)
    if history:
        assert claim["status"] == "listed"
    for number, entry in enumerate(history):
        check_a_verdict(entry, claim, complete=True)
        assert (entry["kind"] == "first") == (number == 0)
        assert bool(entry["note"]) == (number > 0)
        assert "Editors" in USERS[entry["approver"]]["groups"]
        assert (entry["by"] == entry["approver"]) == bool(entry["override_reason"])
        on = date.fromisoformat(entry["on"])
        assert date.fromisoformat(ARTICLES[stem]["accessed_on"]) <= on <= TODAY
        assert entry["as_of"] <= entry["on"]
        if number:
            previous = history[number - 1]
            assert previous["on"] < entry["on"]
            assert previous["kind"] != "retracted"
            changed = previous["rating"] != entry["rating"]
            assert changed == (entry["kind"] == "rating_changed")


@pytest.mark.parametrize(
    ("claim", "working"), WORKING, ids=[claim["key"] for claim, _ in WORKING]
)
def test_a_working_copy_is_complete_once_it_is_in_review(claim, working):
    assert working["status"] in {"draft", "in_review"}
    assert claim["status"] == "listed"
    check_a_verdict(working, claim, complete=working["status"] == "in_review")
    assert (working["kind"] == "first") == (not publications(claim))
    assert bool(working["note"]) == (working["kind"] != "first")


@each_article
def test_real_names_stand_in_the_lead_article_alone(stem):
    everything = read_article(stem)[1] + read_article(stem)[2]
    everything += (SEEDS / "articles" / f"{stem}.json").read_text(encoding="utf-8")
    assert bool(REAL_NAMES.search(everything)) == (stem == LEAD)


def test_real_speakers_are_quoted_in_the_lead_article_alone():
    real = {"turkey", "united-states", "john-rood", "recep-tayyip-erdogan"}
    for stem, claim in CLAIMS:
        assert (claim["speaker"] in real) == (stem == LEAD)
    for slug, speaker in SPEAKERS.items():
        words = " ".join([speaker["name"], speaker["description"]])
        words += " ".join(role["title"] for role in speaker["roles"])
        words += " ".join(alias["name"] for alias in speaker["aliases"])
        assert bool(REAL_NAMES.search(words)) == (slug in real)


def test_verdicts_on_real_speakers_take_no_side():
    for claim in ARTICLES[LEAD]["claims"]:
        for entry in publications(claim):
            assert entry["rating"] in {"unproven", "not-checkable"}
            assert entry["finding"] == "confirmed"


def test_every_value_is_shown():
    claims = [claim for _, claim in CLAIMS]
    assert {claim["attribution"] for claim in claims} == ATTRIBUTIONS
    assert {claim["checkability"] for claim in claims} == CHECKABILITY
    assert {claim["precision"] for claim in claims} == PRECISIONS
    assert {claim["basis"] for claim in claims} == BASES
    assert {claim["status"] for claim in claims} == STATUSES
    assert {entry["rating"] for _, entry in PUBLISHED} == RATINGS
    assert {entry["finding"] for _, entry in PUBLISHED} == FINDINGS
    assert {entry["kind"] for _, entry in PUBLISHED} == KINDS
    assert {source["stance"] for _, e in PUBLISHED for source in e["evidence"]} == (
        STANCES
    )
    assert {working["status"] for _, working in WORKING} == {"draft", "in_review"}
    assert any(entry["override_reason"] for _, entry in PUBLISHED)
    assert any(claim["repeats"] for claim in claims)
    assert any(claim["via"] for claim in claims)


def test_quotes_are_split_nested_and_overlapping():
    split, shapes = Counter(), Counter()
    for _, claim in CLAIMS:
        split[claim["attribution"]] += len(claim["content"]) > 1
    for stem, article in ARTICLES.items():
        spans = [s for c in article["claims"] for s in content_spans(stem, c)]
        for (start, end), (other_start, other_end) in combinations(sorted(spans), 2):
            if other_start >= end:
                continue
            nested = other_end <= end or start == other_start
            shapes["nested" if nested else "overlapping"] += 1
    assert set(+split) == ATTRIBUTIONS
    assert shapes["nested"] >= 3
    assert shapes["overlapping"] >= 1


def test_a_metonym_and_an_unnamed_official_speak():
    metonyms = {
        (slug, alias["name"])
        for slug, speaker in SPEAKERS.items()
        for alias in speaker["aliases"]
        if alias["is_metonym"]
    }
    spoken = {(claim["speaker"], claim["speaker_words"]) for _, claim in CLAIMS}
    assert {("turkey", "Ankara"), ("united-states", "Washington")} <= spoken & metonyms
    assert {("halvory", "Sennick"), ("drann", "Oltrezh")} <= spoken & metonyms
    assert "unnamed" in {SPEAKERS[slug]["kind"] for slug, _ in spoken if slug}


def test_one_article_has_nothing_listed_yet():
    unlisted = [
        stem
        for stem, article in ARTICLES.items()
        if all(claim["status"] != "listed" for claim in article["claims"])
    ]
    assert unlisted == ["11-ferry-strike"]
    assert {claim["status"] for claim in ARTICLES["11-ferry-strike"]["claims"]} >= {
        "draft"
    }


def test_one_speaker_alone_passes_the_ten_review_threshold():
    reviewed = Counter(
        claim["speaker"]
        for _, claim in CLAIMS
        if publications(claim) and publications(claim)[-1]["kind"] != "retracted"
    )
    (first, most), (_, second) = reviewed.most_common(2)
    assert first == "ilka-dvorsin"
    assert most >= 12
    assert second < 10


def test_a_quote_holds_characters_outside_the_basic_plane_and_another_script():
    words = [part for _, claim in CLAIMS for part in claim["content"]]
    assert any(ord(sign) > 0xFFFF for part in words for sign in part)
    assert any("\u200d" in part for part in words)
    assert any(unicodedata.bidirectional(part[0]) == "AL" for part in words)
    assert any("ı" in part for part in words)


def test_the_readme_lists_every_article():
    text = (SEEDS / "README.md").read_text(encoding="utf-8")
    assert [stem for stem in STEMS if f"`{stem}`" not in text] == []
