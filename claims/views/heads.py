"""The published heads, for others to keep: /corrections/heads.json."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from claims.http.responses import allow_any_origin, plain_error
from claims.models import PublishedHead

EXPLAINED = (
    "One head a day (UTC), made after the day is over. publications_digest: SHA-256 of "
    "the lines 'claim number digest' of the newest publication of every claim, in the "
    "order of claims. changes_digest: SHA-256 of the digests of the change history's "
    "rows since the head before. digest: SHA-256 of the lines day, last_change, "
    "publications, publications_digest, changes, changes_digest, previous. Lines are "
    "joined by one line feed. Keep a copy: manage.py check_integrity --heads FILE "
    "holds it against the database."
)
FIELDS = (
    "day",
    "last_change",
    "publications",
    "publications_digest",
    "changes",
    "changes_digest",
    "previous",
    "digest",
    "made_at",
)


@require_safe
def heads_data(request):
    """Return every published head as JSON, oldest first."""
    for name in request.GET:
        return plain_error(f"{name}: there is no such parameter.")
    heads = list(PublishedHead.objects.order_by("day").values(*FIELDS))
    return allow_any_origin(
        JsonResponse(
            {"about": EXPLAINED, "heads": heads},
            json_dumps_params={"ensure_ascii": False, "indent": 1},
        )
    )
