"""Which step leads where, and who may take it."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from claims.desk.annotation import change_claim, find_mark
from claims.desk.merging import merge_speakers
from claims.desk.relations import confirm_repeat
from claims.desk.steps import STEPS, steps_from
from claims.desk.workflow import StepNotAllowed, begin_verdict, take_step
from claims.exceptions import ChangedMeanwhile, Incomplete, NotPermitted
from claims.models import (
    Claim,
    PublishedVerdict,
    Speaker,
    Transition,
    Verdict,
    acting,
)
from claims.models.choices import (
    ClaimStatus,
    Origin,
    PublicationKind,
    VerdictStatus,
)
from tests.factories import (
    make_claim,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
)

pytestmark = pytest.mark.django_db


def test_a_draft_claim_is_listed_and_leaves_a_transition():
    claim = make_claim(status=ClaimStatus.DRAFT)
    editor = make_user("Annotators")
    claim = take_step("list", claim, by=editor)
    assert claim.status == ClaimStatus.LISTED
    assert claim.listed_at is not None
    step = claim.transitions.get()
    assert (step.from_status, step.to_status, step.by) == ("draft", "listed", editor)


def test_a_claim_listed_again_keeps_the_moment_of_its_first_listing():
    editor = make_user("Editors")
    claim = take_step("withdraw", make_claim(), by=editor, comment="A slip.")
    first = claim.listed_at
    again = take_step("list", claim, by=editor)
    assert again.status == ClaimStatus.LISTED
    assert again.listed_at == first


def test_a_claim_without_a_speaker_is_not_listed():
    claim = make_claim(status=ClaimStatus.DRAFT)
    claim.speaker = None
    claim.version += 1
    claim.save()
    with pytest.raises(Incomplete, match="Name the speaker"):
        take_step("list", claim, by=make_user("Editors"))
    assert not Transition.objects.exists()


def test_a_withdrawal_needs_a_reason():
    claim = make_claim()
    with pytest.raises(Incomplete, match="why the claim is withdrawn"):
        take_step("withdraw", claim, by=make_user("Editors"), comment="  ")
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.LISTED


@pytest.mark.parametrize("name", STEPS)
def test_no_step_is_open_to_somebody_without_its_permission(name):
    step = STEPS[name]
    thing = make_claim() if step.subject == "claim" else make_verdict()
    type(thing).objects.filter(pk=thing.pk).exists()
    with pytest.raises(NotPermitted, match="may not"):
        take_step(name, thing, by=make_user(), comment="Please.")


@pytest.mark.parametrize(
    ("group", "may"),
    [("Annotators", {"list"}), ("Reviewers", {"list"}), ("Editors", {"list"})],
)
def test_every_group_may_list(group, may):
    claim = make_claim(status=ClaimStatus.DRAFT)
    names = {step.name for step in steps_from(claim, make_user(group))}
    assert may <= names


def test_only_editors_withdraw():
    claim = make_claim()
    assert [s.name for s in steps_from(claim, make_user("Reviewers"))] == []
    assert [s.name for s in steps_from(claim, make_user("Editors"))] == ["withdraw"]


def test_an_author_takes_back_what_nobody_has_decided_on():
    author, other = make_user("Reviewers"), make_user("Reviewers")
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW, author=author)
    assert [step.name for step in steps_from(verdict, author)] == ["recall"]
    assert steps_from(verdict, other) == []
    with pytest.raises(NotPermitted, match="wrote a part"):
        take_step("recall", verdict, by=other)
    seen = verdict.version
    verdict = take_step("recall", verdict, by=author, version=seen)
    assert verdict.status == VerdictStatus.DRAFT
    # Whoever was about to approve it finds out.
    with pytest.raises(ChangedMeanwhile):
        take_step("publish", verdict, by=make_user("Editors"), version=seen)


def test_a_draft_cannot_skip_review():
    verdict = make_verdict()
    with pytest.raises(StepNotAllowed, match="the verdict is draft"):
        take_step("publish", verdict, by=make_user("Editors"))


def test_submitting_says_exactly_what_is_missing():
    claim = make_claim()
    author = make_user("Reviewers")
    verdict = begin_verdict(claim, by=author)
    with pytest.raises(Incomplete) as refused:
        take_step("submit", verdict, by=author)
    assert set(refused.value.missing) == {
        "rating",
        "summary",
        "how_verified",
        "evidence",
        "not_asked_reason",
    }


def test_a_verdict_on_nobodys_claim_is_not_submitted():
    # Once published it would stand under whoever is named later.
    verdict = make_verdict(make_claim(status=ClaimStatus.DRAFT))
    Claim.objects.filter(pk=verdict.claim_id).update(
        speaker=None, version=F("version") + 1
    )
    with pytest.raises(Incomplete) as refused:
        take_step("submit", verdict, by=verdict.author)
    assert set(refused.value.missing) == {"speaker"}


def test_words_that_nobody_can_see_are_missing():
    # Joiners are honest signs within words, and nothing where they stand alone.
    verdict = make_verdict(summary="\u200d\u200c", how_verified=" \u200c. ")
    with pytest.raises(Incomplete) as refused:
        take_step("submit", verdict, by=verdict.author)
    assert set(refused.value.missing) == {"summary", "how_verified"}


def test_the_author_cannot_publish_their_own_verdict():
    author = make_user("Editors")
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW, author=author)
    assert "publish" not in {step.name for step in steps_from(verdict, author)}
    with pytest.raises(NotPermitted, match="somebody else has to publish"):
        take_step("publish", verdict, by=author)
    assert not PublishedVerdict.objects.exists()


def test_a_superuser_cannot_publish_their_own_verdict_either():
    author = make_user(superuser=True)
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW, author=author)
    with pytest.raises(NotPermitted, match="somebody else"):
        take_step("publish", verdict, by=author)


def test_somebody_who_wrote_a_part_is_no_second_pair_of_eyes():
    verdict = make_verdict()
    helper = make_user("Editors")
    with acting(helper):
        verdict.summary = "A better summary."
        verdict.version += 1
        verdict.save()
    verdict = take_step("submit", verdict, by=verdict.author)
    with pytest.raises(NotPermitted, match="somebody else"):
        take_step("publish", verdict, by=helper)


@pytest.mark.parametrize(
    "change",
    [
        lambda claim: {"wording": "The harbour opened in May."},
        lambda claim: {"speaker": make_speaker()},
        lambda claim: {"checkability": "vague"},
        lambda claim: {
            "marks": [
                find_mark(claim.article.current_text, "Nobody was hurt", role="content")
            ]
        },
    ],
    ids=["wording", "speaker", "checkability", "words"],
)
def test_somebody_who_changed_the_claim_in_review_is_no_second_pair_of_eyes(change):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    editor, claim = make_user("Editors"), verdict.claim
    change_claim(claim, by=editor, version=claim.version, **change(claim))
    with pytest.raises(NotPermitted, match="somebody else"):
        take_step("publish", verdict, by=editor)
    take_step("publish", verdict, by=make_user("Editors"))


def test_filing_the_claim_leaves_the_second_pair_of_eyes_free():
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    editor, claim = make_user("Editors"), verdict.claim
    change_claim(claim, by=editor, version=claim.version, topics=[make_topic()])
    confirm_repeat(claim, make_claim(), by=editor)
    take_step("publish", verdict, by=editor)
    assert PublishedVerdict.objects.get().approver == editor


def test_whoever_merges_the_speaker_in_review_is_no_second_pair_of_eyes():
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    editor, same = make_user("Editors"), make_speaker("The same by another name")
    merge_speakers(verdict.claim.speaker, same, by=editor)
    with pytest.raises(NotPermitted, match="somebody else"):
        take_step("publish", verdict, by=editor)
    take_step("publish", verdict, by=make_user("Editors"))
    assert PublishedVerdict.objects.get().speaker_name == same.name


def test_an_override_needs_a_reason_and_shows_it():
    author = make_user("Editors")
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW, author=author)
    take_step("publish", verdict, by=author, override_reason="One-person desk.")
    assert PublishedVerdict.objects.get().override_reason == "One-person desk."


def test_publishing_puts_the_rating_on_the_claim():
    verdict = make_verdict(status=VerdictStatus.PUBLISHED, rating="mixed")
    claim = Claim.objects.get(pk=verdict.claim_id)
    assert claim.rating.slug == "mixed"
    assert claim.current.number == 1
    assert claim.current.kind == PublicationKind.FIRST
    assert claim.current.evidence[0]["url"] == "https://council.example/minutes"


def test_a_revision_keeps_the_old_version_public_until_it_is_published():
    verdict = make_verdict(status=VerdictStatus.PUBLISHED, rating="false")
    author = make_user("Reviewers")
    verdict = take_step(
        "revise",
        verdict,
        by=author,
        kind=PublicationKind.RATING_CHANGED,
        comment="New minutes turned up.",
    )
    assert verdict.author == author
    assert verdict.claim.current.rating_slug == "false"
    verdict.rating = type(verdict.rating).objects.get(slug="true")
    verdict.version += 1
    verdict.save()
    verdict = take_step("submit", verdict, by=author)
    verdict = take_step("publish", verdict, by=make_user("Editors"))
    claim = Claim.objects.get(pk=verdict.claim_id)
    assert claim.rating.slug == "true"
    assert claim.current.number == 2
    assert claim.current.note == "New minutes turned up."
    assert claim.publications.get(number=1).rating_slug == "false"


def test_who_wrote_only_the_last_version_may_publish_the_next_one():
    first = make_user("Editors")
    verdict = make_verdict(author=first)
    with acting(first):
        verdict.summary = "A better summary."
        verdict.version += 1
        verdict.save()
    verdict = take_step("submit", verdict, by=first)
    verdict = take_step("publish", verdict, by=make_user("Editors"))
    author = make_user("Reviewers")
    verdict = take_step("revise", verdict, by=author, comment="A slip.")
    verdict = take_step("submit", verdict, by=author)
    take_step("publish", verdict, by=first)
    assert PublishedVerdict.objects.get(number=2).approver == first


def test_a_correction_note_goes_out_with_its_version_and_is_used_up():
    verdict = make_verdict(status=VerdictStatus.PUBLISHED)
    author = make_user("Reviewers")
    verdict = take_step(
        "revise",
        verdict,
        by=author,
        kind=PublicationKind.CLARIFIED,
        comment="A word was unclear.",
    )
    verdict = take_step("submit", verdict, by=author)
    verdict = take_step("publish", verdict, by=make_user("Editors"))
    published = PublishedVerdict.objects.get(number=2)
    assert (published.kind, published.note) == ("clarified", "A word was unclear.")
    assert (verdict.correction_kind, verdict.correction_note) == ("", "")


def test_a_retraction_takes_the_rating_off_and_keeps_the_record():
    verdict = make_verdict(status=VerdictStatus.RETRACTED)
    claim = Claim.objects.get(pk=verdict.claim_id)
    assert claim.rating is None
    assert claim.current.kind == PublicationKind.RETRACTED
    assert claim.current.note == "Wrong source."
    assert claim.publications.count() == 2


def test_a_verdict_in_review_is_locked():
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    verdict.summary = "Changed behind the reviewer's back."
    verdict.version += 1
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        verdict.save()
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        verdict.evidence.all().delete()


def test_a_step_on_an_old_version_is_refused_with_the_new_one():
    verdict = make_verdict()
    seen = verdict.version
    Verdict.objects.filter(pk=verdict.pk).update(
        summary="Changed by a colleague.", version=seen + 1
    )
    with pytest.raises(ChangedMeanwhile) as refused:
        take_step("submit", verdict, by=verdict.author, version=seen)
    assert refused.value.current.summary == "Changed by a colleague."


def test_a_merge_moves_claims_and_names_and_leaves_a_redirect():
    old = make_speaker("Recep Erdogan", aliases=["The president"])
    new = make_speaker("Recep Tayyip Erdoğan")
    claim = make_claim(speaker=old)
    merge_speakers(old, new, by=make_user("Editors"))
    claim.refresh_from_db()
    assert claim.speaker == new
    assert Speaker.objects.get(pk=old.pk).merged_into == new
    names = set(new.aliases.values_list("name", flat=True))
    assert names == {"Recep Erdogan", "The president"}


def test_only_what_the_program_proposed_goes_back_to_its_suggestions():
    annotator = make_user("Annotators")
    own = make_claim(status=ClaimStatus.DRAFT)
    with pytest.raises(StepNotAllowed, match="never was a suggestion"):
        take_step("unaccept", own, by=annotator)
    own.refresh_from_db()
    assert own.status == ClaimStatus.DRAFT
    assert "unaccept" not in {step.name for step in steps_from(own, annotator)}
    proposed = make_claim(status=ClaimStatus.DRAFT, origin=Origin.RULES)
    assert "unaccept" in {step.name for step in steps_from(proposed, annotator)}
    again = take_step("unaccept", proposed, by=annotator)
    assert again.status == ClaimStatus.SUGGESTED
