"""The report on suggestions in the admin: editors' decisions by rule and language."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils.translation import gettext as _

from claims.desk.languages import language_name
from claims.desk.suggestion_statistics import ENOUGH, NEWEST, rule_statistics


class SuggestionReportMixin:
    """Adds the report on suggestions to ArticleAdmin."""

    change_list_template = "admin/claims/article_list.html"

    def get_urls(self):
        report = self.admin_site.admin_view(self.suggestions_view)
        return [
            path("suggestions/", report, name="claims_article_suggestions"),
            *super().get_urls(),
        ]

    def suggestions_view(self, request):
        """Show how many suggestions were accepted, corrected and rejected, by rule."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        leaves_out = settings.FACTCHECK["SUGGESTION_WEAK"] == "omit"
        weak = _("left out") if leaves_out else _("counts less")
        records = rule_statistics(NEWEST)
        return self.desk_page(
            request,
            "suggestions.html",
            {
                "title": _("Suggestions by rule"),
                "rows": [
                    {
                        "record": each,
                        "language": language_name(each.language),
                        "precision": _percentage(each.precision),
                        "weak": weak if each.is_weak else "",
                        "kept": _percentage(each.usefulness),
                        "ready_precision": _percentage(each.ready_precision),
                        "ready_kept": _percentage(each.ready_usefulness),
                    }
                    for each in records
                ],
                "least": settings.FACTCHECK["SUGGESTION_PRECISION"],
                "enough": ENOUGH,
                "newest": NEWEST,
                "leaves_out": leaves_out,
            },
        )


def _percentage(share):
    return None if share is None else round(100 * share)
