"""A form sent twice makes one of everything, and a form that cannot be sent shows all
that was typed: on every page of the desk, whichever is added next."""

import re
from html import unescape
from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError, connection
from django.http import HttpResponseRedirect
from django.test import Client, RequestFactory

from claims.desk.sent_forms import done_among, note_sent
from claims.models import (
    Claim,
    Comment,
    Evidence,
    Outlet,
    ReaderReport,
    SentForm,
    Speaker,
)
from claims.models.choices import ClaimStatus
from claims.views.sent_forms import Contradicted, answered_once, content_of
from tests.admin.conftest import signed_in, typed
from tests.admin.test_access import admin_addresses, desk, looked_at, made  # noqa: F401
from tests.factories import make_article, make_claim, make_user, make_verdict

# What leaves the desk has nothing typed in it, and a list asks nothing.
OTHERWISE = {"/admin/logout/", "/i18n/setlang/"}
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
TYPED = "Every  letter — “İğne”, <b>&amp;\r\n\r\n  and the last line."

pytestmark = pytest.mark.django_db


def unnamed_forms(html):
    """Return the forms that are posted without a name of their own."""
    forms = re.findall(r'<form\b[^>]*method="post".*?</form>', html, re.DOTALL | re.I)
    return [
        each
        for each in forms
        if 'name="form_token"' not in each
        and not any(f'action="{address}"' in each for address in OTHERWISE)
    ]


def named(data, token=None):
    return data | {"form_token": str(token or uuid4())}


# --- Every form of the desk ---------------------------------------------------------


@pytest.mark.slow
def test_every_form_of_the_desk_is_named_and_kept(looked_at):  # noqa: F811
    count = 0
    for name, page in looked_at("Editors").items():
        if not page.headers.get("Content-Type", "").startswith("text/html"):
            continue
        html = page.content.decode()
        assert unnamed_forms(html) == [], name
        if 'name="form_token"' in html:
            count += 1
            assert "js/kept/kept.js" in html, name
            assert '<template id="kept"' in html, name
    assert count > 25


def test_a_form_without_a_name_would_be_found():
    assert unnamed_forms('<form method="post" action="/x/"><input name="a"></form>')


def test_administrators_forms_are_named_too(db):
    root = signed_in(make_user(superuser=True))
    for address in (
        "/admin/auth/user/add/",
        f"/admin/auth/user/{root.user.pk}/change/",
        f"/admin/auth/user/{root.user.pk}/password/",
        "/admin/auth/group/add/",
        "/admin/password_change/",
    ):
        html = root.get(address).content.decode()
        assert 'name="form_token"' in html, address
        assert unnamed_forms(html) == [], address


def test_no_form_that_was_carried_out_is_carried_out_again(desk):  # noqa: F811
    client = signed_in(make_user(superuser=True))
    tried = 0
    for name, address in admin_addresses(desk):
        token, data = uuid4(), {"comment": "Once.", "text": "Once."}
        # As the first one left it: done, and led to the front page.
        request = RequestFactory().post(address, named(data, token))
        row, _is_first = note_sent(token, content_of(request), by=client.user)
        SentForm.objects.filter(pk=row.pk).update(location="/admin/")
        answer = client.post(address, named(data, token))
        assert (answer.status_code, answer.headers.get("Location")) == (
            302,
            "/admin/",
        ), name
        tried += 1
    assert tried > 50


@pytest.mark.parametrize(
    "lost", ["session", pytest.param("cookie", marks=pytest.mark.slow)]
)
def test_no_form_loses_a_letter_with_the_session_or_the_cookie(desk, lost):  # noqa: F811
    if lost == "session":
        client = Client(headers=FROM_HERE)
    else:
        client = Client(enforce_csrf_checks=True, headers=FROM_HERE)
        client.force_login(make_user(superuser=True))
    for name, address in admin_addresses(desk):
        answer = client.post(address, {"summary": TYPED, "_save": "Save"})
        assert answer.status_code == 403, name
        html = answer.content.decode()
        sent = re.search(
            r'<textarea name="summary" hidden>\n(.*?)</textarea>', html, re.S
        )
        assert unescape(sent[1]) == TYPED, name
        shown = re.search(r'<dd dir="auto">(.*?)</dd>', html, re.S)
        assert unescape(shown[1]) == TYPED, name
        assert "no-store" in answer.headers["Cache-Control"]
        assert ("Sign in" in html) == (lost == "session")


