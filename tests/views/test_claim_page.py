"""What readers find on a claim's page, its versions, its data and its card."""

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from claims.desk.relations import confirm_repeat
from claims.desk.workflow import take_step
from claims.models import ArticleText, Claim, PublicClaim
from claims.models.choices import (
    ClaimStatus,
    DateBasis,
    DatePrecision,
    PublicationKind,
    TextRights,
    VerdictStatus,
)
from claims.text.canonical import digest
from tests.factories import (
    checked,
    make_article,
    make_claim,
    make_outlet,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
    retract,
    revise,
    withdraw,
)

pytestmark = pytest.mark.django_db

BODY = (
    "The square was full on Monday. Mayor Ida Falk said the harbour will open in May. "
    "Somebody clapped. A dog barked at the mayor.\n\n"
    "Nobody else spoke that day."
)
WORDS = "the harbour will open in May"


def page(client, claim, status=200):
    response = client.get(claim.get_absolute_url())
    assert response.status_code == status
    return response.content.decode()


def make_reviewed(**fields):
    claim = make_claim(WORDS, article=make_article(BODY), cue="said")
    return make_published(claim, **fields).claim


def correct(
    claim, kind=PublicationKind.RATING_CHANGED, note="A page was missed.", **new
):
    """Publish a second version of a claim's verdict."""
    claim.refresh_from_db()
    author, editor = make_user("Reviewers"), make_user("Editors")
    verdict = take_step("revise", claim.verdict, by=author, kind=kind, comment=note)
    for name, value in new.items():
        setattr(verdict, name, value)
    verdict.version += 1
    verdict.save()
    verdict = take_step("submit", verdict, by=author, **checked(verdict))
    take_step("publish", verdict, by=editor, **checked(verdict))
    claim.refresh_from_db()
    return claim.current


def test_the_page_tells_who_said_what_when_and_where(client):
    outlet = make_outlet("Radio Quay")
    claim = make_claim(
        WORDS,
        article=make_article(BODY, headline="Falk speaks", byline="Jo Lind"),
        speaker=make_speaker("Ida Falk", title="Mayor"),
        speaker_words="Ida Falk",
        cue="said",
        wording="The harbour of Ambrel opens in May.",
        stated_on=date(2026, 5, 1),
        stated_precision=DatePrecision.ON_OR_BEFORE,
        stated_basis=DateBasis.ARTICLE_DATE,
        via=outlet,
        topics=[make_topic("Harbours")],
    )
    html = page(client, claim)
    for words in [
        "The harbour of Ambrel opens in May.",
        "Ida Falk",
        "Mayor",
        "On or before",
        "1 May 2026",
        "From the article&#x27;s own date",
        "Radio Quay",
        "Falk speaks",
        "Jo Lind",
        "Harbours",
        "Not yet reviewed",
    ]:
        assert words in html, words


def test_the_words_stand_between_their_neighbouring_sentences(client):
    html = page(client, make_reviewed())
    assert f'data-claim="{Claim.objects.get().pk}">{WORDS}</mark>' in html
    assert "The square was full on Monday." in html
    assert "Somebody clapped." in html
    assert "A dog barked" not in html
    assert "Nobody else spoke" not in html


def test_of_an_excerpt_only_the_claims_own_sentence_is_shown(client):
    claim = make_reviewed()
    claim.article.text_rights = TextRights.EXCERPT
    claim.article.save()
    html = page(client, claim)
    assert "Mayor Ida Falk" in html
    assert "The square was full" not in html
    assert "Somebody clapped" not in html


def test_where_only_a_link_is_allowed_no_word_but_the_quotation_is_shown(client):
    claim = make_reviewed()
    claim.article.text_rights = TextRights.LINK
    claim.article.save()
    data = client.get(
        reverse("claims:claim_data", args=[claim.pk, claim.slug])
    ).content.decode()
    for text in (page(client, claim), data):
        assert WORDS in text
        for beyond in ("The square", "Mayor Ida", "Somebody", "introduced by"):
            assert beyond not in text


def test_the_parts_of_a_split_quotation_are_all_marked(client):
    body = "“The bridge,” Falk said on Monday, “cost forty million crowns.”"
    claim = make_claim(
        ["The bridge", "cost forty million crowns"], article=make_article(body)
    )
    html = page(client, claim)
    assert ">The bridge</mark>" in html
    assert ">cost forty million crowns</mark>" in html


def test_parts_far_apart_are_shown_without_what_lies_between(client):
    body = "First words. " + "Filler stands here. " * 3000 + "Last words."
    claim = make_claim(["First words", "Last words"], article=make_article(body))
    html = page(client, claim)
    assert ">First words</mark>" in html
    assert ">Last words</mark>" in html
    assert "Filler" not in html


