"""The list of corrections: every publication after the first, and its query string."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet

from claims.lists.pagination import Order, parse_moment
from claims.lists.query import ListQuery
from claims.models import PublicWords, PublishedVerdict
from claims.models.choices import FIRSTS, AskedBy, PublicationKind

# By how it is told beside a correction.
OF_THE_ONE_BEFORE = {
    "number": "number",
    "label": "rating_label",
    "slug": "rating_slug",
    "bucket": "rating_bucket",
    "sign": "rating_sign",
}


def corrections() -> QuerySet:
    """Return all corrections, with the rating before each and who asked for it.

    `before` is a dictionary of what the publication before said, found once for all of
    it; `wording_now` the claim's wording as readers see it today, for its address.
    """
    before = (
        PublishedVerdict.objects.filter(
            claim=OuterRef("claim"), number__lt=OuterRef("number")
        )
        .exclude(kind=PublicationKind.ARCHIVE)
        .order_by("-number")
    )
    words = PublicWords.objects.filter(pk=OuterRef("claim"))
    return (
        PublishedVerdict.objects.corrections()
        .with_who_asked()
        .annotate(
            wording_now=Subquery(words.values("wording")),
            before=Subquery(before.values(told=JSONObject(**OF_THE_ONE_BEFORE))[:1]),
        )
        .only(
            "claim",
            "speaker_name",
            "number",
            "kind",
            "note",
            "note_html",
            "published_at",
            "claim_reviewed",
            "rating_label",
            "rating_slug",
            "rating_bucket",
            "rating_sign",
            "publisher",
            "author_name",
            "approver_name",
            "override_reason",
            "digest",
        )
    )


class CorrectionFilter(FilterSet):
    """The filters of corrections: what kind they are, who asked for them."""

    kind = ChoiceFilter(
        choices=[each for each in PublicationKind.choices if each[0] not in FIRSTS],
        help_text=_("What was corrected."),
    )
    asked_by = ChoiceFilter(
        field_name="who_asked",
        choices=AskedBy,
        help_text=_("Who asked for the correction."),
    )


class CorrectionQuery(ListQuery):
    """The query string of the list of corrections."""

    filterset_class = CorrectionFilter
    orders = {
        "newest": Order("newest", _("Newest"), "published_at", True, parse_moment)
    }
    default_order = "newest"

    def everything(self):
        return corrections()
