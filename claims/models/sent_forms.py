"""Model of the forms of the desk that were sent, so that none counts twice."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class SentForm(models.Model):
    """A form that was sent and carried out, under a digest of all it said.

    Stored in the transaction that writes what the form asks for: either both are
    there or none. `location` is where the first answer led, empty where to no page.
    """

    digest = models.CharField(max_length=64, unique=True)
    # As it was shown: a form whose answer was lost is known by it.
    token = models.UUIDField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    location = models.TextField(blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "sent form"
        verbose_name_plural = "sent forms"
        indexes = [
            models.Index(fields=["user", "token"], name="sent_form_of_user"),
            models.Index(fields=["at"], name="sent_form_oldest"),
        ]

    def __str__(self):
        return str(self.token)
