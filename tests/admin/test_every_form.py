"""Every form of the desk, filled in and sent: twice, and without session or cookie.

The forms are found by themselves (desk_forms.py). Each is carried out with what is
filled in there, or stands in REFUSED.
"""

import logging
import re
import threading
from contextlib import contextmanager

import lxml.html
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction
from django.test import Client

from claims.http.typed import SECRET, shown_fields
from claims.views.sent_forms import is_done
from tests.admin.desk_forms import (
    forms_of,
    in_parts,
    make_desk,
    make_states,
    part_of,
    places,
    shown_again,
)
from tests.databases import copy, copy_back, drop

FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
# What is filled in here does not do for these, or nothing is to be done.
REFUSED = re.compile(
    # A code that a device shows, an archive that is no table.
    r"second_factor: Go on|claims_publishedverdict_import: .*"
    # Nobody's work; a whole list, of which some rows refuse.
    r"|claim (Rejected|withdrawn): .*(Take it|Hand over|Add and confirm).*"
    r"|.*_changelist: .*"
)
# The new address is shown once, so the second answer shows a newer one; of one row.
DONE_AGAIN = re.compile("agenda: Make a new address.*")


@pytest.fixture(autouse=True)
def quiet():
    """Keep what the site logs of refused forms to itself."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


class Visitor:
    """An administrator who goes to pages of a desk and fills in each form."""

    def __init__(self, made, states, part=None):
        self.made, self.client = (
            made,
            Client(enforce_csrf_checks=True, headers=FROM_HERE),
        )
        self.fills = {
            "old_password": f"{made['root'].username}-demo",
            "to": str(made["other"].pk),
        }
        self.pages = list(part_of(places(made, states), part))

    def sign_in(self):
        self.client.force_login(self.made["root"])

    def forms(self):
        """Yield each form of each page, and those that another one asks with.

        Beside it, which rows it makes when it is sent, and the answer.
        """
        for made, name, address in self.pages:
            self.sign_in()
            page = self.client.get(address)
            if is_page(page):
                yield from self.forms_of(name, address, page, made)

    def forms_of(self, name, address, page, made, *, is_asked=False):
        fills = self.fills
        if name.startswith("claims_verdict_add"):
            fills = fills | {"claim": str(made["other"].pk)}
        for form in forms_of(name, address, page.content.decode(), made, fills):
            once, [answer] = self.effect_of(form)
            yield form, once, answer
            if not is_asked and is_page(answer) and not is_done(answer):
                yield from self.forms_of(
                    form.label, form.address, answer, made, is_asked=True
                )

    def send(self, form):
        return self.client.post(form.address, form.sent())

    def effect_of(self, *forms):
        """Return which tables have how many rows more after some forms, and undo it."""
        self.sign_in()
        with undone():
            before = counts()
            answers = [self.send(form) for form in forms]
            return difference(before, counts()), answers


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def is_page(response):
    kind = response.headers.get("Content-Type", "")
    return response.status_code == 200 and kind.startswith("text/html")


def refusals(form, answer):
    """Return what a form says that does not take what is filled in here."""
    if answer.status_code < 400 or REFUSED.fullmatch(form.label):
        return []
    page = lxml.html.fromstring(answer.content.decode())
    said = [each.text_content().strip() for each in page.find_class("errorlist")]
    return [f"{form.label}: {answer.status_code} {said}"]


def counts():
    """Return how many rows each table has, but for sessions, which any visit makes."""
    tables = [
        model._meta.db_table for model in apps.get_models() if model is not Session
    ]
    asked = " UNION ALL ".join(f"SELECT '{t}', count(*) FROM {t}" for t in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return dict(cursor.fetchall())


def difference(before, after):
    return {name: after[name] - n for name, n in before.items() if after[name] != n}


def keep(source, target):
    connections.close_all()
    copy(source, target)


def at_once(client, form):
    """Send a form from two threads at the same moment; return the status of each."""
    barrier, answers = threading.Barrier(2, timeout=60), []

    def press():
        one = Client(enforce_csrf_checks=True, headers=FROM_HERE)
        one.cookies = client.cookies.copy()
        sent = form.sent()
        barrier.wait()
        try:
            answers.append(one.post(form.address, sent).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(answers) == 2, form.label
    return answers


# --- Sent once, and twice -----------------------------------------------------------


@pytest.mark.slow
@pytest.mark.django_db
def test_every_form_takes_what_is_filled_in():
    """A form with a new field would be refused, and no longer tried by the walks."""
    visitor = Visitor(make_desk(), {})
    refused = [
        one for form, _once, answer in visitor.forms() for one in refusals(form, answer)
    ]
    assert refused == [], "\n".join(refused)


@in_parts
@pytest.mark.long
@pytest.mark.django_db
def test_every_form_sent_twice_is_done_once(part, record_property):
    visitor = Visitor(make_desk(), make_states(), part)
    twice, refused, doubled, count = [], [], 0, 0
    for form, once, answer in visitor.forms():
        count += 1
        if not once:
            refused += refusals(form, answer)
            continue
        both, _answers = visitor.effect_of(form, form)
        if both != once and not DONE_AGAIN.fullmatch(form.label):
            twice.append((form.label, once, both))
        # The control: as two visits, some of them are two.
        doubled += visitor.effect_of(form, form.anew())[0] != once
    assert twice == [], "\n".join(map(str, twice))
    assert refused == [], "\n".join(refused)
    assert count > 15
    assert doubled > 3
    record_property("forms", count)
    record_property("done twice as two visits", doubled)


@in_parts
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_every_form_sent_by_two_hands_at_once_is_done_once(part, record_property):
    visitor, tried = Visitor(make_desk(), make_states(), part), 0
    own, forms = connection.settings_dict["NAME"], list(visitor.forms())
    # With what the visit left: who has looked at what.
    keep(own, f"{own}_made")
    try:
        twice = []
        for form, once, answer in forms:
            if not (answer.status_code == 302 or is_done(answer)):
                continue
            # What was sent before is undone: rows are as they were then.
            visitor.sign_in()
            before = counts()
            answers = at_once(visitor.client, form)
            both = difference(before, counts())
            if both != once or max(answers) >= 500:
                twice.append((form.label, once, both, answers))
            keep(f"{own}_made", own)
            tried += 1
        assert twice == [], "\n".join(map(str, twice))
        assert tried > 10
        record_property("forms", tried)
    finally:
        with connection._nodb_cursor() as cursor:
            drop(cursor, f"{own}_made")
        copy_back()


# --- Without a session, without a cookie ----------------------------------------------


@in_parts
@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("lost", ["session", "cookie"])
def test_every_form_comes_back_whole_and_can_be_sent_again(lost, part, record_property):
    visitor = Visitor(make_desk(), {}, part)
    client, tried = visitor.client, 0
    for form, once, answer in visitor.forms():
        if not (told := told_in(form)):
            # A button alone: nothing is lost.
            continue
        if form.label.startswith("second_factor:"):
            # A code is good for half a minute.
            continue
        visitor.sign_in()
        before, cookie = counts(), client.cookies[settings.CSRF_COOKIE_NAME].value
        with undone():
            if lost == "session":
                Session.objects.all().delete()
            else:
                del client.cookies[settings.CSRF_COOKIE_NAME]
            page = visitor.send(form)
            assert page.status_code == 403, form.label
            assert counts() == before, form.label
            again, shown = shown_again(page, form)
            typed = [value for _name, value in shown_fields(told)]
            assert sorted(shown) == sorted(typed), form.label
            # Nobody is asked for a password by a page that failed.
            if not any("password" in name for name in form.data):
                visitor.sign_in()
                last = visitor.send(again)
                assert last.status_code == answer.status_code, form.label
                assert difference(before, counts()) == once, form.label
                tried += 1
        client.cookies[settings.CSRF_COOKIE_NAME] = cookie
    assert tried > 6
    record_property("forms", tried)


def told_in(form):
    """Return name and value of what a form says, as the site looks for it."""
    return [
        (name, each)
        for name, value in form.data.items()
        for each in (value if isinstance(value, list) else [value])
        if not any(part in name for part in SECRET)
    ]
