"""What becomes of claims when the text of their article is corrected."""

import csv
import io
import json
import random

import pytest

from claims.desk import public_record
from claims.desk.annotation import change_claim, find_mark
from claims.desk.text_corrections import (
    confirm_no_claims,
    correct_text,
    mark_words_lost,
    plan_correction,
)
from claims.desk.workflow import take_step
from claims.exceptions import ChangedMeanwhile, Incomplete, NotPermitted, Refused
from claims.models import ArticleText, Claim, NoClaims, PublicClaim, Span
from claims.models.choices import Anchor, ClaimStatus
from tests.factories import (
    BODY,
    make_article,
    make_claim,
    make_published,
    make_user,
    revise,
)
from tests.guards import settle

pytestmark = pytest.mark.django_db

BRIDGE = "The bridge cost 40 million crowns"
FERRY = "the ferry runs until June"


def corrected(article, *replacements, reason="Typo.", by=None):
    body = article.current_text.body
    for old, new in replacements:
        assert old in body
        body = body.replace(old, new)
    article.refresh_from_db()
    return correct_text(article, body, by=by or make_user("Annotators"), reason=reason)


def test_a_typo_before_the_claims_moves_them_all():
    article = make_article()
    claims = [make_claim(words, article=article) for words in (BRIDGE, FERRY)]
    text, plan = corrected(article, ("Mayor Ida Falk", "Mayor Ida M. Falk"))
    assert (plan.count(Anchor.MOVED), plan.doubtful) == (2, [])
    assert (text.number, text.reason) == (2, "Typo.")
    for claim in claims:
        span = claim.spans.get()
        assert (span.text, span.anchor) == (text, Anchor.MOVED)
        assert text.body[span.start : span.end] == span.exact == claim.quote
        assert text.body[span.start - len(span.prefix) : span.start] == span.prefix


def test_a_dry_run_says_what_would_be_and_changes_nothing():
    article = make_article()
    claim = make_claim(BRIDGE, article=article)
    body = article.current_text.body.replace("40 million", "44 million")
    plan = plan_correction(article, body, by=make_user("Annotators"), number=1)
    assert [one.claim for one in plan.doubtful] == [claim]
    assert ArticleText.objects.count() == 1
    assert claim.spans.get().anchor == Anchor.EXACT


def test_edited_words_stay_on_the_old_text_until_somebody_confirms_the_new_ones():
    article = make_article()
    claim = make_claim(BRIDGE, article=article)
    text, _plan = corrected(article, ("40 million", "44 million"))
    span = claim.spans.get()
    assert (span.anchor, span.text.number, span.exact) == (Anchor.REVIEW, 1, BRIDGE)
    assert list(Claim.objects.with_doubtful_words()) == [claim]
    candidate = span.candidates.get()
    words = text.body[candidate.start : candidate.end]
    assert words == BRIDGE.replace("40", "44")
    changed = change_claim(
        claim,
        by=make_user("Annotators"),
        version=claim.version,
        marks=[find_mark(text, words, role="content")],
        text=text,
    )
    assert changed.quote == words
    assert not Claim.objects.with_doubtful_words().exists()


def test_deleted_words_are_lost_in_sight_and_the_claim_stays_public():
    article = make_article()
    claim = make_claim(BRIDGE, article=article)
    corrected(article, (BODY.split("\n\n")[1] + "\n\n", ""))
    claim.refresh_from_db()
    assert (claim.status, claim.quote) == (ClaimStatus.LISTED, BRIDGE)
    assert claim.spans.get().anchor == Anchor.LOST
    assert list(Claim.objects.with_doubtful_words()) == [claim]


def test_words_left_behind_leave_the_queue_and_come_back_with_the_text():
    article = make_article()
    claim = make_claim(BRIDGE, article=article)
    paragraph = BODY.split("\n\n")[1] + "\n\n"
    corrected(article, (paragraph, ""))
    somebody = make_user("Annotators")
    left = mark_words_lost(claim, by=somebody, version=claim.version)
    assert left.version == claim.version + 1
    assert not Claim.objects.with_doubtful_words().exists()
    with pytest.raises(ChangedMeanwhile):
        mark_words_lost(claim, by=somebody, version=claim.version)
    article.refresh_from_db()
    text, _plan = correct_text(article, BODY, by=somebody, reason="Restored.")
    span = claim.spans.get()
    assert (span.text, span.exact, span.confirmed_by) == (text, BRIDGE, None)
    assert span.anchor != Anchor.LOST


