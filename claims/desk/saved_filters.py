"""Lists kept under a name with their filters, for one person or for all."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.exceptions import Incomplete, NotPermitted
from claims.models import SavedFilter, acting
from claims.models.constraints import refusal_for
from claims.text.canonical import visible_text

# As many as a front page can show.
MOST = 50
LONGEST = 1000
# Where somebody was in a list is no filter; `e` says that an address was wrong.
NO_FILTERS = {"p", "e", "_popup", "_to_field", "_changelist_filters"}


def filters_of(user) -> list[SavedFilter]:
    """Return a person's own lists and those that are shared, by name."""
    rows = SavedFilter.objects.filter(Q(owner=user) | Q(is_shared=True))
    return list(rows.select_related("owner").order_by("name", "id")[:MOST])


def save_filter(
    *, by, name: str, model: str, query: str, is_shared: bool = False
) -> SavedFilter:
    """Keep a list under a name; the same list under the same name is kept once."""
    name = visible_text(name)
    kept = urlencode([pair for pair in parse_qsl(query) if pair[0] not in NO_FILTERS])
    if len(kept) > LONGEST:
        raise Incomplete({"name": _("There are too many filters to keep.")})
    same = SavedFilter.objects.filter(
        owner=by, name=name, model=model, query=kept, is_shared=is_shared
    )
    try:
        with transaction.atomic(), acting(by):
            return same.first() or SavedFilter.objects.create(
                owner=by, name=name, model=model, query=kept, is_shared=is_shared
            )
    except IntegrityError as error:
        refusal = refusal_for(error)
        if refusal is None:
            raise
        raise Incomplete({refusal.field: refusal.sentence}) from error


def may_drop(saved: SavedFilter, user) -> bool:
    """Return whether a list is a person's own, or shared and the person an editor."""
    is_editor = user.has_perm("claims.assign_workitem")
    return saved.owner_id == user.pk or (saved.is_shared and is_editor)


def drop_filter(saved: SavedFilter, *, by) -> None:
    """Forget a list."""
    if not may_drop(saved, by):
        raise NotPermitted(_("This list is somebody else's."))
    with transaction.atomic(), acting(by):
        saved.delete()
