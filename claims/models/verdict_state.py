"""The display of a verdict: rating, "not yet reviewed" or "retracted"."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class VerdictState:
    """Slug, sign, label and CSS tone of a verdict.

    `slug` names it in a query string, `tone` in a style sheet: a rating's bucket, or
    `none`. The label of a verdict in force is the desk's words, any other the site's.
    """

    slug: str
    sign: str
    label: str
    tone: str
    is_in_force: bool = True
    is_elsewhere: bool = False

    def __str__(self):
        return str(self.label)


NOT_REVIEWED = VerdictState("none", "○", _("Not yet reviewed"), "none", False)
RETRACTED = VerdictState("retracted", "⊘", _("Verdict retracted"), "none", False)
WITHDRAWN = VerdictState("withdrawn", "⊘", _("Claim withdrawn"), "none", False)
# Where the never reviewed and the retracted are counted together.
NO_VERDICT = VerdictState("", "○", _("No verdict"), "none", False)

# A check published elsewhere whose rating is none of the desk's scale.
ELSEWHERE = VerdictState(
    "elsewhere", "◇", _("Rated elsewhere"), "unrated", is_elsewhere=True
)

# A claim without a verdict of its own that repeats one that was checked.
REPEATED = VerdictState("repeats", "↻", _("Repeats a checked claim"), "none", False)

# By the number that stands for each where a rating's key would stand.
REPEATED_KEY, ELSEWHERE_KEY, RETRACTED_KEY, NOT_REVIEWED_KEY = -3, -2, -1, 0
# All that have no verdict in force of their own.
NONE_OWN = (NOT_REVIEWED_KEY, RETRACTED_KEY, REPEATED_KEY)
UNRATED = {
    REPEATED_KEY: REPEATED,
    ELSEWHERE_KEY: ELSEWHERE,
    RETRACTED_KEY: RETRACTED,
    NOT_REVIEWED_KEY: NOT_REVIEWED,
}
