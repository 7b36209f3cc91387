"""Transitions (workflow steps) and changes of rows in the admin, read-only."""

from django.apps import apps
from django.contrib import admin
from django.db.models import Q, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.admin.base import ReadOnlyAdmin
from claims.admin.changelist import two_line_cell
from claims.desk.blind import unseen_by
from claims.desk.publications import display_name
from claims.desk.steps import STEPS
from claims.desk.timeline import OPERATIONS
from claims.desk.workflow import past_tense
from claims.models import Change, Transition
from claims.models.choices import Subject
from claims.models.names import name_of_table


class TableFilter(admin.SimpleListFilter):
    title = _("table")
    parameter_name = "table"

    def lookups(self, request, model_admin):
        models = apps.get_app_config("claims").get_models(include_auto_created=True)
        tables = [each._meta.db_table.removeprefix("claims_") for each in models]
        return sorted(
            ((table, name_of_table(table)) for table in tables), key=lambda row: row[1]
        )

    def queryset(self, request, queryset):
        return queryset.filter(table=self.value()) if self.value() else queryset


class OperationFilter(admin.SimpleListFilter):
    title = _("operation")
    parameter_name = "operation"

    def lookups(self, request, model_admin):
        return list(OPERATIONS.items())

    def queryset(self, request, queryset):
        return queryset.filter(operation=self.value()) if self.value() else queryset


class StepFilter(admin.SimpleListFilter):
    title = _("step")
    parameter_name = "step"

    def lookups(self, request, model_admin):
        return [(step.name, step.done) for step in STEPS.values()]

    def queryset(self, request, queryset):
        return queryset.filter(step=self.value()) if self.value() else queryset


@admin.register(Transition)
class TransitionAdmin(ReadOnlyAdmin):
    list_display = ("which", "what", "who", "at")
    list_select_related = ("claim", "by")
    list_filter = ("subject", StepFilter)
    ordering = ("-at", "-pk")
    fields = ("claim", "what", "moved", "who", "comment", "at")

    def get_fields(self, request, obj=None):
        return self.fields

    def get_queryset(self, request):
        """Return steps, but no comment on a verdict that the user may rate blind."""
        claims = unseen_by(request.user).values("claim")
        said = Q(subject=Subject.VERDICT, claim__in=claims) & ~Q(comment="")
        return super().get_queryset(request).exclude(said)

    @admin.display(description=_("claim"))
    def which(self, row):
        return two_line_cell(row.claim, Truncator(row.comment).chars(200))

    @admin.display(description=_("step"), ordering="step")
    def what(self, row):
        return past_tense(row)

    @admin.display(description=_("status"))
    def moved(self, row):
        return str(row)

    @admin.display(description=_("by"), ordering="by")
    def who(self, row):
        return display_name(row.by) if row.by else _("the program")


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("at", "kind", "row", "done", "actor", "changed_fields")
    list_select_related = ("actor",)
    list_filter = (TableFilter, OperationFilter)

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        shown = {"table": "kind", "operation": "done"}
        return [shown.get(each, each) for each in fields]

    def get_queryset(self, request):
        """Return changes, but none of a verdict that the user may rate blind."""
        unseen = unseen_by(request.user)
        row = Coalesce("after", "before")
        said = (
            Q(table="verdict", row__in=unseen.values("pk"))
            | Q(
                table__in=("evidence", "outcome", "replyrequest"),
                of_verdict__in=unseen.values(key=Cast("pk", TextField())),
            )
            | Q(
                table="transition",
                of_claim__in=unseen.values(key=Cast("claim", TextField())),
            )
        )
        rows = (
            super()
            .get_queryset(request)
            .alias(
                of_verdict=KeyTextTransform("verdict_id", row),
                of_claim=KeyTextTransform("claim_id", row),
            )
        )
        if not request.user.has_perm("claims.view_reportercontact"):
            # Before addresses were kept apart, the history took them along.
            rows = rows.alias(contact=KeyTextTransform("contact", row))
            said |= Q(table="readerreport", contact__gt="")
        return rows.exclude(said)

    @admin.display(description=_("table"), ordering="table")
    def kind(self, change):
        return name_of_table(change.table)

    @admin.display(description=_("operation"), ordering="operation")
    def done(self, change):
        return OPERATIONS[change.operation]

    @admin.display(description=_("what changed"))
    def changed_fields(self, change):
        before, after = change.before or {}, change.after or {}
        if not (before and after):
            return ""
        names = [name for name in after if before.get(name) != after[name]]
        fields = sorted(name.removesuffix("_id").replace("_", " ") for name in names)
        return ", ".join(gettext(name) for name in fields)
