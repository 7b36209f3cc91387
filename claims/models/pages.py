"""Models: DeskPage (a page about the desk, as written), PageVersion (as published)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.choices import PageSlug, PageStatus


class DeskPageQuerySet(models.QuerySet):
    def in_review(self):
        return self.filter(status=PageStatus.IN_REVIEW)


class DeskPage(models.Model):
    """The working copy of a page about the desk, in one language of the interface.

    Readers see its versions. Those who wrote a part of it since the last one are kept
    by the database in `writers`: none of them is a second pair of eyes.
    """

    slug = models.CharField(_("page"), max_length=12, choices=PageSlug)
    language = models.CharField(_("language"), max_length=12)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    # Readers see it beside the version.
    note = models.CharField(
        _("what changes, and why"),
        max_length=500,
        blank=True,
        help_text=_("From the second version on. Readers see it."),
    )
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=PageStatus,
        default=PageStatus.DRAFT,
        editable=False,
    )
    returned = models.TextField(blank=True, editable=False)
    writers = ArrayField(
        models.BigIntegerField(), default=list, blank=True, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DeskPageQuerySet.as_manager()

    class Meta:
        ordering = ["slug", "language"]
        permissions = [("publish_deskpage", "Can publish desk page")]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "language"],
                name="desk_page_is_written_once",
                violation_error_message=_(
                    "This page is there already in this language: open it in the list."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="desk_page_has_a_title",
                violation_error_message=_("Give the page a title."),
            ),
        ]

    def __str__(self):
        return f"{self.get_slug_display()} ({self.language_name})"

    def get_absolute_url(self):
        return page_url(self.slug)

    @property
    def language_name(self):
        return dict(settings.LANGUAGES).get(self.language, self.language)


class PageVersion(models.Model):
    """A published version of a page about the desk. Append-only, chained by digests."""

    page = models.ForeignKey(DeskPage, models.PROTECT, related_name="versions")
    slug = models.CharField(max_length=12, choices=PageSlug)
    language = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    # As it was rendered on the day.
    body_html = models.TextField()
    note = models.CharField(max_length=500, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    author_name = models.CharField(max_length=500)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    approver_name = models.CharField(max_length=150)
    override_reason = models.TextField(blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    # SHA-256 over this row and the digest of the one before: filled by the database.
    digest = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        ordering = ["slug", "language", "-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number"],
                name="page_version_numbers_are_unique",
                violation_error_message=_("Somebody has just published this page."),
            ),
            models.CheckConstraint(
                condition=~Q(approver=F("author")) | ~Q(override_reason=""),
                name="page_version_has_four_eyes",
                violation_error_message=_(
                    "Somebody who wrote no part of a page has to publish it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(note=""),
                name="page_version_after_the_first_has_a_note",
                violation_error_message=_(
                    "Say what changes: readers see it beside the new version."
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["slug", "language", "-number"], name="page_version_newest"
            )
        ]

    def __str__(self):
        return f"{self.title}, {self.number}"

    def get_absolute_url(self):
        return reverse(
            "claims:page_version", args=[self.slug, self.language, self.number]
        )

    def get_page_url(self):
        """Return where the page stands as it is in force."""
        return page_url(self.slug)

    @property
    def language_name(self):
        return dict(settings.LANGUAGES).get(self.language, self.language)


def page_url(slug: str) -> str:
    """Return the address of a page about the desk; the first one is at /about/."""
    if slug == PageSlug.DESK:
        return reverse("claims:about")
    return reverse("claims:about_page", args=[slug])
