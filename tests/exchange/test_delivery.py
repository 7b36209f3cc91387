"""What subscriptions are told: all that is published, signed, and by nobody else."""

import ipaddress
import json
import socket
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.desk import outbox
from claims.desk.outbox import queue_changes, queue_test, replace_secret, subscribe
from claims.desk.workflow import take_step
from claims.exchange import delivery, webhooks
from claims.exchange.delivery import deliver_due, identifier_of
from claims.exchange.webhooks import NotDelivered, check_address, is_public, post
from claims.models import Message, PublicChange, Subscription
from claims.models.choices import Channel, ClaimStatus, MessageState, PublicationKind
from claims.models.outbox import EVENTS
from tests.exchange.receiver import receiving
from tests.factories import make_claim, make_published, make_user

pytestmark = pytest.mark.django_db
SITE = "https://desk.example"


@pytest.fixture(autouse=True)
def site(settings):
    settings.FACTCHECK = {**settings.FACTCHECK, "URL": SITE, "NAME": "The Desk"}
    settings.WEBHOOKS_PRIVATE = True
    settings.MAIL_FROM, settings.MAIL_SERVER = "The Desk <desk@desk.example>", {}
    settings.DEBUG = True


@pytest.fixture(scope="module")
def listener():
    with receiving() as server:
        yield server


@pytest.fixture
def receiver(listener):
    listener.got, listener.answers = [], [200]
    return listener


def subscribed(address, channel=Channel.WEBHOOK, events=EVENTS, **fields):
    subscription = Subscription(
        channel=channel, address=address, events=[*events], **fields
    )
    subscribe(subscription)
    return subscription


def time_goes_by():
    """Make everything due now that is due later."""
    now = timezone.now()
    Message.objects.update(due_at=now, leased_until=None)
    Subscription.objects.update(paused_until=None)


def states():
    return [message.state for message in Message.objects.order_by("pk")]


# --- What is told --------------------------------------------------------------------


def test_each_publication_is_told_once_with_keys_and_addresses_alone(receiver):
    subscribed(receiver.url)
    claim = make_published(rating="false").claim
    verdict, editor = claim.verdict, make_user("Editors")
    take_step(
        "revise", verdict, by=editor, kind=PublicationKind.UPDATED, comment="New."
    )
    take_step("submit", verdict, by=editor)
    take_step("publish", verdict, by=make_user("Editors"))
    take_step("ask_retract", verdict, by=editor, comment="Wrong.")
    take_step("retract", verdict, by=make_user("Editors"), comment="Wrong.")
    assert deliver_due() == (3, 0)
    assert deliver_due() == (0, 0)
    told = [json.loads(body) for _path, _headers, body in receiver.got]
    assert [each["type"] for each in told] == [
        "claim.published",
        "claim.corrected",
        "claim.retracted",
    ]
    changes = list(PublicChange.objects.filter(claim_id=claim.pk, kind__in=EVENTS))
    assert [each["data"] for each in told] == [
        {
            "change": change.number,
            "kind": change.kind,
            "claim": claim.pk,
            "version": version,
            "url": f"{SITE}/claims/{claim.pk}/",
            "version_url": f"{SITE}/claims/{claim.pk}/versions/{version}/",
        }
        for version, change in enumerate(changes, 1)
    ]
    path, headers, _body = receiver.got[0]
    assert path == "/hook?desk=1"
    assert headers["Content-Type"] == "application/json"


def test_what_was_published_before_a_subscription_is_not_told(receiver):
    make_published()
    subscribed(receiver.url)
    assert deliver_due() == (0, 0)


def test_a_subscription_is_told_of_its_events_alone(receiver):
    subscribed(receiver.url, events=["withdrawn"])
    claim = make_published().claim
    editor = make_user("Editors")
    take_step("ask_withdraw", claim, by=editor, comment="Private.")
    take_step("withdraw", claim, by=make_user("Editors"), comment="Private.")
    assert deliver_due() == (1, 0)
    assert json.loads(receiver.got[0][2])["data"]["version"] == 2


def test_a_claim_that_repeats_a_withdrawn_one_is_not_told_as_withdrawn(receiver):
    first = make_claim(status=ClaimStatus.LISTED)
    again = make_claim(status=ClaimStatus.LISTED, repeats=first)
    subscribed(receiver.url)
    take_step("withdraw", first, by=make_user("Editors"), comment="Twice.")
    # The control: readers see that it repeats nothing any more.
    assert PublicChange.objects.filter(claim_id=again.pk).last().kind == "edited"
    assert deliver_due() == (1, 0)
    data = json.loads(receiver.got[0][2])["data"]
    assert (data["claim"], data["version"]) == (first.pk, None)


