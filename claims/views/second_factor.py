"""The page of the second factor: asked for after the password, set up, renewed."""

import django_otp
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import PasswordChangeView, redirect_to_login
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from claims.desk.second_factor import (
    codes_left,
    device_of,
    make_codes,
    must_have,
    new_secret,
    qr_code,
    set_up,
    typed_secret,
)
from claims.forms.logins import DeskPasswordForm
from claims.forms.second_factor import CodeForm, NewCodeForm
from claims.http.client_ip import client_ip

# In the session: a code is asked for before anything else; the secret being set up.
ASKED, SECRET = "second_factor_asked", "second_factor_secret"
# Set up anew; what was set up before lasts until then.
ANEW = "second_factor_anew"


def note_login(request):
    """Note in the session of somebody who gave a password that a code is missing."""
    if request.user.is_authenticated:
        request.session[ASKED] = device_of(request.user) is not None


def is_missing(request) -> bool:
    """Return whether somebody signed in has still to give or set up a second factor."""
    if request.user.is_verified():
        return False
    return request.session.get(ASKED, False) or must_have(request.user)


@never_cache
@csrf_protect
def second_factor(request):
    """Ask for the code of a session, or show what the user has and set it up."""
    if not (request.user.is_authenticated and request.user.is_staff):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    has_one = device_of(request.user) is not None
    if has_one and not request.user.is_verified():
        return _ask(request)
    if not has_one or request.session.get(ANEW):
        return _enrol(request)
    return _renew(request)


def _ask(request):
    form = _code_form(request)
    if form.is_valid():
        django_otp.login(request, form.device)
        request.session.cycle_key()
        return HttpResponseRedirect(_next(request))
    return _page(request, "ask", form, _("The code of your second factor"))


def _enrol(request):
    """Show the secret of this session; store it once a code of it is typed."""
    secret = request.session.setdefault(SECRET, new_secret())
    form = NewCodeForm(request.POST or None)
    if form.is_valid():
        device = set_up(request.user, secret, form.cleaned_data["code"])
        if device is not None:
            del request.session[SECRET]
            request.session.pop(ANEW, None)
            django_otp.login(request, device)
            request.session.cycle_key()
            return _codes(request)
        form.add_error(
            "code",
            _("That is no code of this secret. Is the clock of the device right?"),
        )
    return _page(
        request,
        "enrol",
        form,
        _("Set up your second factor"),
        # Made by a library of numbers of ours alone.
        qr=mark_safe(qr_code(request.user, secret)),  # noqa: S308
        secret=typed_secret(secret),
        must=must_have(request.user),
    )


def _renew(request):
    """Show what is set up; against a code, give new recovery codes or begin anew."""
    form = _code_form(request)
    if form.is_valid():
        if "codes" in request.POST:
            return _codes(request)
        request.session[ANEW] = True
        return HttpResponseRedirect(request.path)
    return _page(
        request,
        "set",
        form,
        _("Your second factor"),
        device=device_of(request.user),
        left=codes_left(request.user),
    )


def _codes(request):
    """Show new recovery codes, this once: on the answer itself, never again."""
    codes = make_codes(request.user)
    title = _("Your recovery codes")
    return _page(request, "codes", None, title, codes=codes)


def _code_form(request):
    data = request.POST if request.method == "POST" else None
    return CodeForm(data, user=request.user, address=client_ip(request))


def _next(request):
    to = request.POST.get("next") or request.GET.get("next") or ""
    is_here = url_has_allowed_host_and_scheme(to, {request.get_host()})
    return to if is_here and to != request.path else reverse("admin:index")


def _page(request, stage, form, title, **context):
    refusal = getattr(form, "refusal", None)
    site = admin.site.each_context(request)
    if is_missing(request):
        site |= {"available_apps": [], "is_nav_sidebar_enabled": False}
    response = TemplateResponse(
        request,
        "admin/claims/second_factor.html",
        site
        | {"stage": stage, "form": form, "title": title, "next": _next(request)}
        | {"name": settings.FACTCHECK["NAME"]}
        | context,
        status=refusal.status if refusal else 200 if _is_good(form) else 400,
    )
    if refusal:
        response["Retry-After"] = str(refusal.retry_after)
    return response


def _is_good(form):
    return form is None or not form.is_bound or form.is_valid()


class DeskPasswordChange(PasswordChangeView):
    """Changing the own password: throttled, with Retry-After after too many tries."""

    form_class = DeskPasswordForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"address": client_ip(self.request)}

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if form.refusal is not None:
            response.status_code = form.refusal.status
            response["Retry-After"] = str(form.refusal.retry_after)
        return response
