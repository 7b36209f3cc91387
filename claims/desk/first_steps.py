"""The five first steps of an empty desk, each with whether it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import Article, Claim, Outlet, Verdict


@dataclass(frozen=True)
class FirstStep:
    """One step: what to do, why, the page of the admin that does it, and its state."""

    title: str | Promise
    why: str | Promise
    page: str
    permission: str
    is_done: bool


def first_steps() -> list[FirstStep]:
    """Return the first steps, or nothing once there is a verdict: the desk works."""
    if Verdict.objects.exists():
        return []
    people = get_user_model().objects.filter(is_active=True, is_staff=True)
    return [
        FirstStep(
            _("People"),
            _("Two at least: who writes a verdict does not publish it."),
            "auth_user_add",
            "auth.add_user",
            people.count() > 1,
        ),
        FirstStep(
            _("An outlet"),
            _("The newspaper or station whose articles you read."),
            "claims_outlet_add",
            "claims.add_outlet",
            Outlet.objects.exists(),
        ),
        FirstStep(
            _("An article"),
            _("From a file, from pasted words, or from the page you read."),
            "claims_article_intake",
            "claims.add_article",
            Article.objects.exists(),
        ),
        FirstStep(
            _("A claim"),
            _("Select its words in the article, name who said it, and list it."),
            "claims_article_changelist",
            "claims.annotate_claim",
            Claim.objects.exists(),
        ),
        FirstStep(
            _("A verdict"),
            _("On a claim: did they say it, is it true, and the evidence."),
            "claims_claim_changelist",
            "claims.add_verdict",
            False,
        ),
    ]
