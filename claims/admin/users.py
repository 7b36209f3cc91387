"""Users in the admin, whose second factor another administrator can reset."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static import admin as _static_admin  # noqa: F401
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp import admin as _totp_admin  # noqa: F401
from django_otp.plugins.otp_totp.models import TOTPDevice

from claims.admin.people import PeopleAdmin
from claims.desk.second_factor import device_of, reset_second_factor
from claims.exceptions import Refused
from claims.forms.second_factor import ResetForm

# Their pages show the secrets.
admin.site.unregister([StaticDevice, TOTPDevice])
admin.site.unregister(User)


@admin.register(User)
class DeskUserAdmin(PeopleAdmin):
    change_form_template = "admin/claims/user_form.html"

    def get_urls(self):
        reset = self.admin_site.admin_view(self.reset_view)
        return [
            path("<id>/second-factor/", reset, name="auth_user_second_factor"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        user = self.get_object(request, unquote(object_id))
        may = user is not None and self.has_change_permission(request, user)
        factor = device_of(user) if may else None
        context = {"factor": factor, "is_self": user == request.user}
        return super().change_view(
            request, object_id, form_url, context | (extra_context or {})
        )

    def reset_view(self, request, id):
        """Ask for the reason (GET), or take somebody's second factor away (POST)."""
        user = self.get_object(request, unquote(id))
        if user is None:
            raise Http404
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        form, status = ResetForm(request.POST or None), 200
        back = reverse("admin:auth_user_change", args=[user.pk])
        if request.method == "POST":
            status = 400
            if form.is_valid():
                reason = form.cleaned_data["reason"]
                try:
                    reset_second_factor(user, by=request.user, reason=reason)
                except Refused as refusal:
                    form.add_error(None, str(refusal))
                    status = refusal.status
                else:
                    told = _("The second factor of %(name)s is reset.")
                    self.message_user(request, told % {"name": user}, messages.SUCCESS)
                    return HttpResponseRedirect(back)
        context = {
            "title": _("Reset the second factor"),
            "subtitle": str(user),
            "opts": self.opts,
            "thing": user,
            "form": form,
            "back": back,
        }
        return TemplateResponse(
            request,
            "admin/claims/second_factor_reset.html",
            self.admin_site.each_context(request) | context,
            status=status,
        )
