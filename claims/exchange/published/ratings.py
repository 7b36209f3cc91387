"""Ratings of other desks: a known label, else a number on its scale, as a bucket."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from claims.attribution.folding import fold
from claims.models.choices import Bucket

# Labels as they are folded. A house's own label stays as it is: this says only which
# bucket it belongs to.
_LABELS = {
    Bucket.TRUE: (
        "true; correct; accurate; confirmed; verified; right; fact; supported; "
        "correct attribution; geppetto checkmark; wahr; richtig; verdadero; verdad; "
        "cierto; vrai; correcte; verdadeiro; verdade; vero; dogru; waar; sant; sandt"
    ),
    Bucket.MOSTLY_TRUE: (
        "mostly true; largely true; mostly correct; mostly accurate; mainly true; "
        "almost true; grosstenteils wahr; grosstenteils richtig; weitgehend richtig; "
        "mayormente verdadero; plutot vrai; cogunlukla dogru; kismen dogru"
    ),
    Bucket.MIXED: (
        "mixed; mixture; half true; half right; partly true; partly false; "
        "partially true; partially false; partially correct; partly correct; "
        "conflicting evidence cherrypicking; conflicting evidence; halbwahr; "
        "teilweise wahr; teilweise richtig; teilweise falsch; verdad a medias; "
        "parcialmente falso; en partie vrai; en partie faux; partiellement faux; "
        "karma; parzialmente falso"
    ),
    Bucket.MOSTLY_FALSE: (
        "mostly false; largely false; mainly false; mostly incorrect; barely true; "
        "misleading; irrefuhrend; grosstenteils falsch; uberwiegend falsch; enganoso; "
        "engaoso; mayormente falso; trompeur; plutot faux; yaniltici; fuorviante"
    ),
    Bucket.FALSE: (
        "false; incorrect; inaccurate; wrong; fake; hoax; untrue; fabricated; "
        "pants on fire; pants fire; refuted; debunked; not true; scam; "
        "misattributed; altered; altered photo; altered video; falsch; fake news; "
        "falso; bulo; mentira; faux; infonde; yanlis; onwaar; falskt; falsk"
    ),
    Bucket.UNRATED: (
        "unproven; unverified; unsupported; no evidence; not enough evidence; "
        "not enough info; not enough information; unfounded; baseless; inconclusive; "
        "research in progress; in progress; in the works; undetermined; unknown; "
        "outdated; legend; satire; labeled satire; originated as satire; satira; "
        "parody; opinion; explainer; full flop; half flip; no flip; flip flop; "
        "promise kept; promise broken; compromise; stalled; not rated; unrated; "
        "unbelegt; nicht belegt; sans preuve; sin pruebas; kanitlanamadi; hiciv"
    ),
}
KNOWN = {
    label.strip(): bucket
    for bucket, labels in _LABELS.items()
    for label in labels.split(";")
}
ON_THE_SCALE = (
    Bucket.FALSE,
    Bucket.MOSTLY_FALSE,
    Bucket.MIXED,
    Bucket.MOSTLY_TRUE,
    Bucket.TRUE,
)
NUMBER = re.compile(r"^[+-]?\d{1,9}(?:[.,]\d{1,9})?$")
OF = re.compile(r"^(\d{1,4}(?:[.,]\d+)?)\s*(?:/|of|out of|von|sur|de)\s*(\d{1,4})$")


@dataclass(frozen=True)
class Rated:
    """A bucket with the words for it, and a warning where label and number disagree."""

    label: str
    bucket: str
    warning: str = ""


def rate(label: str, value: str, best: str = "", worst: str = "") -> Rated:
    """Return the bucket of a rating by its known label, else by its number's share.

    >>> print(rate("Barely true", "", "").bucket, rate("", "1", "1", "5").bucket)
    mostly_false true
    >>> print(rate("Half the story", "-1", "-1", "-1").bucket)
    unrated
    """
    by_label = bucket_of(label)
    by_number = bucket_of_number(value, best, worst)
    shown = label or _in_words(value, best, worst)
    if by_label is None:
        return Rated(shown, by_number or Bucket.UNRATED)
    warning = ""
    if by_number not in (None, by_label) and by_label != Bucket.UNRATED:
        warning = (
            f"The rating is called “{label}”, but its number {value} means "
            f"“{Bucket(by_number).label}”: the name was taken."
        )
    return Rated(shown, by_label, warning)


def bucket_of(label: str) -> str | None:
    """Return the bucket of a label that is known, else None."""
    return KNOWN.get(fold(label)) if label else None


def bucket_of_number(value: str, best: str, worst: str) -> str | None:
    """Return the bucket of a number by its share of a scale, which may be reversed.

    Without a scale it is 1 to 5. None for what is outside it, for -1 (which says that
    there is none) and for no number.
    """
    match = OF.match(value.strip())
    if match:
        value, best = match[1], best or match[2]
    number, top, bottom = _number(value), _number(best), _number(worst)
    top, bottom = (5.0 if top is None else top), (1.0 if bottom is None else bottom)
    if number is None or top == bottom:
        return None
    low, high = min(top, bottom), max(top, bottom)
    if not low <= number <= high or (number == -1 and low >= -1):
        return None
    share = (number - bottom) / (top - bottom)
    return ON_THE_SCALE[math.floor(share * 4 + 0.5)]


def _number(words):
    words = words.strip()
    return float(words.replace(",", ".")) if NUMBER.match(words) else None


def _in_words(value, best, worst):
    """Return what stands for a rating without a name: its number and its scale."""
    if _number(value) is None or _number(best) is None or _number(worst) is None:
        return value
    return f"{value} ({worst}–{best})"
