"""The scale's ratings: one in use stays as it is, a new wording is a new rating."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from claims.exceptions import NotPermitted, Refused
from claims.models import PublishedVerdict, Rating, Verdict, acting
from claims.models.constraints import refuse_as
from claims.models.fields import slugify_name


class RatingRefused(Refused):
    """The rating cannot be replaced; the message gives the reason."""


def is_in_use(rating: Rating) -> bool:
    """Return whether a verdict has a rating, or had it when it was published."""
    return (
        PublishedVerdict.objects.filter(rating=rating).exists()
        or Verdict.objects.filter(rating=rating).exists()
    )


def replace_rating(rating: Rating, *, by, **fields) -> Rating:
    """Retire a rating, add one with other words in its place, and return that one.

    Verdicts keep the rating that they have.
    """
    if not (by.has_perm("claims.add_rating") and by.has_perm("claims.change_rating")):
        raise NotPermitted(_("You may not change the scale."))
    try:
        with transaction.atomic(), acting(by):
            rating = Rating.objects.select_for_update().get(pk=rating.pk)
            if rating.retired:
                raise RatingRefused(_("This rating is retired already."))
            rating.retired = True
            rating.save(update_fields=["retired"])
            slug = fields.pop("slug", "") or slugify_name(fields["label"])
            return Rating.objects.create(order=rating.order, slug=slug, **fields)
    except IntegrityError as error:
        refuse_as(RatingRefused, error)
