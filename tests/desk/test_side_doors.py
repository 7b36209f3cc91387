"""Nobody gets past the second pair of eyes by changing what stands beside a verdict.

An editor changes something while a colleague's verdict is in review, looks, and tries
to approve it alone. The control takes the guard of that door away, and then it works:
so it did before the guard was there.
"""

import pytest
from django.db import IntegrityError, transaction

from claims.desk.annotation import change_claim, find_mark
from claims.desk.merging import merge_speakers
from claims.desk.publications import approval_digest
from claims.desk.review import ReviewRefused, rate_blind
from claims.desk.text_corrections import correct_text
from claims.desk.workflow import take_step
from claims.exceptions import ChangedMeanwhile, NotPermitted, RevisionNeeded
from claims.models import (
    Article,
    Claim,
    Evidence,
    Outlet,
    PublishedVerdict,
    Rating,
    Speaker,
    SpeakerAlias,
    SpeakerRole,
    Verdict,
    acting,
)
from claims.models.choices import VerdictStatus
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_speaker,
    make_user,
    make_verdict,
    revise,
)
from tests.guards import drop, settle

pytestmark = pytest.mark.django_db

BODY = "Rents fell, said Falk. The ferry stopped. Rents fell, said Falk."


@pytest.fixture
def editor():
    return make_user("Editors")


@pytest.fixture(scope="module")
def in_review(module_db):
    """A verdict in review, on a claim of which everything that is printed is given."""
    speaker = make_speaker("Ida Falk", aliases=["The mayor"])
    SpeakerRole.objects.create(speaker=speaker, title="Mayor")
    claim = make_claim(
        "Rents fell",
        article=make_article(BODY, url="https://harbour.example/rents"),
        speaker=speaker,
        cue="said",
        via=make_outlet("The Ferry Times"),
    )
    verdict = make_verdict(claim, status=VerdictStatus.IN_REVIEW)
    settle()
    return verdict


@pytest.fixture
def review(in_review, db):
    """The verdict in review, as no other test left it."""
    return Verdict.objects.get(pk=in_review.pk)


def edit(claim, by, **changes):
    claim.refresh_from_db()
    change_claim(claim, by=by, version=claim.version, **changes)


def twin(claim):
    """Return another speaker who has the alias that the claim's has."""
    return make_speaker("Ada Berg", aliases=["The mayor"])


def other_place(claim):
    """Return the marks of the claim's very words where they stand a second time."""
    text = claim.article.current_text
    return [
        find_mark(text, "Rents fell", role="content", occurrence=2),
        find_mark(text, "said", role="cue", occurrence=2),
    ]


def correct(claim, by):
    body = BODY.replace("The ferry", "The old ferry")
    correct_text(claim.article, body, by=by, reason="A word was missing.")


