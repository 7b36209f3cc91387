"""The page of the annotation desk, with the data that its scripts start from."""

from __future__ import annotations

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.annotate.json_api import get_article
from claims.admin.annotate.serializers import claims_json, text_json
from claims.desk.articles import note_presence, present_users
from claims.desk.languages import language_name, why_no_suggestions
from claims.desk.publications import display_name
from claims.desk.steps import STEPS
from claims.desk.suggestion_weights import left_out_note
from claims.models import choices
from claims.models.choices import Subject
from claims.text.canonical import paragraphs

RIGHTS = {
    "add": "add_claim",
    "change": "change_claim",
    "annotate": "annotate_claim",
    "list": "list_claim",
    "speakers": "add_speaker",
    "correct": "change_article",
    "verdict": "add_verdict",
}
CHOICES = {
    "attribution": choices.AttributionKind,
    "stated_precision": choices.DatePrecision,
    "stated_basis": choices.DateBasis,
    "checkability": choices.Checkability,
    "status": choices.ClaimStatus,
    "kind": choices.SpeakerKind,
}


def annotate(model_admin, request, article_id):
    """Show an article beside its claims, for marking more."""
    article = get_article(model_admin, request, article_id)
    text = article.current_text
    if text is None:
        raise Http404
    note_presence(article, of=request.user)
    may = {
        name: request.user.has_perm(f"claims.{right}") for name, right in RIGHTS.items()
    }
    here = reverse("admin:claims_article_annotate", args=[article.pk])
    context = model_admin.admin_site.each_context(request) | {
        "title": article.headline,
        "subtitle": _("Annotate"),
        "opts": model_admin.opts,
        "article": article,
        "language": language_name(article.language),
        "no_suggestions": why_no_suggestions(article) or left_out_note(article),
        "text": text,
        "paragraphs": [text.body[start:end] for start, end in paragraphs(text.body)],
        "may": may,
        # The columns need the width.
        "is_nav_sidebar_enabled": False,
        "desk": {
            "article": article.pk,
            "here": here,
            "login": reverse("admin:login"),
            "signed_in": reverse("admin:index"),
            "published_on": article.published_on.isoformat(),
            "may": may,
            "me": request.user.pk,
            "text": text_json(text),
            "claims": claims_json(article),
            "people": [
                display_name(each) for each in present_users(article, but=request.user)
            ],
            "steps": _steps(request.user),
            "choices": {name: _choice_pairs(each) for name, each in CHOICES.items()},
        },
    }
    return TemplateResponse(request, "admin/claims/article/annotate.html", context)


def _steps(user):
    return [
        {
            "name": step.name,
            "label": str(step.label),
            "sources": step.sources,
            "may": user.has_perm(f"claims.{step.permission}"),
            "asks": str(step.needs_comment),
            "is_weighty": step.is_weighty,
        }
        for step in STEPS.values()
        if step.subject == Subject.CLAIM
    ]


def _choice_pairs(kind):
    return [[value, str(label)] for value, label in kind.choices]
