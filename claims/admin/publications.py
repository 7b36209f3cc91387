"""Published verdicts in the admin: every version as readers saw it, read-only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims.admin.base import ReadOnlyAdmin
from claims.admin.changelist import as_code, as_label, two_line_cell
from claims.admin.review_import import ReviewImportMixin
from claims.models import PublishedVerdict
from claims.models.choices import (
    AttributionKind,
    Checkability,
    DateBasis,
    DatePrecision,
    PublicationKind,
    SpeakerKind,
)

# A snapshot keeps codes alone; each is shown by its label.
CODES = {
    name: as_label(PublishedVerdict._meta.get_field(name), choices)
    for name, choices in {
        "speaker_kind": SpeakerKind,
        "attribution": AttributionKind,
        "stated_precision": DatePrecision,
        "published_precision": DatePrecision,
        "stated_basis": DateBasis,
        "checkability": Checkability,
    }.items()
} | {
    name: as_code(PublishedVerdict._meta.get_field(name), always=True)
    for name in ("rating_slug", "rating_bucket", "statement_basis", "source_kind")
}


@admin.register(PublishedVerdict)
class PublishedVerdictAdmin(ReviewImportMixin, ReadOnlyAdmin):
    list_display = ("which", "rating_label", "people", "published_at")
    list_filter = ("kind", "rating_bucket", "finding")
    search_fields = ("summary",)
    exclude = ("search",)

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return [CODES.get(each, each) for each in fields]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search")

    @admin.display(description=_("claim"), ordering="claim_reviewed")
    def which(self, publication):
        version = _("Version %(number)d: %(kind)s") % {
            "number": publication.number,
            "kind": publication.get_kind_display(),
        }
        return two_line_cell(publication.claim_reviewed, version)

    @admin.display(description=_("written by"), ordering="author_name")
    def people(self, publication):
        if publication.kind == PublicationKind.ARCHIVE:
            return two_line_cell(publication.publisher, publication.author_name)
        if publication.override_reason:
            approved = _("without a second pair of eyes")
        else:
            approved = _("approved by %(name)s") % {"name": publication.approver_name}
        return two_line_cell(publication.author_name, approved)

    def view_on_site(self, publication):
        claim = publication.claim
        return publication.get_absolute_url() if claim.is_listed else None
