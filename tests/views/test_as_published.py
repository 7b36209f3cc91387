"""Pages, files and feeds name who said what, when and where as it was published."""

import json
import re
from datetime import date

import pytest
from django.db import connection

from claims.desk import public_record
from claims.desk.workflow import take_step
from claims.models import PublicClaim, SpeakerRole
from claims.models.choices import PublicChangeKind, TextRights
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_published,
    make_speaker,
    make_user,
    revise,
)
from tests.views.test_claim_page import correct

pytestmark = pytest.mark.django_db

WORDS = "The ferry runs on Sundays"


def rename(speaker, name):
    speaker.name = name
    speaker.save()
    public_record.write_speaker(speaker, PublicChangeKind.RENAMED)


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return b"".join(response) if response.streaming else response.content


def words_of(client, path):
    """Return the words of a page without its tags, blanks made one."""
    words = re.sub(r"<[^>]+>", " ", page(client, path).decode())
    return re.sub(r" ([,;)])", r"\1", re.sub(r"\( ", "(", " ".join(words.split())))


def doors(claim):
    """Return every address that names the speaker and the article of a claim."""
    public = PublicClaim.objects.select_related("words").get(pk=claim.pk)
    address = public.get_absolute_url()
    return [
        address,
        address.rstrip("/") + ".json",
        f"/claims/{claim.pk}/card/",
        f"/oembed?url=http://testserver{address}",
        claim.article.get_absolute_url(),
        "/claims/",
        "/claims.csv",
        "/claims.jsonl",
        "/claims.atom",
        "/claimreview.json",
        "/search/?q=ferry",
    ]


@pytest.fixture
def printed():
    article = make_article(
        f"{WORDS}, Mayor Ida Falk said.",
        headline="Falk on ferries",
        outlet=make_outlet("Radio Quay"),
        url="https://quay.example/first",
        published_on=date(2026, 5, 4),
    )
    return make_claim(WORDS, article=article, speaker=make_speaker("Ida Falk"))


@pytest.mark.slow
def test_a_new_name_shows_under_what_was_not_reviewed_and_not_under_a_verdict(
    client, printed
):
    other = make_claim("Nobody was hurt", speaker=printed.speaker)
    make_published(printed)
    rename(printed.speaker, "Ida Storm")
    for path in doors(printed):
        body = page(client, path).decode()
        assert "Ida Falk" in body, path
        if path not in ("/claims/", "/claims.csv", "/claims.jsonl", "/claims.atom"):
            assert "Ida Storm" not in body, path
    assert "Ida Storm" in page(client, other.get_absolute_url()).decode()


def test_a_corrected_article_shows_as_it_was_under_a_verdict_until_that_is_revised(
    client, printed
):
    make_published(printed)
    article = printed.article
    article.headline = "Another headline"
    article.outlet = make_outlet("Far Gazette")
    article.url = "https://far.example/second"
    article.published_on = date(2026, 6, 7)
    article.save()
    public_record.write_article(article, PublicChangeKind.EDITED)
    for path in doors(printed):
        if path == article.get_absolute_url():
            continue
        body = page(client, path).decode()
        for words in ("Another headline", "far.example", "2026-06-07"):
            assert words not in body, path
    assert "Falk on ferries" in page(client, printed.get_absolute_url()).decode()
    correct(printed, note="Printed elsewhere.")
    assert "Another headline" in page(client, printed.get_absolute_url()).decode()


def test_all_speakers_of_a_joint_statement_are_named_with_their_offices(client):
    falk, lind = make_speaker("Ida Falk", title="Mayor"), make_speaker("Jo Lind")
    SpeakerRole.objects.create(
        speaker=lind, title="Harbour master", until=date(2026, 5, 31)
    )
    SpeakerRole.objects.create(speaker=lind, title="Envoy", since=date(2026, 6, 1))
    claim = make_claim(
        WORDS,
        article=make_article(f"{WORDS}, both said."),
        speaker=falk,
        other_speakers=[lind],
        stated_on=date(2026, 5, 3),
    )
    for make in (lambda: None, lambda: make_published(claim)):
        make()
        for path in doors(claim):
            body = page(client, path).decode()
            if path == "/claimreview.json" and not claim.publications.exists():
                continue
            assert "Ida Falk" in body or "ida-falk" in body, path
            assert "Jo Lind" in body or "jo-lind" in body, path
        for path in (claim.get_absolute_url(), "/claims/"):
            words = words_of(client, path)
            assert "Ida Falk, Mayor; Jo Lind, Harbour master" in words, path
        data = json.loads(page(client, claim.get_absolute_url().rstrip("/") + ".json"))
        assert data["speaker_role"] == "Mayor"
        assert [
            (other["speaker_name"], other["speaker"]["slug"], other["speaker_role"])
            for other in data["other_speakers"]
        ] == [("Jo Lind", "jo-lind", "Harbour master")]
        for speaker in (falk, lind):
            assert WORDS in page(client, speaker.get_absolute_url()).decode()


