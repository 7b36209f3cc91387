"""Two rows of one speaker become one: claims, joint statements, names and offices."""

import pytest

from claims.desk import public_record
from claims.desk.annotation import change_claim
from claims.desk.merging import MergeRefused, merge_speakers
from claims.desk.workflow import take_step
from claims.models import Claim, PublicClaim, Speaker, SpeakerRole
from claims.models.choices import VerdictStatus
from tests.factories import (
    make_claim,
    make_published,
    make_speaker,
    make_user,
    make_verdict,
    revise,
)
from tests.guards import settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def speakers():
    return (
        make_speaker("Ida Falk"),
        make_speaker("Mayor Falk"),
        make_speaker("Ada Berg"),
    )


def merge(speaker, into):
    merge_speakers(speaker, into, by=make_user("Editors"))
    settle()
    assert public_record.differences() == []


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize(
    ("first", "others", "joint"),
    [
        # Said by whom, with whom, and with whom after Falk's two rows became one.
        ("Ada Berg", ["Mayor Falk"], ["Ida Falk"]),
        ("Ada Berg", ["Mayor Falk", "Ida Falk"], ["Ida Falk"]),
        ("Ida Falk", ["Mayor Falk"], []),
        ("Mayor Falk", ["Ida Falk"], []),
        ("Mayor Falk", ["Ada Berg"], ["Ada Berg"]),
    ],
)
def test_joint_statements_move_along(speakers, is_published, first, others, joint):
    named = {each.name: each for each in speakers}
    claim = make_claim(
        speaker=named[first], other_speakers=[named[name] for name in others]
    )
    if is_published:
        make_published(claim)
    version = Claim.objects.get(pk=claim.pk).version
    merge(named["Mayor Falk"], named["Ida Falk"])
    claim = Claim.objects.get(pk=claim.pk)
    assert [each.name for each in claim.other_speakers.all()] == joint
    assert claim.speaker.name == first.replace("Mayor", "Ida")
    assert claim.version == version + 1
    # Each one's page lists it, under the row that they now are.
    for name in {claim.speaker.name, *joint}:
        assert PublicClaim.objects.by(named[name]).get() == PublicClaim(pk=claim.pk)


def test_merging_is_a_part_in_verdicts_under_way(speakers):
    editor = make_user("Editors")
    joint = make_claim(speaker=speakers[2], other_speakers=[speakers[1]])
    drafts = [
        make_verdict(make_claim(speaker=speakers[1])),
        make_verdict(make_claim(speaker=speakers[0])),
        make_verdict(joint, status=VerdictStatus.IN_REVIEW),
    ]
    unconcerned = make_verdict(make_claim(speaker=speakers[2]))
    merge_speakers(speakers[1], speakers[0], by=editor)
    for verdict in drafts:
        assert verdict.contributors.filter(pk=editor.pk).exists()
    assert not unconcerned.contributors.filter(pk=editor.pk).exists()


def test_roles_move_along_where_the_other_has_none_of_that_time(speakers):
    for speaker, title, since in [
        (speakers[0], "Mayor", None),
        (speakers[1], "Mayor of the harbour", None),
        (speakers[1], "Member of the council", "2020-01-01"),
    ]:
        SpeakerRole.objects.create(speaker=speaker, title=title, since=since)
    merge(speakers[1], speakers[0])
    titles = {role.title for role in speakers[0].roles.all()}
    assert titles == {"Mayor", "Member of the council"}


def test_a_published_verdict_keeps_the_name_it_was_published_with(speakers):
    claim = make_published(make_claim(speaker=speakers[1])).claim
    merge(speakers[1], speakers[0])
    row = PublicClaim.objects.select_related("words", "current", "speaker").get(
        pk=claim.pk
    )
    assert (row.speaker_name, row.speaker) == ("Mayor Falk", speakers[0])
    assert Speaker.objects.get(pk=speakers[1].pk).merged_into == speakers[0]


@pytest.mark.parametrize("first", ["alone", "together"])
def test_a_merge_reaches_what_readers_see_while_a_revision_names_somebody_else(
    speakers, first
):
    falk, mayor, berg = speakers
    named = {"speaker": mayor} if first == "alone" else {"other_speakers": [mayor]}
    named.setdefault("speaker", berg)
    verdict = revise(make_published(make_claim(**named)).claim.verdict)
    claim = Claim.objects.get(pk=verdict.claim_id)
    change_claim(
        claim,
        by=verdict.author,
        version=claim.version,
        speaker=berg,
        other_speakers=[],
    )
    merge(mayor, falk)
    settle()
    assert public_record.differences() == []
    assert list(PublicClaim.objects.by(falk)) == [PublicClaim.objects.get(pk=claim.pk)]


@pytest.mark.parametrize("first", ["alone", "together"])
def test_a_merge_waits_for_the_review_of_a_revision_that_names_the_speaker_anew(
    speakers, first
):
    falk, mayor, berg = speakers
    verdict = revise(make_published(make_claim(speaker=berg)).claim.verdict)
    claim = Claim.objects.get(pk=verdict.claim_id)
    named = {"speaker": mayor} if first == "alone" else {"other_speakers": [mayor]}
    change_claim(claim, by=verdict.author, version=claim.version, **named)
    verdict = take_step("submit", verdict, by=verdict.author)
    with pytest.raises(MergeRefused, match="is in review"):
        merge(mayor, falk)
    mayor.refresh_from_db()
    assert mayor.merged_into is None
    take_step("recall", verdict, by=verdict.author)
    merge(mayor, falk)
    settle()
    claim.refresh_from_db()
    assert falk in {claim.speaker, *claim.other_speakers.all()}
    assert public_record.differences() == []
