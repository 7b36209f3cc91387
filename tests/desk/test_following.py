"""Following by mail: only who confirmed is told, each change once, one click out."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from claims.desk.following import ASKED
from claims.desk.workflow import take_step
from claims.exchange.delivery import deliver_due, forget_old
from claims.models import Follower, Message, Rating
from claims.views import following as view
from tests.factories import (
    make_claim,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    retract,
    revise,
    withdraw,
)

pytestmark = pytest.mark.django_db

READER = "ida@reader.example"
LINK = re.compile(r"https://desk\.example(/\S*)")


@pytest.fixture(autouse=True)
def mails(settings):
    view.buckets.buckets.clear()
    settings.MAIL_FROM = "Desk <desk@desk.example>"
    settings.FACTCHECK = settings.FACTCHECK | {"URL": "https://desk.example"}
    settings.DEBUG = True
    settings.DIGEST_HOUR = 0
    return mail.outbox


def ask(query="", address=READER, pace="at_once", client=None, path="/follow/"):
    told = {"list": query, "address": address, "pace": pace}
    return (client or Client()).post(path, told)


def link_of(letter):
    return LINK.search(letter.body)[1]


def follow(query="", address=READER, **options):
    """Follow a list as a reader does; return the link that ends it."""
    assert ask(query, address, **options).status_code == 302
    deliver_due()
    link = link_of(mail.outbox[-1])
    assert Client().post(link).status_code == 200
    mail.outbox.clear()
    return link.replace("confirm", "leave")


def published(rating="false", **fields):
    return make_published(make_claim(**fields), rating=rating)


def told():
    """Deliver; return the texts of the mails."""
    mail.outbox.clear()
    deliver_due()
    return [letter.body for letter in mail.outbox]


# --- In and out -----------------------------------------------------------------------


def test_nothing_is_told_before_a_press_of_the_button_that_no_robot_presses():
    ask()
    deliver_due()
    link = link_of(mail.outbox[0])
    page = Client().get(link)
    assert page.status_code == 200
    assert "set-cookie" not in {name.lower() for name in page.headers}
    published()
    assert told() == []
    Client().post(link)
    # What was published before is old.
    assert told() == []
    version = published()
    [text] = told()
    assert f"/claims/{version.claim_id}/versions/1/" in text
    assert version.claim_reviewed in text


def test_one_click_of_a_mail_program_ends_it_and_deletes_the_address():
    follow()
    published()
    [text] = told()
    [letter] = mail.outbox
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert leave in text
    leave = leave.removeprefix("https://desk.example")
    published()
    assert Client().get(leave).status_code == 200
    assert Follower.objects.count() == 1
    answer = Client().post(leave, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Follower.objects.exists()
    assert not Message.objects.exists()
    assert told() == []
    # Pressed again, it says the same.
    assert Client().post(leave).status_code == 200


def test_an_address_that_nobody_confirms_is_deleted_and_its_link_with_it(settings):
    ask()
    deliver_due()
    link = link_of(mail.outbox[0])
    late = timezone.now() - timedelta(hours=settings.FOLLOW_CONFIRM_HOURS, seconds=9)
    Follower.objects.update(asked_at=late)
    assert Client().post(link).status_code == 404
    forget_old()
    assert not Follower.objects.exists()
    assert not Message.objects.exists()
    assert Client().post(link).status_code == 404


def test_nobody_learns_whether_an_address_follows_something():
    follow("")
    known = ask("")
    unknown = ask("", "somebody@else.example")
    assert known.status_code == unknown.status_code == 302
    assert known.headers["Location"] == unknown.headers["Location"]
    deliver_due()
    by_address = {letter.to[0]: letter.body for letter in mail.outbox}
    assert "You follow it already" in by_address[READER]
    assert "/follow/confirm/" in by_address["somebody@else.example"]
    pages = [Client().get(f"/follow/leave/{t}/").content for t in ("x", "y" * 43)]
    known = Follower.objects.get(address=READER).token
    assert {*pages, Client().get(f"/follow/leave/{known}/").content} == set(pages[:1])


def test_requests_are_limited_and_one_mailbox_is_not_flooded(settings):
    for _time in range(5):
        assert ask().status_code == 302
    assert Message.objects.filter(event=ASKED).count() == 3
    settings.FOLLOWS_FROM_ONE = 2
    ask("q=harbour", "other@reader.example")
    refused = ask("q=fees", "third@reader.example")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"]
    assert not Follower.objects.filter(address="third@reader.example").exists()


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"address": "nobody"}, 400),
        ({"pace": "hourly"}, 400),
        ({"query": "rating=none"}, 400),
        ({"query": "colour=red"}, 400),
        ({"query": "speaker=nobody-here"}, 400),
        ({"address": f"{'x' * 300}@reader.example"}, 400),
        ({"address": "ida@reader.example\nBcc: all@reader.example"}, 400),
    ],
)
def test_what_cannot_be_followed_is_refused_with_nothing_stored(said, status):
    assert ask(**said).status_code == status
    assert not Follower.objects.exists()


def test_where_no_mail_goes_out_nothing_is_offered(settings):
    published()
    assert b"/follow/" in Client().get("/claims/").content
    settings.MAIL_FROM = ""
    assert ask().status_code == 404
    assert b"/follow/" not in Client().get("/claims/").content


def test_no_group_of_the_desk_sees_the_address():
    follow()
    published()
    deliver_due()
    client = Client()
    client.force_login(make_user(superuser=True))
    for message in Message.objects.all():
        for page in ("", f"{message.pk}/change/"):
            shown = client.get(f"/admin/claims/message/{page}").content.decode()
            assert READER not in shown
            assert Follower.objects.get().token not in shown


# --- What is told ---------------------------------------------------------------------


def test_a_speaker_a_topic_and_a_filtered_list_tell_of_their_own_claims():
    topic, speaker = make_topic(), make_speaker()
    mine = published(speaker=speaker, topics=[topic])
    other = published("true")
    for number, query in enumerate(
        (
            f"speaker={speaker.slug}",
            f"topic={topic.slug}",
            "rating=true",
            f"speaker={speaker.slug}&rating=true",
            f"topic={topic.slug}&stated_after=2001-01-01&q=-nothing",
            "",
        )
    ):
        follow(query, f"{number}@reader.example")
    mine = published("false", speaker=speaker, topics=[topic])
    other = published("true")
    told()
    got = {
        letter.to[0][0]: {int(n) for n in re.findall(r"claims/(\d+)/", letter.body)}
        for letter in mail.outbox
    }
    mine, other = mine.claim_id, other.claim_id
    assert got == {
        "0": {mine}, "1": {mine}, "2": {other}, "4": {mine}, "5": {mine, other}
    }  # fmt: skip


def test_corrected_retracted_and_withdrawn_are_told_where_the_list_lost_the_claim():
    topic = make_topic()
    version = published("false", topics=[topic])
    follow(f"topic={topic.slug}&rating=false")
    verdict = revise(version.claim.verdict)
    verdict.rating = Rating.objects.get(slug="true")
    verdict.version += 1
    verdict.save()
    # Of a draft, nothing.
    assert told() == []
    take_step("submit", verdict, by=verdict.author)
    assert told() == []
    take_step("publish", verdict, by=make_user("Editors"))
    [text] = told()
    assert "Verdict corrected" in text
    assert "True" in text
    retract(verdict)
    [text] = told()
    assert "Verdict retracted" in text
    withdraw(version.claim)
    [text] = told()
    assert "Claim withdrawn" in text
    assert version.claim_reviewed not in text
    assert told() == []


def test_words_taken_off_before_a_mail_goes_out_are_not_in_it(settings):
    version = published()
    follow()
    version = published()
    settings.MAIL_SERVER, settings.DEBUG = None, False
    deliver_due()
    assert version.claim_reviewed in Message.objects.get(event="follow").payload
    withdraw(version.claim)
    settings.DEBUG = True
    Message.objects.update(due_at=timezone.now())
    for text in told():
        assert version.claim_reviewed not in text
        assert f"/claims/{version.claim_id}/" in text


def test_a_digest_comes_once_a_day_with_all_of_it(settings):
    settings.DIGEST_HOUR = 24
    follow(pace="daily")
    first, second = published(), published()
    assert told() == []
    settings.DIGEST_HOUR = 0
    [text] = told()
    assert text.index(first.claim_reviewed) <= text.index(second.claim_reviewed)
    assert f"/claims/{second.claim_id}/" in text
    third = published()
    assert told() == []
    yesterday = timezone.localdate() - timedelta(days=1)
    Follower.objects.update(digest_on=yesterday)
    [text] = told()
    assert f"/claims/{third.claim_id}/" in text
    assert f"/claims/{second.claim_id}/" not in text


def test_a_reader_is_written_to_in_the_language_of_the_page():
    ask(path="/tr/follow/")
    deliver_due()
    [letter] = mail.outbox
    assert "/tr/follow/confirm/" in letter.body
    assert Client().post(link_of(letter)).status_code == 200
    published()
    deliver_due()
    assert "Karar yayımlandı" in mail.outbox[-1].body


def test_the_command_sends_and_forgets():
    ask()
    Follower.objects.update(asked_at=timezone.now() - timedelta(days=30))
    call_command("deliver", "--once")
    assert not Follower.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://x.example"}]
)
def test_a_page_of_another_site_asks_for_nobodys_mail(client, headers):
    response = client.post("/follow/", {"address": "ida@mail.example"}, headers=headers)
    assert response.status_code == 403
    assert not Follower.objects.exists()
