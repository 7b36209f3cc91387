"""Subscriptions at the desk: the secret once, tests that only queue, dead letters."""

import socket

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from claims.desk.outbox import queue_test, subscribe
from claims.models import Message, Subscription
from tests.admin.conftest import typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Let the site neither look up a name nor open a connection."""

    def refuse(*_arguments, **_options):
        raise AssertionError("the web process asked the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


LIST = "/admin/claims/subscription/"
ADD = f"{LIST}add/"
HOOK = "https://hooks.example/desk"
EVENTS = ["published", "retracted"]


@pytest.fixture
def hook():
    subscription = Subscription(channel="webhook", address=HOOK, events=EVENTS)
    subscribe(subscription)
    return subscription


def page(subscription, name="change"):
    return f"{LIST}{subscription.pk}/{name}/"


def added(editor, **changes):
    fields = {
        "channel": "webhook",
        "address": HOOK,
        "events": EVENTS,
        "is_active": "on",
    }
    return editor.post(ADD, fields | changes)


def test_the_secret_of_a_new_webhook_is_shown_once_and_never_again(editor):
    response = added(editor)
    hook = Subscription.objects.get()
    assert hook.secret in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    for address in (LIST, page(hook), page(hook, "history")):
        assert hook.secret not in editor.get(address).content.decode()
    assert not LogEntry.objects.filter(change_message__contains=hook.secret).exists()


def test_a_new_secret_is_shown_once_and_the_former_one_signs_on(editor, hook):
    response = editor.post(page(hook, "secret"))
    former, hook = hook.secret, Subscription.objects.get()
    assert hook.secret in response.content.decode()
    assert (hook.former_secret, hook.secret != former) == (former, True)
    # Looking at the address changes nothing.
    assert editor.get(page(hook, "secret")).status_code == 302
    assert Subscription.objects.get().secret == hook.secret


def test_a_mail_address_has_no_secret(editor):
    response = added(editor, channel="mail", address="reader@paper.example")
    assert response.status_code == 302
    subscription = Subscription.objects.get()
    assert subscription.secret == ""
    editor.post(page(subscription, "secret"))
    assert Subscription.objects.get().secret == ""


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"address": "http://hooks.example/"}, "must start with https://"),
        ({"address": "https://10.0.0.1/"}, "private network"),
        ({"address": "https://me:pw@hooks.example/"}, "Leave login and password out"),
        ({"address": "no address"}, "valid URL"),
        ({"channel": "mail"}, "valid email address"),
        ({"events": []}, "This field is required"),
        ({"events": ["listed"]}, "is not one of the available choices"),
    ],
)
def test_an_address_that_cannot_be_told_is_refused(editor, changes, sentence):
    response = added(editor, **changes)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert not Subscription.objects.exists()


def test_an_address_is_subscribed_once(editor, hook):
    response = added(editor)
    assert response.status_code == 400
    assert "There is a subscription of this address" in response.content.decode()


def test_delivery_in_the_meantime_is_no_conflict_and_is_not_undone(editor, hook):
    data = typed(editor.get(page(hook)), note="The archive")
    Subscription.objects.update(last_change=77)
    assert editor.post(page(hook), data).status_code == 302
    hook.refresh_from_db()
    assert (hook.note, hook.last_change) == ("The archive", 77)
    assert hook.channel == "webhook"


def test_a_test_only_queues(editor, hook):
    response = editor.post(page(hook, "test"), follow=True)
    assert "A test is queued" in response.content.decode()
    message = Message.objects.get()
    assert (message.event, message.state, message.tries) == ("test", "waiting", 0)
    assert editor.get(page(hook, "test")).status_code == 302
    assert Message.objects.count() == 1


def test_what_was_given_up_is_sent_again_or_deleted(editor, hook):
    for _number in range(3):
        queue_test(hook)
    dead, also_dead, waiting = Message.objects.order_by("pk")
    Message.objects.exclude(pk=waiting.pk).update(
        dead_at=timezone.now(), tries=10, last_error="The answer was HTTP 500."
    )
    assert "Messages given up" in editor.get("/admin/").content.decode()
    for filters in ("state=dead", "queue=undelivered"):
        shown = editor.get(f"/admin/claims/message/?{filters}").content.decode()
        assert shown.count("The answer was HTTP 500.") == 2
    keys = [dead.pk, waiting.pk]
    response = editor.post(
        "/admin/claims/message/",
        {"action": "send_again", "_selected_action": keys},
        follow=True,
    )
    assert "1 message is queued again." in response.content.decode()
    dead.refresh_from_db()
    assert (dead.state, dead.tries) == ("waiting", 0)
    for message, status in ((waiting, 403), (also_dead, 302)):
        address = f"/admin/claims/message/{message.pk}/delete/"
        assert editor.post(address, {"post": "yes"}).status_code == status


def test_a_subscription_that_is_deleted_takes_its_messages_along(editor, hook):
    queue_test(hook)
    assert editor.post(page(hook, "delete"), {"post": "yes"}).status_code == 302
    assert not Message.objects.exists()


@pytest.mark.parametrize("name", ["test", "secret"])
def test_others_than_editors_press_no_button(reviewer, hook, name):
    assert reviewer.post(page(hook, name)).status_code == 403
    assert Subscription.objects.get().secret == hook.secret
    assert not Message.objects.exists()
