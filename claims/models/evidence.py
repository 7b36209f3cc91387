"""Models of evidence that lasts: kept files, those published, checks of addresses."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.choices import FileKind, LinkState
from claims.models.claims import Claim

MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.WEBP: "image/webp",
}


class EvidenceFile(models.Model):
    """A file kept as a copy of evidence, stored once whatever it is a copy of.

    It never changes. `sha256` is that of the bytes stored; `path` its name in the
    storage, different at each try, so that half a file is never taken for a whole one.
    """

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=4, choices=FileKind)
    size = models.PositiveIntegerField("bytes", validators=[MinValueValidator(1)])
    # Of pictures, in pixels.
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    path = models.CharField(max_length=200, unique=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="evidence_file_has_its_digest",
            ),
            models.CheckConstraint(
                condition=Q(kind=FileKind.PDF, width=None, height=None)
                | (~Q(kind=FileKind.PDF) & Q(width__gt=0, height__gt=0)),
                name="evidence_file_of_a_picture_has_a_size",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.sha256[:12]}"

    def get_absolute_url(self):
        """Return its public address, the same in every language and for ever."""
        return reverse(
            "claims:evidence_file",
            args=[self.sha256, self.kind],
            urlconf=settings.ROOT_URLCONF,
        )

    @property
    def is_picture(self):
        return self.kind != FileKind.PDF

    @property
    def media_type(self):
        return MEDIA_TYPES[self.kind]


class PublishedFile(models.Model):
    """A file that a publication of a claim names. Filled by the database, append-only.

    Readers are given a file for as long as they may read of such a claim.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="+")
    file = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="published")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "claim"], name="published_file_is_noted_once"
            )
        ]


class LinkCheck(models.Model):
    """What came of asking for an address of evidence, the last time."""

    # SHA-256 of the address: an index holds no long ones.
    key = models.CharField(max_length=64, unique=True)
    url = models.URLField(_("web address"), max_length=1000)
    state = models.CharField(_("state"), max_length=7, choices=LinkState)
    # Of the answer; None where there was none.
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=200, blank=True)
    # Times in a row that it did not answer as it should.
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateField(null=True)
    checked_on = models.DateField(_("checked on"))

    class Meta:
        ordering = ["checked_on", "pk"]

    def __str__(self):
        return self.url
