"""Requests and answers in JSON: what was sent, checked; a refusal as a status."""

from __future__ import annotations

import json
from functools import wraps
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _

from claims.admin.annotate.serializers import last_editor, shown_claim, shown_text
from claims.exceptions import ChangedMeanwhile, Incomplete, Refused
from claims.models import Article, ArticleText, Claim
from claims.models.constraints import refusal_of
from claims.text.visible import visible

LARGEST = 2**31 - 1
# What a desk sends has rows in a list in an object; values of forms at the bottom.
DEEPEST = 10


class BadRequest(Refused):
    """What was sent is not what this address takes."""

    status = 400


class FieldErrors(Refused):
    """Fields of a form that cannot be stored as they are."""

    status = 422

    def __init__(self, errors):
        self.missing = {name: " ".join(each) for name, each in errors.items()}
        super().__init__(" ".join(self.missing.values()))


def endpoint(**views):
    """Return a view that answers each method named with one function, in JSON.

    The functions take the admin page, the request, the article and the address's
    other parts, and return what is to be shown, or a whole response.
    """

    def answer(model_admin, request, article_id, **parts):
        view = views.get(request.method)
        try:
            if view is None:
                return told(
                    BadRequest(_("This address does not take that.")),
                    status=405,
                    headers={"Allow": ", ".join(views)},
                )
            article = article_of(model_admin, request, article_id)
            shown = view(model_admin, request, article, **parts)
        except Refused as refusal:
            return told(refusal)
        except PermissionDenied:
            return told(BadRequest(_("You may not see this article.")), status=403)
        except Http404:
            return told(BadRequest(_("There is no such thing here.")), status=404)
        except DataError:
            return told(BadRequest(_("No such thing can have that value.")))
        except IntegrityError as error:
            found = refusal_of(error)
            if found is None:
                raise
            return told(Incomplete({found.field or "": found.sentence}), status=409)
        return shown if not isinstance(shown, dict) else JsonResponse(shown)

    return wraps(next(iter(views.values())))(answer)


def article_of(model_admin, request, article_id):
    """Return the article of an address, for somebody who may see it."""
    if article_id > LARGEST:
        raise Http404
    rows = model_admin.get_queryset(request).select_related("current_text", "outlet")
    article = rows.filter(pk=article_id).first()
    if article is None:
        raise Http404
    may = model_admin.has_view_permission(request, article)
    if not may or not request.user.has_perm("claims.view_claim"):
        raise PermissionDenied
    return article


def told(refusal, *, status=None, headers=None):
    """Return a refusal as an answer, with what somebody else left in the meantime."""
    shown = {"error": str(refusal)}
    fields = getattr(refusal, "missing", None)
    if fields:
        shown["fields"] = {name: str(words) for name, words in fields.items()}
    if isinstance(refusal, ChangedMeanwhile):
        current = refusal.current
        if isinstance(current, Claim):
            shown["current"] = shown_claim(current)
            shown["changed_by"] = last_editor(current)
        elif isinstance(current, ArticleText):
            shown["text"] = shown_text(current)
    return JsonResponse(shown, status=status or refusal.status, headers=headers)


def claim_of(article: Article, claim_id: int) -> Claim:
    """Return a claim of an article, or answer that there is none."""
    claim = article.claims.filter(pk=min(claim_id, 2**63 - 1)).first()
    if claim is None:
        raise Http404
    return claim


def senseless(name):
    """Return the refusal of a value that is missing or makes no sense."""
    return BadRequest(_("“%(name)s” is missing or senseless.") % {"name": name})


class Sent:
    """What a request carries: a JSON object, each value asked for by its kind."""

    def __init__(self, request):
        try:
            self.values = json.loads(request.body or b"{}")
        except (ValueError, RecursionError) as error:
            raise BadRequest(_("The request is not JSON.")) from error
        if not isinstance(self.values, dict):
            raise BadRequest(_("The request is not a JSON object."))
        if _is_deeper(self.values, DEEPEST):
            raise BadRequest(_("The request is nested too deeply."))
        if not _is_storable(self.values):
            raise BadRequest(
                _("The request holds a NUL character or half of a character.")
            )

    def __contains__(self, name):
        return name in self.values

    def whole(self, name, default=None):
        """Return a whole number from 0 on."""
        return self._one_of(name, default, _is_whole)

    def words(self, name, default=None):
        """Return a piece of text, without characters that nobody can see."""
        value = self.printed(name, default)
        return value if value is default else visible(value)

    def printed(self, name, default=None):
        """Return words of an article exactly as they were sent."""
        return self._one_of(name, default, lambda value: isinstance(value, str))

    def flag(self, name):
        return self._one_of(name, False, lambda value: isinstance(value, bool))

    def uuid(self, name):
        try:
            return UUID(self.words(name))
        except ValueError as error:
            raise senseless(name) from error

    def rows(self, name, most):
        """Return a list of JSON objects, at most so many."""
        rows = self.values.get(name)
        if not isinstance(rows, list) or len(rows) > most:
            raise senseless(name)
        if not all(isinstance(row, dict) for row in rows):
            raise senseless(name)
        return [self.part(row) for row in rows]

    @staticmethod
    def part(values):
        """Return an object within this one, to be asked in the same way."""
        sent = Sent.__new__(Sent)
        sent.values = values
        return sent

    def _one_of(self, name, default, fits):
        value = self.values.get(name, default)
        if value is default is not None or (value is not None and fits(value)):
            return value
        raise senseless(name)


def _is_whole(value):
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and (0 <= value <= LARGEST)
    )


def _is_deeper(value, levels):
    """Return whether a value nests deeper: what looks into it would never come back."""
    if not isinstance(value, dict | list):
        return False
    within = value.values() if isinstance(value, dict) else value
    return not levels or any(_is_deeper(each, levels - 1) for each in within)


def _is_storable(value):
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, dict):
        return all(_is_storable(k) and _is_storable(v) for k, v in value.items())
    if isinstance(value, list):
        return all(_is_storable(each) for each in value)
    return True
