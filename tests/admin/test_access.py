"""Every page of the desk, tried as a visitor and as each group."""

import functools
import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from claims.desk.comments import add_comment
from claims.desk.notices import notify
from claims.desk.outbox import queue_test, subscribe
from claims.desk.publications import approval_digest
from claims.desk.review import rate_blind
from claims.desk.workflow import take_step
from claims.models import (
    Change,
    Claim,
    Message,
    Notice,
    Outlet,
    PublishedVerdict,
    Rating,
    ReaderReport,
    Speaker,
    Subscription,
    Topic,
    Transition,
    Verdict,
)
from claims.models.choices import ClaimStatus, NoticeKind, ReportKind, VerdictStatus
from tests.admin.conftest import signed_in
from tests.factories import (
    make_article,
    make_claim,
    make_page,
    make_published,
    make_topic,
    make_user,
    make_verdict,
)

pytestmark = pytest.mark.django_db

ANNOTATORS, REVIEWERS, EDITORS = "Annotators", "Reviewers", "Editors"
GROUPS = [ANNOTATORS, REVIEWERS, EDITORS]
ALL = set(GROUPS)

JUNK = {"seen": "x", "version": "x", "into": "x", "comment": "\0"}

# Who gets more than a refusal, by the last part of an address's name.
MAY_OPEN = {
    "outlet": {"add": ALL, "change": ALL},
    "article": {"add": ALL, "change": ALL},
    "topic": {"add": ALL, "change": ALL, "delete": {EDITORS}},
    "speaker": {
        "add": ALL,
        "change": ALL,
        "delete": {EDITORS},
        "merge": ALL,
        "contradictions": ALL,
    },
    "claim": {"add": ALL, "change": ALL},
    "verdict": {"add": {REVIEWERS, EDITORS}, "change": ALL},
    "evidence": {"change": ALL, "file": ALL},
    "rating": {"add": {EDITORS}, "change": ALL},
    "publishedverdict": {"change": ALL},
    "transition": {"change": ALL},
    "change": {"change": ALL},
    "readerreport": {"change": ALL},
    "deskpage": {"add": {REVIEWERS, EDITORS}, "change": ALL},
    "secondrating": {"change": ALL},
    "subscription": {"add": {EDITORS}, "change": {EDITORS}, "delete": {EDITORS}},
    "message": {"change": {EDITORS}, "delete": {EDITORS}},
    "thread": {"change": ALL},
    "notice": {"change": ALL},
}
# Of these the others see nothing, their lists and histories neither.
HIDDEN = {"subscription": {EDITORS}, "message": {EDITORS}}


@pytest.fixture(scope="module")
def made(module_db):
    return make_everything()


def make_everything():
    """Return one of everything, by the name of its model."""
    verdict = make_verdict(status=VerdictStatus.PUBLISHED)
    rated = make_verdict(status=VerdictStatus.IN_REVIEW)
    blind = rate_blind(
        rated, rating=Rating.objects.first(), finding="", by=make_user("Editors")
    )
    take_step("publish", rated, by=make_user("Editors"))
    draft = make_verdict(make_claim(status=ClaimStatus.DRAFT, topics=[make_topic()]))
    report = ReaderReport.objects.create(
        kind=ReportKind.ERROR, claim=verdict.claim, message="Wrong.", sender="x"
    )
    return {
        "outlet": Outlet.objects.first(),
        "article": draft.claim.article,
        "topic": Topic.objects.first(),
        "speaker": Speaker.objects.create(name="Without claims"),
        "claim": draft.claim,
        "verdict": draft,
        "evidence": verdict.evidence.get(),
        "rating": Rating.objects.first(),
        "publishedverdict": PublishedVerdict.objects.first(),
        "transition": Transition.objects.first(),
        "change": Change.objects.first(),
        "readerreport": report,
        "secondrating": blind,
        "deskpage": make_page(),
        "thread": add_comment(verdict, "Ask again.", by=verdict.author).thread,
        "notice": make_notice(),
        **made_outbox(),
    }


def make_notice():
    notify(NoticeKind.REPORT, Claim.objects.first(), to=[make_user("Editors")])
    return Notice.objects.latest("pk")


def made_outbox():
    """A subscription, and a message to it that was given up."""
    subscription = Subscription(channel="mail", address="a@b.example", events=["test"])
    subscribe(subscription)
    queue_test(subscription)
    message = Message.objects.get()
    message.dead_at = timezone.now()
    message.save()
    return {"subscription": subscription, "message": message}


@pytest.fixture
def desk(made, db):
    """One of everything, as no other test left it."""
    return {name: type(row).objects.get(pk=row.pk) for name, row in made.items()}


