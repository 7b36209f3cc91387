"""Model: SpeakerPicture, what a speaker looks like, by whom and under which licence."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.fields import is_web_address, without_login
from claims.models.speakers import Speaker

# Pixels of the square pictures made of each: beside a name, on the speaker's page.
SMALL, LARGE = 96, 384


class SpeakerPicture(models.Model):
    """A picture of a speaker [ImageObject], with the credit that it is shown with.

    `sha256` is that of the large one; `path` the beginning of the names of both in the
    storage, different at each try.
    """

    speaker = models.OneToOneField(
        Speaker, models.CASCADE, related_name="picture", verbose_name=_("speaker")
    )
    sha256 = models.CharField("SHA-256", max_length=64, editable=False, db_index=True)
    path = models.CharField(max_length=200, editable=False)
    alternative_text = models.CharField(
        _("alternative text"),
        max_length=200,
        help_text=_("What is seen, for those who do not see it."),
    )
    author = models.CharField(
        _("photographer or author"),
        max_length=200,
        help_text=_("As it is to be named."),
    )
    licence = models.CharField(
        _("licence"), max_length=100, help_text=_("Its name, as CC BY-SA 4.0.")
    )
    licence_url = models.URLField(
        _("address of the licence"), max_length=500, validators=[without_login]
    )
    source_url = models.URLField(
        _("address of the source"),
        max_length=1000,
        validators=[without_login],
        help_text=_("Where the picture was found."),
    )

    class Meta:
        verbose_name = _("picture of a speaker")
        verbose_name_plural = _("pictures of speakers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$") & ~Q(path=""),
                name="speaker_picture_has_its_files",
            ),
            models.CheckConstraint(
                condition=~Q(alternative_text="")
                & ~Q(author="")
                & ~Q(licence="")
                & is_web_address("licence_url")
                & is_web_address("source_url"),
                name="speaker_picture_has_its_credit",
                violation_error_message=_(
                    "A picture needs an alternative text, its author, its licence with "
                    "the address, and where it was found."
                ),
            ),
        ]

    def __str__(self):
        return self.alternative_text

    def url(self, size: int) -> str:
        """Return the public address of one of its sizes, the same in every language."""
        return reverse(
            "claims:speaker_picture",
            args=[self.sha256, size],
            urlconf=settings.ROOT_URLCONF,
        )

    @property
    def small_url(self):
        return self.url(SMALL)

    @property
    def large_url(self):
        return self.url(LARGE)

    def stored_name(self, size: int) -> str:
        """Return the name of one of its files in the storage."""
        return f"{self.path}-{size}.jpg"
