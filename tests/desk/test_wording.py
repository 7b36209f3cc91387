"""A wording that departs from its printed words goes nowhere without a tick."""

import pytest

from claims.desk import workflow
from claims.desk.annotation import change_claim, find_mark
from claims.desk.queues import QUEUES
from claims.desk.text_corrections import correct_text
from claims.desk.wording import (
    WordsUnchecked,
    check_words,
    words_digest,
    words_question,
)
from claims.desk.workflow import take_step
from claims.exceptions import Refused
from claims.models import PublishedVerdict, WordingCheck
from claims.models.choices import VerdictStatus, WordingOccasion
from tests.factories import (
    make_article,
    make_claim,
    make_published,
    make_speaker,
    make_user,
    make_verdict,
)

pytestmark = pytest.mark.django_db

RATE = "unemployment had fallen to 38 per cent"
WORDING = "Unemployment fell to 38 per cent."
BODY = f"The Harbour Board said that {RATE}. Nobody from the board was there."


@pytest.fixture
def claim():
    return make_claim(
        RATE,
        article=make_article(BODY),
        cue="said that",
        speaker=make_speaker("Harbour Board"),
        wording=WORDING,
    )


def corrected(claim):
    """Correct the figure in the text and mark the new words, as an editor does."""
    article = claim.article
    article.refresh_from_db()
    text, _plan = correct_text(
        article,
        BODY.replace("38", "36"),
        by=make_user("Annotators"),
        reason="Misheard.",
    )
    words = RATE.replace("38", "36")
    claim.refresh_from_db()
    return {"marks": [find_mark(text, words, role="content")], "roles": ["content"]}


def marked_anew(claim, by=None):
    """Mark a corrected figure, confirm it, and return the claim as it then is."""
    marks = corrected(claim)
    digest = words_digest(WORDING, RATE.replace("38", "36"))
    return change_claim(
        claim,
        by=by or make_user("Annotators"),
        version=claim.version,
        words_checked=digest,
        **marks,
    )


def test_a_wording_that_says_the_same_raises_no_question(claim):
    assert words_question(claim) is None
    verdict = make_verdict(claim, status=VerdictStatus.PUBLISHED)
    assert verdict.status == VerdictStatus.PUBLISHED
    assert not WordingCheck.objects.exists()


def test_the_question_marks_the_figures_in_both_texts(claim):
    question = words_question(claim, quote=RATE.replace("38", "36"))
    assert [(p.text, p.kind) for p in question.wording_pieces] == [
        ("Unemployment fell to ", ""),
        ("38 per cent", "number"),
        (".", ""),
    ]
    assert [p.text for p in question.quote_pieces if p.kind] == ["36 per cent"]


def test_after_a_correction_the_claim_needs_an_eye_and_its_editor_is_asked(claim):
    annotator = make_user("Annotators")
    marks = corrected(claim)
    assert list(QUEUES["eye"].rows(annotator)) == [claim]
    with pytest.raises(WordsUnchecked) as refused:
        change_claim(
            claim, by=annotator, version=claim.version, words_checked="", **marks
        )
    claim.refresh_from_db()
    assert claim.quote == RATE
    assert list(QUEUES["eye"].rows(annotator)) == [claim]
    changed = change_claim(
        claim,
        by=annotator,
        version=claim.version,
        words_checked=refused.value.question.digest,
        **marks,
    )
    assert changed.quote == RATE.replace("38", "36")
    check = WordingCheck.objects.get()
    assert (check.by, check.occasion) == (annotator, WordingOccasion.EDITED)
    assert (check.wording, check.quote) == (WORDING, changed.quote)


def test_a_field_beside_the_words_is_changed_without_the_question(claim):
    claim = marked_anew(claim)
    change_claim(
        claim,
        by=make_user("Annotators"),
        version=claim.version,
        checkability="vague",
        words_checked="",
    )
    assert WordingCheck.objects.count() == 1


