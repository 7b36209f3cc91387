"""The AdminSite of the desk: its name, index page, login, and pages of refusals."""

from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import PasswordResetConfirmView
from django.db import DataError, transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from claims.desk.first_steps import first_steps
from claims.desk.notices import unread_count
from claims.desk.sent_forms import vault_of
from claims.exceptions import Refused
from claims.forms.logins import DeskLoginForm
from claims.http.typed import typed_fields
from claims.views import handbook
from claims.views.errors import typed_page
from claims.views.second_factor import (
    DeskPasswordChange,
    is_missing,
    note_login,
    second_factor,
)
from claims.views.sent_forms import answered_once, sent_view

# The order in which a desk needs its lists; models not named here come last.
MODEL_ORDER = (
    "Article",
    "Claim",
    "Verdict",
    "Speaker",
    "Thread",
    "Notice",
    "ReaderReport",
    "PublishedVerdict",
    "SecondRating",
    "Outlet",
    "Topic",
    "Rating",
    "DeskPage",
    "Transition",
    "Change",
    "Subscription",
    "Message",
)
# What is looked at seldom stands apart from the work; what is not named is work.
SECTIONS = {
    "record": (
        _("The record"),
        {"PublishedVerdict", "SecondRating", "Transition", "Change", "Message"},
    ),
    "settings": (
        _("Settings"),
        {"Outlet", "Topic", "Rating", "DeskPage", "Subscription"},
    ),
}


class BadAddress(Refused):
    """The URL holds a value that no query can take (400)."""

    status = 400


class WelcomeView(PasswordResetConfirmView):
    """The page of a link under which somebody new sets a password, once."""

    desk = None
    template_name = "registration/password_reset_confirm.html"
    success_url = reverse_lazy("admin:login")

    def get_context_data(self, **kwargs):
        return self.desk.each_context(self.request) | super().get_context_data(**kwargs)


class DeskSite(admin.AdminSite):
    """The AdminSite; a Refused or a bad value in the URL is a page, not a 500."""

    index_title = _("The desk")
    index_template = "admin/claims/index.html"
    login_form = DeskLoginForm

    def index(self, request, extra_context=None):
        # The admin's modules register with this site, so they come after it.
        from claims.admin.front_page import front_page

        steps = [
            {
                "step": step,
                "url": reverse(f"admin:{step.page}")
                if request.user.has_perm(step.permission)
                else "",
            }
            for step in first_steps()
        ]
        shown = front_page(self, request.user) | {"first_steps": steps}
        return super().index(request, shown | (extra_context or {}))

    def i18n_javascript(self, request, extra_context=None):
        """Return the JavaScript catalogue of the admin and of the desk's scripts."""
        packages = ["django.contrib.admin", "claims"]
        return JavaScriptCatalog.as_view(packages=packages)(request)

    def has_permission(self, request):
        """Return whether somebody may work here: with a second factor, if need be."""
        return super().has_permission(request) and not is_missing(request)

    def login(self, request, extra_context=None):
        """Log in, or answer with Retry-After after too many tries."""
        if request.method == "GET" and super().has_permission(request):
            to = {"next": request.GET.get("next", reverse("admin:index"))}
            if is_missing(request):
                page = reverse("admin:second_factor")
                return HttpResponseRedirect(f"{page}?{urlencode(to)}")
        response = super().login(request, extra_context)
        if response.status_code == 302:
            note_login(request)
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
            "unread_notices": self.has_permission(request)
            and unread_count(request.user),
            "names_forms": True,
            "kept": vault_of(request.user) if self.has_permission(request) else None,
            "help_url": handbook.help_url(_route(request)),
        }

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        place = {name: number for number, name in enumerate(MODEL_ORDER)}
        for app in apps:
            app["models"].sort(
                key=lambda model: place.get(model["object_name"], len(MODEL_ORDER))
            )
        apps.sort(key=lambda app: app["app_label"] != "claims")
        return [part for app in apps for part in _sections(app)]

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(self.refusals_as_pages(view), cacheable)

        @wraps(inner)
        def answered(request, *args, **kwargs):
            fields = typed_fields(request)
            if fields and not self.has_permission(request):
                return typed_page(request, fields, is_signed_out=True)
            return inner(request, *args, **kwargs)

        return answered

    def password_change(self, request, extra_context=None):
        """Change the own password; wrong old ones count as tries to log in."""
        view = DeskPasswordChange.as_view(
            extra_context=self.each_context(request) | (extra_context or {}),
            success_url=reverse("admin:password_change_done"),
            template_name="registration/password_change_form.html",
        )
        return view(request)

    def get_urls(self):
        from claims.admin.front_page import urls

        return [
            *urls(self),
            *handbook.urls(self),
            path(
                "welcome/<uidb64>/<token>/",
                WelcomeView.as_view(desk=self),
                name="welcome",
            ),
            path("sent/", self.admin_view(sent_view), name="sent_forms"),
            path("second-factor/", second_factor, name="second_factor"),
            # Also for somebody whose second factor is missing.
            path("logout/", self.logout, name="logout"),
            *super().get_urls(),
        ]

    def refusals_as_pages(self, view):
        """Return the view with Refused and DataError turned into an error page."""

        @wraps(view)
        def answered(request, *args, **kwargs):
            try:
                if any("\0" in part for part in _input_strings(request, kwargs)):
                    raise BadAddress(_("The address holds a NUL character."))
                if request.method == "POST":
                    return answered_once(
                        request, lambda: view(request, *args, **kwargs)
                    )
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
                    BadAddress(
                        _("The address holds a value that no such thing can have.")
                    ),
                )

        return answered

    def refusal_page(self, request, refusal, **context):
        """Return the error page of a refusal, with its status."""
        return TemplateResponse(
            request,
            "admin/claims/refused.html",
            self.each_context(request)
            | {"title": _("Not done"), "refusal": refusal}
            | context,
            status=refusal.status,
        )


def _sections(app):
    """Return an app of the list as its sections, each of the shape that Django has."""
    if app["app_label"] == "auth":
        return [app | {"name": _("People")}]
    if app["app_label"] != "claims":
        return [app]
    apart = {name for _title, names in SECTIONS.values() for name in names}
    sections = [("claims", _("Work"), lambda name: name not in apart)]
    for label, (title, names) in SECTIONS.items():
        sections.append((f"claims-{label}", title, names.__contains__))
    return [
        app | {"app_label": label, "name": title, "models": models}
        for label, title, holds in sections
        if (models := [row for row in app["models"] if holds(row["object_name"])])
    ]


def _route(request):
    """Return the name of the route that a request came by, if it came by any."""
    match = request.resolver_match
    return match.url_name or "" if match else ""


def _queue_url(queue):
    """Return the URL of the change list of a queue."""
    changelist = reverse(f"admin:claims_{queue.model}_changelist")
    return f"{changelist}?{urlencode({'queue': queue.name})}"


def _input_strings(request, kwargs):
    yield from (str(value) for value in kwargs.values())
    for name, values in request.GET.lists():
        yield name
        yield from values
