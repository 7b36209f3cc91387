"""Forms of the desk that are sent twice: the second gets what became of the first."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _

from claims.desk.sent_forms import SentAlready, done_among, note_sent
from claims.exceptions import Refused
from claims.models.constraints import refusal_for
from claims.templatetags.form_tokens import FORM_TOKEN

# Fields that differ each time without anybody's hand.
NOT_TYPED = {"csrfmiddlewaretoken", FORM_TOKEN}
MOST_ASKED = 100


class Contradicted(Refused):
    """A rule of the database was broken at the end of the transaction (409)."""

    status = 409


def answered_once(request, view):
    """Return the answer of a view to a form; of one sent twice, that of the first.

    All that a view does is one transaction, in which the form is noted.
    """
    token = _uuid(request.POST.get(FORM_TOKEN, ""))
    if token is None:
        return view()
    by = request.user if request.user.is_authenticated else None
    try:
        with transaction.atomic():
            sent, is_first = note_sent(token, content_of(request), by=by)
            if not is_first:
                return _again(request, sent)
            response = view()
            if is_done(response):
                sent.location = response.headers.get("Location", "")
                sent.save(update_fields=["location"])
            else:
                sent.delete()
            # Else what is broken would come out only after this block.
            connection.check_constraints()
    except IntegrityError as error:
        refusal = refusal_for(error)
        if refusal is None:
            raise
        raise Contradicted(refusal.sentence) from error
    return response


def sent_view(request):
    """Return as JSON which forms of the user, named by token, were carried out."""
    asked = request.GET.getlist("token")[:MOST_ASKED]
    tokens = [token for token in map(_uuid, asked) if token is not None]
    done = done_among(tokens, by=request.user)
    return JsonResponse({"done": sorted(map(str, done))})


def _again(request, sent):
    if not sent.location:
        raise SentAlready
    messages.info(
        request, _("The form was sent twice; what it asks for was done once.")
    )
    return HttpResponseRedirect(sent.location)


def is_done(response):
    """Return whether an answer says that the form was carried out.

    A refused form is shown again; the window in which a related row is added closes.
    """
    templates = getattr(response, "template_name", None) or ()
    templates = [templates] if isinstance(templates, str) else templates
    is_closing = any(name.endswith("popup_response.html") for name in templates)
    is_said = getattr(response, "is_done", False)
    return 300 <= response.status_code < 400 or is_closing or is_said


def content_of(request):
    """Return all that a form says, files by name and size."""
    fields = [
        (name, value)
        for name, values in sorted(request.POST.lists())
        if name not in NOT_TYPED
        for value in values
    ]
    files = [
        (name, f"{file.name} {file.size}")
        for name, file in sorted(request.FILES.items())
    ]
    return urlencode([("path", request.path), *fields, *files]).encode()


def _uuid(text):
    try:
        return UUID(text)
    except ValueError:
        return None
