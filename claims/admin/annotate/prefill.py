"""Fields proposed for words that an editor has just selected."""

from __future__ import annotations

from claims.admin.annotate.serializers import speaker_json
from claims.attribution import propose
from claims.desk.naming import speaker_named
from claims.models import Article, Outlet

# How much of the text before the words is read along: whom "he" means stands there.
BEFORE, AFTER = 3_000, 800


def prefill_for(article: Article, start: int, end: int) -> dict:
    """Return the proposed speaker, cue, date and wording of selected words, or {}.

    Places are code points of the article's current text.
    """
    body = article.current_text.body
    low = body.rfind("\n\n", 0, max(0, start - BEFORE)) + 2 if start > BEFORE else 0
    high = body.find("\n\n", min(len(body), end + AFTER))
    window = body[low : high if high > 0 else len(body)]
    best, share = None, 0.4
    found = propose(window, article.published_on, language=article.language)
    for proposal in found:
        shared = sum(
            max(0, min(part.end + low, end) - max(part.start + low, start))
            for part in proposal.attribution.content
        )
        length = max(
            end - start,
            sum(part.end - part.start for part in proposal.attribution.content),
        )
        if shared / length > share:
            best, share = proposal, shared / length
    return _proposal_json(best, body, low) | {"share": share} if best else {}


def _proposal_json(proposal, body, low):
    found = proposal.attribution
    marks = [
        {
            "role": role,
            "start": span.start + low,
            "end": span.end + low,
            "exact": body[span.start + low : span.end + low],
        }
        for role, span in (("cue", found.cue), ("speaker", found.speaker))
        if span is not None
    ]
    speaker = None
    names = (proposal.speaker_name, proposal.speaker_words)
    for name in () if proposal.other_names else names:
        speaker = speaker or (speaker_named(name) if name else None)
    via = Outlet.objects.filter(name__iexact=proposal.via_name or "").first()
    stated = proposal.stated
    return {
        "marks": marks,
        "speaker": speaker and speaker_json(speaker),
        "speaker_name": "" if proposal.other_names else proposal.speaker_name or "",
        "speaker_kind": proposal.speaker_kind,
        "via": via and {"id": via.pk, "name": via.name},
        "attribution": found.kind,
        "stated_on": stated.day and stated.day.isoformat(),
        "stated_precision": stated.precision if stated.day else "unknown",
        "stated_basis": stated.basis,
        "checkability": proposal.checkability,
        "wording": proposal.wording[:500],
    }