def test_what_happened_while_it_was_switched_off_is_told_afterwards(receiver):
    subscription = subscribed(receiver.url, is_active=False)
    make_published()
    assert deliver_due() == (0, 0)
    Subscription.objects.filter(pk=subscription.pk).update(is_active=True)
    assert deliver_due() == (1, 0)


def test_queueing_again_what_was_queued_adds_nothing(receiver):
    subscription = subscribed(receiver.url)
    make_published()
    assert queue_changes() == 1
    Subscription.objects.filter(pk=subscription.pk).update(last_change=0)
    queue_changes()
    assert Message.objects.filter(key__contains="change-").count() == len(
        PublicChange.objects.filter(kind__in=EVENTS)
    )
    assert deliver_due()[0] == len(set(receiver.ids()))


# --- Signed --------------------------------------------------------------------------


def test_an_implementation_of_others_finds_the_signature_right(receiver):
    reader = pytest.importorskip("standardwebhooks", reason="the extra test has it")
    subscription = subscribed(receiver.url)
    old = reader.Webhook(subscription.secret)
    new = reader.Webhook(replace_secret(subscription))
    queue_test(subscription)
    deliver_due()
    _path, headers, body = receiver.got[0]
    for each in (old, new):
        assert each.verify(body, dict(headers))["data"] == {"test": True}
    for broken in (body + b" ", body.replace(b"true", b"null")):
        with pytest.raises(reader.WebhookVerificationError):
            new.verify(broken, dict(headers))
    Subscription.objects.update(former_until=timezone.now() - timedelta(seconds=1))
    queue_test(subscription)
    deliver_due()
    _path, headers, body = receiver.got[1]
    assert new.verify(body, dict(headers))
    with pytest.raises(reader.WebhookVerificationError):
        old.verify(body, dict(headers))


def test_another_message_under_the_same_key_has_another_id():
    said = Message(key="change-7-1", payload='{"claim":1}')
    assert identifier_of(said) == identifier_of(
        Message(key=said.key, payload=said.payload)
    )
    assert identifier_of(said) != identifier_of(Message(key=said.key, payload="{}"))


# --- Trouble -------------------------------------------------------------------------


def redirects(handler):
    handler.keep()
    handler.answer(307, Location=handler.server.url)


def hangs(handler):
    handler.keep()
    handler.server.released.wait(20)


def drips(handler):
    """Answer one byte at a time, each in time, without an end."""
    handler.keep()
    handler.wfile.write(b"HTTP/1.1 200 ")
    while not handler.server.released.wait(0.05):
        handler.wfile.write(b"x")


def says_no_http(handler):
    handler.keep()
    handler.wfile.write(b"220 mail.example ESMTP\r\n")


def closes(handler):
    handler.connection.shutdown(socket.SHUT_RDWR)


def never_ends(handler):
    """Answer 200 with a body of which nobody should read much."""
    handler.keep()
    handler.send_response(200)
    handler.end_headers()
    with pytest.raises(OSError):
        while True:
            handler.wfile.write(b"x" * 65536)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (500, "The answer was HTTP 500."),
        (400, "The answer was HTTP 400."),
        (redirects, "The answer was HTTP 307."),
        (hangs, "There was no answer in time."),
        (drips, "There was no answer in time."),
        (says_no_http, "The connection failed (BadStatusLine)."),
        (closes, "The connection failed (RemoteDisconnected)."),
    ],
)
def test_a_failure_is_tried_again_later_with_the_same_id(
    receiver, monkeypatch, answer, why
):
    monkeypatch.setitem(post.__kwdefaults__, "patience", 0.4)
    receiver.answers = [answer, 200]
    queue_test(subscribed(receiver.url))
    assert deliver_due() == (0, 1)
    message = Message.objects.get()
    assert (message.state, message.tries) == (MessageState.WAITING, 1)
    assert message.last_error == why
    assert message.due_at > timezone.now()
    assert deliver_due() == (0, 0)
    time_goes_by()
    assert deliver_due() == (1, 0)
    message.refresh_from_db()
    assert (message.state, message.tries, message.last_error) == ("sent", 2, "")
    # A redirect leads nowhere: two requests came, and not a third.
    assert len(receiver.got) == (1 if answer is closes else 2)
    assert set(receiver.ids()) == {identifier_of(message)}


