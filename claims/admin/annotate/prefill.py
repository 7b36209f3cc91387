"""Fields proposed for words that an editor has just selected."""

from __future__ import annotations

from claims.admin.annotate.serializers import speaker_json
from claims.attribution import find_attributions, propose
from claims.desk.naming import speaker_named
from claims.models import Article, Outlet

# How much of the text before the words is read along: whom "he" means stands there.
BEFORE, AFTER = 3_000, 800
# So much of a selection lies in what an attribution gives as said.
ENOUGH = 0.5


def prefill_for(article: Article, start: int, end: int) -> dict:
    """Return the proposed speaker, cue, date and wording of selected words, or {}.

    Places are code points of the article's current text.
    """
    body = article.current_text.body
    low = body.rfind("\n\n", 0, max(0, start - BEFORE)) + 2 if start > BEFORE else 0
    high = body.find("\n\n", min(len(body), end + AFTER))
    window = body[low : high if high > 0 else len(body)]
    found = propose(window, article.published_on, language=article.language)
    shares = [
        (_share(each.attribution, start - low, end - low), each) for each in found
    ]
    (within, share), best = max(shares, key=_first, default=((0, 0), None))
    if within > ENOUGH:
        return _proposal_json(best, body, low) | {"share": share}
    around = _around(window, article.language, start - low, end - low)
    return {"marks": _marks_json(around, body, low)} if around else {}


def _first(pair):
    return pair[0]


def _share(found, start: int, end: int) -> tuple[float, float]:
    """Return how much of a selection is an attribution's content, and of both."""
    parts = [(part.start, part.end) for part in found.content]
    shared = sum(max(0, min(last, end) - max(first, start)) for first, last in parts)
    length = sum(last - first for first, last in parts)
    return shared / (end - start), shared / max(end - start, length)


def _around(text, language, start, end):
    """Return the attribution whose cue, speaker and words lie around a selection.

    Rules may have found it and not taken it for a statement, or for other words.
    """
    found = []
    for each in find_attributions(text, language=language):
        spans = [*each.content, *filter(None, (each.cue, each.speaker))]
        first = min(span.start for span in spans)
        last = max(span.end for span in spans)
        if each.cue and first < end and start < last:
            found.append((last - first, first, each))
    return min(found, key=lambda each: each[:2])[2] if found else None


def _marks_json(found, body, low):
    return [
        {
            "role": role,
            "start": span.start + low,
            "end": span.end + low,
            "exact": body[span.start + low : span.end + low],
        }
        for role, span in (("cue", found.cue), ("speaker", found.speaker))
        if span is not None
    ]


def _known(proposal):
    """Return the stored speaker, and who it may be where the text leaves it open."""
    if proposal.other_names or not proposal.speaker_name:
        return None, None
    names = (proposal.speaker_name, proposal.speaker_words)
    found = next(filter(None, map(speaker_named, filter(None, names))), None)
    return (found, None) if proposal.is_sure else (None, found)


def _proposal_json(proposal, body, low):
    found = proposal.attribution
    speaker, maybe = _known(proposal)
    is_named = proposal.is_sure and not proposal.other_names
    via = Outlet.objects.filter(name__iexact=proposal.via_name or "").first()
    stated = proposal.stated
    return {
        "marks": _marks_json(found, body, low),
        "speaker": speaker and speaker_json(speaker),
        "maybe": maybe and speaker_json(maybe),
        "speaker_name": (proposal.speaker_name or "") if is_named else "",
        "via": via and {"id": via.pk, "name": via.name},
        "attribution": found.kind,
        "stated_on": stated.day and stated.day.isoformat(),
        "stated_precision": stated.precision if stated.day else "unknown",
        "stated_basis": stated.basis,
        "checkability": proposal.checkability,
        "wording": proposal.wording[:500],
    }
