"""Citations name the version, and no word of a claim breaks their syntax."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.models import Claim, PublicClaim, PublicWords, PublishedVerdict
from claims.reading.citations import bibtex, csl, plain, text_fragment
from tests.factories import make_published

URL = "https://desk.example/claims/7-x/"


def reviewed(**fields):
    claim = PublicClaim(pk=7, state="listed", rating=0)
    claim.words = PublicWords(wording="Rents fell by 4 % in May.")
    verdict = PublishedVerdict(
        claim=Claim(pk=7),
        number=3,
        claim_reviewed=claim.wording,
        rating_label="Mostly false",
        author_name="Ada Lind",
        summary="They rose.",
        published_at=datetime(2026, 5, 3, 23, 30, tzinfo=UTC),
        **fields,
    )
    return claim, verdict


def test_the_plain_citation_names_author_title_version_day_and_address():
    assert plain(*reviewed(), URL) == (
        "Ada Lind: “Rents fell by 4 % in May: Mostly false.” Factcheck Workbench, "
        "version 3, 2026-05-03. https://desk.example/claims/7-x/"
    )


def test_a_claim_without_a_verdict_is_cited_as_not_yet_reviewed():
    claim, _verdict = reviewed()
    assert plain(claim, None, URL) == (
        "“Rents fell by 4 % in May.” Factcheck Workbench, claim 7, not yet reviewed. "
        "https://desk.example/claims/7-x/"
    )
    assert "author" not in csl(claim, None, URL)


def test_a_claim_whose_verdict_was_retracted_is_cited_as_that():
    claim, _verdict = reviewed()
    claim.current = PublishedVerdict(pk=5, kind="retracted")
    claim.rating = -1
    assert plain(claim, None, URL) == (
        "“Rents fell by 4 % in May.” Factcheck Workbench, claim 7, verdict retracted. "
        "https://desk.example/claims/7-x/"
    )
    assert "  note = {Verdict retracted}" in bibtex(claim, None, URL)
    assert csl(claim, None, URL)["note"] == "Verdict retracted"


def test_quotation_marks_in_a_title_become_single_within_those_of_the_citation():
    claim, verdict = reviewed()
    verdict.claim_reviewed = 'The “old mill” is "for sale".'
    assert plain(claim, verdict, URL).startswith(
        "Ada Lind: “The ‘old mill’ is ‘for sale’: Mostly false.” Factcheck"
    )
    assert csl(claim, verdict, URL)["title"].startswith('The “old mill” is "for')


def test_the_bibtex_entry_is_complete_and_its_specials_are_escaped():
    assert bibtex(*reviewed(), URL) == (
        "@misc{claim7v3,\n"
        r"  title = {{Rents fell by 4 \% in May: Mostly false}}," + "\n"
        "  howpublished = {Factcheck Workbench},\n"
        "  author = {{Ada Lind}},\n"
        "  year = {2026},\n"
        "  month = {5},\n"
        "  day = {3},\n"
        "  version = {3},\n"
        "  note = {Version 3},\n"
        "  url = {https://desk.example/claims/7-x/}\n"
        "}\n"
    )


@given(st.text(min_size=1, max_size=60))
def test_braces_balance_whatever_the_claim_says(words):
    claim = Claim(pk=1, wording=words)
    depth, escaped = 0, False
    for character in bibtex(claim, None, URL):
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            assert depth >= 0
    assert depth == 0


def test_csl_has_the_fields_that_reference_managers_read():
    assert csl(*reviewed(), URL) == {
        "id": "claim-7-v3",
        "type": "webpage",
        "title": "Rents fell by 4 % in May: Mostly false",
        "container-title": "Factcheck Workbench",
        "URL": URL,
        "author": [{"literal": "Ada Lind"}],
        "issued": {"date-parts": [[2026, 5, 3]]},
        "version": "3",
        "abstract": "They rose.",
    }


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("free of charge", ":~:text=free%20of%20charge"),
        # A comma, a dash and an ampersand would be syntax.
        ("a, b-c & d", ":~:text=a%2C%20b%2Dc%20%26%20d"),
        (
            "one two three four five six seven eight nine ten eleven",
            ":~:text=one%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven",
        ),
        ("first\n\nlast", ":~:text=first,last"),
        ("", ""),
    ],
)
def test_a_text_fragment_names_the_words_or_their_ends(words, fragment):
    assert text_fragment(words) == fragment


@pytest.mark.django_db
def test_the_files_hold_what_the_page_shows(client):
    verdict = make_published()
    claim = verdict.claim
    page = client.get(claim.get_absolute_url()).content.decode()
    bib = client.get(f"/claims/{claim.pk}/cite.bib")
    assert bib["Content-Type"].startswith("application/x-bibtex")
    assert bib.content.decode().split(",\n", 1)[0] in page
    [item] = client.get(f"/claims/{claim.pk}/cite.json").json()
    assert item["version"] == "1"
    assert item["URL"] == f"http://testserver/claims/{claim.pk}/"