def test_the_verdict_is_shown_whole(client):
    claim = make_reviewed(as_of=date(2026, 5, 3))
    html = page(client, claim)
    verdict = claim.current
    for words in [
        verdict.rating_label,
        verdict.rating_definition,
        "They said it",
        verdict.summary,
        verdict.explanation,
        verdict.author_name,
        verdict.approver_name,
        "3 May 2026",
        "Minutes of the council",
        "Contradicts the claim",
        "Primary source",
    ]:
        assert words in html, words
    assert "Read the council's minutes." in html
    assert 'href="https://council.example/minutes"' in html


def test_an_override_and_its_reason_are_shown(client):
    author = make_user("Editors")
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW, author=author)
    take_step("publish", verdict, by=author, override_reason="Alone this week.")
    assert "Alone this week." in page(client, verdict.claim)


def test_a_correction_is_told_at_the_top_and_links_to_both_versions(client):
    claim = make_reviewed()
    correct(claim, summary="The minutes have two pages.", note="Page two was missed.")
    html = page(client, claim)
    assert html.index("Page two was missed.") < html.index("The words as printed")
    for number in (1, 2):
        assert f"/claims/{claim.pk}/versions/{number}/" in html


def test_the_verdict_comes_first_and_the_facts_after_what_was_written(client):
    html = page(client, make_reviewed())
    places = [
        html.index(f'class="{name}"')
        for name in ("claim-columns", "claim-body", "finding", "printed", "claim-facts")
    ]
    assert places == sorted(places)


def test_a_retracted_verdict_is_marked_and_its_summary_gone(client):
    claim = make_reviewed()
    retract(claim.verdict, reason="Wrong mayor.")
    html = page(client, claim)
    assert "This verdict was retracted" in html
    assert "Wrong mayor." in html
    assert "The record says otherwise." not in html
    assert "The minutes give another figure." not in html
    assert "verdict retracted" in html[html.index('class="citation"') :]
    assert f"retracted by {claim.publications.get(number=2).approver_name}" in html


def test_a_wording_in_a_revision_shows_once_it_is_published(client):
    claim = make_reviewed()
    former = PublicClaim.objects.get(pk=claim.pk)
    before = page(client, former)
    claim.refresh_from_db()
    verdict = revise(claim.verdict, note="It is the new one.")
    claim.wording = "The new harbour opens in May."
    claim.version += 1
    claim.save()
    assert page(client, former) == before
    verdict = take_step("submit", verdict, by=verdict.author)
    take_step("publish", verdict, by=make_user("Editors"))
    assert client.get(former.get_absolute_url()).status_code == 301
    assert "The new harbour opens in May." in page(client, claim)


def test_repeats_stand_on_a_time_line_and_unlisted_ones_do_not(client):
    first = make_claim(
        WORDS, article=make_article(BODY), wording="It opens in May, one."
    )
    second = make_claim(
        WORDS,
        article=make_article(BODY),
        repeats=first,
        wording="It opens in May, two.",
    )
    draft = make_claim(
        repeats=first, wording="It opens in May, draft.", status=ClaimStatus.DRAFT
    )
    for claim in (first, second):
        html = page(client, claim)
        assert "It opens in May, one." in html
        assert "It opens in May, two." in html
        assert draft.wording not in html
    assert "each time it was made" not in page(client, make_claim())


def test_a_draft_between_two_claims_stays_hidden_and_one_before_joins_nothing(client):
    first = make_claim(wording="The first claim.")
    draft = make_claim(wording="A draft.", repeats=first, status=ClaimStatus.DRAFT)
    last = make_claim(wording="The last claim.", repeats=draft)
    html = page(client, last)
    assert "The first claim." in html
    assert "A draft." not in html + page(client, first)
    hidden = make_claim(wording="Not listed yet.", status=ClaimStatus.DRAFT)
    confirm_repeat(first, hidden, by=make_user("Annotators"))
    for claim in (first, last):
        assert "each time it was made" not in page(client, claim)


def test_the_number_decides_and_another_slug_leads_to_the_right_one(client):
    claim = make_claim()
    for path in (f"/claims/{claim.pk}/", f"/claims/{claim.pk}-something-else/"):
        response = client.get(path)
        assert response.status_code == 301
        assert response["Location"] == claim.get_absolute_url()


@pytest.mark.parametrize("path", ["", "card/", "cite.bib", "cite.json"])
def test_a_claim_that_is_not_public_looks_like_one_that_is_not_there(client, path):
    draft = make_claim(status=ClaimStatus.DRAFT)
    hidden = client.get(f"/claims/{draft.pk}/{path}")
    missing = client.get(f"/claims/{draft.pk + 1000}/{path}")
    assert hidden.status_code == missing.status_code == 404
    pages = [
        re.sub(rb"/claims/\d+/", b"", response.content)
        for response in (hidden, missing)
    ]
    assert pages[0] == pages[1]
    assert dict(hidden.headers) == dict(missing.headers)


