"""What a suggestion leaves open, as long as it stands as it was proposed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    Exists,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.attribution import is_sentence, open_words
from claims.exceptions import Refused
from claims.models import Claim
from claims.models.choices import ClaimStatus, Origin

# With many claims at once nobody reads each of them before it is taken.
STEPS_THAT_TAKE_IT = frozenset({"accept", "list"})
# Whoever accepts a claim alone has read it; words that readers could not follow are
# asked about once more before it is listed.
OUTLAST_ACCEPTANCE = frozenset({"pronoun", "sentence"})


class Kind(NamedTuple):
    """A kind of doubt: its name, what it says of a claim, what else may be done."""

    label: str | Promise
    sentence: str | Promise
    remedy: str | Promise


# By the names that `claims.attribution` gives them.
KINDS = {
    "speaker": Kind(
        _("speaker"),
        _("It is open who says this, or under which name."),
        _("Take this claim alone, or choose the speaker first."),
    ),
    "pronoun": Kind(
        _("pronoun"),
        _("The wording leaves open whom or what %(words)s means."),
        _("Take this claim alone, or write the name first."),
    ),
    "reference": Kind(
        _("reference"),
        _("Only the article tells what %(words)s refers to."),
        _("Take this claim alone, or write first what is meant."),
    ),
    "sentence": Kind(
        _("sentence"),
        _("The wording is no whole sentence."),
        _("Take this claim alone, or mend its wording first."),
    ),
    "extent": Kind(
        _("extent"),
        _("The wording may be cut, or hold words of others."),
        _("Take this claim alone, or mend its wording first."),
    ),
    "statement": Kind(
        _("statement"),
        _("Perhaps nobody states this."),
        _("Read it in the article, and take this claim alone."),
    ),
    "day": Kind(
        _("day"),
        _("A day is printed that the program may not have read rightly."),
        _("Take this claim alone, or enter the day first."),
    ),
}
# What is settled by another value of a field; by another wording, all others.
OF_A_FIELD = frozenset({"speaker", "day"})
# A reference that no single words make.
NAMES_NOTHING = _("The wording alone may not tell what it is about.")
# The speaker is read, and may be another one; or nobody is.
SPEAKER_BECAUSE = _("It is open who says this: %(reason)s.")
SEVERAL = _("Take this claim alone, or mend these first.")
WORDS_IN_DOUBT = _(
    "Since a correction of the text it is in doubt which words are meant. Look at "
    "them first."
)


@dataclass(frozen=True)
class Doubt:
    """Something that a claim leaves open: its name, one word for it, a sentence."""

    name: str
    label: str
    sentence: str


class NotReady(Refused):
    """A suggestion leaves something open, so it is not taken along with others."""


def doubts_of(claim: Claim, language: str) -> list[Doubt]:
    """Return what a suggested claim leaves open, in the words of whoever asks.

    `language` is that of its article. What a person has changed is that person's to
    answer for. A draft has only what keeps it from being listed with others, and so has
    a withdrawn claim, which may be listed again.
    """
    if claim.status == ClaimStatus.SUGGESTED:
        names = _standing(claim, language)
    elif claim.status in (ClaimStatus.DRAFT, ClaimStatus.WITHDRAWN):
        names = [
            name for name in _standing(claim, language) if name in OUTLAST_ACCEPTANCE
        ]
    else:
        return []
    return [
        Doubt(name, str(KINDS[name].label), _sentence(name, claim, language))
        for name in names
    ]


def doubts_in_bulk(step: str, claims: Iterable[Claim]) -> dict[int, list[Doubt]]:
    """Return by their keys the claims that a step does not take with others, and why.

    Nothing is said of those that may be taken along.
    """
    if step not in STEPS_THAT_TAKE_IT:
        return {}
    of_key = {claim.pk: claim for claim in claims}
    moved = Claim.objects.with_doubtful_words().filter(pk__in=of_key)
    moved_keys = set(moved.values_list("pk", flat=True))
    words = Doubt("words", str(_("Words in doubt")), str(WORDS_IN_DOUBT))
    found = {
        key: [words] * (key in moved_keys) + doubts_of(claim, claim.article.language)
        for key, claim in of_key.items()
    }
    return {key: doubts for key, doubts in found.items() if doubts}


def refuse_in_bulk(step: str, claim: Claim) -> None:
    """Raise NotReady if a step would take what leaves something open along."""
    doubts = doubts_in_bulk(step, [claim]).get(claim.pk)
    if not doubts:
        return
    remedy = SEVERAL
    if len(doubts) == 1:
        remedy = KINDS[doubts[0].name].remedy if doubts[0].name in KINDS else ""
    said = [*(doubt.sentence for doubt in doubts), str(remedy)]
    raise NotReady(" ".join(said).strip())


def leaves_something_open() -> Case:
    """Return what tells of a suggested claim, in SQL, whether it leaves something open.

    As `refuse_in_bulk` has it; only a suggestion of old is not read again: it is ready
    where nothing was noted when it was made.
    """
    is_worded_so = Q(wording=KT("proposed__wording"))
    has_speaker = Q(speaker=Cast(KT("proposed__speaker"), BigIntegerField()))
    has_speaker |= Q(speaker=None, proposed__speaker=None)
    has_day = Q(stated_on=Cast(KT("proposed__stated_on"), DateField()))
    has_day |= Q(stated_on=None, proposed__stated_on=None)
    in_doubt = Claim.objects.with_doubtful_words().filter(pk=OuterRef("pk"))
    of_wording = sorted(KINDS.keys() - OF_A_FIELD)
    return Case(
        When(Exists(in_doubt), then=Value(True)),
        When(
            ~Q(origin=Origin.RULES) | Q(proposed__isnull=True) | Q(proposed={}),
            then=Q(speaker=None),
        ),
        When(
            Q(proposed__has_key="doubts"),
            then=Case(
                When(
                    is_worded_so & Q(proposed__doubts__has_any_keys=of_wording)
                    | has_speaker & Q(proposed__doubts__contains="speaker")
                    | has_day & Q(proposed__doubts__contains="day"),
                    then=Value(True),
                ),
                default=Value(False),
            ),
        ),
        When(
            ~Q(proposed__speaker_name=None),
            proposed__is_sure=True,
            proposed__open_reason="",
            then=Value(False),
        ),
        default=Value(True),
    )


def why_unclear(claim: Claim, language: str) -> str:
    """Return why a draft may not stand as it is, or "": its speaker, its wording."""
    if claim.status != ClaimStatus.DRAFT:
        return ""
    proposed = claim.proposed or {}
    is_guess = proposed.get("is_sure") is False
    if is_guess and claim.speaker_id and claim.speaker_id == proposed.get("speaker"):
        return _("the text leaves the speaker open: %(reason)s") % {
            "reason": proposed["speaker_reason"]
        }
    words = open_words(claim.wording, language)
    if words:
        return _("leaves open whom or what %(words)s means") % {"words": _quoted(words)}
    if not is_sentence(claim.wording, language):
        return str(_("no whole sentence"))
    return ""


def _standing(claim: Claim, language: str) -> Sequence[str]:
    """Return the names of those doubts whose subject is still as it was proposed."""
    proposed = claim.proposed
    if claim.origin != Origin.RULES or not proposed:
        # One that was brought in: nothing but its speaker is asked about.
        return () if claim.speaker_id else ("speaker",)
    is_so = {
        "speaker": claim.speaker_id == proposed.get("speaker"),
        "day": (claim.stated_on and claim.stated_on.isoformat())
        == proposed.get("stated_on"),
    }
    is_worded_so = claim.wording == proposed.get("wording", "")[:500]
    if "doubts" in proposed:
        return [name for name in proposed["doubts"] if is_so.get(name, is_worded_so)]
    # A suggestion made before its doubts were kept with it.
    found = []
    is_named = proposed.get("is_sure") is not False and proposed.get("speaker_name")
    if is_so["speaker"] and not is_named:
        found.append("speaker")
    if is_worded_so and _pronouns(claim, language):
        found.append("pronoun")
    elif is_worded_so and not is_sentence(claim.wording, language):
        found.append("sentence")
    return found


def _pronouns(claim: Claim, language: str) -> Iterable[str]:
    """Return the pronouns that a proposed wording leaves open."""
    if "open_words" in claim.proposed:
        return claim.proposed["open_words"]
    return open_words(claim.wording, language)


def _sentence(name: str, claim: Claim, language: str) -> str:
    """Return what a doubt says of a claim."""
    proposed = claim.proposed or {}
    if name == "speaker":
        # Else the reason is one for the name that is read.
        is_open = proposed.get("is_sure") is False or not proposed.get("speaker_name")
        if is_open and (reason := proposed.get("speaker_reason")):
            return SPEAKER_BECAUSE % {"reason": reason}
    words: Iterable[str] = ()
    if name == "pronoun":
        words = _pronouns(claim, language)
    elif name == "reference":
        words = proposed.get("references", ())
        if not words:
            return str(NAMES_NOTHING)
    return KINDS[name].sentence % {"words": _quoted(words)}


def _quoted(words: Iterable[str]) -> str:
    """Return words in quotation marks, each once."""
    return ", ".join(f"“{word}”" for word in dict.fromkeys(words))