@pytest.fixture(scope="module")
def looked_at(made):
    """Return a function that gives all pages of the desk as a group sees them.

    Each is asked for once, and nothing may be written on the way.
    """

    @functools.cache
    def look(group):
        client = signed_in(make_user(group))
        before = Change.objects.count(), Transition.objects.count()
        pages = {name: client.get(at) for name, at in admin_addresses(made)}
        assert before == (Change.objects.count(), Transition.objects.count())
        return pages

    return look


def admin_addresses(desk):
    """Yield name and address of every page of the desk, arguments filled in."""

    def walk(patterns, arguments=()):
        for each in patterns:
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns)
            elif isinstance(each, URLPattern):
                yield each

    resolver = next(
        each
        for each in get_resolver().url_patterns
        if isinstance(each, URLResolver) and each.app_name == "admin"
    )
    for pattern in walk(resolver.url_patterns):
        if not pattern.name or not pattern.name.startswith("claims_"):
            continue
        _app, model, *_rest = pattern.name.split("_")
        wanted = pattern.pattern.converters
        known = {"object_id": desk[model].pk, "name": "list", "pk": desk[model].pk}
        known |= {"article_id": desk["article"].pk, "claim_id": desk["claim"].pk}
        known["comment_id"] = 1
        arguments = {name: known[name] for name in wanted if name in known}
        try:
            yield pattern.name, reverse(f"admin:{pattern.name}", kwargs=arguments)
        except NoReverseMatch:
            continue


def test_every_model_of_the_desk_is_in_the_table():
    registered = {
        model._meta.model_name
        for model in admin.site._registry
        if model._meta.app_label == "claims"
    }
    assert registered == set(MAY_OPEN)


@pytest.mark.parametrize(
    "method", ["get", pytest.param("post", marks=pytest.mark.slow)]
)
def test_a_visitor_is_asked_to_sign_in_on_every_page(desk, method):
    addresses = list(admin_addresses(desk))
    assert len(addresses) > 50
    visitors = [Client(), signed_in(make_user())]
    counts = Claim.objects.count(), Verdict.objects.count(), Transition.objects.count()
    for name, address in addresses:
        for visitor in visitors:
            response = getattr(visitor, method)(address)
            assert response.status_code in {302, 403}, name
            if response.status_code == 302:
                assert response.url.startswith("/admin/login/"), name
    assert counts == (
        Claim.objects.count(),
        Verdict.objects.count(),
        Transition.objects.count(),
    )


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_opens_what_it_should_and_nothing_else(looked_at, group):
    pages = looked_at(group)
    for model, actions in MAY_OPEN.items():
        sees = group in HIDDEN.get(model, ALL)
        shown = pages[f"claims_{model}_changelist"].status_code
        assert shown == (200 if sees else 403), model
        for action in ("add", "change", "delete", "history", "merge"):
            page = pages.get(f"claims_{model}_{action}")
            if page is None:
                continue
            if page.status_code == 302:
                page = page.client.get(page.url)
            others = HIDDEN.get(model, ALL) if action == "history" else ()
            expected = group in actions.get(action, others)
            assert page.status_code == (200 if expected else 403), (model, action)


@pytest.mark.parametrize("group", GROUPS)
def test_looking_at_every_page_fails_nowhere_and_changes_nothing(looked_at, group):
    assert {
        name: page.status_code
        for name, page in looked_at(group).items()
        if page.status_code >= 500
    } == {}


@pytest.mark.parametrize(
    "method",
    [
        pytest.param("head", marks=pytest.mark.slow),
        pytest.param("options", marks=pytest.mark.long),
    ],
)
def test_asking_about_a_page_fails_nowhere_and_changes_nothing(desk, editor, method):
    # Both are answered as GET is; one group will do, and these see the most.
    before = Change.objects.count(), Transition.objects.count()
    for name, address in admin_addresses(desk):
        assert getattr(editor, method)(address).status_code < 500, name
    assert before == (Change.objects.count(), Transition.objects.count())


@pytest.mark.parametrize(
    ("group", "data", "each"),
    [
        # Each tenth page at once.
        (EDITORS, JUNK, 10),
        pytest.param(EDITORS, JUNK, 1, marks=pytest.mark.slow),
        # What others may not do is refused before it is read.
        pytest.param(REVIEWERS, {}, 1, marks=pytest.mark.slow),
        pytest.param(EDITORS, {}, 1, marks=pytest.mark.long),
        pytest.param(REVIEWERS, JUNK, 1, marks=pytest.mark.long),
        pytest.param(ANNOTATORS, {}, 1, marks=pytest.mark.long),
        pytest.param(ANNOTATORS, JUNK, 1, marks=pytest.mark.long),
    ],
)
def test_no_empty_and_no_senseless_post_ends_in_a_server_error(desk, group, data, each):
    client = signed_in(make_user(group))
    for name, address in list(admin_addresses(desk))[::each]:
        assert client.post(address, data).status_code < 500, name


def asked_to_withdraw():
    claim = make_published().claim
    somebody = make_user("Annotators")
    return take_step("ask_withdraw", claim, by=somebody, comment="Not a statement.")