def test_a_version_shows_the_statement_as_it_was_then(client, printed):
    make_published(printed)
    printed.refresh_from_db()
    verdict = revise(printed.verdict, kind="attribution_corrected", note="It was Lind.")
    printed.speaker = make_speaker("Jo Lind", title="Harbour master")
    printed.stated_on = date(2026, 5, 1)
    printed.version += 1
    printed.save()
    publish_revision(verdict)
    first, second = (
        page(client, f"/claims/{printed.pk}/versions/{number}/").decode()
        for number in (1, 2)
    )
    then = first[first.index('class="then"') :]
    for words in ("Ida Falk", "4 May 2026", "Falk on ferries", "Radio Quay"):
        assert words in then
    assert "Jo Lind" not in then
    assert "Jo Lind" in second and "Harbour master" in second
    assert re.search(r"<del>.*?Ida Falk</del>", first)
    assert re.search(r"<ins>.*?Harbour master</ins>", first)


def publish_revision(verdict):
    """Publish a revision as it now stands."""
    verdict = take_step("submit", verdict, by=verdict.author)
    take_step("publish", verdict, by=make_user("Editors"))


def test_a_statement_that_was_filled_in_later_says_so_and_is_not_compared(
    client, printed
):
    make_published(printed)
    correct(printed, note="A word.", summary="Other.")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE claims_publishedverdict DISABLE TRIGGER append_only"
        )
        cursor.execute(
            "UPDATE claims_publishedverdict SET statement_basis = 'reconstructed',"
            " headline = 'What it is called now' WHERE number = 1"
        )
    first, second = (
        page(client, f"/claims/{printed.pk}/versions/{number}/").decode()
        for number in (1, 2)
    )
    assert "Filled in later from the desk’s history" in first
    assert "Filled in later from the desk’s history" not in second
    assert not re.search(r"<del>.*?What it is called now</del>", first)


def test_where_only_a_link_is_allowed_a_version_shows_no_word_but_the_quotation(
    client, printed
):
    printed.article.text_rights = TextRights.LINK
    printed.article.save()
    make_published(printed)
    html = page(client, f"/claims/{printed.pk}/versions/1/").decode()
    assert WORDS in html
    assert "Mayor Ida Falk said" not in html


def test_former_names_and_offices_stand_on_the_speakers_page_with_their_days(client):
    speaker = make_speaker("Ida Falk")
    make_claim(speaker=speaker)
    SpeakerRole.objects.create(
        speaker=speaker,
        title="Mayor",
        organisation="Port Ambrel",
        since=date(2020, 1, 2),
        until=date(2024, 3, 4),
    )
    SpeakerRole.objects.create(
        speaker=speaker, title="Minister", since=date(2024, 3, 5)
    )
    SpeakerRole.objects.create(speaker=speaker, title="Sailor")
    rename(speaker, "Ida Storm")
    words = words_of(client, speaker.get_absolute_url())
    today = date.today()
    assert f"Ida Falk (from {today:%-d %B %Y} to {today:%-d %B %Y}" in words
    assert "Mayor, Port Ambrel (from 2 January 2020 to 4 March 2024)" in words
    assert "Minister (since 5 March 2024)" in words
    assert "Sailor" in words and "Sailor (" not in words


def test_a_name_of_unknown_beginning_is_said_to_have_lasted_until_a_day(client):
    speaker = make_speaker("Ida Falk")
    make_claim(speaker=speaker)
    with connection.cursor() as cursor:
        # As for the speakers who were there before names were kept.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE claims_speakername DISABLE TRIGGER append_only")
        cursor.execute("UPDATE claims_speakername SET since = '0001-01-01 00:00+00'")
    rename(speaker, "Ida Storm")
    words = words_of(client, speaker.get_absolute_url())
    assert f"Ida Falk (until {date.today():%-d %B %Y}" in words
    assert "January 1" not in words
