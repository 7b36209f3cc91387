"""Roles by date: the office of the day stands with a claim, and joint statements."""

import csv
import io
from datetime import date

import pytest

from claims.desk import public_record
from claims.desk.annotation import change_claim, find_mark, mark_claim
from claims.models import PublicClaim, Speaker, SpeakerRole
from tests.admin.conftest import signed_in, typed
from tests.factories import (
    make_article,
    make_claim,
    make_published,
    make_speaker,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def falk():
    """A speaker who was mayor until the end of 2024, and is a minister since."""
    speaker = make_speaker("Ida Falk")
    SpeakerRole.objects.create(speaker=speaker, title="Mayor", until=date(2024, 12, 31))
    SpeakerRole.objects.create(
        speaker=speaker,
        title="Minister",
        organisation="Ministry of Harbours",
        since=date(2025, 1, 1),
    )
    return speaker


def shown_role(claim):
    return PublicClaim.objects.get(pk=claim.pk).speaker_role


def change_url(speaker):
    return f"/admin/claims/speaker/{speaker.pk}/change/"


def test_a_claim_shows_the_office_of_its_day(falk, client):
    before = make_claim(speaker=falk, stated_on=date(2024, 12, 31))
    after = make_claim(speaker=falk, stated_on=date(2025, 1, 1))
    assert shown_role(before) == "Mayor"
    assert shown_role(after) == "Minister, Ministry of Harbours"
    page = client.get(before.get_absolute_url()).content.decode()
    assert "Mayor" in page and "Minister" not in page
    rows = csv.DictReader(io.StringIO(client.get("/claims.csv").getvalue().decode()))
    assert {row["speaker_role"] for row in rows} == {
        "Mayor",
        "Minister, Ministry of Harbours",
    }


def test_what_the_article_prints_goes_before_the_office_of_the_day(falk):
    claim = make_claim(speaker=falk, printed_role="Harbour chief")
    assert shown_role(claim) == "Harbour chief"
    change_claim(
        claim, by=make_user("Annotators"), version=claim.version, printed_role=""
    )
    assert shown_role(claim) == "Minister, Ministry of Harbours"


def test_todays_office_is_a_speakers_current_one(falk):
    assert Speaker.objects.with_current_role().get(pk=falk.pk).current_role == (
        "Minister, Ministry of Harbours"
    )
    nobody = make_speaker()
    assert Speaker.objects.with_current_role().get(pk=nobody.pk).current_role == ""


@pytest.mark.parametrize("group", ["Annotators", "Reviewers", "Editors"])
def test_roles_changed_at_the_desk_reach_claims_without_a_publication_only(falk, group):
    published = make_published(make_claim(speaker=falk)).claim
    open_claim = make_claim(speaker=falk)
    desk = signed_in(make_user(group))
    form = desk.get(change_url(falk))
    newest = falk.roles.get(title="Minister")
    rows = form.context["inline_admin_formsets"][0].formset.forms
    row = next(n for n, each in enumerate(rows) if each.instance == newest)
    sent = typed(form, **{f"roles__{row}__title": "Chancellor"})
    assert desk.post(change_url(falk), sent).status_code == 302
    newest.refresh_from_db()
    assert newest.title == "Chancellor"
    assert shown_role(open_claim) == "Chancellor, Ministry of Harbours"
    assert shown_role(published) == "Minister, Ministry of Harbours"
    assert published.current.speaker_role == "Minister, Ministry of Harbours"
    assert public_record.differences() == []


def test_a_role_that_ends_before_it_begins_is_refused_at_the_form(falk):
    desk = signed_in(make_user("Annotators"))
    form = desk.get(change_url(falk))
    sent = typed(form, roles__2__title="Envoy", roles__2__since="2025-01-01")
    answer = desk.post(change_url(falk), sent | {"roles-2-until": "2024-01-01"})
    assert answer.status_code == 400
    assert "lies before the first" in answer.content.decode()
    assert not falk.roles.filter(title="Envoy").exists()


# --- Joint statements -----------------------------------------------------------------


def test_a_joint_statement_is_made_and_changed_in_the_claims_form(falk):
    council = make_speaker("Town council")
    claim = make_claim(speaker=falk)
    desk = signed_in(make_user("Annotators"))
    address = f"/admin/claims/claim/{claim.pk}/change/"
    sent = typed(desk.get(address), other_speakers=[council.pk], printed_role="Chief")
    assert desk.post(address, sent).status_code == 302
    claim.refresh_from_db()
    assert list(claim.other_speakers.all()) == [council]
    row = PublicClaim.objects.get(pk=claim.pk)
    assert [each["slug"] for each in row.words.speakers] == [council.slug]
    assert row.speaker_role == "Chief"


def test_the_annotation_desk_reads_and_writes_both(falk):
    council = make_speaker("Town council", title="Council of Quellhaven")
    article = make_article()
    claim = make_claim(article=article, speaker=falk)
    desk = signed_in(make_user("Annotators"))
    base = f"/admin/claims/article/{article.pk}/annotate/"
    answer = desk.patch(
        f"{base}claims/{claim.pk}/",
        {
            "version": claim.version,
            "fields": {"other_speakers": [council.pk], "printed_role": "Chief"},
        },
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content
    shown = answer.json()["claim"]
    assert shown["printed_role"] == "Chief"
    assert [(s["id"], s["note"]) for s in shown["other_speakers"]] == [
        (council.pk, "Council of Quellhaven")
    ]
    assert shown["speaker"]["note"] == "Minister, Ministry of Harbours"


def test_marking_a_claim_takes_its_other_speakers(falk):
    council = make_speaker("Town council")
    source = make_claim(speaker=falk)
    claim, is_new = mark_claim(
        source.article,
        [find_mark(source.article.current_text, "Nobody was hurt", role="content")],
        by=make_user("Annotators"),
        speaker=falk,
        other_speakers=[council],
        printed_role="Chief",
    )
    assert is_new
    assert list(claim.other_speakers.all()) == [council]
    assert claim.printed_role == "Chief"