def test_a_claim_with_one_part_lost_needs_an_eye_and_keeps_the_other():
    article = make_article()
    claim = make_claim([BRIDGE, "Nobody was hurt"], article=article)
    _text, plan = corrected(article, (" “Nobody was hurt.”", ""))
    assert plan.count(Anchor.REVIEW) == 1
    assert [span.anchor for span in claim.spans.order_by("ordinal")] == [
        Anchor.EXACT,
        Anchor.LOST,
    ]


def test_rejected_claims_move_along_and_are_not_counted():
    article = make_article()
    claim = make_claim(BRIDGE, article=article, status=ClaimStatus.REJECTED)
    _text, plan = corrected(article, ("40 million", "44 million"))
    assert (plan.doubtful, len(plan.affected)) == ([], 1)
    assert claim.spans.get().anchor == Anchor.REVIEW
    assert not Claim.objects.with_doubtful_words().exists()


def test_the_same_body_in_another_spelling_is_no_correction():
    article = make_article()
    body = article.current_text.body.replace("\n\n", "\r\n\r\n\r\n") + "\n"
    with pytest.raises(Incomplete, match="Nothing is changed"):
        correct_text(article, body, by=make_user("Annotators"), reason="None.")


@pytest.mark.parametrize("body", ["", " \n ", "half \ud800", "nothing\0"])
def test_a_body_that_no_text_can_have_is_refused(body):
    with pytest.raises(Incomplete):
        correct_text(make_article(), body, by=make_user("Annotators"), reason="x")


def test_a_correction_needs_a_reason_of_a_sensible_length():
    for reason in ("  ", "\u200b \u2060.", "x" * 301):
        with pytest.raises(Incomplete, match=r"why|over 300"):
            corrected(make_article(), ("May", "June"), reason=reason)


def test_nobody_without_the_permission_corrects_or_leaves_behind():
    claim = make_claim()
    with pytest.raises(NotPermitted):
        corrected(claim.article, ("May", "June"), by=make_user())
    with pytest.raises(NotPermitted):
        mark_words_lost(claim, by=make_user(), version=claim.version)
    assert ArticleText.objects.count() == 1


def test_the_second_of_two_corrections_of_one_text_is_refused_with_the_first():
    article = make_article()
    editor = make_user("Annotators")
    first, _plan = corrected(article, ("May", "June"))
    with pytest.raises(ChangedMeanwhile) as refusal:
        correct_text(article, "Other.", by=editor, reason="x", number=1)
    assert refusal.value.current == first


@pytest.mark.parametrize("lost", [1, 2])
def test_a_claim_whose_copy_of_a_sentence_goes_is_never_moved_to_the_twin(lost):
    first, second = "Rents fell, he said. ", "Rents fell, he said. "
    article = make_article(f"Opening. {first}In between. {second}Closing.")
    claims = [make_claim("Rents fell", article=article, occurrence=n) for n in (1, 2)]
    body = article.current_text.body
    gone = {1: f"{first}In between. ", 2: f"In between. {second}"}[lost]
    text, plan = corrected(article, (gone.strip() + " ", ""))
    assert text.body.count("Rents fell") == body.count("Rents fell") - 1
    assert {one.claim.pk for one in plan.doubtful} == {each.pk for each in claims}
    for claim in claims:
        assert claim.spans.get().anchor == Anchor.REVIEW


def test_moved_paragraphs_are_noticed():
    article = make_article()
    one, two, three = BODY.split("\n\n")
    plan = plan_correction(
        article, "\n\n".join([three, one, two]), by=make_user("Annotators")
    )
    assert plan.paragraphs_moved == 1


def test_an_article_with_claims_is_not_noted_as_having_none():
    claim = make_claim()
    with pytest.raises(Refused, match="There are claims"):
        confirm_no_claims(claim.article, by=make_user("Annotators"))
    empty = make_article("Nobody said anything.")
    for _twice in range(2):
        confirm_no_claims(empty, by=make_user("Annotators"))
    assert NoClaims.objects.get().text == empty.current_text