CLAIM, SPEAKER, ARTICLE = (
    ["note_claim_contributor"],
    ["note_speaker_contributor"],
    ["note_article_contributor"],
)
MARKS = [*CLAIM, "note_marks_contributor"]
# The name of a door, the guards that shut it, what an editor does there, and whether it
# changes what would be published.
DOORS = {
    "rename the speaker": (
        SPEAKER,
        lambda c, by: Speaker.objects.filter(pk=c.speaker_id).update(name="Ida Holm"),
        True,
    ),
    "swap the speaker for one with the same alias": (
        CLAIM,
        lambda c, by: edit(c, by, speaker=twin(c)),
        True,
    ),
    "add an alias": (
        SPEAKER,
        lambda c, by: SpeakerAlias.objects.create(speaker=c.speaker, name="Falk"),
        False,
    ),
    "take an alias away": (
        SPEAKER,
        lambda c, by: SpeakerAlias.objects.filter(speaker=c.speaker).delete(),
        False,
    ),
    "give an alias to somebody else": (
        SPEAKER,
        lambda c, by: SpeakerAlias.objects.filter(speaker=c.speaker).update(
            speaker=make_speaker()
        ),
        False,
    ),
    "make the speaker an organisation": (
        SPEAKER,
        lambda c, by: Speaker.objects.filter(pk=c.speaker_id).update(kind="group"),
        True,
    ),
    "change the speaker's office": (
        SPEAKER,
        lambda c, by: SpeakerRole.objects.filter(speaker=c.speaker).update(
            title="Bishop"
        ),
        True,
    ),
    "end the speaker's office before that day": (
        SPEAKER,
        lambda c, by: SpeakerRole.objects.filter(speaker=c.speaker).update(
            until="2020-01-01"
        ),
        True,
    ),
    "give the speaker's office to somebody else": (
        SPEAKER,
        lambda c, by: SpeakerRole.objects.filter(speaker=c.speaker).update(
            speaker=make_speaker()
        ),
        True,
    ),
    "give the speaker an office on that day": (
        SPEAKER,
        lambda c, by: SpeakerRole.objects.create(speaker=c.speaker, title="Bishop"),
        True,
    ),
    "print another office": (
        CLAIM,
        lambda c, by: edit(c, by, printed_role="Bishop"),
        True,
    ),
    "merge the speaker into another": (
        [*SPEAKER, *CLAIM],
        lambda c, by: merge_speakers(c.speaker, make_speaker("Ada Berg"), by=by),
        True,
    ),
    "add a second speaker": (
        ["note_joint_contributor"],
        lambda c, by: edit(c, by, other_speakers=[make_speaker("Ada Berg")]),
        True,
    ),
    "reword the claim": (
        CLAIM,
        lambda c, by: edit(c, by, wording="Rents rose."),
        True,
    ),
    "have another outlet relay it": (
        CLAIM,
        lambda c, by: edit(c, by, via=make_outlet("The Daily Wind")),
        True,
    ),
    "move it to another day": (
        CLAIM,
        lambda c, by: edit(c, by, stated_on="2026-01-31"),
        True,
    ),
    "call it an opinion": (
        CLAIM,
        lambda c, by: edit(c, by, checkability="opinion"),
        True,
    ),
    "call it a direct quotation": (
        CLAIM,
        lambda c, by: edit(c, by, attribution="direct"),
        True,
    ),
    "mark the same words elsewhere": (
        MARKS,
        lambda c, by: edit(c, by, marks=other_place(c), text=c.article.current_text),
        True,
    ),
    "mark no cue": (
        ["note_marks_contributor"],
        lambda c, by: edit(c, by, marks=[], roles=["cue"], text=c.article.current_text),
        True,
    ),
    "change the headline": (
        ARTICLE,
        lambda c, by: Article.objects.filter(pk=c.article_id).update(headline="Oh"),
        True,
    ),
    "give the article to another outlet": (
        ARTICLE,
        lambda c, by: Article.objects.filter(pk=c.article_id).update(
            outlet=make_outlet("The Daily Wind")
        ),
        True,
    ),
    "rename the outlet": (
        ["note_outlet_contributor"],
        lambda c, by: Outlet.objects.filter(pk=c.article.outlet_id).update(name="Oh"),
        True,
    ),
    "rename the outlet that relays it": (
        ["note_outlet_contributor"],
        lambda c, by: Outlet.objects.filter(pk=c.via_id).update(name="Oh"),
        True,
    ),
    "change the article's address": (
        ARTICLE,
        lambda c, by: Article.objects.filter(pk=c.article_id).update(
            url="https://elsewhere.example/"
        ),
        True,
    ),
    "change the article's day": (
        ARTICLE,
        lambda c, by: Article.objects.filter(pk=c.article_id).update(
            published_on="2026-01-31"
        ),
        True,
    ),
    "correct the article's text": (
        [*ARTICLE, *MARKS],
        correct,
        True,
    ),
    "retire the rating": (
        ["note_rating_contributor"],
        lambda c, by: Rating.objects.filter(pk=c.verdict.rating_id).update(
            retired=True
        ),
        False,
    ),
    "edit the rating's label": (
        ["rating_guard", "note_rating_contributor"],
        lambda c, by: Rating.objects.filter(pk=c.verdict.rating_id).update(label="Oh"),
        True,
    ),
    "edit the rating's definition": (
        ["rating_guard", "note_rating_contributor"],
        lambda c, by: Rating.objects.filter(pk=c.verdict.rating_id).update(
            definition="Anything goes."
        ),
        True,
    ),
    "edit the rating's value and bucket": (
        ["rating_guard", "note_rating_contributor"],
        lambda c, by: Rating.objects.filter(pk=c.verdict.rating_id).update(
            value=5, bucket="true"
        ),
        True,
    ),
}