def asked_to_retract():
    verdict = make_verdict(status=VerdictStatus.PUBLISHED)
    somebody = make_user("Reviewers")
    return take_step("ask_retract", verdict, by=somebody, comment="Wrong source.")


@pytest.mark.parametrize(
    ("model", "step", "who"),
    [
        ("claim", "list", ALL),
        ("claim", "reject", ALL),
        ("verdict", "submit", {REVIEWERS, EDITORS}),
        ("verdict", "publish", {EDITORS}),
        ("verdict", "return", {EDITORS}),
        ("verdict", "retract", {EDITORS}),
        ("verdict", "ask_retract", {REVIEWERS, EDITORS}),
        ("verdict", "decline_retract", {EDITORS}),
        ("claim", "ask_withdraw", ALL),
        ("claim", "decline_withdraw", {EDITORS}),
        ("claim", "withdraw", {EDITORS}),
        ("verdict", "revise", {REVIEWERS, EDITORS}),
    ],
)
def test_each_step_is_taken_by_those_who_may(model, step, who):
    thing = {
        "list": lambda: make_claim(status=ClaimStatus.DRAFT),
        "reject": lambda: make_claim(status=ClaimStatus.DRAFT),
        "withdraw": make_claim,
        "submit": make_verdict,
        "publish": lambda: make_verdict(status=VerdictStatus.IN_REVIEW),
        "return": lambda: make_verdict(status=VerdictStatus.IN_REVIEW),
        "retract": asked_to_retract,
        "revise": lambda: make_verdict(status=VerdictStatus.PUBLISHED),
        "ask_retract": lambda: make_verdict(status=VerdictStatus.PUBLISHED),
        "decline_retract": asked_to_retract,
        "ask_withdraw": lambda: make_published().claim,
        "decline_withdraw": asked_to_withdraw,
    }[step]()
    before = Transition.objects.count()
    data = {"version": thing.version, "comment": "Because.", "kind": "updated"}
    if step == "publish":
        data["seen"] = approval_digest(thing)
    for group in (None, *GROUPS):
        client = signed_in(make_user(group)) if group else Client()
        # No block of its own: tests.desk_writes could not tell it from the desk's.
        as_it_was = transaction.savepoint()
        response = client.post(f"/admin/claims/{model}/{thing.pk}/step/{step}/", data)
        may = group in who
        assert response.status_code == (302 if may or group is None else 403), group
        assert Transition.objects.count() == before + may, group
        transaction.savepoint_rollback(as_it_was)


@pytest.mark.parametrize(
    ("permissions", "status"), [([], 403), (["view_claim"], 200)], ids=["none", "view"]
)
def test_the_page_of_a_step_is_for_those_who_may_see_the_claim(permissions, status):
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    page = f"/admin/claims/claim/{make_claim().pk}/step/withdraw/"
    assert signed_in(user).get(page).status_code == status


@pytest.mark.parametrize("path", ["", "claims/claim/", "claims/verdict/1/change/"])
def test_desk_pages_are_stored_nowhere_and_carry_the_policy(editor, path):
    response = editor.get(f"/admin/{path}")
    assert "no-store" in response.headers["Cache-Control"]
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.slow
def test_no_page_of_the_desk_has_anything_inline(looked_at):
    for name, page in looked_at(EDITORS).items():
        if not page.headers.get("Content-Type", "").startswith("text/html"):
            continue
        text = page.content.decode()
        assert not re.search(r"<[^>]+\sstyle=", text), name
        assert not re.search(r"<[^>]+\son[a-z]+=", text), name
        assert "<style" not in text, name
        for script in re.findall(r"<script\b[^>]*>", text):
            assert "src=" in script or "application/json" in script, name


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "wording__regex=(",
        "wording__unaccent=x",
        "wording__trigram_similar=x",
        "wording__trigram_strict_word_similar=x",
        "speaker__id__exact=99999999999999999999999",
        "speaker__id__exact=x",
        "status__exact=%F0",
        "o=99.-77",
        "p=99999999999999999999",
        "p=x",
        "nonsense=1",
        "_facets=1",
        "e=1",
        "all=",
        "article__id__exact=1%00",
    ],
)
def test_no_address_of_a_list_ends_in_a_server_error(editor, query):
    make_claim(article=make_article())
    for model in ("claim", "article", "speaker", "verdict"):
        response = editor.get(f"/admin/claims/{model}/?{query}")
        assert response.status_code in {200, 302, 400}


@pytest.mark.parametrize("model", sorted(MAY_OPEN))
def test_a_search_in_any_list_answers_even_where_there_is_no_box(desk, model):
    client = signed_in(make_user("Editors"))
    address = reverse(f"admin:claims_{model}_changelist")
    for typed in ("harbour", "'", "[]", "#1"):
        assert client.get(address, {"q": typed}).status_code == 200
