"""Comments in the admin: threads on articles, claims and verdicts, and their list."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims.admin.base import ReadOnlyAdmin
from claims.admin.changelist import two_line_cell
from claims.admin.queues import QueueChangeList, QueueMixin, ThreadQueue
from claims.desk.blind import is_closed_to
from claims.desk.comments import (
    add_comment,
    closing_verdicts,
    edit,
    names_of_nobody,
    note_reading,
    people_to_name,
    reply,
    resolve,
    talks,
    threads_for,
    threads_on,
    with_activity,
)
from claims.desk.notices import place_of, thing_of, title_of
from claims.desk.publications import display_name
from claims.exceptions import ChangedMeanwhile, Refused
from claims.forms.comments import CommentForm, EditForm, ReplyForm
from claims.models import Thread

# More names than that are found faster by asking somebody.
MOST_NAMES = 200


def warn_of_names(modeladmin, request, comment):
    """Say which names in a comment are of nobody who could be told."""
    if names := names_of_nobody(comment):
        said = _(
            "Nobody who may see this has the login %(names)s, so nobody was told."
        ) % {"names": ", ".join(f"“{name}”" for name in names)}
        modeladmin.message_user(request, said, messages.WARNING)


def form_page(modeladmin, request, thing, form, title, status):
    """Show a refused form on a page of its own, with errors and what was typed."""
    return modeladmin.desk_page(
        request,
        "small_form.html",
        {
            "title": title,
            "subtitle": title_of(thing),
            "thing": thing,
            "form": form,
            "back": place_of(thing),
        },
        status=status,
    )


class CommentsMixin:
    """Adds threads of comments to a ModelAdmin of articles, claims or verdicts."""

    def get_urls(self):
        info = self.opts.app_label, self.opts.model_name
        view = require_POST(self.read_with_care(self.comment_view))
        return [
            path(
                "<path:object_id>/comment/",
                self.admin_site.admin_view(view),
                name="{}_{}_comment".format(*info),
            ),
            *super().get_urls(),
        ]

    def read_with_care(self, view):
        """Return the view itself; a page that tells ratings is closed to some."""
        return view

    def comment_view(self, request, object_id):
        """Begin a thread with what was typed."""
        thing = self.model._default_manager.filter(pk=_number(object_id)).first()
        if thing is None:
            raise Http404
        if not self.has_view_permission(request, thing):
            raise PermissionDenied
        form, status = CommentForm(request.POST), 400
        if form.is_valid():
            try:
                comment = add_comment(thing, form.cleaned_data["text"], by=request.user)
            except Refused as refusal:
                form.add_error("text", str(refusal))
                status = refusal.status
            else:
                warn_of_names(self, request, comment)
                return HttpResponseRedirect(place_of(comment.thread))
        return self.form_page(request, thing, form, _("Comment"), status)

    def form_page(self, request, thing, form, title, status):
        return form_page(self, request, thing, form, title, status)

    def comments_context(self, request, thing):
        """Return the template context of a thing's threads, without the closed ones."""
        if not request.user.has_perm("claims.view_comment"):
            return {}
        threads = threads_on(thing)
        # Of most things nobody has said anything yet.
        is_any = threads.exists()
        readable = is_any and threads.filter(
            pk__in=threads_for(request.user).values("pk")
        )
        readable = list(readable or ())
        note_reading(readable, by=request.user)
        return {
            **talk_context(request, readable),
            "closed_by": closed_links(threads, request.user) if is_any else [],
            "comment_form": CommentForm(auto_id="comment_%s"),
            "comment_url": reverse(
                f"admin:claims_{self.opts.model_name}_comment", args=[thing.pk]
            ),
            "names": names_for(thing),
        }

    def render_change_form(self, request, context, *args, **kwargs):
        thing = context["original"]
        if thing is not None:
            context |= self.comments_context(request, thing)
        return super().render_change_form(request, context, *args, **kwargs)


def talk_context(request, threads):
    """Return the template context of threads: what was said, and a form to answer."""
    may = request.user.has_perm("claims.add_comment")
    shown = talks(threads)
    for talk in shown:
        talk.reply_form = ReplyForm(auto_id=f"reply_{talk.thread.pk}_%s")
        for said in talk.said:
            if may and said.first.by_id == request.user.pk:
                said.edit_form = EditForm(
                    initial={"text": said.last.text, "seen": said.last.pk},
                    auto_id=f"edit_{said.first.pk}_%s",
                )
    return {"talks": shown, "can_comment": may}


def closed_links(threads, user):
    """Return where one rates, or looks at, the verdicts that close some threads."""
    return [
        {
            "title": title_of(verdict),
            "url": reverse(
                "admin:claims_verdict_"
                + ("blind" if is_closed_to(verdict, user) else "change"),
                args=[verdict.pk],
            ),
            "is_strict": is_closed_to(verdict, user),
        }
        for verdict in closing_verdicts(threads, user).select_related("claim__article")
    ]


def names_for(thing):
    """Return whom a comment on a thing can name: login and name."""
    people = people_to_name(thing)[:MOST_NAMES]
    return [{"login": each.username, "name": display_name(each)} for each in people]


def _number(object_id):
    text = unquote(object_id)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


class ResolvedFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("open", _("Open")), ("resolved", _("Resolved"))]

    def queryset(self, request, queryset):
        if self.value() not in {"open", "resolved"}:
            return queryset
        return queryset.filter(resolved_at__isnull=self.value() == "open")


class ThreadChangeList(QueueChangeList):
    """A list of threads whose rows lead to where each stands."""

    def get_results(self, request):
        super().get_results(request)
        rows = list(self.result_list)
        said = {talk.thread.pk: talk.said for talk in talks(rows)}
        for row in rows:
            row.said = said[row.pk]
        self.result_list = rows

    def url_for_result(self, result):
        return place_of(result)


