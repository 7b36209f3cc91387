"""The rating scale and blind second ratings in the admin, with the agreement report."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.forms import model_to_dict
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.base import DeskAdmin, ReadOnlyAdmin
from claims.desk.agreement import PERIODS, agreement_by, disagreements
from claims.desk.blind import told_second_ratings
from claims.desk.publications import display_name
from claims.desk.ratings import is_in_use, replace_rating
from claims.exceptions import Refused
from claims.forms.ratings import ReplacementForm
from claims.models import Rating, SecondRating


@admin.register(Rating)
class RatingAdmin(DeskAdmin):
    list_display = ("label", "sign", "value", "bucket", "order", "is_retired")
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
    change_form_template = "admin/claims/rating_form.html"

    @admin.display(description=gettext_lazy("retired"), ordering="retired")
    def is_retired(self, rating):
        return "✓" if rating.retired else ""

    def get_readonly_fields(self, request, obj=None):
        # What was typed before the rating was used is refused as it is saved.
        if obj is None or "label" in request.POST or not is_in_use(obj):
            return ()
        return [name for name in self.fields if name not in {"order", "retired"}]

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(label__icontains=search_term.strip()), False

    def get_prepopulated_fields(self, request, obj=None):
        # A published address keeps its slug, whatever the label becomes.
        return self.prepopulated_fields if obj is None else {}

    def render_change_form(self, request, context, *args, **kwargs):
        rating = context["original"]
        context["is_in_use"] = rating is not None and is_in_use(rating)
        context["may_replace"] = self.has_add_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self):
        replace = self.admin_site.admin_view(self.replace_view)
        return [
            path("<path:object_id>/replace/", replace, name="claims_rating_replace"),
            *super().get_urls(),
        ]

    def replace_view(self, request, object_id):
        """Retire a rating and add one with other words in its place, in one step."""
        rating = self.get_object(request, unquote(object_id))
        if rating is None:
            raise Http404
        may = self.has_change_permission(request, rating)
        if not (may and self.has_add_permission(request)):
            raise PermissionDenied
        before = model_to_dict(rating, exclude=["slug"])
        form, status = ReplacementForm(request.POST or None, initial=before), 200
        if request.method == "POST":
            status = 400
            if form.is_valid():
                try:
                    new = replace_rating(rating, by=request.user, **form.cleaned_data)
                except Refused as refusal:
                    form.add_error(None, str(refusal))
                    status = refusal.status
                else:
                    self.message_user(
                        request,
                        _("“%(old)s” is retired; new verdicts can have “%(new)s”.")
                        % {"old": rating, "new": new},
                        messages.SUCCESS,
                    )
                    return HttpResponseRedirect(
                        reverse("admin:claims_rating_change", args=[new.pk])
                    )
        return self.desk_page(
            request,
            "rating_replace.html",
            {
                "title": _("Retire “%(rating)s” and replace it") % {"rating": rating},
                "rating": rating,
                "thing": rating,
                "back": reverse("admin:claims_rating_change", args=[rating.pk]),
                "form": form,
            },
            status=status,
        )


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
