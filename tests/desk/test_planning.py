"""Who has a claim before and after its verdict is begun, and what comes first."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.desk.board import board_of
from claims.desk.comments import add_comment
from claims.desk.empty_drafts import DraftStays, drop_empty_draft
from claims.desk.planning import (
    NotAssigned,
    hand_over,
    owner_of,
    put_in_order,
    set_urgency,
)
from claims.desk.priority import BY_URGENCY, priorities_of
from claims.desk.queues import QUEUES, unassigned
from claims.desk.timeline import timeline_of
from claims.desk.workflow import begin_verdict, take_step
from claims.exceptions import ChangedMeanwhile, Incomplete, NotPermitted
from claims.models import Change, Claim, Notice, ReaderReport, Verdict, WorkItem
from claims.models.choices import ClaimStatus, NoticeKind, VerdictStatus
from tests.factories import (
    make_article,
    make_claim,
    make_speaker,
    make_user,
    make_verdict,
)
from tests.guards import without

pytestmark = pytest.mark.django_db


@pytest.fixture
def ida():
    return make_user("Reviewers", first_name="Ida")


@pytest.fixture
def ben():
    return make_user("Reviewers", first_name="Ben")


@pytest.fixture
def boss():
    return make_user("Editors")


def owner(claim):
    return owner_of(Claim.objects.get(pk=claim.pk))


# --- Taken, assigned, handed over ---------------------------------------------------


def test_a_claim_is_taken_handed_over_and_given_back(ida, ben):
    claim = make_claim()
    hand_over(claim, ida, by=ida)
    assert owner(claim) == ida
    hand_over(claim, ben, by=ida)
    assert owner(claim) == ben
    with pytest.raises(NotPermitted):
        hand_over(claim, ida, by=ida)
    hand_over(claim, None, by=ben)
    assert owner(claim) is None


def test_only_an_editor_gives_others_what_they_did_not_take(ida, ben, boss):
    claim = make_claim()
    with pytest.raises(NotPermitted):
        hand_over(claim, ben, by=ida)
    hand_over(claim, ben, by=boss)
    hand_over(claim, ida, by=boss)
    assert owner(claim) == ida
    with pytest.raises(NotPermitted):
        hand_over(make_claim(), make_user(), by=make_user())


def test_two_who_take_the_same_claim_do_not_both_have_it(ida, ben):
    claim = make_claim()
    hand_over(claim, ida, by=ida, seen=None)
    with pytest.raises(ChangedMeanwhile):
        hand_over(claim, ben, by=ben, seen=None)
    assert owner(claim) == ida


def test_giving_a_claim_to_whom_has_it_changes_nothing(ida):
    claim = hand_over(make_claim(), ida, by=ida)
    before = Change.objects.count()
    hand_over(claim, ida, by=ida, seen=None)
    assert Change.objects.count() == before


def test_nobody_gets_work_that_cannot_be_done(ida, boss):
    rejected = make_claim(status=ClaimStatus.REJECTED)
    with pytest.raises(NotAssigned):
        hand_over(rejected, ida, by=boss)
    gone = make_user("Reviewers", is_active=False)
    with pytest.raises(NotAssigned):
        hand_over(make_claim(), gone, by=boss)
    with pytest.raises(NotAssigned):
        hand_over(make_verdict().claim, make_user("Annotators"), by=boss)


def test_the_verdict_says_who_has_a_claim_once_it_is_begun(ida, ben, boss):
    claim = hand_over(make_claim(), ida, by=ida)
    verdict = begin_verdict(claim, by=ben)
    assert verdict.author == ben
    assert verdict.assignee == ida
    assert WorkItem.objects.get(claim=claim).person is None
    assert owner(claim) == ida
    hand_over(claim, ben, by=ida)
    assert owner(claim) == ben
    with pytest.raises(NotAssigned):
        hand_over(claim, None, by=ben)


def test_who_assigns_a_verdict_wrote_no_part_of_it(ida, ben, boss):
    verdict = make_verdict(author=ida, status=VerdictStatus.IN_REVIEW)
    hand_over(verdict.claim, ben, by=boss)
    take_step("publish", verdict, by=boss)
    verdict.refresh_from_db()
    assert verdict.status == VerdictStatus.PUBLISHED


def test_the_history_of_a_claim_says_who_had_it(ida, ben):
    claim = hand_over(make_claim(), ida, by=ida)
    hand_over(claim, ben, by=ida)
    said = [
        (event.by, field)
        for event in timeline_of(claim)
        for field in event.fields
        if field[0] == "assigned to"
    ]
    assert ("Ida", ("assigned to", "Ida", "Ben")) in said


# --- Urgency and order ---------------------------------------------------------------


def test_each_weight_has_its_reason(boss):
    claim = make_claim()
    with pytest.raises(Incomplete) as refusal:
        set_urgency(claim, by=boss, harm=2)
    assert "harm_reason" in refusal.value.missing
    set_urgency(
        claim, by=boss, harm=2, harm_reason="Patients stop taking it.",
        reach=1, reach_reason="On the evening news.",
    )  # fmt: skip
    make_claim(repeats=claim)
    for _n in range(2):
        ReaderReport.objects.create(kind="error", message="?", sender="x", claim=claim)
    found = priorities_of([claim])[claim.pk]
    assert found.weight == 2 * 3 + 1 * 2 + 2 + 1
    assert found.reasons == [
        "Harm: Patients stop taking it.",
        "Reach: On the evening news.",
        "Asked by 2 readers",
        "Said again 1 time",
    ]
    with pytest.raises(NotPermitted):
        set_urgency(claim, by=make_user("Annotators"))


def test_the_desks_order_goes_before_harm_and_harm_before_the_newest(boss):
    article, speaker = make_article(), make_speaker()
    old, new, harmful, first = (
        make_claim(article=article, speaker=speaker, stated_on=date(year, 1, 1))
        for year in (2020, 2026, 2022, 2023)
    )
    set_urgency(harmful, by=boss, harm=1, harm_reason="A panic.")
    put_in_order(first, 1, by=boss)
    everything = unassigned(boss).order_by(*BY_URGENCY)
    assert list(everything) == [first, harmful, new, old]
    with pytest.raises(NotPermitted):
        put_in_order(old, 1, by=make_user("Reviewers"))


def test_the_database_keeps_how_urgent_a_claim_is_by_everything_that_makes_it_so(boss):
    claim = make_claim()

    def urgency():
        return Claim.objects.values_list("urgency", flat=True).get(pk=claim.pk)

    set_urgency(claim, by=boss, harm=1, harm_reason="A panic.")
    reports = [
        # A reader's, and so of nobody at the desk.
        ReaderReport.objects.create(kind="error", message="?", sender="x", claim=claim)
        for _n in range(2)
    ]
    make_claim(repeats=claim)
    assert urgency() == priorities_of([claim])[claim.pk].weight == 3 + 2 + 1
    # Whoever saves what was read before takes nothing back, and no change is logged.
    claim.save()
    assert urgency() == 6
    for report in reports:
        ReaderReport.objects.filter(pk=report.pk).update(status="dismissed")
    assert urgency() == 3 + 1
    put_in_order(claim, 2, by=boss)
    assert urgency() > 100_000
    make_verdict(claim)
    assert urgency() == 0
    said = Change.objects.filter(table="claim", row=claim.pk)
    assert "urgency" not in said.first().after


def test_the_desks_order_has_no_gaps_and_no_two_at_one_place(boss):
    claims = [make_claim() for _n in range(3)]
    for claim in claims:
        put_in_order(claim, 1, by=boss)
    put_in_order(claims[0], 2, by=boss)

    def order():
        rows = WorkItem.objects.filter(place__isnull=False).order_by("place")
        return [(row.claim_id, row.place) for row in rows]

    one, two, three = (claim.pk for claim in claims)
    assert order() == [(three, 1), (one, 2), (two, 3)]
    put_in_order(claims[2], None, by=boss)
    assert order() == [(one, 1), (two, 2)]


# --- The front page -------------------------------------------------------------------


def rows_of(user):
    return {
        section.name: [row.claim.pk for row in section.rows]
        for section in board_of(user)
    }


def test_the_board_tells_mine_from_what_waits_and_counts_a_return_once(ida, ben, boss):
    mine = hand_over(make_claim(), ida, by=ida)
    draft = make_verdict(author=ida)
    back = make_verdict(author=ida, status=VerdictStatus.IN_REVIEW)
    take_step("return", back, by=boss, comment="Shorter.")
    nobodys = make_claim()
    late = hand_over(make_claim(), ben, by=ben)
    set_urgency(late, by=boss, due_on=timezone.localdate() - timedelta(days=1))
    assert rows_of(ida) == {
        "mine": [mine.pk, draft.claim_id],
        "waiting": [back.claim_id],
        "overdue": [late.pk],
        "unassigned": [nobodys.pk],
    }
    for name in ("mine", "returned"):
        assert QUEUES[name].rows(ida).count() == 1
    overdue = next(each for each in board_of(ida) if each.name == "overdue").rows[0]
    assert (overdue.owner, overdue.is_late) == (ben, True)
    assert board_of(make_user()) == []


@pytest.mark.slow
def test_the_board_asks_no_more_for_many_rows(ida):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            for section in board_of(ida):
                for row in section.shown:
                    assert (row.owner, row.days, row.priority) is not None
        return len(queries)

    hand_over(make_claim(), ida, by=ida)
    make_verdict(author=ida)
    few = asked()
    article, speaker = make_article(), make_speaker()
    for _n in range(9):
        claim = make_claim(article=article, speaker=speaker)
        make_claim(article=article, speaker=speaker)
        make_verdict(make_claim(article=article, speaker=speaker), author=ida)
        hand_over(claim, ida, by=ida)
    assert asked() == few
    assert few <= 14
    mine = board_of(ida)[0]
    assert (len(mine.shown), mine.has_more) == (8, True)


# --- An empty draft ------------------------------------------------------------


def test_whoever_is_given_a_claim_is_told_and_not_who_takes_it(ida):
    claim, boss = make_claim(), make_user("Editors")
    hand_over(claim, ida, by=boss)
    hand_over(claim, boss, by=boss)
    told = Notice.objects.get(kind=NoticeKind.ASSIGNED)
    assert (told.user, told.by, told.row) == (ida, boss, claim.pk)


def test_an_empty_draft_is_dropped_by_its_author_and_its_claim_waits_again(ida, ben):
    claim = hand_over(make_claim(), ida, by=ida)
    verdict = begin_verdict(claim, by=ben)
    with pytest.raises(DraftStays):
        drop_empty_draft(verdict, by=ida)
    drop_empty_draft(verdict, by=ben)
    assert owner(claim) == ida
    assert "Empty draft of a verdict dropped" in [
        event.what for event in timeline_of(Claim.objects.get(pk=claim.pk))
    ]
    # Twice does no harm, and another one can be begun and dropped.
    drop_empty_draft(verdict, by=ben)
    drop_empty_draft(begin_verdict(claim, by=ben), by=ben)


@pytest.mark.parametrize("how", ["words", "evidence", "review", "comment"])
def test_a_draft_that_holds_or_held_anything_stays(ida, how):
    verdict = begin_verdict(make_claim(), by=ida)
    if how == "words":
        verdict.summary = "Something."
        verdict.version += 1
        verdict.save()
        verdict.summary = ""
        verdict.version += 1
        verdict.save()
    elif how == "evidence":
        row = verdict.evidence.create(url="https://council.example/", title="Minutes")
        row.delete()
    elif how == "review":
        verdict = make_verdict(author=ida, status=VerdictStatus.IN_REVIEW)
        take_step("return", verdict, by=make_user("Editors"), comment="No.")
    else:
        add_comment(verdict, "Who did?", by=ida)
    with pytest.raises(DraftStays):
        drop_empty_draft(verdict, by=ida)
    assert type(verdict).objects.filter(pk=verdict.pk).exists()


def test_the_control_without_its_trigger_words_would_go(ida):
    verdict = make_verdict(author=ida)
    with without(("verdict", "verdict_stays")):
        verdict.evidence.all().delete()
        drop_empty_draft(verdict, by=ida)
        assert not Verdict.objects.exists()
    assert Verdict.objects.get() == verdict