def test_no_claim_is_lost_or_moved_to_other_words_by_random_corrections():
    chance = random.Random(1)
    article = make_article()
    for words in (BRIDGE, FERRY, "Nobody was hurt", "the fare stays the same"):
        make_claim(words, article=article, status=ClaimStatus.DRAFT)
    editor = make_user("Annotators")
    quotes = dict(Claim.objects.values_list("pk", "quote"))
    outcomes = set()
    for _round in range(12):
        article.refresh_from_db()
        letters = list(article.current_text.body)
        for _edit in range(chance.randint(1, 8)):
            at = chance.randrange(len(letters))
            letters[at : at + chance.randint(0, 2)] = chance.choice("aeiou ")
        text, plan = correct_text(article, "".join(letters), by=editor, reason="x")
        outcomes |= {one.outcome for one in plan.affected}
        assert len(plan.affected) == 4
        assert dict(Claim.objects.values_list("pk", "quote")) == quotes
        for span in Span.objects.select_related("text"):
            assert span.text.body[span.start : span.end] == span.exact
            is_here = span.anchor in {Anchor.EXACT, Anchor.MOVED}
            assert is_here == (span.text == text)
    assert Anchor.REVIEW in outcomes and Anchor.MOVED in outcomes


MIXED = ("in May, Mayor", "in June, the Mayor")


def publicly(claim):
    settle()
    return PublicClaim.objects.select_related("words").get(pk=claim.pk)


@pytest.fixture
def half_moved():
    """A verdict revised after a correction moved its cue and not the words claimed."""
    article = make_article()
    claim = make_claim(article=article, cue="said", speaker_words="Ida Falk")
    verdict = make_published(claim).claim.verdict
    corrected(article, MIXED)
    verdict.refresh_from_db()
    verdict = take_step("submit", verdict, by=make_user("Reviewers"))
    verdict = take_step("publish", verdict, by=make_user("Editors"))
    texts = {mark["role"]: mark["text"] for mark in publicly(claim).current.marks}
    assert texts["content"] < texts["cue"] == texts["speaker"]
    return Claim.objects.get(pk=claim.pk)


def test_a_cue_that_moved_alone_is_not_shown_in_the_text_it_left(client, half_moved):
    page = client.get(publicly(half_moved).get_absolute_url()).content.decode()
    assert ">The harbour will open in May</mark>" in page
    assert 'class="cue"' not in page
    (line,) = map(json.loads, b"".join(client.get("/claims.jsonl")).splitlines())
    assert (line["text"]["number"], line["cue"]) == (1, "said")
    stand = {(m["role"], m["text"], m["exact"]) for m in line["marks"]}
    assert stand == {
        ("content", 1, "The harbour will open in May"),
        ("cue", 2, "said"),
        ("speaker", 2, "Ida Falk"),
    }
    file = b"".join(client.get("/claims.csv")).decode()
    (row,) = csv.DictReader(io.StringIO(file, newline=""))
    assert (row["text_number"], row["cue"]) == ("1.0", "said")
    assert (row["cue_spans"], row["speaker_spans"]) == ("", "")
    assert row["quote_spans"] == "char=0,28"


def test_each_mark_moves_on_from_the_text_it_stands_in(half_moved):
    article = half_moved.article
    article.refresh_from_db()
    corrected(article, MIXED[::-1])
    words = publicly(half_moved).words
    assert {mark["text"] for mark in words.marks} == {words.text_id}
    assert words.text.number == 3
    for mark in words.marks:
        assert words.text.body[mark["start"] : mark["end"]] == mark["exact"]


def test_a_revision_is_given_up_where_a_cue_moved_alone(half_moved):
    editor = make_user("Editors")
    verdict = revise(half_moved.verdict)
    half_moved.refresh_from_db()
    text = half_moved.article.current_text
    change_claim(
        half_moved,
        by=editor,
        version=half_moved.version,
        marks=[find_mark(text, "The harbour will open in June", role="content")],
        text=text,
    )
    take_step("end_revision", verdict, by=editor)
    settle()
    stored = {(s.role, s.text.number, s.exact) for s in half_moved.spans.all()}
    assert stored == {
        ("content", 1, "The harbour will open in May"),
        ("cue", 2, "said"),
        ("speaker", 2, "Ida Falk"),
    }
    assert public_record.differences() == []