def test_no_form_loses_a_letter_while_the_database_is_away(desk):  # noqa: F811
    def refuse(*_):
        raise OperationalError from psycopg.OperationalError()

    client = Client(raise_request_exception=False, headers=FROM_HERE)
    client.force_login(make_user(superuser=True))
    addresses = [at for _name, at in admin_addresses(desk)]
    assert len(addresses) > 50
    sent_words = {"summary": TYPED, "kind": "error", "message": TYPED}
    with connection.execute_wrapper(refuse):
        for address in [*addresses, "/report/"]:
            answer = client.post(address, named(sent_words, "t0k3n"))
            assert (answer.status_code, answer.get("Retry-After")) == (503, "5")
            sent = re.search(
                r'<textarea name="summary" hidden>\n(.*?)</textarea>', answer.text, re.S
            )
            assert unescape(sent[1]) == TYPED, address
            # Should the first have been stored, the second is known for the same.
            assert 'name="form_token" value="t0k3n">' in answer.text
            assert 'name="csrfmiddlewaretoken" value="' in answer.text
        login = client.post("/admin/login/", {"username": "ida", "password": "s3cret"})
    assert login.status_code == 503
    assert not re.search("ida|s3cret", login.text)


def test_what_another_site_sends_is_not_shown_as_typed():
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://x.example"},
        {},
    ):
        client = Client(enforce_csrf_checks=True, headers=headers)
        answer = client.post("/admin/claims/claim/add/", {"wording": TYPED})
        assert answer.status_code == 403
        assert "last line" not in answer.content.decode()