@pytest.mark.parametrize(
    "path", ["/claims/99999999999999999999/", f"/claims/{'9' * 5000}/", "/claims/0-x/"]
)
def test_a_senseless_number_is_not_there(client, path):
    assert client.get(path).status_code == 404


def test_a_version_shows_what_was_said_then_and_what_changed(client):
    claim = make_reviewed(summary="It opens in June.")
    correct(claim, summary="It opens in July.", note="The council moved it.")
    html = client.get(f"/claims/{claim.pk}/versions/1/").content.decode()
    assert "It opens in June." in html
    assert "June</del>" in html
    assert "July</ins>" in html
    assert "The council moved it." in html
    latest = client.get(f"/claims/{claim.pk}/versions/2/").content.decode()
    assert "</del>" not in latest
    assert "This is the version in force." in latest
    assert claim.current.digest in latest


def test_a_version_that_retracts_does_not_read_as_a_verdict_in_force(client):
    claim = make_reviewed()
    retract(claim.verdict, reason="Wrong mayor.")
    claim.refresh_from_db()
    html = client.get(f"/claims/{claim.pk}/versions/2/").content.decode()
    assert "With it the desk took its verdict back." in html
    assert "What was retracted" in html
    assert '<meta name="description" content="Retracted: Wrong mayor.">' in html
    assert "in force" not in html
    assert claim.current.rating_definition not in html
    first = client.get(f"/claims/{claim.pk}/versions/1/").content.decode()
    assert claim.current.rating_definition in first
    assert "Why it was retracted" in first
    assert "Not a word" not in first


def test_marks_of_the_printed_words_are_not_doubled_and_the_data_keep_them(client):
    body = 'The "mayor" said “the harbour” will open.'
    words = "“the harbour” will open."
    claim = make_claim(
        words, article=make_article(body), cue="said", speaker_words='The "mayor"'
    )
    make_published(claim)
    html = page(client, claim)
    assert re.search(r"“<span[^>]*>The ‘mayor’</span>”", html)
    for doubled in ("““", "””", "“&quot;", "&quot;”"):
        assert doubled not in html
    # The words as such, and the data, have the marks that were printed.
    version = client.get(f"/claims/{claim.pk}/versions/1/").content.decode()
    assert f">{words}</blockquote>" in version
    data = client.get(claim.get_absolute_url().rstrip("/") + ".json").json()
    assert data["quote"] == words


def test_a_version_that_never_was_is_not_there(client):
    claim = make_reviewed()
    assert client.get(f"/claims/{claim.pk}/versions/2/").status_code == 404
    assert client.get(f"/claims/{claim.pk}/versions/1/").status_code == 200


def test_the_versions_of_a_withdrawn_claim_stay(client):
    claim = make_reviewed()
    withdraw(claim, reason="Not a claim.")
    first, last = (
        client.get(f"/claims/{claim.pk}/versions/{number}/").content.decode()
        for number in (1, 2)
    )
    assert claim.wording in first
    assert "Not a claim." in last


def test_the_data_beside_the_page_says_what_the_page_says(client):
    claim = make_reviewed()
    response = client.get(reverse("claims:claim_data", args=[claim.pk, claim.slug]))
    data = json.loads(response.content)
    assert data["wording"] == claim.wording
    assert data["quote"] == WORDS
    assert data["verdict"]["rating"]["slug"] == "false"
    (source,) = claim.current.evidence
    assert data["verdict"]["evidence"] == [
        {name: value or None for name, value in source.items()}
        | {"is_primary": source["is_primary"], "kept_copy": None}
    ]
    assert [version["number"] for version in data["versions"]] == [1]
    [span] = [mark for mark in data["marks"] if mark["role"] == "content"]
    assert BODY[span["start"] : span["end"]] == WORDS
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.slow
def test_the_page_costs_the_same_queries_however_much_there_is(
    client, django_assert_num_queries
):
    claim = make_reviewed()
    more = {"speaker": claim.speaker, "repeats": claim}
    make_claim(WORDS, article=make_article(BODY), **more)
    # The claim, its versions, its like, its history, its words, redactions; keys and
    # rows of what it leads to.
    with django_assert_num_queries(9):
        page(client, claim)
    correct(claim, summary="Otherwise.")
    for _n in range(3):
        make_claim(WORDS, article=make_article(BODY), **more)
    with django_assert_num_queries(9):
        page(client, claim)


def test_an_articles_body_is_never_loaded_for_a_claim(
    client, django_assert_num_queries
):
    claim = make_reviewed()
    with django_assert_num_queries(8) as queries:
        page(client, claim)
    bodies = [q["sql"] for q in queries if '"body"' in q["sql"]]
    assert all("SUBSTRING" in sql for sql in bodies)


