"""What a suggestion leaves open, as long as it stands as it was proposed."""

from datetime import date
from typing import get_args

import pytest
from django.utils.translation import override

from claims.admin.annotate.serializers import proposed_speaker
from claims.attribution.proposals import Doubt
from claims.desk.doubts import (
    KINDS,
    NotReady,
    doubts_of,
    leaves_something_open,
    refuse_in_bulk,
    why_unclear,
)
from claims.desk.merging import merge_speakers
from claims.desk.suggestions import suggest_claims
from claims.desk.together import TOGETHER, Seen, take_together
from claims.desk.workflow import take_step
from claims.models import Claim
from claims.models.choices import Anchor, ClaimStatus, Origin
from tests.factories import make_article, make_claim, make_speaker, make_user

pytestmark = pytest.mark.django_db

WORDING = "The dinner was late."
FALK = (
    "“It ruins the roads of Norrvik every winter,” Ida Falk said. "
    "Ida Falk said that rents in Norrvik had fallen by half in a year."
)


def suggestion(*doubts, **fields):
    """Return a suggestion that leaves open what its doubts name."""
    proposed = {
        "wording": WORDING,
        "speaker": None,
        "speaker_name": None,
        "speaker_reason": "the text gives no name",
        "stated_on": None,
        "open_words": ["It"] if "pronoun" in doubts else [],
        "references": ["the dinner"] if "reference" in doubts else [],
        "doubts": doubts,
    }
    claim = make_claim(
        wording=WORDING,
        stated_on=None,
        stated_precision="unknown",
        status=ClaimStatus.SUGGESTED,
        origin=Origin.RULES,
        proposed=proposed | fields,
    )
    Claim.objects.filter(pk=claim.pk).update(speaker=None, version=2)
    claim.refresh_from_db()
    return claim


def names(claim):
    return [doubt.name for doubt in doubts_of(claim, "en")]


def test_every_doubt_of_the_rules_has_words():
    assert set(KINDS) == set(get_args(Doubt))


# What each doubt says, and what another value of which field settles.
EACH = [
    ("speaker", "It is open who says this: the text gives no name. Take", "speaker"),
    ("pronoun", "leaves open whom or what “It” means. Take this claim", "wording"),
    ("reference", "Only the article tells what “the dinner” refers to.", "wording"),
    ("sentence", "The wording is no whole sentence. Take this claim", "wording"),
    ("extent", "The wording may be cut, or hold words of others. Take", "wording"),
    ("statement", "Perhaps nobody states this. Read it in the", "wording"),
    ("day", "A day is printed that the program may not have read", "stated_on"),
]


@pytest.mark.parametrize(("name", "sentence", "field"), EACH, ids=[e[0] for e in EACH])
def test_a_doubt_is_refused_in_bulk_until_its_field_is_changed(name, sentence, field):
    claim = suggestion(name)
    for step in ("accept", "list"):
        with pytest.raises(NotReady, match=sentence):
            refuse_in_bulk(step, claim)
    refuse_in_bulk("reject", claim)
    others = {
        "speaker": make_speaker("Ida Falk"),
        "wording": "The guild’s dinner was late.",
        "stated_on": date(2026, 5, 3),
    }
    settled = others.pop(field)
    for each, value in others.items():
        setattr(claim, each, value)
    assert names(claim) == [name]
    setattr(claim, field, settled)
    assert names(claim) == []
    refuse_in_bulk("accept", claim)


def test_a_claim_accepted_alone_keeps_only_words_that_readers_cannot_follow():
    every = [each[0] for each in EACH]
    claim = suggestion(*every)
    assert names(claim) == every
    claim = take_step("accept", claim, by=make_user("Annotators"))
    assert names(claim) == ["pronoun", "sentence"]
    with pytest.raises(NotReady, match=r"“It” means\. .* mend these first\.$"):
        refuse_in_bulk("list", claim)
    claim.status = ClaimStatus.LISTED
    assert names(claim) == []


def test_a_speaker_whom_a_rule_doubts_is_not_told_the_reason_for_the_name():
    claim = suggestion(
        "speaker", speaker_name="Ida Falk", speaker_reason="named in the text"
    )
    assert [each.sentence for each in doubts_of(claim, "en")] == [
        "It is open who says this, or under which name."
    ]


def test_where_no_words_point_to_the_article_none_are_named():
    claim = suggestion("reference", references=[])
    assert [each.sentence for each in doubts_of(claim, "en")] == [
        "The wording alone may not tell what it is about."
    ]


def test_doubts_are_told_in_the_language_of_whoever_asks():
    claim = suggestion("pronoun", "day")
    with override("de"):
        assert [each.label for each in doubts_of(claim, "en")] == ["Pronomen", "Tag"]


def test_what_a_person_marked_has_no_doubts():
    claim = make_claim(wording="It was late.", status=ClaimStatus.DRAFT)
    assert names(claim) == []
    # The control: before it is listed, somebody is asked all the same.
    assert "“It”" in why_unclear(claim, "en")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("“It is a bad road,” Ida Falk said.", "leaves open whom or what “It” means"),
        ("Ida Falk said he had lied.", "leaves open whom or what “he” means"),
        ("He said rents fell.", "open who says this: nobody named before whom “he”"),
    ],
)
def test_what_the_rules_doubt_is_not_taken_in_bulk(body, sentence):
    [claim] = suggest_claims(make_article(body)).new
    with pytest.raises(NotReady, match=sentence):
        refuse_in_bulk("accept", claim)


