"""The rating scale and blind second ratings in the admin, with the agreement report."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.base import DeskAdmin, ReadOnlyAdmin
from claims.desk.agreement import PERIODS, agreement_by, disagreements
from claims.desk.blind import told_second_ratings
from claims.desk.publications import display_name
from claims.models import Rating, SecondRating


@admin.register(Rating)
class RatingAdmin(DeskAdmin):
    list_display = ("label", "sign", "value", "bucket", "order", "retired")
    search_fields = ("label",)
    fields = (
        "label",
        "sign",
        "definition",
        "value",
        "bucket",
        "order",
        "retired",
        "slug",
    )
    prepopulated_fields = {"slug": ("label",)}

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(label__icontains=search_term.strip()), False

    def get_prepopulated_fields(self, request, obj=None):
        # A published address keeps its slug, whatever the label becomes.
        return self.prepopulated_fields if obj is None else {}


@admin.register(SecondRating)
class SecondRatingAdmin(ReadOnlyAdmin):
    list_display = ("which", "first_rating", "rating", "agrees", "who", "at")
    nothing_yet = gettext_lazy(
        "Nobody has rated a verdict a second time yet. What waits for it stands on "
        "the desk’s front page, under “To rate a second time, blind”."
    )
    list_select_related = ("verdict__claim", "first_rating", "rating", "by")
    change_list_template = "admin/claims/second_ratings.html"

    def get_queryset(self, request):
        """Return ratings but those of verdicts that others may still rate blind."""
        return super().get_queryset(request).filter(told_second_ratings(request.user))

    @admin.display(description=gettext_lazy("claim"))
    def which(self, row):
        return row.verdict.claim

    @admin.display(description=gettext_lazy("by"), ordering="by")
    def who(self, row):
        return display_name(row.by)

    @admin.display(boolean=True, description=gettext_lazy("same"))
    def agrees(self, row):
        return row.agrees

    def get_urls(self):
        report = self.admin_site.admin_view(self.agreement_view)
        return [
            path("agreement/", report, name="claims_secondrating_agreement"),
            *super().get_urls(),
        ]

    def agreement_view(self, request):
        """Show the inter-rater agreement by period."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        period = request.GET.get("by", "quarter")
        if period not in PERIODS:
            period = "quarter"
        visible = self.get_queryset(request).order_by("at")
        rows = visible.values_list("at", "first_rating", "rating")
        return self.desk_page(
            request,
            "agreement.html",
            {
                "title": _("Agreement of blind second ratings"),
                "period": period,
                "periods": PERIODS,
                "rows": agreement_by(period, rows),
                "differing": disagreements(visible),
            },
        )