def test_only_get_and_head_are_answered(client):
    claim = make_claim()
    assert client.post(claim.get_absolute_url()).status_code == 405
    assert client.head(claim.get_absolute_url()).status_code == 200


def test_the_card_may_stand_in_other_pages_and_the_page_may_not(client):
    claim = make_reviewed()
    card = client.get(f"/claims/{claim.pk}/card/")
    assert "frame-ancestors *" in card["Content-Security-Policy"]
    assert "script-src" not in card["Content-Security-Policy"]
    assert "X-Frame-Options" not in card.headers
    assert claim.current.summary in card.content.decode()
    full = client.get(claim.get_absolute_url())
    assert full["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in full["Content-Security-Policy"]


def test_quoted_words_carry_their_language_and_direction(client):
    article = make_article("قال المدير «لم نقطع الماء» يوم الأحد.", language="ar")
    html = page(client, make_claim("لم نقطع الماء", article=article))
    assert '<blockquote lang="ar"' in html
    assert '<p dir="auto">' in html


def test_markup_in_the_words_stays_text(client):
    evil = "<script>alert(1)</script> & “quoted”"
    claim = make_claim(evil, article=make_article(f"He wrote: {evil} and left."))
    make_published(claim, summary=evil, explanation=evil)
    html = page(client, claim)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_readers_see_who_wrote_and_approved_each_version_and_when_it_was_listed(client):
    publication = make_published(make_claim())
    html = client.get(publication.claim.get_absolute_url()).content.decode()
    names = f"written by {publication.author_name}, approved by"
    assert f"{names} {publication.approver_name}" in html
    assert "Listed for readers" in html
    unreviewed = make_claim("Nobody was hurt")
    html = client.get(unreviewed.get_absolute_url()).content.decode()
    assert "Listed for readers" in html
    assert "written by" not in html


def test_words_of_an_older_text_are_said_to_be_that(client):
    claim = make_claim("Nobody was hurt")
    address = claim.get_absolute_url()
    assert "text was corrected since" not in client.get(address).content.decode()
    body = claim.article.current_text.body.replace("Nobody was hurt", "Two were hurt")
    claim.article.current_text = ArticleText.objects.create(
        article=claim.article, number=2, body=body, sha256=digest(body), reason="Fact."
    )
    claim.article.save()
    html = client.get(address).content.decode()
    assert "Nobody was hurt" in html
    assert "text was corrected since" in html


def related(client, claim):
    """Return the wordings that a claim's page leads to, by what is alike."""
    html = page(client, claim)
    groups = re.findall(r'aria-labelledby="more-(\w+)">(.*?)</section>', html, re.S)
    link = r'related-claim">.*?<a href="/claims/(\d+)-.*?</p>'
    return {name: re.findall(link, part, re.S) for name, part in groups}, html


def test_a_claim_leads_to_three_others_of_its_speaker_topic_and_article(client):
    falk, topic = make_speaker("Ida Falk"), make_topic("Harbours")
    article = make_article(BODY)
    make_topic("Boats")
    claim = make_claim(WORDS, article=article, speaker=falk, topics=[topic])
    said = [
        make_claim(speaker=falk, stated_on=date(2026, 1, day)) for day in range(1, 6)
    ]
    # The first of them is on the topic as well: it stands once.
    on_topic = [make_claim(topics=[topic], stated_on=date(2026, 1, 9))]
    both = make_claim(speaker=falk, topics=[topic], stated_on=date(2026, 2, 1))
    beside = make_claim("A dog barked", article=article)
    found, html = related(client, claim)
    assert found == {
        "speaker": [str(row.pk) for row in (both, said[4], said[3])],
        "topic": [str(on_topic[0].pk)],
        "article": [str(beside.pk)],
    }
    assert "All 7 claims" in html
    # Two others are all there is: nothing more to lead to.
    assert html.count("All 3 claims") == 1
    make_published(both)
    withdraw(both)
    assert str(both.pk) not in related(client, claim)[0]["speaker"]


def test_a_claim_leads_nowhere_where_nothing_is_alike(client):
    assert related(client, make_reviewed())[0] == {}


def test_the_days_of_statement_and_verdict_stand_side_by_side_labelled(client):
    claim = make_claim(WORDS, article=make_article(BODY), stated_on=date(2026, 5, 1))
    first = make_published(claim)
    day = f"{first.published_at:%-d %B %Y}"

    def days():
        plain = re.sub(r"<[^>]+>", "", page(client, claim))
        return " ".join(plain.split())

    assert f"Said 1 May 2026 · checked {day}" in days()
    correct(claim)
    assert f"Said 1 May 2026 · verdict of {day}" in days()
    claim.refresh_from_db()
    retract(claim.verdict)
    assert f"Said 1 May 2026 · retracted {day}" in days()
