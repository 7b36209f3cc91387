"""JSON requests and responses: the `endpoint` wrapper, body validation, errors."""

from __future__ import annotations

import json
from functools import wraps
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError
from django.http import Http404, JsonResponse
from django.http.request import RawPostDataException
from django.utils.translation import gettext_lazy as _

from claims.admin.annotate.serializers import (
    desk_claim_json,
    last_editor,
    revision_json,
    text_json,
    words_json,
)
from claims.desk.revisions import why_locked
from claims.desk.wording import WordsUnchecked
from claims.exceptions import ChangedMeanwhile, Incomplete, Refused, RevisionNeeded
from claims.models import Article, ArticleText, Claim
from claims.models.constraints import refusal_for
from claims.text.visible import visible

MAX_INTEGER = 2**31 - 1
# What a desk sends has rows in a list in an object; values of forms at the bottom.
MAX_DEPTH = 10


class BadRequest(Refused):
    """The request is not what the endpoint takes (400)."""

    status = 400


class FieldErrors(Refused):
    """Form fields that failed validation (422), with their messages."""

    status = 422

    def __init__(self, errors):
        self.missing = {name: " ".join(each) for name, each in errors.items()}
        super().__init__(" ".join(self.missing.values()))


def endpoint(**views):
    """Return a view that dispatches by HTTP method to functions and answers in JSON.

    The functions take the request, the article and the other parts of the path, and
    return a dict or a whole response.
    """

    def answer(model_admin, request, article_id, **parts):
        view = views.get(request.method)
        try:
            if view is None:
                return error_response(
                    BadRequest(_("This address does not take that.")),
                    status=405,
                    headers={"Allow": ", ".join(views)},
                )
            article = get_article(model_admin, request, article_id)
            shown = view(request, article, **parts)
        except Refused as refusal:
            return error_response(refusal)
        except PermissionDenied:
            return error_response(
                BadRequest(_("You may not see this article.")), status=403
            )
        except Http404:
            return error_response(
                BadRequest(_("There is no such thing here.")), status=404
            )
        except DataError:
            return error_response(BadRequest(_("No such thing can have that value.")))
        except IntegrityError as error:
            found = refusal_for(error)
            if found is None:
                raise
            return error_response(
                Incomplete({found.field or "": found.sentence}), status=409
            )
        return shown if not isinstance(shown, dict) else JsonResponse(shown)

    return wraps(next(iter(views.values())))(answer)


def get_article(model_admin, request, article_id):
    """Return the article if the user may see it; raise Http404 or PermissionDenied."""
    if article_id > MAX_INTEGER:
        raise Http404
    rows = model_admin.get_queryset(request).select_related("current_text", "outlet")
    article = rows.filter(pk=article_id).first()
    if article is None:
        raise Http404
    may = model_admin.has_view_permission(request, article)
    if not may or not request.user.has_perm("claims.view_claim"):
        raise PermissionDenied
    return article


def error_response(refusal, *, status=None, headers=None):
    """Return a refusal as JSON, with the current row if somebody changed it first."""
    shown = {"error": str(refusal)}
    fields = getattr(refusal, "missing", None)
    if fields:
        shown["fields"] = {name: str(words) for name, words in fields.items()}
    if isinstance(refusal, WordsUnchecked):
        shown["words"] = words_json(refusal.question)
    if isinstance(refusal, RevisionNeeded):
        shown["revision"] = revision_json(refusal.claim, why_locked(refusal.claim))
    if isinstance(refusal, ChangedMeanwhile):
        current = refusal.current
        if isinstance(current, Claim):
            shown["current"] = desk_claim_json(current)
            shown["changed_by"] = last_editor(current)
        elif isinstance(current, ArticleText):
            shown["text"] = text_json(current)
    return JsonResponse(shown, status=status or refusal.status, headers=headers)


def get_claim(article: Article, claim_id: int) -> Claim:
    """Return a claim of an article or raise Http404."""
    claim = article.claims.filter(pk=min(claim_id, 2**63 - 1)).first()
    if claim is None:
        raise Http404
    return claim


def invalid_value(name):
    """Return the BadRequest for a value that is missing or invalid."""
    return BadRequest(_("“%(name)s” is missing or senseless.") % {"name": name})


class JsonBody:
    """The JSON object in a request's body; each method returns a value of one type."""

    def __init__(self, request):
        try:
            self.values = json.loads(request.body or b"{}")
        except (ValueError, RecursionError, RawPostDataException) as error:
            raise BadRequest(_("The request is not JSON.")) from error
        if not isinstance(self.values, dict):
            raise BadRequest(_("The request is not a JSON object."))
        if _is_deeper(self.values, MAX_DEPTH):
            raise BadRequest(_("The request is nested too deeply."))
        if not _is_storable(self.values):
            raise BadRequest(
                _("The request holds a NUL character or half of a character.")
            )

    def __contains__(self, name):
        return name in self.values

    def whole(self, name, default=None):
        """Return an integer from 0 on."""
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
            raise invalid_value(name) from error

    def rows(self, name, most):
        """Return a list of at most `most` JSON objects."""
        rows = self.values.get(name)
        if not isinstance(rows, list) or len(rows) > most:
            raise invalid_value(name)
        if not all(isinstance(row, dict) for row in rows):
            raise invalid_value(name)
        return [self.part(row) for row in rows]

    @staticmethod
    def part(values):
        """Return a nested object as a JsonBody of its own."""
        sent = JsonBody.__new__(JsonBody)
        sent.values = values
        return sent

    def _one_of(self, name, default, fits):
        value = self.values.get(name, default)
        if value is default is not None or (value is not None and fits(value)):
            return value
        raise invalid_value(name)


def _is_whole(value):
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and (0 <= value <= MAX_INTEGER)
    )


def _is_deeper(value, levels):
    """Return whether a value nests deeper than some levels: recursion has a limit."""
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
