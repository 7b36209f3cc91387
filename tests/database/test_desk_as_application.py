"""A desk at work, as the application alone: whatever it needs, it has the right to."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from claims.demo.seeding import add_logins
from claims.models import (
    Article,
    Claim,
    Comment,
    Message,
    PublicClaim,
    Rating,
    ReaderReport,
    Speaker,
    Subscription,
    Topic,
    Verdict,
)
from tests.admin.annotate.desk import Desk
from tests.conftest import LOGINS
from tests.database.logins import three_roles

SEEDS = Path(settings.BASE_DIR) / "seeds"
ARTICLE = """date 2026-05-04 The harbour opens

The harbour will open in May, Mayor Ida Falk said on Monday.

The bridge cost 40 million crowns, Falk said.
"""


class Person:
    """Somebody who has signed in by typing name and password."""

    def __init__(self, name):
        self.client = Client()
        self.user = get_user_model().objects.get(username=name)
        fields = {"username": name, "password": f"{name}-demo"}
        self.post(reverse("admin:login"), **fields)

    def get(self, address):
        page = self.client.get(address)
        assert page.status_code == 200, (address, words(page))
        return page

    def post(self, address, /, *, expecting=302, **fields):
        answer = self.client.post(address, fields)
        assert answer.status_code == expecting, (address, words(answer))
        return answer

    def step(self, thing, name, **fields):
        """Press the button of a step, on the page that shows it."""
        address = f"/admin/claims/{thing._meta.model_name}/{thing.pk}/step/{name}/"
        shown = self.client.get(address, follow=True).context
        form = shown["forms"][name] if "forms" in shown else shown["form"]
        parts = {"version", "seen"} & set(form.fields)
        told = {part: form[part].value() for part in parts}
        self.post(address, **told, comment="So it is.", **fields)

    def add(self, model, **fields):
        self.post(reverse(f"admin:{model}_add"), **fields)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_everything_that_a_desk_does_is_within_the_rights_of_the_application(
    tmp_path, settings
):
    settings.FACTCHECK = settings.FACTCHECK | {"URL": "https://desk.example"}
    settings.MAIL_FROM, settings.MAIL_SERVER = "desk@desk.example", {"host": "x"}
    with three_roles():
        add_logins(SEEDS)
        aylin, rana, emeka = (Person(name) for name in ("aylin", "rana", "emeka"))
        article = take_in(tmp_path)
        claim = mark_and_list(aylin, article)
        subscribe(emeka)
        publish_twice(claim, rana, emeka)
        deliver(emeka)
        talk(claim, aylin, emeka)
        correct(aylin, article)
        merge(aylin, claim)
        report(claim, emeka)
        look_at_public_pages(claim)
        withdraw_and_list_again(claim, aylin, rana, emeka)
        import_again(tmp_path)
        housekeeping(Person("admin"))
        redact(claim)
        look_at_public_pages(claim)


def subscribe(emeka):
    events = ["published", "corrected"]
    fields = {"channel": "mail", "address": "a@paper.example", "events": events}
    emeka.add("claims_subscription", **fields, is_active="on")
    key = Subscription.objects.get().pk
    emeka.post(reverse("admin:claims_subscription_test", args=[key]))


def deliver(emeka):
    call_command("deliver", once=True)
    assert len(mail.outbox) == 3
    key = Subscription.objects.get().pk
    emeka.post(reverse("admin:claims_subscription_delete", args=[key]), post="yes")
    assert not Message.objects.exists()


def talk(claim, aylin, emeka):
    mail.outbox.clear()
    get_user_model().objects.filter(username="emeka").update(email="e@desk.example")
    ask = reverse("admin:claims_claim_comment", args=[claim.pk])
    aylin.post(ask, text="@emeka, is it May?")
    first = Comment.objects.get()
    base = f"/admin/claims/thread/{first.thread_id}"
    aylin.post(f"{base}/edit/{first.pk}/", text="Is it May, @emeka?", seen=first.pk)
    emeka.post(f"{base}/reply/", text="It is.")
    for button in ("resolve", "reopen"):
        emeka.post(f"{base}/{button}/")
    call_command("deliver", once=True)
    assert [letter.to for letter in mail.outbox] == [["e@desk.example"]]
    notice = emeka.user.notices.latest("pk")
    assert (
        emeka.client.get(f"/admin/claims/notice/{notice.pk}/change/").status_code == 302
    )
    emeka.post(reverse("admin:claims_notice_read"))
    choices = reverse("admin:claims_notice_choices")
    form = emeka.get(choices).context["form"]
    emeka.post(choices, **{name: form[name].value() for name in form.fields})


def take_in(folder):
    (folder / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    call_command("import_articles", str(folder), outlet="The Post", by="aylin")
    call_command("suggest_claims", by="aylin")
    return Article.objects.get()


def mark_and_list(aylin, article):
    aylin.add("claims_speaker", name="Ida Falk", kind="person", **EMPTY_INLINES)
    aylin.add("claims_topic", name="Harbours", slug="harbours")
    desk = Desk(article, aylin.user)
    assert desk.get().status_code == 200
    made = desk.create(
        desk.mark("The harbour will open in May"),
        desk.mark("said", "cue"),
        speaker=Speaker.objects.get().pk,
        topics=[Topic.objects.get().pk],
        wording="The harbour opens in May.",
    )
    assert made.status_code in (200, 201), made.content
    claim = Claim.objects.get(pk=made.json()["claim"]["id"])
    changed = desk.change(claim, fields={"wording": "The harbour will open in May."})
    assert changed.status_code == 200, changed.content
    claim.refresh_from_db()
    assert desk.step(claim, "list").status_code == 200
    return claim


EMPTY_INLINES = {
    f"{prefix}-{name}": number
    for prefix in ("aliases", "roles", "picture")
    for name, number in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"))
}


def publish_twice(claim, rana, emeka):
    here = reverse("admin:claims_article_annotate", args=[claim.article_id])
    url = rana.post(f"{here}claims/{claim.pk}/verdict/", expecting=200).json()["url"]
    write(rana, url, "The minutes give another month.")
    verdict = Verdict.objects.get(claim=claim)
    url = reverse("admin:claims_verdict_change", args=[verdict.pk])
    rana.step(verdict, "submit")
    emeka.step(verdict, "publish")
    rana.step(verdict, "revise", kind="clarified")
    write(rana, url, "The minutes give June.")
    rana.step(verdict, "submit")
    emeka.step(verdict, "return")
    rana.step(verdict, "submit")
    emeka.step(verdict, "publish")
    assert claim.publications.count() == 2


def write(person, url, summary):
    form = person.get(url)
    evidence = form.context["inline_admin_formsets"][0].formset
    stored = [
        {name: row[name].value() for name in ("id", "verdict", "title", "url")}
        for row in evidence.initial_forms
    ] or [{"title": "Minutes", "url": "https://council.example/minutes"}]
    rows = {
        f"evidence-{number}-{name}": value
        for number, row in enumerate(stored)
        for name, value in (row | {"stance": "contradicts", "order": "0"}).items()
    }
    person.post(
        url,
        seen=form.context["adminform"].form["seen"].value(),
        finding="confirmed",
        rating=Rating.objects.get(slug="false").pk,
        summary=summary,
        how_verified="Read the minutes.",
        not_asked_reason="The minutes leave no question open.",
        **{
            "evidence-TOTAL_FORMS": "1",
            "evidence-INITIAL_FORMS": str(len(evidence.initial_forms)),
        },
        **rows,
    )


def correct(aylin, article):
    desk = Desk(article, aylin.user)
    body = article.current_text.body.replace("Ida Falk", "Ida M. Falk")
    number = article.current_text.number
    stored = desk.post("text/", body=body, number=number, reason="Her full name.")
    assert stored.status_code == 200, stored.content


def merge(aylin, claim):
    aylin.add("claims_speaker", name="I. Falk", kind="person", **EMPTY_INLINES)
    twin = Speaker.objects.get(name="I. Falk")
    aylin.post(f"/admin/claims/speaker/{twin.pk}/merge/", into=claim.speaker_id)


def report(claim, emeka):
    words = {"kind": "error", "claim": claim.pk, "message": "It is June."}
    assert Client().post("/report/", words).status_code == 302
    address = f"/admin/claims/readerreport/{ReaderReport.objects.get().pk}/change/"
    form = emeka.get(address).context["adminform"].form
    emeka.post(
        address, seen=form["seen"].value(), status="answered", answer="Thank you."
    )


def withdraw_and_list_again(claim, aylin, rana, emeka):
    aylin.step(claim, "ask_withdraw")
    emeka.step(claim, "withdraw")
    emeka.step(claim, "list")
    verdict = Verdict.objects.get(claim=claim)
    rana.step(verdict, "ask_retract")
    emeka.step(verdict, "retract")


def import_again(folder):
    call_command("export_claims", output=folder / "claims.csv")
    call_command("import_claims", str(folder / "claims.csv"), by="aylin")


def housekeeping(boss):
    """What the admin has besides, and the other commands."""
    boss.add(
        "auth_user", username="new", usable_password="false", password1="", password2=""
    )
    new = get_user_model().objects.get(username="new")
    boss.post(f"/admin/auth/user/{new.pk}/delete/", post="yes")
    boss.add("claims_speaker", name="Nobody", kind="person", **EMPTY_INLINES)
    nobody = Speaker.objects.get(name="Nobody")
    boss.post(f"/admin/claims/speaker/{nobody.pk}/delete/", post="yes")
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        boss.get(reverse(f"admin:{name}_changelist"))
    for command in (
        "suggestion_report",
        "forget_login_tries",
        "clearsessions",
        "check_integrity",
        "showmigrations",
    ):
        call_command(command, verbosity=0)


def redact(claim):
    """The one command that takes more: it logs in as the owner by itself."""
    call_command(
        *("redact", "--claim", str(claim.pk), "--words", "40 million crowns"),
        *("--reason", "A court.", "--by", "admin", "--approved-by", "emeka"),
    )
    assert connection.settings_dict["USER"] == LOGINS["default"]["USER"]


def look_at_public_pages(claim):
    shown = PublicClaim.objects.select_related("words").get(pk=claim.pk)
    page = shown.get_absolute_url()
    for address in (
        "/",
        page,
        f"{page.rstrip('/')}.json",
        f"/claims/{claim.pk}/versions/1/",
        f"/claims/{claim.pk}/card/",
        f"/claims/?q=harbour&speaker={shown.speaker.slug}",
        "/claims.csv",
        "/claims.atom",
        "/claimreview.json",
        "/search/?q=harbour",
        "/suggest/?q=fal",
        shown.speaker.get_absolute_url(),
        shown.article.get_absolute_url(),
        "/topics/harbours/",
        "/corrections/",
        "/ratings/",
        "/audit/",
        "/sitemap.xml",
    ):
        reader = Client()
        response = reader.get(address)
        assert response.status_code in (200, 301), (address, response.status_code)
        response.getvalue()
    assert connections["public"].connection is not None


def words(response):
    """Return what an answer says, for a failure."""
    shown = response.content.decode().partition("<main")[2] or response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())[:3000]