def test_what_was_undone_is_done_again_by_the_tick_it_had_and_by_no_other(claim):
    editor, other = make_user("Annotators"), make_user("Annotators")
    wrong = WORDING.replace("38", "36")

    def worded(wording, *, by, tick=""):
        claim.refresh_from_db()
        return change_claim(
            claim, by=by, version=claim.version, wording=wording, words_checked=tick
        )

    # Without a tick it is refused, done or done again.
    with pytest.raises(WordsUnchecked):
        worded(wrong, by=editor)
    worded(wrong, by=editor, tick=words_digest(wrong, claim.quote))
    worded(WORDING, by=editor)
    assert worded(wrong, by=editor).wording == wrong
    # Nothing is asked where nothing changed, not even of somebody else.
    assert worded(wrong, by=other).wording == wrong
    worded(WORDING, by=other)
    with pytest.raises(WordsUnchecked):
        worded(wrong, by=other)
    with pytest.raises(WordsUnchecked):
        worded(WORDING.replace("38", "63"), by=editor)
    worded(wrong, by=editor)
    verdict = make_verdict(claim, author=make_user("Reviewers"))
    with pytest.raises(WordsUnchecked):
        take_step("submit", verdict, by=verdict.author)


def test_the_corrected_figure_is_submitted_and_approved_by_a_tick_each(claim):
    claim = marked_anew(claim)
    digest = words_digest(claim.wording, claim.quote)
    author, editor = make_user("Reviewers"), make_user("Editors")
    verdict = make_verdict(claim, author=author)
    with pytest.raises(WordsUnchecked, match="something else than the printed words"):
        take_step("submit", verdict, by=author)
    verdict = take_step("submit", verdict, by=author, words_checked=digest)
    for stale in ("", "1", words_digest(WORDING, RATE)):
        with pytest.raises(WordsUnchecked):
            take_step("publish", verdict, by=editor, words_checked=stale)
    verdict.refresh_from_db()
    assert verdict.status == VerdictStatus.IN_REVIEW
    assert not PublishedVerdict.objects.exists()
    take_step("publish", verdict, by=editor, words_checked=digest)
    assert PublishedVerdict.objects.count() == 1
    assert list(WordingCheck.objects.values_list("occasion", "by")) == [
        ("edited", WordingCheck.objects.first().by_id),
        ("submitted", author.pk),
        ("approved", editor.pk),
    ]


def test_an_override_needs_the_tick_as_well(claim):
    claim = marked_anew(claim)
    digest = words_digest(claim.wording, claim.quote)
    editor = make_user("Editors")
    verdict = make_verdict(claim, author=editor)
    verdict = take_step("submit", verdict, by=editor, words_checked=digest)
    with pytest.raises(WordsUnchecked):
        take_step("publish", verdict, by=editor, override_reason="Nobody else is here.")


def test_a_tick_counts_for_its_two_texts_alone(claim):
    claim = marked_anew(claim)
    tick = words_digest(claim.wording, claim.quote)
    claim.wording = "Unemployment fell to 39 per cent."
    with pytest.raises(WordsUnchecked):
        check_words(claim, tick, by=make_user("Editors"), occasion="approved")


def test_without_the_check_the_wrong_figure_would_go_out(claim, monkeypatch):
    # The control: the steps refuse by this check and by nothing else.
    claim = marked_anew(claim)
    monkeypatch.setattr(workflow, "check_words", lambda *args, **kwargs: None)
    make_verdict(claim, status=VerdictStatus.PUBLISHED)
    published = PublishedVerdict.objects.get()
    assert "38" in published.claim_reviewed and "36" in published.quote


def test_a_revision_begun_by_a_correction_is_not_published_unasked(claim):
    published = make_published(claim)
    author = make_user("Reviewers")
    claim.refresh_from_db()
    claim = marked_anew(claim)
    verdict = published.claim.verdict
    verdict.refresh_from_db()
    assert verdict.status == VerdictStatus.DRAFT
    with pytest.raises(WordsUnchecked):
        take_step("submit", verdict, by=author)


@pytest.mark.parametrize(
    "fields", [{"quote": "x"}, {"by": None}, {"occasion": "edited"}]
)
def test_what_somebody_confirmed_is_never_changed(claim, fields):
    marked_anew(claim)
    check = WordingCheck.objects.get()
    with pytest.raises(Refused) as refused:
        change(check, fields)
    assert "only ever grows" in str(refused.value)


def change(check, fields):
    from django.db import IntegrityError, transaction

    from claims.models.constraints import refuse_as

    try:
        with transaction.atomic():
            WordingCheck.objects.filter(pk=check.pk).update(**fields)
    except IntegrityError as error:
        refuse_as(Refused, error)