def test_no_password_is_shown_or_sent_again():
    client = Client(enforce_csrf_checks=True, headers=FROM_HERE)
    sent = {"username": "rana", "password": "a secret of nobody"}
    html = client.post("/admin/login/", sent).content.decode()
    assert "secret of nobody" not in html


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (FROM_HERE, 302),
        ({"Origin": "http://testserver"}, 302),
        ({}, 302),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"}, 403),
        ({"Origin": "http://x.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_a_report_needs_no_cookie_and_another_site_sends_none(headers, status):
    client = Client(enforce_csrf_checks=True, headers=headers)
    page = client.get("/report/")
    assert not page.cookies and "csrfmiddlewaretoken" not in page.text
    answer = client.post("/report/", {"kind": "error", "message": TYPED})
    assert (answer.status_code, ReaderReport.objects.filter(message=TYPED).count()) == (
        status,
        int(status == 302),
    )
    assert not client.cookies


# --- Sent twice -----------------------------------------------------------------------


def test_a_new_claim_sent_twice_is_one(annotator):
    article = make_article()
    page = "/admin/claims/claim/add/"
    shown = annotator.get(page)
    data = named(typed(shown, article=str(article.pk), quote=words_of(article)))
    first, second = annotator.post(page, data), annotator.post(page, data)
    assert article.claims.count() == 1
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    # The control: without its name the form is two.
    del data["form_token"]
    annotator.post(page, data)
    assert article.claims.count() == 2


def words_of(article):
    return article.current_text.body.split(".")[0]


def test_a_comment_sent_twice_is_one_and_said_anew_is_two(reviewer):
    verdict = make_verdict()
    page = f"/admin/claims/verdict/{verdict.pk}/comment/"
    data = named({"text": "The minutes say otherwise."})
    for _time in range(2):
        assert reviewer.post(page, data).status_code == 302
    assert Comment.objects.filter(thread__claim=verdict.claim).count() == 1
    reviewer.post(page, named({"text": "The minutes say otherwise."}))
    assert Comment.objects.filter(thread__claim=verdict.claim).count() == 2


def test_other_words_under_the_same_name_are_not_swallowed(reviewer):
    # Gone back to in the browser, changed and sent: that is another form.
    verdict, token = make_verdict(), uuid4()
    page = f"/admin/claims/verdict/{verdict.pk}/comment/"
    for words in ("First thought.", "Second thought."):
        reviewer.post(page, named({"text": words}, token))
    assert Comment.objects.filter(thread__claim=verdict.claim).count() == 2


def test_sources_added_twice_are_there_once(reviewer):
    verdict = make_verdict()
    before = Evidence.objects.count()
    page = f"/admin/claims/verdict/{verdict.pk}/change/"
    rows = reviewer.get(page).context["inline_admin_formsets"][0].formset
    place = rows.initial_form_count()
    # A row that the script of the page copies begins as the empty one.
    empty = {bound.name: bound.value() for bound in rows.empty_form}
    data = typed(
        reviewer.get(page),
        **{
            **{f"evidence__{place}__{name}": value for name, value in empty.items()},
            f"evidence__{place}__title": "Minutes of the second day",
            f"evidence__{place}__url": "https://minutes.example/2",
            "evidence__TOTAL_FORMS": str(place + 1),
        },
    )
    data = named(data)
    assert [reviewer.post(page, data).status_code for _ in range(2)] == [302, 302]
    assert Evidence.objects.count() == before + 1


def test_a_refused_form_may_be_sent_again(annotator):
    Outlet.objects.create(name="Harbour Post", slug="harbour-post")
    page, data = (
        "/admin/claims/outlet/add/",
        named({"name": "Harbour Post", "slug": "h"}),
    )
    refused = [annotator.post(page, data).status_code for _ in range(2)]
    assert refused[0] == refused[1] != 302
    assert SentForm.objects.count() == 0


def test_a_window_that_adds_a_row_adds_it_once(annotator):
    page = "/admin/claims/speaker/add/?_popup=1"
    data = named(typed(annotator.get(page), name="Mina Falk") | {"_popup": "1"})
    answers = [annotator.post(page, data).status_code for _ in range(2)]
    assert Speaker.objects.filter(name="Mina Falk").count() == 1
    assert answers == [200, 409]


def test_the_secret_of_a_webhook_is_made_once(editor):
    data = {
        "channel": "webhook",
        "address": "https://hook.example/",
        "events": ["withdrawn"],
    }
    data = named(data | {"is_active": "on"})
    page = "/admin/claims/subscription/add/"
    first, second = editor.post(page, data), editor.post(page, data)
    assert first.status_code == 200
    assert "whsec_" in first.content.decode()
    assert second.status_code == 409
    assert "whsec_" not in second.content.decode()


def test_only_its_own_user_hears_that_a_form_was_carried_out(reviewer, editor):
    verdict, token = make_verdict(), uuid4()
    address = f"/admin/claims/verdict/{verdict.pk}/comment/"
    reviewer.post(address, named({"text": "Look here."}, token))
    asked = f"/admin/sent/?token={token}&token={uuid4()}&token=x"
    assert reviewer.get(asked).json() == {"done": [str(token)]}
    assert editor.get(asked).json() == {"done": []}
    assert done_among([token], by=reviewer.user) == {token}


def test_what_is_broken_at_the_end_of_the_transaction_undoes_the_whole(annotator):
    claim = make_claim(status=ClaimStatus.LISTED)
    request = RequestFactory().post("/admin/x/", named({}))
    request.user = annotator.user

    def view():
        Claim.objects.filter(pk=claim.pk).update(quote="")
        return HttpResponseRedirect("/admin/")

    with pytest.raises(Contradicted, match="words"):
        answered_once(request, view)
    claim.refresh_from_db()
    assert claim.quote
    assert SentForm.objects.count() == 0