@admin.register(Thread)
class ThreadAdmin(QueueMixin, ReadOnlyAdmin):
    list_display = ("words", "where", "said", "last", "state")
    list_filter = (ThreadQueue, ResolvedFilter, "about")
    list_select_related = ("article", "claim__article", "claim__verdict")
    ordering = ("-pk",)
    nothing_yet = gettext_lazy(
        "No threads. Articles, claims and verdicts have a place for comments at the "
        "end of their pages."
    )

    def get_queryset(self, request):
        """Return the threads that the user may read now."""
        readable = threads_for(request.user)
        return with_activity(super().get_queryset(request)).filter(
            pk__in=readable.values("pk")
        )

    def get_changelist(self, request, **kwargs):
        return ThreadChangeList

    @admin.display(description=gettext_lazy("first words"))
    def words(self, thread):
        first = thread.said[0]
        words = Truncator(first.last.text).chars(160)
        return two_line_cell(words, display_name(first.first.by))

    @admin.display(description=gettext_lazy("about"), ordering="about")
    def where(self, thread):
        return two_line_cell(title_of(thread), thread.get_about_display())

    @admin.display(description=gettext_lazy("comments"), ordering="comment_count")
    def said(self, thread):
        return thread.comment_count

    @admin.display(description=gettext_lazy("last words"), ordering="last_at")
    def last(self, thread):
        return thread.last_at

    @admin.display(description=gettext_lazy("state"), ordering="resolved_at")
    def state(self, thread):
        word, label = ("listed", _("Open"))
        if thread.resolved_at is not None:
            word, label = ("draft", _("Resolved"))
        return format_html(
            '<span class="desk-status desk-status-{}">{}</span>', word, label
        )

    # --- One thread ---------------------------------------------------------------

    def get_urls(self):
        pages = {
            "reply": self.reply_view,
            "edit/<int:comment_id>": self.edit_view,
            "resolve": self.resolve_view,
            "reopen": self.reopen_view,
        }
        return [
            *(
                path(
                    f"<path:object_id>/{address}/",
                    self.admin_site.admin_view(require_POST(view)),
                    name=f"claims_thread_{address.partition('/')[0]}",
                )
                for address, view in pages.items()
            ),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show one thread, with the way to what it is about."""
        thread = self.get_object(request, unquote(object_id))
        if thread is None:
            return self.closed_page(request, object_id) or super().change_view(
                request, object_id, form_url, extra_context
            )
        return self.thread_page(request, thread)

    def closed_page(self, request, object_id):
        """Refuse with 403 what is closed for the sake of a blind rating, else None."""
        threads = Thread.objects.filter(pk=_number(object_id))
        links = closed_links(threads, request.user)
        if not links or not request.user.has_perm("claims.view_comment"):
            return None
        return self.desk_page(
            request,
            "thread.html",
            {"title": _("Thread"), "talks": [], "closed_by": links},
            status=403,
        )

    def thread_page(self, request, thread, *, status=200, **refused):
        note_reading([thread], by=request.user)
        thing = thing_of(thread)
        desk = reverse("admin:claims_article_annotate", args=[thread.article_id])
        return self.desk_page(
            request,
            "thread.html",
            {
                "title": _("Thread"),
                "subtitle": title_of(thread),
                **talk_context(request, [thread]),
                "is_alone": True,
                "place": place_of(thread),
                "annotate_url": f"{desk}#claim-{thread.claim_id}"
                if thread.claim_id
                else desk,
                "names": names_for(thing),
                **refused,
            },
            status=status,
        )

    def thread_or_404(self, request, object_id):
        thread = self.get_object(request, unquote(object_id))
        if thread is None:
            raise Http404
        return thread

    def back_to(self, request, thread):
        """Lead back to where a button of a thread was pressed."""
        if "alone" in request.POST:
            alone = reverse("admin:claims_thread_change", args=[thread.pk])
            return HttpResponseRedirect(alone)
        return HttpResponseRedirect(place_of(thread))

    def say(self, request, thread, form, write):
        """Store a reply or other words, or show the form again and why not."""
        status = 400
        if form.is_valid():
            try:
                comment = write(form.cleaned_data)
            except Refused as refusal:
                status = refusal.status
                if isinstance(refusal, ChangedMeanwhile):
                    form.data = form.data.copy()
                    form.data["seen"] = refusal.current.pk
                form.add_error("text", str(refusal))
            else:
                warn_of_names(self, request, comment)
                return self.back_to(request, thread)
        title = form.fields["text"].label
        return form_page(self, request, thread, form, title, status)

    def reply_view(self, request, object_id):
        thread = self.thread_or_404(request, object_id)

        def write(typed):
            return reply(thread, typed["text"], by=request.user)

        return self.say(request, thread, ReplyForm(request.POST), write)

    def edit_view(self, request, object_id, comment_id):
        thread = self.thread_or_404(request, object_id)
        comment = thread.comments.filter(pk=comment_id).first()
        if comment is None:
            raise Http404

        def write(typed):
            return edit(comment, typed["text"], by=request.user, seen=typed["seen"])

        return self.say(request, thread, EditForm(request.POST), write)

    def resolve_view(self, request, object_id):
        thread = self.thread_or_404(request, object_id)
        return self.back_to(request, resolve(thread, by=request.user))

    def reopen_view(self, request, object_id):
        thread = self.thread_or_404(request, object_id)
        resolve(thread, by=request.user, is_resolved=False)
        return self.back_to(request, thread)
