"""Statistics of suggestions: what editors accepted, corrected and rejected, by rule.

A suggestion keeps what was proposed (`Claim.proposed`), so that every later reading of
the table compares it with what the claim says by then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from claims.desk.languages import rules_language
from claims.models import Claim
from claims.models.choices import ClaimStatus

# The fields of a suggestion, by their names in `Claim.proposed`, and where a claim has
# them. A proposal made before a field was kept says nothing of it.
PROPOSED = {
    "quote": "quote",
    "speaker": "speaker_id",
    "attribution": "attribution",
    "via": "via_id",
    "wording": "wording",
    "stated_on": "stated_on",
    "checkability": "checkability",
}
LABELS = {
    "quote": _("words"),
    "speaker": _("speaker"),
    "attribution": _("how it is given"),
    "via": _("relaying outlet"),
    "wording": _("wording"),
    "stated_on": _("day"),
    "checkability": _("checkability"),
}
# With these as proposed a suggestion was right: who said what.
WHO_AND_WHAT = {"quote", "speaker"}
# A rule is judged by no fewer decisions.
ENOUGH = 20
# What is read at each page and article: rules change, and so does what they are worth.
NEWEST = 3_000


@dataclass
class RuleStatistics:
    """Editors' decisions on the suggestions of one rule in one language."""

    rule: str
    language: str
    waiting: int = 0
    accepted: int = 0
    corrected: int = 0
    rejected: int = 0
    right: int = 0
    # Of those that left nothing open when they were proposed.
    ready: int = 0
    ready_kept: int = 0
    ready_right: int = 0
    # How often each field was corrected; one claim may have several.
    fields: Counter[str] = field(default_factory=Counter)

    @property
    def key(self) -> tuple[str, str]:
        return self.rule, self.language

    @property
    def decided(self) -> int:
        return self.accepted + self.corrected + self.rejected

    @property
    def precision(self) -> float | None:
        """Share of the decided whose words and speaker stand as proposed, or None."""
        return self.right / self.decided if self.decided else None

    @property
    def usefulness(self) -> float | None:
        """Share of the decided that was accepted, as proposed or corrected."""
        kept = self.accepted + self.corrected
        return kept / self.decided if self.decided else None

    @property
    def ready_precision(self) -> float | None:
        """Precision of the decided that were proposed as ready, or None."""
        return self.ready_right / self.ready if self.ready else None

    @property
    def ready_usefulness(self) -> float | None:
        """Share of the decided that were proposed as ready and accepted, or None."""
        return self.ready_kept / self.ready if self.ready else None

    @property
    def is_weak(self) -> bool:
        """Whether it is right less often than the desk has set, by enough decisions."""
        least = settings.FACTCHECK["SUGGESTION_PRECISION"]
        return self.decided >= ENOUGH and self.precision * 100 < least

    @property
    def corrections(self) -> list[tuple[str, int]]:
        """The corrected fields by name, each with how often, the commonest first."""
        return [(str(LABELS[name]), n) for name, n in self.fields.most_common()]

    def count(self, claim: Claim) -> None:
        """Add a suggestion, decided or not."""
        if claim.status == ClaimStatus.SUGGESTED:
            self.waiting += 1
            return
        # One from before doubts were kept with a suggestion counts with neither.
        was_ready = (claim.proposed or {}).get("doubts") == []
        self.ready += was_ready
        if claim.status == ClaimStatus.REJECTED:
            self.rejected += 1
            return
        changed = editor_corrections(claim)
        is_right = not WHO_AND_WHAT & set(changed)
        self.fields.update(changed)
        self.corrected += bool(changed)
        self.accepted += not changed
        self.right += is_right
        self.ready_kept += was_ready
        self.ready_right += was_ready and is_right


def rule_statistics(newest: int | None = None) -> list[RuleStatistics]:
    """Return the statistics of each rule and language, the most decided first.

    `newest` limits them to that many suggestions.
    """
    records: dict[tuple[str, str], RuleStatistics] = {}
    for claim in proposed_claims(newest):
        key = claim.rule, language_of_proposal(claim)
        records.setdefault(key, RuleStatistics(*key)).count(claim)
    return sorted(
        records.values(), key=lambda each: (-each.decided, each.rule, each.language)
    )


def weak_rules() -> dict[tuple[str, str], RuleStatistics]:
    """Return the rules that are right too seldom on this desk, by name and language."""
    if not settings.FACTCHECK["SUGGESTION_PRECISION"]:
        return {}
    return {each.key: each for each in rule_statistics(NEWEST) if each.is_weak}


def proposed_claims(newest: int | None = None) -> Iterator[Claim]:
    """Yield the claims that were suggestions, with no more than a judgement needs."""
    claims = Claim.objects.proposed_by_rules().select_related("speaker", "article")
    rows = claims.only(
        *("rule", "score", "status", "proposed", "quote", "attribution", "via"),
        *("wording", "stated_on", "checkability"),
        *("speaker__name", "article__language"),
    )
    with transaction.atomic():  # within one, the server keeps the rows
        yield from rows.order_by("-pk")[:newest].iterator()


def language_of_proposal(claim: Claim) -> str:
    """Return the language whose rules proposed a claim."""
    proposed = claim.proposed or {}
    return proposed.get("language") or rules_language(claim.article.language)


def editor_corrections(claim: Claim) -> list[str]:
    """Return which fields of a suggestion an editor changed."""
    was = claim.proposed or {}
    changed = [
        name
        for name, attribute in PROPOSED.items()
        if name in was and was[name] != _as_proposed(getattr(claim, attribute))
    ]
    # Naming the speaker that was proposed, but not stored yet, agrees with it.
    if "speaker" in changed and was.get("speaker") is None and claim.speaker:
        proposed = (was.get("speaker_name") or "").casefold()
        if proposed and proposed == claim.speaker.name.casefold():
            changed.remove("speaker")
    return changed


def _as_proposed(value):
    """Return a claim's value as a row of JSON holds it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
