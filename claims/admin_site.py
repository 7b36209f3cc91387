"""The site that every desk page belongs to: its name, its front page, its refusals."""

from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.db import DataError, transaction
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from claims.desk.queues import waiting_for
from claims.exceptions import Refused
from claims.forms.logins import DeskLoginForm

# The order in which a desk needs its lists; models not named here come last.
ORDER = (
    "Article",
    "Claim",
    "Verdict",
    "Speaker",
    "ReaderReport",
    "PublishedVerdict",
    "SecondRating",
    "Outlet",
    "Topic",
    "Rating",
    "Transition",
    "Change",
)


class BadQuestion(Refused):
    """An address that asks for something no list can answer."""

    status = 400


class DeskSite(admin.AdminSite):
    """The editors' desk, on which no refusal and no bad address ends in a 500."""

    index_title = _("The desk")
    index_template = "admin/claims/index.html"
    login_form = DeskLoginForm

    def index(self, request, extra_context=None):
        queues = [
            {"waiting": each, "address": _address_of(each.queue)}
            for each in waiting_for(request.user)
        ]
        return super().index(request, {"queues": queues} | (extra_context or {}))

    def i18n_javascript(self, request, extra_context=None):
        """Return the JavaScript catalogue of the admin and of the desk's scripts."""
        packages = ["django.contrib.admin", "claims"]
        return JavaScriptCatalog.as_view(packages=packages)(request)

    def login(self, request, extra_context=None):
        """Let somebody sign in, or say when they may try again."""
        response = super().login(request, extra_context)
        form = (getattr(response, "context_data", None) or {}).get("form")
        refusal = getattr(form, "refusal", None)
        if refusal is not None:
            response.status_code = refusal.status
            response["Retry-After"] = str(refusal.retry_after)
        return response

    def each_context(self, request):
        name = settings.FACTCHECK["NAME"]
        return super().each_context(request) | {
            "site_header": name,
            "site_title": name,
        }

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        place = {name: number for number, name in enumerate(ORDER)}
        for app in apps:
            app["models"].sort(
                key=lambda model: place.get(model["object_name"], len(ORDER))
            )
        return sorted(apps, key=lambda app: app["app_label"] != "claims")

    def admin_view(self, view, cacheable=False):
        return super().admin_view(self.answering(view), cacheable)

    def answering(self, view):
        """Return the view with refusals turned into a page that says what is wrong."""

        @wraps(view)
        def answered(request, *args, **kwargs):
            try:
                if any("\0" in part for part in _parts_of(request, kwargs)):
                    raise BadQuestion(_("The address holds a NUL character."))
                if request.method == "POST":
                    # Its own transactions: what is deferred is checked at their end.
                    return view(request, *args, **kwargs)
                with transaction.atomic():
                    response = view(request, *args, **kwargs)
                    if hasattr(response, "render") and not response.is_rendered:
                        # Lists ask the database while they are rendered.
                        response.render()
                return response
            except Refused as refusal:
                return self.refusal_page(request, refusal)
            except DataError:
                return self.refusal_page(
                    request,
                    BadQuestion(
                        _("The address holds a value that no such thing can have.")
                    ),
                )

        return answered

    def refusal_page(self, request, refusal, **context):
        """Return a page that says why something was refused, and where to go on."""
        return TemplateResponse(
            request,
            "admin/claims/refused.html",
            self.each_context(request)
            | {"title": _("Not done"), "refusal": refusal}
            | context,
            status=refusal.status,
        )


def _address_of(queue):
    """Return the list of a queue's rows at the desk."""
    changelist = reverse(f"admin:claims_{queue.model}_changelist")
    return f"{changelist}?{urlencode({'queue': queue.name})}"


def _parts_of(request, kwargs):
    yield from (str(value) for value in kwargs.values())
    for name, values in request.GET.lists():
        yield name
        yield from values
