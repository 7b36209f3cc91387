"""Citations of a claim: plain text, BibTeX, CSL-JSON; text-fragment links."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from claims.models import PublicClaim, PublishedVerdict
from claims.models.verdict_state import RETRACTED
from claims.text.canonical import within_quotes

# What BibTeX and TeX would take for commands.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
# Words at either end of a quotation that find it again on the publisher's page.
_FRAGMENT_WORDS = 5


def title_of(claim: PublicClaim, verdict: PublishedVerdict | None) -> str:
    """Return the title under which a claim and its verdict are cited."""
    if verdict is None:
        return claim.wording
    return f"{verdict.claim_reviewed.rstrip('.')}: {verdict.rating_label}"


def plain(claim: PublicClaim, verdict: PublishedVerdict | None, url: str) -> str:
    """Return the citation as a sentence of a list of references."""
    desk = settings.FACTCHECK["NAME"]
    title = within_quotes(title_of(claim, verdict))
    if verdict is None:
        sentence = _("“%(title)s” %(desk)s, claim %(id)d, not yet reviewed. %(url)s")
        if claim.repeats_a_verdict:
            sentence = _(
                "“%(title)s” %(desk)s, claim %(id)d, repeats claim %(first)d. %(url)s"
            )
        elif claim.verdict_state == RETRACTED:
            sentence = _(
                "“%(title)s” %(desk)s, claim %(id)d, verdict retracted. %(url)s"
            )
        return sentence % {
            "title": title,
            "desk": desk,
            "id": claim.pk,
            "first": claim.repeats_id,
            "url": url,
        }
    if verdict.is_elsewhere:
        return _(
            "%(publisher)s: “%(title)s.” Published elsewhere, at %(address)s; listed "
            "by %(desk)s, claim %(id)d. %(url)s"
        ) % {
            "publisher": _author(verdict),
            "title": title,
            "address": verdict.review_url,
            "desk": desk,
            "id": claim.pk,
            "url": url,
        }
    return _(
        "%(author)s: “%(title)s.” %(desk)s, version %(number)d, %(day)s. %(url)s"
    ) % {
        "author": verdict.author_name,
        "title": title,
        "desk": desk,
        "number": verdict.number,
        "day": verdict.published_at.date().isoformat(),
        "url": url,
    }


def bibtex(claim: PublicClaim, verdict: PublishedVerdict | None, url: str) -> str:
    """Return the citation as a BibTeX entry that plain BibTeX takes."""
    fields = {
        "title": "{" + _tex(title_of(claim, verdict)) + "}",
        "howpublished": _tex(settings.FACTCHECK["NAME"]),
    }
    key = f"claim{claim.pk}"
    if verdict is not None:
        day = verdict.published_at.date()
        # Braces keep a full name from being split into first and last.
        fields["author"] = "{" + _tex(_author(verdict)) + "}"
        fields["year"] = f"{day:%Y}"
        fields["month"] = f"{day.month}"
        fields["day"] = f"{day.day}"
        fields["version"] = str(verdict.number)
        fields["note"] = f"Version {verdict.number}"
        key += f"v{verdict.number}"
        if verdict.is_elsewhere:
            fields["howpublished"] = _tex(verdict.publisher)
            fields["note"] = _tex(f"Published elsewhere, at {verdict.review_url}")
    elif claim.verdict_state == RETRACTED:
        fields["note"] = _retraction_note()
    fields["url"] = url
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}\n"


def csl(
    claim: PublicClaim, verdict: PublishedVerdict | None, url: str
) -> dict[str, Any]:
    """Return the citation as one item of CSL-JSON."""
    item: dict[str, Any] = {
        "id": f"claim-{claim.pk}",
        "type": "webpage",
        "title": title_of(claim, verdict),
        "container-title": settings.FACTCHECK["NAME"],
        "URL": url,
    }
    if verdict is not None:
        day = verdict.published_at.date()
        item["id"] += f"-v{verdict.number}"
        item["author"] = [{"literal": _author(verdict)}]
        item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
        item["version"] = str(verdict.number)
        item["abstract"] = verdict.summary
        if verdict.is_elsewhere:
            item["container-title"] = verdict.publisher
            item["note"] = f"Published elsewhere, at {verdict.review_url}"
    elif claim.verdict_state == RETRACTED:
        item["note"] = _retraction_note()
    return item


def _author(verdict):
    """Return who wrote a verdict; of one elsewhere its publisher, without authors."""
    return verdict.author_name or verdict.publisher


def text_fragment(words: str) -> str:
    """Return the text fragment (#:~:text=) that scrolls to these words.

    >>> text_fragment("the talks, he said, would go on for a long time")
    ':~:text=the%20talks%2C%20he%20said%2C%20would,on%20for%20a%20long%20time'
    """
    # Paragraphs are separate blocks, within which alone a browser matches a term.
    blocks = [block.split() for block in re.split(r"\n\s*\n", words) if block.split()]
    if not blocks:
        return ""
    first, last = blocks[0], blocks[-1]
    together = first if len(blocks) == 1 else None
    if together is not None and len(together) <= 2 * _FRAGMENT_WORDS:
        return ":~:text=" + _term(together)
    return ":~:text=" + ",".join(
        [_term(first[:_FRAGMENT_WORDS]), _term(last[-_FRAGMENT_WORDS:])]
    )


def _retraction_note():
    # Reference managers keep it in whatever language it came.
    with override("en"):
        return str(RETRACTED)


def _term(words):
    # A dash, a comma and an ampersand are part of the syntax.
    return quote(" ".join(words), safe="").replace("-", "%2D")


def _tex(text):
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(_TEX.get(character, character) for character in text)
