"""What happened, at the desk: steps, changed rows, reports from readers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims.admin.desk import ReadOnlyAdmin
from claims.models import Change, ReaderReport, Transition


@admin.register(Transition)
class TransitionAdmin(ReadOnlyAdmin):
    list_display = ("at", "claim", "subject", "step", "to_status", "by", "comment")
    list_select_related = ("claim", "by")
    list_filter = ("subject", "step")


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("at", "table", "row", "operation", "actor", "changed_fields")
    list_select_related = ("actor",)
    list_filter = ("table", "operation")

    @admin.display(description=_("what changed"))
    def changed_fields(self, change):
        before, after = change.before or {}, change.after or {}
        if not (before and after):
            return ""
        names = [name for name in after if before.get(name) != after[name]]
        return ", ".join(sorted(name.removesuffix("_id") for name in names))


@admin.register(ReaderReport)
class ReaderReportAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "kind", "status", "claim", "message_start")
    list_select_related = ("claim",)
    list_filter = ("status", "kind")
    exclude = ("sender",)

    @admin.display(description=_("message"))
    def message_start(self, report):
        return report.message[:120]
