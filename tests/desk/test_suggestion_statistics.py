"""Statistics of suggestions, and what a desk may have follow from them."""

import pytest

from claims.desk.annotation import change_claim, find_mark
from claims.desk.suggestion_statistics import (
    ENOUGH,
    editor_corrections,
    rule_statistics,
    weak_rules,
)
from claims.desk.suggestion_weights import left_out_note, weight_note
from claims.desk.suggestions import suggest_claims
from claims.desk.workflow import take_step
from claims.models import Claim
from claims.models.choices import ClaimStatus, DatePrecision, SpanRole
from tests.desk.test_suggestions import BODY
from tests.factories import make_article, make_speaker, make_user

pytestmark = pytest.mark.django_db

FERRY = (
    "The ferry will stop at Norrvik for the last time in June, Mayor Ida Falk said "
    "Wednesday."
)


@pytest.fixture
def editor():
    return make_user("Annotators")


@pytest.fixture
def set_to(settings):
    def change(**values):
        settings.FACTCHECK = settings.FACTCHECK | {
            f"SUGGESTION_{name}": value for name, value in values.items()
        }

    return change


@pytest.fixture
def accepted(editor):
    """Return a function that suggests the claim of an article and accepts it."""

    def made(body=FERRY, **fields):
        [claim] = suggest_claims(make_article(body, **fields)).new
        return take_step("accept", claim, by=editor)

    return made


def rejected(count, *, rule):
    """Make a rule that was wrong that often: all its suggestions were rejected."""
    for _number in range(count):
        [claim] = suggest_claims(make_article(FERRY)).new
        Claim.objects.filter(pk=claim.pk).update(
            rule=rule, status=ClaimStatus.REJECTED, version=claim.version + 1
        )


def rule_of_the_ferry():
    return suggest_claims(make_article(FERRY)).new[0].rule


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("wording", {"wording": "The ferry stops in June."}),
        ("stated_on", {"stated_on": None, "stated_precision": DatePrecision.UNKNOWN}),
        ("checkability", {"checkability": "opinion"}),
        ("attribution", {"attribution": "direct"}),
    ],
)
def test_each_corrected_field_is_counted_by_its_name(accepted, editor, field, changes):
    claim = accepted()
    assert editor_corrections(claim) == []
    claim = change_claim(claim, by=editor, version=claim.version, **changes)
    assert editor_corrections(claim) == [field]
    [record] = rule_statistics()
    assert (record.accepted, record.corrected, dict(record.fields)) == (
        0,
        1,
        {field: 1},
    )
    # Who said what stands as it was proposed.
    assert record.precision == 1


def test_other_words_or_another_speaker_make_a_suggestion_wrong(accepted, editor):
    claim = accepted()
    mark = find_mark(
        claim.article.current_text, "ferry will stop", role=SpanRole.CONTENT
    )
    change_claim(
        claim,
        by=editor,
        version=claim.version,
        marks=[mark],
        roles=[SpanRole.CONTENT],
        speaker=make_speaker("Bo Ask"),
    )
    accepted()
    [record] = rule_statistics()
    assert dict(record.fields) == {"quote": 1, "speaker": 1}
    assert (record.precision, record.usefulness) == (0.5, 1)
    assert record.corrections == [("words", 1), ("speaker", 1)]


def test_a_rule_is_counted_apart_in_each_language(accepted):
    claim = accepted()
    accepted(language="en-GB")
    other = accepted()
    Claim.objects.filter(pk=other.pk).update(
        proposed=other.proposed | {"language": "tr"}, version=other.version + 1
    )
    found = {(each.rule, each.language): each.accepted for each in rule_statistics()}
    assert found == {(claim.rule, "en"): 2, (claim.rule, "tr"): 1}


def test_what_was_ready_is_counted_once_more_by_itself(accepted, editor):
    right, wrong, open_one, of_before = (accepted() for _number in range(4))
    assert right.proposed["doubts"] == []
    change_claim(wrong, by=editor, version=wrong.version, speaker=make_speaker())
    for claim, proposed in (
        (open_one, open_one.proposed | {"doubts": ["day"]}),
        (of_before, {k: v for k, v in of_before.proposed.items() if k != "doubts"}),
    ):
        Claim.objects.filter(pk=claim.pk).update(
            proposed=proposed, version=claim.version + 1
        )
    rejected(1, rule=right.rule)
    [record] = rule_statistics()
    assert (record.decided, record.precision, record.usefulness) == (5, 0.6, 0.8)
    assert record.ready == 3
    assert record.ready_precision == pytest.approx(1 / 3)
    assert record.ready_usefulness == pytest.approx(2 / 3)


def test_a_proposal_of_before_says_nothing_of_fields_it_did_not_keep(accepted, editor):
    claim = accepted()
    kept = {
        name: value
        for name, value in claim.proposed.items()
        if name not in {"stated_on", "checkability", "language"}
    }
    Claim.objects.filter(pk=claim.pk).update(proposed=kept, version=claim.version + 1)
    claim.refresh_from_db()
    change_claim(claim, by=editor, version=claim.version, checkability="opinion")
    [record] = rule_statistics()
    assert (record.language, record.accepted) == ("en", 1)
    Claim.objects.filter(pk=claim.pk).update(proposed=None, version=claim.version + 2)
    [record] = rule_statistics()
    assert record.accepted == 1


# --- Weak rules ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("precision", "decisions", "is_weak"),
    [
        (0, ENOUGH, False),  # off, as it comes
        (60, ENOUGH - 1, False),  # too few to judge by
        (60, ENOUGH, True),
    ],
)
def test_a_rule_is_weak_below_a_set_precision_and_by_enough_decisions(
    set_to, precision, decisions, is_weak
):
    rejected(decisions, rule="a rule")
    set_to(PRECISION=precision)
    assert bool(weak_rules()) is is_weak


def test_a_weak_rule_is_suggested_with_its_precision_as_score_and_a_note(set_to):
    rule = rule_of_the_ferry()
    rejected(ENOUGH, rule=rule)
    # The control: without the setting it comes as always.
    [before] = suggest_claims(make_article(FERRY)).new
    assert (before.score > 0, weight_note(before)) == (True, "")
    set_to(PRECISION=60)
    [claim] = suggest_claims(make_article(FERRY)).new
    assert claim.score == 0
    assert claim.proposed["score"] == before.score
    assert weight_note(claim) == (
        f"This rule was right in 0 % of {ENOUGH} decisions of this desk."
    )
    assert left_out_note(claim.article) == ""


def test_a_weak_rule_is_left_out_where_that_is_set_and_the_others_stay(set_to):
    rule = rule_of_the_ferry()
    rejected(ENOUGH, rule=rule)
    set_to(PRECISION=60, WEAK="omit")
    article = make_article(BODY)
    suggested = suggest_claims(article)
    assert suggested.left_out == 1
    assert rule not in {claim.rule for claim in suggested.new}
    assert len(suggested.new) == 2
    assert f"“{rule}” (0%)" in left_out_note(article)
    # In another language the same rule was never wrong.
    assert left_out_note(make_article(BODY, language="tr")) == ""
