"""Pages about the desk in the admin: their words, preview, steps and versions."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.urls import path, reverse
from django.utils.translation import gettext_lazy

from claims.admin.base import DeskAdmin
from claims.admin.queues import PageQueue, QueueMixin
from claims.desk.pages import (
    BELOW_THE_TITLE,
    is_writer,
    missing_for_publication,
    publish_page,
    return_page,
    submit_page,
    write_page,
)
from claims.exceptions import Incomplete
from claims.forms.pages import (
    DeskPageForm,
    PublishOwnPageForm,
    PublishPageForm,
    ReturnPageForm,
    SubmitPageForm,
)
from claims.models import DeskPage
from claims.models.choices import PageStatus
from claims.reading.commonmark import LONGEST, problems, render
from claims.reading.desk_pages import missing_pages, published_slugs
from claims.reading.differences import word_changes


@admin.register(DeskPage)
class DeskPageAdmin(QueueMixin, DeskAdmin):
    form = DeskPageForm
    list_display = ("title", "slug", "language_shown", "status", "updated_at")
    list_filter = (PageQueue, "status", "slug")
    fields = ("slug", "language", "title", "body", "note")
    change_list_template = "admin/claims/desk_page_list.html"
    change_form_template = "admin/claims/desk_page_form.html"
    nothing_yet = gettext_lazy(
        "No page is written yet. Readers find at these addresses that the desk has "
        "not said who it is."
    )

    @admin.display(description=gettext_lazy("language"), ordering="language")
    def language_shown(self, page):
        return page.language_name

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "commonmark/",
                view(self.commonmark_view),
                name="claims_deskpage_commonmark",
            ),
            path(
                "<path:object_id>/step/<slug:name>/",
                view(self.step_view),
                name="claims_deskpage_step",
            ),
            *super().get_urls(),
        ]

    def get_readonly_fields(self, request, obj=None):
        return ("slug", "language_shown") if obj else ()

    def get_fields(self, request, obj=None):
        if obj is None:
            return [name for name in self.fields if name != "note"]
        shown = {"language": "language_shown"}
        return [shown.get(name, name) for name in self.fields]

    def has_change_permission(self, request, obj=None):
        is_locked = obj is not None and obj.status == PageStatus.IN_REVIEW
        return not is_locked and super().has_change_permission(request, obj)

    def save_model(self, request, obj, form, change):
        write_page(obj, by=request.user)

    def changelist_view(self, request, extra_context=None):
        missing = [
            {
                "label": slug.label,
                "url": f"{reverse('admin:claims_deskpage_add')}?slug={slug.value}",
            }
            for slug in missing_pages(published_slugs())
        ]
        context = {"missing": missing, "may_write": self.has_add_permission(request)}
        return super().changelist_view(request, context | (extra_context or {}))

    def render_change_form(self, request, context, *args, **kwargs):
        page = context["original"]
        context["show_save_and_add_another"] = False
        context["commonmark_url"] = reverse("admin:claims_deskpage_commonmark")
        if page is not None:
            newest = page.versions.order_by("-number").first()
            context |= {
                "newest": newest,
                "preview": render(page.body, deeper=BELOW_THE_TITLE),
                "changes": word_changes(newest.body, page.body) if newest else (),
                "steps": self.steps_open(request, page),
                "missing": missing_for_publication(page)
                if page.status == PageStatus.DRAFT
                else {},
                "is_own": is_writer(page, request.user),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def view_on_site(self, page):
        return page.get_absolute_url() if page.versions.exists() else None

    # --- Preview and steps -----------------------------------------------------------

    def commonmark_view(self, request):
        """Return the HTML of `text`, and sentences on what is not shown as meant."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        text = request.POST.get("text", "").replace("\r\n", "\n")
        return JsonResponse(
            {
                "html": render(text, deeper=BELOW_THE_TITLE),
                "problems": problems(text),
            },
            status=200 if len(text) <= LONGEST else 400,
        )

    def steps_open(self, request, page):
        """Return the steps that somebody may take with a page as it is, with forms."""
        may = request.user.has_perm
        own = is_writer(page, request.user)
        return [
            {
                "name": name,
                "label": LABELS[name],
                "form": form_of(name, own)(
                    initial={"version": page.version}, auto_id=f"{name}_%s"
                ),
                "url": reverse("admin:claims_deskpage_step", args=[page.pk, name]),
                "asks": name == "return" or (name == "publish" and own),
                "is_override": name == "publish" and own,
            }
            for name, status in FROM.items()
            if page.status == status and may(f"claims.{RIGHTS[name]}_deskpage")
        ]

    def step_view(self, request, object_id, name):
        """Take a step with a page, or show what was typed and why not."""
        page = self.get_object(request, unquote(object_id))
        if page is None or name not in LABELS:
            raise Http404
        if not request.user.has_perm(f"claims.{RIGHTS[name]}_deskpage"):
            raise PermissionDenied
        back = reverse("admin:claims_deskpage_change", args=[page.pk])
        if request.method != "POST":
            return HttpResponseRedirect(back)
        form = form_of(name, is_writer(page, request.user))(request.POST)
        if form.is_valid():
            try:
                STEPS[name](page, by=request.user, **form.cleaned_data)
            except Incomplete as refusal:
                for field, sentence in refusal.missing.items():
                    known = field if field in form.fields else None
                    form.add_error(known, str(sentence))
            else:
                self.message_user(request, DONE[name], messages.SUCCESS)
                return HttpResponseRedirect(back)
        return self.desk_page(
            request,
            "small_form.html",
            {"title": LABELS[name], "thing": page, "form": form, "back": back},
            status=400,
        )


STEPS = {"submit": submit_page, "publish": publish_page, "return": return_page}
RIGHTS = {"submit": "change", "publish": "publish", "return": "change"}
FROM = {
    "submit": PageStatus.DRAFT,
    "publish": PageStatus.IN_REVIEW,
    "return": PageStatus.IN_REVIEW,
}
LABELS = {
    "submit": gettext_lazy("Submit for approval"),
    "publish": gettext_lazy("Approve and publish"),
    "return": gettext_lazy("Return to the author"),
}
DONE = {
    "submit": gettext_lazy("Submitted. Somebody who wrote no part of it publishes it."),
    "publish": gettext_lazy("Published. Readers see this version now."),
    "return": gettext_lazy("Returned."),
}


def form_of(name, is_own):
    """Return the form of a step; whoever wrote a part of the page gives a reason."""
    if name == "publish":
        return PublishOwnPageForm if is_own else PublishPageForm
    return {"submit": SubmitPageForm, "return": ReturnPageForm}[name]