def test_a_suggestion_made_before_doubts_were_kept_is_judged_by_its_wording():
    claim = suggest_claims(make_article(FALK)).new[1]
    for name in ("doubts", "open_words", "references"):
        del claim.proposed[name]
    assert names(claim) == []
    for wording, found in (
        ("They will close it.", ["pronoun"]),
        ("A shameful step.", ["sentence"]),
    ):
        claim.wording = claim.proposed["wording"] = wording
        assert names(claim) == found
    claim.wording = "Bo Ask will close the bridge."
    assert names(claim) == []
    claim.proposed["is_sure"] = False
    assert names(claim) == ["speaker"]
    claim.proposed |= {"is_sure": True, "speaker_name": None}
    assert names(claim) == ["speaker"]


def test_who_says_a_suggestion_that_was_brought_in_is_asked_too():
    claim = make_claim(status=ClaimStatus.SUGGESTED)
    assert names(claim) == []
    Claim.objects.filter(pk=claim.pk).update(speaker=None, version=2)
    claim.refresh_from_db()
    assert names(claim) == ["speaker"]
    suggested = Claim.objects.filter(pk=claim.pk).alias(is_open=leaves_something_open())
    assert suggested.filter(is_open=True).exists()


def test_what_several_said_is_not_taken_as_one_persons():
    make_speaker("Ida Falk")
    body = "Ida Falk and Per Lund said that rents in Norrvik had fallen by half a year."
    [claim] = suggest_claims(make_article(body)).new
    assert claim.proposed["other_names"]
    assert names(claim) == ["speaker"]
    assert proposed_speaker(claim) == ""
    # The control: the desk knows both.
    make_speaker("Per Lund")
    [claim] = suggest_claims(make_article(body)).new
    assert names(claim) == []


def test_a_wording_that_is_stored_cut_is_not_whole():
    clause = "die Mieten in Norrvik um ein Drittel gefallen seien und "
    body = f"Ida Falk sagte, dass {clause * 12}niemand umziehe."
    [claim] = suggest_claims(make_article(body, language="de")).new
    assert len(claim.wording) == 500
    assert names(claim) == ["extent"]


def test_a_surname_alone_is_nobody_yet_in_other_languages_too():
    body = "Falk sagte, die Mieten in Norrvik seien um ein Drittel gefallen."
    [claim] = suggest_claims(make_article(body, language="de")).new
    assert names(claim) == ["speaker"]


def test_a_withdrawn_claim_is_asked_before_it_is_listed_with_others():
    claim = suggestion("pronoun", "day")
    claim.status = ClaimStatus.WITHDRAWN
    assert names(claim) == ["pronoun"]


def test_a_merged_speaker_is_as_open_as_before():
    falk, other = make_speaker("Ida Falk"), make_speaker("Ida Falk (mayor)")
    claim = suggestion("speaker", speaker=falk.pk)
    Claim.objects.filter(pk=claim.pk).update(speaker=falk, version=3)
    merge_speakers(falk, other, by=make_user("Editors"))
    claim.refresh_from_db()
    assert claim.speaker == other
    assert names(claim) == ["speaker"]


def test_words_in_doubt_since_a_correction_are_looked_at_first():
    claim = suggest_claims(make_article(FALK)).new[1]
    refuse_in_bulk("accept", claim)
    claim.spans.update(anchor=Anchor.REVIEW)
    with pytest.raises(NotReady, match="which words are meant"):
        refuse_in_bulk("accept", claim)
    suggested = Claim.objects.filter(pk=claim.pk).alias(is_open=leaves_something_open())
    assert suggested.filter(is_open=True).exists()


def test_ticked_rows_of_a_list_are_taken_only_where_they_are_ready():
    found = suggest_claims(make_article(FALK))
    open_one, ready = found.new
    assert found.ready == 1
    rows = [Seen(each.pk, each.version) for each in found.new]
    taken = take_together(TOGETHER["accept"], rows, None, by=make_user("Annotators"))
    assert ["“It” means" in each.refusal for each in taken] == [True, False]
    states = dict(Claim.objects.values_list("pk", "status"))
    assert states == {open_one.pk: "suggested", ready.pk: "draft"}


def test_the_database_knows_as_well_which_suggestions_are_ready():
    every = [each[0] for each in EACH]
    falk = make_speaker("Ida Falk")
    made = [suggestion(), *(suggestion(name) for name in every)]
    for name in every:
        settled = suggestion(name)
        settled.speaker, settled.wording = falk, "The guild’s dinner was late."
        settled.stated_on, settled.stated_precision = date(2026, 5, 3), "day"
        made.append(settled)
    kept = suggestion("speaker", "day", speaker=falk.pk, stated_on="2026-05-03")
    kept.speaker = falk
    kept.stated_on, kept.stated_precision = date(2026, 5, 3), "day"
    made += [kept, *suggest_claims(make_article(FALK)).new]
    old = suggest_claims(make_article(FALK)).new
    for claim in old:
        del claim.proposed["doubts"]
    made += (third := suggest_claims(make_article(FALK)).new)
    third[1].proposed |= {"speaker": None, "speaker_name": None}
    third[1].speaker = None
    del third[1].proposed["doubts"]
    without = make_claim(status=ClaimStatus.SUGGESTED, origin=Origin.RULES)
    made += [*old, without, make_claim(status=ClaimStatus.SUGGESTED)]
    for claim in made:
        claim.version += 1
        claim.save()
    suggested = Claim.objects.suggested().alias(is_open=leaves_something_open())
    open_ones = set(suggested.filter(is_open=True).values_list("pk", flat=True))
    assert open_ones == {claim.pk for claim in made if names(claim)}
    assert len(open_ones) == len(every) + 5
    assert suggested.filter(is_open=False).count() == len(made) - len(open_ones)
