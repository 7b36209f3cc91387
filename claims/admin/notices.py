"""Notices in the admin: what somebody is told, and how they want to be told."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from claims.admin.base import ReadOnlyAdmin
from claims.admin.changelist import two_line_cell
from claims.desk.notices import (
    choices_of,
    choose,
    mark_read,
    may_see,
    notices_for,
    place_of,
    things_of,
    title_of,
)
from claims.desk.publications import display_name
from claims.forms.notices import NoticeChoicesForm
from claims.models import Notice

LIST = "admin:claims_notice_changelist"


class UnreadFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("unread", _("Unread")), ("read", _("Read"))]

    def queryset(self, request, queryset):
        if self.value() not in {"unread", "read"}:
            return queryset
        return queryset.filter(read_at__isnull=self.value() == "unread")


class NoticeChangeList(ChangeList):
    """A list of notices, each with what it tells of as far as one may see it."""

    def get_results(self, request):
        super().get_results(request)
        rows = list(self.result_list)
        things = things_of(rows)
        for row in rows:
            thing = things.get((row.model, row.row))
            may = thing is not None and may_see(request.user, thing)
            row.title = title_of(thing) if may else _("No longer there for you")
        self.result_list = rows


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ("what", "who", "at", "state")
    list_select_related = ("by",)
    list_filter = (UnreadFilter, "kind")
    actions = ("mark_as_read", "mark_as_unread")
    change_list_template = "admin/claims/notice_list.html"
    nothing_yet = gettext_lazy(
        "No notices. You are told here when somebody names you, assigns you something "
        "or decides on what you wrote."
    )

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        # One's own; nobody needs a right to be told.
        return request.user.is_active and request.user.is_staff

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .filter(pk__in=notices_for(request.user).values("pk"))
        )

    def get_changelist(self, request, **kwargs):
        return NoticeChangeList

    @admin.display(description=gettext_lazy("notice"), ordering="kind")
    def what(self, notice):
        label = notice.get_kind_display()
        if notice.read_at is None:
            label = format_html("<strong>{}</strong>", label)
        return two_line_cell(label, notice.title)

    @admin.display(description=gettext_lazy("by"), ordering="by")
    def who(self, notice):
        return display_name(notice.by) if notice.by else _("the program")

    @admin.display(description=gettext_lazy("state"), ordering="read_at")
    def state(self, notice):
        return _("Read") if notice.read_at else _("Unread")

    @admin.action(description=gettext_lazy("Mark as read"))
    def mark_as_read(self, request, queryset):
        self.say_marked(request, mark_read(queryset))

    @admin.action(description=gettext_lazy("Mark as unread"))
    def mark_as_unread(self, request, queryset):
        self.say_marked(request, mark_read(queryset, is_read=False))

    def say_marked(self, request, count):
        said = ngettext("%(count)d notice marked.", "%(count)d notices marked.", count)
        self.message_user(request, said % {"count": count}, messages.SUCCESS)

    def get_urls(self):
        pages = {"read": require_POST(self.read_view), "choices": self.choices_view}
        return [
            *(
                path(
                    f"{name}/",
                    self.admin_site.admin_view(view),
                    name=f"claims_notice_{name}",
                )
                for name, view in pages.items()
            ),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Lead to what a notice tells of; it is read then."""
        notice = self.get_object(request, unquote(object_id))
        if notice is None:
            return super().change_view(request, object_id, form_url, extra_context)
        if request.method == "GET":
            mark_read(Notice.objects.filter(pk=notice.pk))
        thing = things_of([notice]).get((notice.model, notice.row))
        if thing is None or not may_see(request.user, thing):
            said = _("What this notice tells of is no longer there for you.")
            self.message_user(request, said, messages.WARNING)
            return HttpResponseRedirect(reverse(LIST))
        return HttpResponseRedirect(place_of(thing, notice.kind))

    def read_view(self, request):
        """Mark all notices as read."""
        self.say_marked(request, mark_read(notices_for(request.user)))
        return HttpResponseRedirect(reverse(LIST))

    def choices_view(self, request):
        """Show and store how somebody wants to be told of each kind of thing."""
        choices, status = choices_of(request.user), 200
        form = NoticeChoicesForm(request.POST or None, choices=choices)
        if request.method == "POST":
            if form.is_valid():
                choose(request.user, form.chosen())
                self.message_user(request, _("Noted."), messages.SUCCESS)
                return HttpResponseRedirect(request.path)
            status = 400
        return self.desk_page(
            request,
            "notice_choices.html",
            {"title": _("How you are told"), "form": form},
            status=status,
        )
