"""The list of speakers, and the page of one speaker."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.http.links import permanent_redirect, url_builder
from claims.lists.counts import with_rating_counts
from claims.lists.directories import SpeakerQuery
from claims.models import Speaker
from claims.reading import charts, moved_speaker, speaker_dossier
from claims.reading.contradictions import contradictions_of
from claims.reading.structured_data import CONTEXT, json_for_script, speaker_node
from claims.views.list_pages import list_page


@require_safe
def speaker_list(request):
    """List the speakers who have listed claims."""
    return list_page(
        request, SpeakerQuery, with_rating_counts, "claims/speaker_list.html"
    )


@require_safe
def speaker_page(request, slug):
    """Show a speaker, or redirect from a merged one or a former slug."""
    try:
        dossier = speaker_dossier(slug)
    except Speaker.DoesNotExist:
        return _moved_or_404(slug)
    speaker = dossier.speaker
    at = url_builder(request)
    context = {
        "dossier": dossier,
        "speaker": speaker,
        "bars": charts.bars(dossier.counts),
        "year_chart": charts.year_chart(dossier.years),
        "year_table": charts.year_table(dossier.years, dossier.counts),
        "url": at(speaker.get_absolute_url()),
        "markup": _markup(speaker, at) if speaker.shown_picture else "",
    }
    return render(request, "claims/speaker_detail.html", context)


def _markup(speaker, at):
    """Return a speaker and the picture as JSON-LD, for whoever asks for its licence."""
    node = speaker_node(
        name=speaker.name,
        kind=speaker.kind,
        role=speaker.current_role,
        key=speaker.pk,
        wikidata_id=speaker.wikidata_id,
        picture=speaker.shown_picture,
        at=at,
    )
    return json_for_script({"@context": CONTEXT} | node)


@require_safe
def contradictions_page(request, slug):
    """Show what a speaker said on one day beside what contradicts it on another."""
    speaker = Speaker.objects.public().unmerged().filter(slug=slug).first()
    if speaker is None:
        return _moved_or_404(slug, "claims:contradictions")
    context = {
        "speaker": speaker,
        "contradictions": contradictions_of(speaker),
        "url": url_builder(request)(reverse("claims:contradictions", args=[slug])),
    }
    return render(request, "claims/contradictions.html", context)


def _moved_or_404(slug, name="claims:speaker"):
    try:
        return permanent_redirect(reverse(name, args=[moved_speaker(slug).slug]))
    except Speaker.DoesNotExist:
        raise Http404 from None
