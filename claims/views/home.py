"""The home page: newest verdicts, newest claims, most quoted speakers."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.lists.counts import most_quoted_speakers
from claims.models import PublicClaim

ON_HOME = 6
SPEAKERS_ON_HOME = 8


@require_safe
def home(request):
    """Show the newest verdicts, the newest claims and the most quoted speakers."""
    claims = PublicClaim.objects.listed().for_listing()
    context = {
        "verdicts": claims.newest_verdicts()[:ON_HOME],
        "claims": claims.never_reviewed().newest_listed()[:ON_HOME],
        "speakers": most_quoted_speakers(SPEAKERS_ON_HOME),
    }
    return render(request, "claims/home.html", context)