def test_the_body_of_an_answer_is_not_read(receiver):
    receiver.answers = [never_ends]
    queue_test(subscribed(receiver.url))
    assert deliver_due() == (1, 0)


def test_tries_grow_apart_and_end_with_a_dead_letter_that_can_be_sent_again(receiver):
    receiver.answers = [503]
    queue_test(subscribed(receiver.url))
    waits = []
    for _try in outbox.DELAYS:
        before = timezone.now()
        assert deliver_due() == (0, 1)
        waits.append(Message.objects.get().due_at - before)
        time_goes_by()
    for wait, delay in zip(waits, outbox.DELAYS, strict=True):
        assert delay * 0.79 < wait < delay * 1.25
    assert deliver_due() == (0, 1)
    assert states() == [MessageState.DEAD]
    time_goes_by()
    assert deliver_due() == (0, 0)
    receiver.answers = [204]
    assert outbox.send_again(Message.objects.all()) == 1
    assert deliver_due() == (1, 0)
    assert len(set(receiver.ids())) == 1


def test_a_receiver_may_ask_to_wait_and_not_for_ever(receiver):
    subscription = subscribed(receiver.url)
    for seconds, least in (("7200", 7190), ("99999999", 86390)):
        receiver.answers = [
            lambda handler, s=seconds: handler.answer(429, Retry_After=s)
        ]
        queue_test(subscription)
        before = timezone.now()
        assert deliver_due() == (0, 1)
        waits = (Message.objects.latest("pk").due_at - before).total_seconds()
        assert least < waits < 86500
        Subscription.objects.update(paused_until=None)


def test_a_receiver_that_is_gone_is_told_no_more(receiver):
    subscription = subscribed(receiver.url)
    receiver.answers = [410]
    queue_test(subscription)
    queue_test(subscription)
    assert deliver_due() == (0, 1)
    assert states() == [MessageState.DEAD, MessageState.WAITING]
    subscription.refresh_from_db()
    assert not subscription.is_active
    time_goes_by()
    assert deliver_due() == (0, 0)


def test_an_address_that_fails_holds_up_no_other(receiver):
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        silent = subscribed(f"http://127.0.0.1:{unheard.getsockname()[1]}/")
    fine = subscribed(receiver.url)
    for _number in range(3):
        queue_test(silent)
        queue_test(fine)
    # One try shows that nobody answers; its others wait for a moment.
    assert deliver_due() == (3, 1)


def test_what_one_process_works_on_no_other_one_takes(receiver):
    queue_test(subscribed(receiver.url))
    taken = outbox.take_next(timedelta(minutes=5))
    assert taken is not None
    assert outbox.take_next(timedelta(minutes=5)) is None
    Message.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    again = outbox.take_next(timedelta(minutes=5))
    assert again.pk == taken.pk
    # The first one comes late, and its outcome counts no more.
    outbox.note_failed(taken, "Too late.")
    assert Message.objects.get().last_error == ""
    outbox.note_sent(again)
    assert states() == [MessageState.SENT]


# --- Which addresses -----------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254"),
        *("100.64.0.1", "0.0.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1"),
        *("::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:10.0.0.1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::1", "::127.0.0.1"),
    ],
)
def test_addresses_of_private_networks_are_known_in_every_disguise(address):
    assert not is_public(ipaddress.ip_address(address))


def test_addresses_of_the_internet_are_public():
    for address in ("8.8.8.8", "2606:4700:4700::1111", "64:ff9b::808:808"):
        assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        *("http://hooks.example/", "https://10.0.0.1/", "https://[::1]/x"),
        *("https://me:secret@hooks.example/", "ftp://hooks.example/", "hooks.example"),
        *("https://hooks.example/\r\nX: y", "javascript:alert(1)", "https://"),
    ],
)
def test_an_address_that_cannot_be_a_webhook_is_refused(url):
    with pytest.raises(ValidationError):
        check_address(url, may_be_private=False)


def test_a_private_address_behind_a_name_is_refused_when_it_is_sent(
    receiver, monkeypatch
):
    answers = [["93.184.216.34", "127.0.0.1"]]
    monkeypatch.setattr(socket, "getaddrinfo", resolving(answers))
    with pytest.raises(NotDelivered, match="private network"):
        post("https://hooks.example/", b"{}", {}, may_be_private=False)
    assert receiver.got == []


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "127.1", "１２７.0.0.1", "localhost"]
)
def test_a_number_that_means_this_machine_is_known(host):
    with pytest.raises(NotDelivered):
        post(f"https://{host}/", b"{}", {}, may_be_private=False)
    with pytest.raises(NotDelivered, match="private network"):
        webhooks.look_up(host, 443, may_be_private=False)


