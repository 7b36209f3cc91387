"""The home page: newest verdicts, corrections and claims, most quoted speakers."""

from operator import attrgetter

from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.lists.counts import most_quoted_speakers
from claims.models import PublicClaim
from claims.models.listed_claims import PICTURED_CLAIMS
from claims.reading.corrections import corrections

VERDICTS_ON_HOME = 7  # one at the head, the others below it
CORRECTIONS_ON_HOME = 3
OPEN_ON_HOME = 4
SPEAKERS_ON_HOME = 8


@require_safe
def home(request):
    """Show the newest verdicts, corrections and claims, and who is quoted most."""
    listed = PublicClaim.objects.listed()
    newest = listed.newest_verdicts().values("pk")[:VERDICTS_ON_HOME]
    unreviewed = listed.never_reviewed().newest_listed().values("pk")[:OPEN_ON_HOME]
    lead, *verdicts = _by("published_at", newest) or [None]
    context = {
        "lead": lead,
        "verdicts": verdicts,
        "corrections": corrections()
        .filter(Exists(listed.filter(pk=OuterRef("claim"))))
        .order_by("-published_at", "-pk")[:CORRECTIONS_ON_HOME],
        "claims": _by("listed_at", unreviewed),
        "speakers": most_quoted_speakers(SPEAKERS_ON_HOME),
    }
    quoted = [claim.speaker for claim in (lead, *verdicts, *context["claims"]) if claim]
    quoted += [speaker for speaker, _count in context["speakers"]]
    context["is_pictured"] = any(one and one.shown_picture for one in quoted)
    return render(request, "claims/home.html", context)


def _by(moment, keys):
    rows = PICTURED_CLAIMS.in_bulk(keys).values()
    return sorted(rows, key=attrgetter(moment, "pk"), reverse=True)
