"""The page of one speaker: names, claims, and what was found about them."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.http.links import absolute, moved
from claims.models import Speaker
from claims.reading import charts, merged_speaker, speaker_dossier


@require_safe
def speaker_page(request, slug):
    """Show a speaker; one that was merged leads to the speaker it is part of."""
    try:
        dossier = speaker_dossier(slug)
    except Speaker.DoesNotExist:
        return _merged_or_404(slug)
    speaker = dossier.speaker
    context = {
        "dossier": dossier,
        "speaker": speaker,
        "bars": charts.bars(dossier.counts),
        "year_chart": charts.year_chart(dossier.years),
        "year_table": charts.year_table(dossier.years, dossier.counts),
        "url": absolute(request)(speaker.get_absolute_url()),
    }
    return render(request, "claims/speaker_detail.html", context)


def _merged_or_404(slug):
    try:
        return moved(merged_speaker(slug).get_absolute_url())
    except Speaker.DoesNotExist:
        raise Http404 from None