def test_names_and_paths_of_all_scripts_are_asked_for_as_they_are_written(
    receiver, monkeypatch
):
    real, asked = socket.getaddrinfo, []

    def getaddrinfo(host, port, *rest, **options):
        asked.append(host)
        return real("127.0.0.1", port, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    url = f"http://bücher.example:{receiver.server_port}/haken/ü ?q=é".replace(" ", "")
    post(url, b"{}", {}, may_be_private=True)
    path, headers, _body = receiver.got[0]
    # The second look is for the address that the first one gave.
    assert asked == ["xn--bcher-kva.example", "127.0.0.1"]
    assert headers["Host"] == f"xn--bcher-kva.example:{receiver.server_port}"
    assert path == "/haken/%C3%BC?q=%C3%A9"


def test_the_connection_goes_to_the_address_that_was_judged(receiver, monkeypatch):
    # A name that first has a public address, and the receiver's at the second look.
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    monkeypatch.setattr(socket, "getaddrinfo", resolving(answers))
    gone_to = []

    def connect(address, _timeout):
        gone_to.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NotDelivered, match="connection failed"):
        post("https://hooks.example/", b"{}", {}, may_be_private=False)
    assert gone_to == [("93.184.216.34", 443)]
    assert answers == [["127.0.0.1"]]


def resolving(answers):
    def getaddrinfo(_host, port, **_options):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in answers.pop(0)
        ]

    return getaddrinfo


def test_a_certificate_is_asked_for_the_name(receiver):
    # The receiver speaks no TLS; what matters is that nothing was said before it did.
    with pytest.raises(NotDelivered, match="SSLError"):
        post(
            receiver.url.replace("http:", "https:"),
            b"{}",
            {},
            may_be_private=True,
            patience=5,
        )
    assert receiver.got == []


# --- Mail ----------------------------------------------------------------------------


def test_a_mail_names_the_version_and_is_known_again_by_its_id():
    subscribed("reader@paper.example", Channel.MAIL)
    claim = make_published().claim
    assert deliver_due() == (1, 0)
    [letter] = mail.outbox
    assert letter.to == ["reader@paper.example"]
    assert letter.subject == "[The Desk] Verdict published"
    assert f"{SITE}/claims/{claim.pk}/versions/1/" in letter.body
    assert claim.wording not in letter.body
    identifier = identifier_of(Message.objects.get())
    assert letter.extra_headers["Message-ID"] == f"<{identifier}@desk.example>"


def test_without_a_mail_server_a_mail_waits_and_the_desk_is_told(settings):
    settings.MAIL_SERVER, settings.DEBUG = None, False
    queue_test(subscribed("reader@paper.example", Channel.MAIL))
    assert deliver_due() == (0, 1)
    assert "FACTCHECK_MAIL_URL" in Message.objects.get().last_error
    assert mail.outbox == []


def test_a_message_to_one_address_needs_no_subscription():
    for _twice in range(2):
        outbox.queue(
            "notice-1", event="notice", payload="Hello.", recipient="a@paper.example"
        )
    assert deliver_due() == (1, 0)
    assert [letter.to for letter in mail.outbox] == [["a@paper.example"]]


# --- The command ---------------------------------------------------------------------


def test_deliver_says_what_it_did_and_forgets_old_messages(receiver, settings, capsys):
    queue_test(subscribed(receiver.url))
    call_command("deliver", once=True)
    assert capsys.readouterr().out == "1 sent, 0 failed.\n"
    old = timezone.now() - timedelta(days=settings.OUTBOX_DAYS, seconds=5)
    Message.objects.update(sent_at=old)
    queue_test(Subscription.objects.get())
    call_command("deliver", once=True)
    assert states() == [MessageState.SENT]


def test_deliver_needs_the_address_of_the_site(settings):
    settings.FACTCHECK = {**settings.FACTCHECK, "URL": ""}
    with pytest.raises(CommandError, match="FACTCHECK_URL"):
        call_command("deliver", once=True)


def test_no_try_takes_as_long_as_its_lease():
    longest = max(webhooks.PATIENCE, 15 * 8)
    assert delivery.LEASE.total_seconds() > 2 * longest
