"""Change lists filtered and ordered by the desk's work queues."""

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.desk.queues import QUEUES


class QueueFilter(admin.SimpleListFilter):
    """A list filter by `?queue=`."""

    title = _("waiting")
    parameter_name = "queue"
    model = ""

    def lookups(self, request, model_admin):
        return [
            (queue.name, queue.title)
            for queue in QUEUES.values()
            if queue.model == self.model
            and (not queue.permission or request.user.has_perm(queue.permission))
        ]

    def queryset(self, request, queryset):
        queue = requested_queue(request, queryset.model)
        if queue is None:
            return queryset
        rows = queue.rows(request.user)
        # Both in one condition: as a subquery, all of a queue is read for each page.
        return queryset.none() if rows.query.is_empty() else queryset & rows


# Where the work of a queue is done, when that is not the row's own page.
QUEUE_PAGES = {"second_eyes": "approve", "blind": "blind", "relations": "relations"}


class QueueChangeList(ChangeList):
    """A ChangeList in the order of its queue, unless sorted by a column."""

    def __init__(self, request, model, *args, **kwargs):
        self.queue = requested_queue(request, model)
        super().__init__(request, model, *args, **kwargs)

    def get_ordering(self, request, queryset):
        if self.queue and self.queue.order and ORDER_VAR not in self.params:
            return list(self.queue.order)
        return super().get_ordering(request, queryset)

    def url_for_result(self, result):
        page = QUEUE_PAGES.get(self.queue.name) if self.queue else None
        if page is None:
            return super().url_for_result(result)
        return reverse(f"admin:claims_{self.opts.model_name}_{page}", args=[result.pk])


class QueueMixin:
    """A ModelAdmin whose change list takes title and order from the queue shown."""

    def get_changelist(self, request, **kwargs):
        return QueueChangeList

    def changelist_view(self, request, extra_context=None):
        queue = requested_queue(request, self.model)
        named = {"queue": queue, "title": queue.title} if queue else {}
        return super().changelist_view(request, named | (extra_context or {}))


def requested_queue(request, model):
    """Return the queue named by `?queue=` if the user may see it, else None."""
    queue = QUEUES.get(request.GET.get("queue", ""))
    if queue is None or queue.model != model._meta.model_name:
        return None
    may = not queue.permission or request.user.has_perm(queue.permission)
    return queue if may else None


class ClaimQueue(QueueFilter):
    model = "claim"


class VerdictQueue(QueueFilter):
    model = "verdict"


class ReportQueue(QueueFilter):
    model = "readerreport"


class MessageQueue(QueueFilter):
    model = "message"


class PageQueue(QueueFilter):
    model = "deskpage"


class ThreadQueue(QueueFilter):
    model = "thread"
