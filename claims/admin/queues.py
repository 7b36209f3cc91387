"""The desk's queues as filters of its lists, each in its own order."""

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.utils.translation import gettext_lazy as _

from claims.desk.queues import QUEUES, with_urgency


class QueueFilter(admin.SimpleListFilter):
    """Narrows a list to one queue."""

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
        queue = QUEUES.get(self.value() or "")
        if queue is None or queue.model != self.model:
            return queryset
        rows = queryset.filter(pk__in=queue.rows(request.user).values("pk"))
        return with_urgency(rows) if "urgency" in queue.order else rows


class QueueList(ChangeList):
    """A list in the order of its queue, unless somebody sorts it by a column."""

    def get_ordering(self, request, queryset):
        queue = QUEUES.get(self.params.get("queue") or request.GET.get("queue", ""))
        here = queue is not None and queue.model == self.opts.model_name
        if here and queue.order and ORDER_VAR not in self.params:
            return list(queue.order)
        return super().get_ordering(request, queryset)


class QueueMixin:
    def get_changelist(self, request, **kwargs):
        return QueueList


class ClaimQueue(QueueFilter):
    model = "claim"


class VerdictQueue(QueueFilter):
    model = "verdict"


class ReportQueue(QueueFilter):
    model = "readerreport"
