"""The public history of a claim: what happened, when, what was and what is."""

import re
from datetime import UTC, date, datetime

import pytest

from claims.desk.annotation import change_claim, find_mark
from claims.desk.merging import merge_speakers
from claims.desk.text_corrections import correct_text
from claims.desk.workflow import take_step
from claims.models import PublicChange
from claims.models.choices import ClaimStatus
from tests.factories import (
    checked,
    make_article,
    make_claim,
    make_published,
    make_speaker,
    make_user,
    retract,
    revise,
    withdraw,
)

pytestmark = pytest.mark.django_db

BODY = "The harbour will open in May, Mayor Ida Falk said on Monday."
WORDS = "The harbour will open in May"


def history(client, claim):
    """Return the events on a claim's page, newest first, as lines of words."""
    claim.refresh_from_db()
    response = client.get(f"/claims/{claim.pk}/", follow=True)
    html = response.content.decode()
    section = html[html.index('id="versions"') :]
    section = section[: section.index("</section>")]
    items = re.findall(r"<li>(.*?)</li>", section, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", item).split()) for item in items]


def change(claim, **fields):
    claim.refresh_from_db()
    editor = make_user("Editors")
    return change_claim(claim, by=editor, version=claim.version, **fields)


@pytest.fixture
def claim():
    return make_claim(
        WORDS,
        article=make_article(BODY),
        speaker=make_speaker("Ida Falk"),
        wording="It opens in May.",
        stated_on=date(2026, 5, 4),
    )


def test_a_claim_just_listed_has_that_alone_in_its_history(client, claim):
    [listed] = history(client, claim)
    assert listed.endswith(": Listed for readers")


def test_another_wording_speaker_and_day_are_told_with_what_was_before(client, claim):
    change(claim, wording="It opens in June.")
    change(claim, speaker=make_speaker("Jo Lind"))
    change(claim, stated_on=date(2026, 5, 1), stated_precision="month")
    day, speaker, wording, listed = history(client, claim)
    for event in (day, speaker, wording):
        assert "Claim edited" in event
    assert "Claim It opens in Removed: May Added: June ." in wording
    assert "Speaker Removed: Ida Falk Added: Jo Lind" in speaker
    assert "Said on Removed: 4 Added: 1 May 2026" in day
    assert "How exactly" in day and "Removed: day Added: month" in day
    assert "Listed for readers" in listed


def test_other_words_are_told_with_those_that_were_marked_before(client, claim):
    text = claim.article.current_text
    change(claim, marks=[find_mark(text, "open in May", role="content")])
    [words, _listed] = history(client, claim)
    assert "Words as printed Removed: The harbour will open in May" in words


def test_another_speaker_after_a_merge_is_told(client, claim):
    into = make_speaker("Mayor Falk")
    merge_speakers(claim.speaker, into, by=make_user("Editors"))
    [merged, _listed] = history(client, claim)
    assert "Speaker merged" in merged
    assert "Removed: Ida Added: Mayor Falk" in merged


def test_what_readers_do_not_see_leaves_nothing_in_the_history(client, claim):
    change(claim, wording="It opens in May.", topics=[])
    draft = make_claim(wording="First draft.", status=ClaimStatus.DRAFT)
    change(draft, wording="Second draft.")
    take_step("list", draft, by=make_user("Editors"))
    for each in (claim, draft):
        assert len(history(client, each)) == 1
    stored = str(list(PublicChange.objects.values_list("differences", flat=True)))
    assert "draft" not in stored


def test_a_corrected_text_is_told_of_reviewed_and_unreviewed_claims(client, claim):
    other = make_published(make_claim("on Monday", article=claim.article)).claim
    body = BODY.replace("Mayor Ida", "Mayor I.")
    correct_text(claim.article, body, by=make_user("Editors"), reason="A slip.")
    for each in (claim, other):
        assert "Article text corrected" in history(client, each)[0]


def test_versions_stand_in_the_history_with_what_they_changed_of_the_statement(
    client, claim
):
    make_published(claim)
    claim.refresh_from_db()
    verdict = revise(claim.verdict, kind="attribution_corrected", note="It was Lind.")
    change(claim, speaker=make_speaker("Jo Lind"), wording="It opens in June.")
    assert len(history(client, claim)) == 2
    verdict.refresh_from_db()
    verdict = take_step("submit", verdict, by=verdict.author, **checked(verdict))
    take_step("publish", verdict, by=make_user("Editors"), **checked(verdict))
    second, first, listed = history(client, claim)
    assert second.startswith("Version 2")
    assert "Attribution corrected" in second and "It was Lind." in second
    assert "Speaker Removed: Ida Falk Added: Jo Lind" in second
    assert "It opens in Removed: May Added: June ." in second
    assert first.startswith("Version 1") and "First published" in first
    assert "Removed" not in first
    assert "Listed for readers" in listed


def test_retractions_and_withdrawals_stand_in_the_history_once(client, claim):
    retract(make_published(claim).claim.verdict, reason="Wrong mayor.")
    claim.refresh_from_db()
    withdraw(claim, reason="A hoax.")
    withdrawn, retracted, first, listed = history(client, claim)
    assert "Withdrawn" in withdrawn and "A hoax." in withdrawn
    assert "Claim withdrawn" in withdrawn and "withdrawn by" in withdrawn
    assert "Retracted" in retracted and "Wrong mayor." in retracted
    assert "First published" in first
    assert "Listed for readers" in listed


def test_an_unreviewed_claim_that_was_withdrawn_and_came_back_says_so(client, claim):
    editor = make_user("Editors")
    take_step("withdraw", claim, by=editor, comment="A hoax.")
    claim.refresh_from_db()
    take_step("list", claim, by=editor)
    events = history(client, claim)
    assert [event.split(": ")[1] for event in events] == [
        "Claim listed again",
        "Claim withdrawn",
        "Listed for readers",
    ]


def test_hostile_words_in_the_history_stay_words(client, claim):
    change(claim, wording="<script>alert(1)</script>")
    change(claim, wording="It opens.")
    html = client.get(f"/claims/{claim.pk}/", follow=True).content.decode()
    assert "<script>alert" not in html


def test_a_withdrawal_stands_under_the_day_that_the_page_gives_it(client):
    # As when an archive is loaded, whose days are past.
    claim = make_claim()
    day = datetime(2026, 2, 19, 12, tzinfo=UTC)
    take_step("withdraw", claim, by=make_user("Editors"), comment="Not said.", at=day)
    assert history(client, claim)[-1] == "19 February 2026 : Claim withdrawn"
    page = client.get(f"/claims/{claim.pk}/", follow=True).content.decode()
    assert "19 February 2026" in page[: page.index('id="versions"')]
