"""Weights of suggestions on this desk: by its weak rules and by its own model."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from claims.desk.languages import language_name, rules_language
from claims.desk.suggestion_model import Model, features_of, load_model
from claims.desk.suggestion_statistics import RuleStatistics, weak_rules
from claims.models import Article, Claim


@dataclass(frozen=True)
class Weights:
    """What this desk has learned of rules, read once for many suggestions."""

    weak: dict[tuple[str, str], RuleStatistics]
    leaves_out: bool = False
    model: Model | None = None

    @classmethod
    def of_desk(cls) -> Weights:
        """Return the weights as the settings and the decisions until now have them."""
        leaves_out = settings.FACTCHECK["SUGGESTION_WEAK"] == "omit"
        return cls(weak_rules(), leaves_out, load_model())

    def weigh(self, rule: str, score: float, proposed: dict) -> float | None:
        """Return a suggestion's score, None where it is not to be made.

        What weighed is noted in `proposed`.
        """
        weak = self.weak.get((rule, proposed["language"]))
        if weak is not None and self.leaves_out:
            return None
        proposed["score"] = score
        if self.model is not None:
            score = self.model.probability(features_of(rule, score, proposed))
            proposed["by_model"] = True
        if weak is not None:
            score = min(score, weak.precision)
            proposed["weak"] = {
                "precision": round(weak.precision * 100),
                "decided": weak.decided,
            }
        return score


def weight_note(claim: Claim) -> str:
    """Return what weighed in a suggestion's score, for editors; "" for none."""
    proposed, notes = claim.proposed or {}, []
    if weak := proposed.get("weak"):
        notes.append(
            _(
                "This rule was right in %(precision)d %% of %(decided)d decisions of "
                "this desk."
            )
            % weak
        )
    if proposed.get("by_model"):
        notes.append(_("The score is learned from this desk’s decisions."))
    return " ".join(notes)


def left_out_note(article: Article) -> str:
    """Return which rules are not used on this desk for an article; "" for none."""
    if settings.FACTCHECK["SUGGESTION_WEAK"] != "omit":
        return ""
    names = [
        f"“{each.rule}” ({each.precision:.0%})"
        for each in weak_rules().values()
        if each.language == rules_language(article.language)
    ]
    if not names:
        return ""
    return _(
        "Not suggested here, since too seldom right on this desk: what these rules "
        "find in %(language)s: %(rules)s."
    ) % {"language": language_name(article.language), "rules": ", ".join(names)}