def go_through(name, verdict, by):
    """Do what a door is for, as the middleware lets an editor do it."""
    claim = Claim.objects.get(pk=verdict.claim_id)
    with transaction.atomic(), acting(by):
        DOORS[name][1](claim, by)
        settle()


def publish(verdict, by, seen=None):
    """Publish what somebody has looked at, just now if nothing else is said."""
    verdict = Verdict.objects.get(pk=verdict.pk)
    return take_step(
        "publish",
        verdict,
        by=by,
        version=verdict.version,
        seen=seen or approval_digest(verdict),
    )


def publishes_alone(name, verdict, editor):
    """Return whether an editor goes through a door, approves, and has published."""
    try:
        go_through(name, verdict, editor)
        publish(verdict, editor)
    except (NotPermitted, IntegrityError):
        assert not PublishedVerdict.objects.exists()
        return False
    return PublishedVerdict.objects.exists()


@pytest.mark.parametrize("name", DOORS)
def test_nobody_publishes_alone_who_may(name, review, editor):
    assert not publishes_alone(name, review, editor)


@pytest.mark.parametrize("name", DOORS)
def test_without_its_guard_an_editor_publishes_alone_who_may(name, review, editor):
    settle()
    for guard in DOORS[name][0]:
        drop(guard)
    assert publishes_alone(name, review, editor)


@pytest.mark.parametrize("name", [n for n in DOORS if "rating's" not in n])
def test_a_second_person_publishes_what_they_saw_after_somebody_could(
    name, review, editor
):
    second = make_user("Editors")
    before = approval_digest(review)
    go_through(name, review, editor)
    if DOORS[name][2]:
        with pytest.raises(ChangedMeanwhile, match="changed since you looked"):
            publish(review, second, seen=before)
    publish(review, second)
    published = PublishedVerdict.objects.get()
    assert (published.approver, published.override_reason) == (second, "")


@pytest.mark.parametrize("name", DOORS)
def test_restoring_it_before_the_approval_makes_nobody_a_second_person(
    name, review, editor
):
    """Contributors stay contributors, whatever is put back afterwards."""
    try:
        go_through(name, review, editor)
    except IntegrityError:
        return  # ratings in use are refused any change
    with pytest.raises(IntegrityError), transaction.atomic():
        review.contributors.remove(editor)
    with pytest.raises(NotPermitted):
        publish(review, editor)


CLAIM_DOORS = [name for name, row in DOORS.items() if row[0][0] == CLAIM[0]] + [
    "mark no cue",
    "add a second speaker",
]


@pytest.mark.parametrize("name", CLAIM_DOORS)
def test_in_the_review_of_a_revision_the_claim_itself_is_locked(name, editor, review):
    verdict = publish(review, make_user("Editors"))
    verdict = revise(verdict)
    take_step("submit", verdict, by=verdict.author)
    if name == "merge the speaker into another":
        go_through(name, verdict, editor)
    else:
        with pytest.raises(RevisionNeeded, match="is in review"):
            go_through(name, verdict, editor)


def test_evidence_does_not_change_in_review(review, editor):
    with pytest.raises(IntegrityError), transaction.atomic(), acting(editor):
        Evidence.objects.filter(verdict=review).update(title="Something else")
    with pytest.raises(IntegrityError), transaction.atomic(), acting(editor):
        Evidence.objects.filter(verdict=review).delete()
    publish(review, editor)
    assert PublishedVerdict.objects.get().evidence[0]["title"] != "Something else"


def test_a_second_rating_changes_nothing_that_is_published(review, editor):
    before = approval_digest(review)
    other = Rating.objects.get(slug="true")
    rate_blind(review, rating=other, finding="confirmed", by=editor)
    assert approval_digest(review) == before
    go_through("rename the speaker", review, editor)
    with pytest.raises(NotPermitted):
        publish(review, editor)
    with pytest.raises(ReviewRefused):
        rate_blind(review, rating=other, finding="confirmed", by=review.author)
