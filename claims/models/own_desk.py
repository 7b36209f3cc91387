"""Models of what a person keeps at the desk: SavedFilter, CalendarAddress."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedFilter(models.Model):
    """A list of the desk with its filters, under a name; own, or shared with all."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters"
    )
    name = models.CharField(_("name"), max_length=60)
    # The model that is listed, and its query string.
    model = models.CharField(max_length=30, editable=False)
    query = models.CharField(max_length=1000, editable=False)
    is_shared = models.BooleanField(_("for everybody"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="saved_filter_has_a_name",
                violation_error_message=_("Give the list a name."),
            ),
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_filter_is_stored_once",
                violation_error_message=_("You have a list of this name."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["name"], condition=Q(is_shared=True), name="saved_filter_shared"
            )
        ]

    def __str__(self):
        return self.name


class CalendarAddress(models.Model):
    """The private address of a person's calendar; only a digest of it is stored."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_address"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"Calendar of {self.user}"
