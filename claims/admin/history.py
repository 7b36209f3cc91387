"""Transitions (workflow steps) and changes of rows in the admin, read-only."""

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import BigIntegerField, Case, OuterRef, Q, Subquery, When
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


# What the lists can be narrowed by without telling what a row says.
TELLING_NOTHING = {"subject", "step", "table", "operation"}


class UnseenChangeList(ChangeList):
    """A list of the newest rows, without those that tell what is to be rated blind.

    They are left out of the page alone: asked of every row up to a page or a count, it
    costs as much as all open verdicts. What narrows by what a row says asks every row.
    """

    def get_queryset(self, request, *args, **kwargs):
        self.told = self.root_queryset
        asked = {name.split("__")[0] for name in self.get_filters_params()}
        if asked <= TELLING_NOTHING:
            self.root_queryset = self.model_admin.all_rows(request)
        return super().get_queryset(request, *args, **kwargs)

    def get_results(self, request):
        super().get_results(request)
        rows = list(self.result_list)
        told = self.told.filter(pk__in=[row.pk for row in rows]).order_by()
        kept = set(told.values_list("pk", flat=True))
        self.result_list = [row for row in rows if row.pk in kept]


class LogAdmin(ReadOnlyAdmin):
    """A log that tells nothing of what the user may still rate blind, newest first."""

    ordering = ("-pk",)
    # Each other order reads the whole log.
    sortable_by = ()

    def get_changelist(self, request, **kwargs):
        return UnseenChangeList

    def all_rows(self, request):
        """Return the rows, those among them that tell of a verdict to rate blind."""
        return super().get_queryset(request)

    def closed_to(self, user):
        """Return the expression that names the verdict to which a row is closed."""
        raise NotImplementedError

    def get_queryset(self, request):
        """Return the rows but those that tell of a verdict to rate blind."""
        closed = self.closed_to(request.user)
        return self.all_rows(request).alias(closed=closed).filter(closed__isnull=True)


def _unseen(user, **condition):
    # A value and no EXISTS: that would be hashed, all open verdicts for one row.
    return Subquery(unseen_by(user).filter(**condition).values("pk")[:1])


@admin.register(Transition)
class TransitionAdmin(LogAdmin):
    list_display = ("which", "what", "who", "at")
    list_select_related = ("claim", "by")
    list_filter = ("subject", StepFilter)
    fields = ("claim", "what", "moved", "who", "comment", "at")

    def get_fields(self, request, obj=None):
        return self.fields

    def closed_to(self, user):
        says = Q(subject=Subject.VERDICT) & ~Q(comment="")
        return Case(When(says, then=_unseen(user, claim=OuterRef("claim"))))

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
class ChangeAdmin(LogAdmin):
    list_display = ("at", "kind", "row", "done", "actor", "changed_fields")
    list_select_related = ("actor",)
    list_filter = (TableFilter, OperationFilter)

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        shown = {"table": "kind", "operation": "done"}
        return [shown.get(each, each) for each in fields]

    def all_rows(self, request):
        rows = super().all_rows(request)
        if request.user.has_perm("claims.view_reportercontact"):
            return rows
        # Before addresses were kept apart, the history took them along.
        contact = KeyTextTransform("contact", Coalesce("after", "before"))
        rows = rows.alias(contact=contact)
        return rows.exclude(table="readerreport", contact__gt="")

    def closed_to(self, user):
        row = Coalesce(OuterRef("after"), OuterRef("before"))

        def key(name):
            return Cast(KeyTextTransform(name, row), BigIntegerField())

        of_verdict = ("evidence", "outcome", "replyrequest")
        return Case(
            When(table="verdict", then=_unseen(user, pk=OuterRef("row"))),
            When(table__in=of_verdict, then=_unseen(user, pk=key("verdict_id"))),
            When(table="transition", then=_unseen(user, claim=key("claim_id"))),
        )

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
