"""How a desk meets the codes: each criterion with its page, live figures and state.

Figures are of the newest reviews, so that the page costs the same however long the
archive is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.reading.balance import Balance, balance
from claims.reading.codes import Code, Criterion
from claims.reading.desk_pages import PageLink, page_links
from claims.reading.method import (
    NEWEST,
    REVIEWS_COUNTED,
    Audit,
    audit,
    one_row,
    percent_of,
)
from claims.reading.working_days import answer_due

# A figure meets a criterion from this share on.
ENOUGH = 75
DAYS_COUNTED = 365


class State(StrEnum):
    """Whether a criterion is met: shown by figures, said by the desk, or not."""

    MET = "met"
    SAID = "said"
    NOT_MET = "not_met"


LABELS = {
    State.MET: gettext_lazy("Met by the record"),
    State.SAID: gettext_lazy("Said by the desk on its page"),
    State.NOT_MET: gettext_lazy("Not met"),
}
SIGNS = {State.MET: "✓", State.SAID: "¶", State.NOT_MET: "✗"}


@dataclass(frozen=True)
class Figures:
    """What is counted of the newest reviews, of corrections, and of reports."""

    audit: Audit
    balance: Balance
    two_sources: int | None
    primary: int | None
    two_people: int | None
    asked_or_why: int | None
    reports: int
    reports_answered: int
    reports_in_time: int
    reports_late: int
    median_to_answer: timedelta | None


@dataclass(frozen=True)
class Finding:
    """A criterion with what meets it."""

    criterion: Criterion
    state: State
    pages: tuple[PageLink, ...]

    @property
    def label(self):
        return LABELS[self.state]

    @property
    def sign(self):
        return SIGNS[self.state]


def _shows(name: str, counted: Figures) -> bool | None:
    """Return whether a figure meets what is asked; None: there is nothing to count."""
    if name == "always":
        # The program and the database see to it.
        return True
    if name == "sources":
        # No review is published without.
        return True if counted.audit.reviews else None
    if name == "in_time" and counted.reports_late:
        return False
    share = {
        "in_time": percent_of(counted.reports_in_time, counted.reports),
        "primary": counted.primary,
        "two_sources": counted.two_sources,
        "two_people": counted.two_people,
        "asked_or_why": counted.asked_or_why,
    }[name]
    return None if share is None else share >= ENOUGH


def figures(today: date) -> Figures:
    """Return the figures of today."""
    row = one_row(COUNTED, [REVIEWS_COUNTED, REVIEWS_COUNTED])
    reports = report_figures(today)
    reviews = row["reviews"]
    return Figures(
        audit=audit(today),
        balance=balance(),
        two_sources=percent_of(row["two_sources"], reviews),
        primary=percent_of(row["with_primary"], reviews),
        two_people=percent_of(row["two_people"], reviews),
        asked_or_why=percent_of(row["asked_or_why"], reviews),
        reports=reports["reports"],
        reports_answered=reports["answered"],
        reports_in_time=reports["in_time"],
        reports_late=reports["late"],
        median_to_answer=reports["median_to_answer"],
    )


def report_figures(today: date) -> dict:
    """Return how many errors readers reported within a year, and how they were
    answered."""
    days = [today - timedelta(days=n) for n in range(DAYS_COUNTED)]
    return one_row(REPORTS, [days, [answer_due(day) for day in days]])


def findings(code: Code, counted: Figures, written: set[str]) -> list[dict]:
    """Return the chapters of a code, each criterion with what meets it."""
    links = {link.slug: link for link in page_links(written)}
    return [
        {
            "chapter": chapter,
            "findings": [
                Finding(
                    each,
                    _state(each, counted, written),
                    tuple(links[page] for page in each.pages),
                )
                for each in chapter.criteria
            ],
        }
        for chapter in code.chapters
    ]


def in_states(chapters: list[dict]) -> list[tuple]:
    """Return each state in words, with how many criteria of a code are in it."""
    counted = Counter(found.state for row in chapters for found in row["findings"])
    return [(LABELS[state], counted[state]) for state in State]


def _state(criterion, counted, written):
    is_said = all(page in written for page in criterion.pages)
    is_set = not criterion.setting or settings.FACTCHECK[criterion.setting]
    if not (is_said and is_set):
        return State.NOT_MET
    if not criterion.shows:
        return State.SAID
    # Nothing to count: the desk's word, if it has given it, is all there is.
    shown = _shows(criterion.shows, counted)
    if shown is None:
        return State.SAID if criterion.pages else State.NOT_MET
    return State.MET if shown else State.NOT_MET


def in_words(counted: Figures) -> dict[str, str]:
    """Return each figure as a sentence, by its name."""
    audited, largest = counted.audit, counted.balance.largest
    return {
        "sources": _("%(n)s sources for each review.")
        % {"n": number_format(audited.sources_per_review)}
        if audited.reviews
        else _("No review has been published yet."),
        "primary": _percent(_("Reviews with a primary source: %s."), counted.primary),
        "two_sources": _percent(
            _("Reviews with two sources or more: %s."), counted.two_sources
        ),
        "two_people": _percent(
            _("Reviews that a second person published: %s."), counted.two_people
        ),
        "asked": _(
            "Reviews for which the speaker was asked: %(asked)s; answered: %(n)s."
        )
        % {"asked": _count(audited.asked), "n": _count(audited.answered)},
        "asked_or_why": _percent(
            _("Reviews for which the speaker was asked, or that say why not: %s."),
            counted.asked_or_why,
        ),
        "balance": _("Most reviewed affiliation: %(name)s, %(share)s of the reviews.")
        % {"name": largest.name, "share": _shown(largest.percent)}
        if largest
        else _("No review has been published of anybody with an affiliation."),
        "corrections": _(
            "Corrections, ever: %(n)s; in the last twelve months: %(year)s."
        )
        % {
            "n": _count(audited.corrections),
            "year": _count(audited.corrections_last_year),
        },
        "median_to_correct": _days(
            _("Median time from the mistake to its correction: %s."),
            audited.median_to_correct,
        ),
        "reports": _("Errors reported within a year: %(n)s; answered: %(answered)s.")
        % {"n": _count(counted.reports), "answered": _count(counted.reports_answered)},
        "in_time": _percent(
            _("Answered within seven working days: %s."),
            percent_of(counted.reports_in_time, counted.reports),
        ),
        "late": _("Unanswered for longer than that: %s.")
        % _count(counted.reports_late),
        "median_to_answer": _days(
            _("Median time from a report to the answer: %s."), counted.median_to_answer
        ),
    }


def _count(number):
    return number_format(number, use_l10n=True, force_grouping=True)


def _shown(percent):
    return _("%(number)d%%") % {"number": percent}


def _percent(words, percent):
    return words % (_("none yet") if percent is None else _shown(percent))


def _days(words, median):
    if median is None:
        return words % _("none yet")
    days = median.days
    shown = ngettext("%(days)s day", "%(days)s days", days) % {"days": _count(days)}
    return words % shown


COUNTED = (
    NEWEST
    + """
SELECT count(*) AS reviews,
    count(*) FILTER (WHERE jsonb_array_length(evidence) > 1) AS two_sources,
    count(*) FILTER (WHERE evidence @> '[{"is_primary": true}]') AS with_primary,
    count(*) FILTER (WHERE override_reason = '') AS two_people,
    count(*) FILTER (WHERE replies @> '[{"kind": "reply"}]'
        OR not_asked_reason <> '') AS asked_or_why
FROM newest
"""
)
REPORTS = "SELECT * FROM claims_report_figures(%s::date[], %s::date[])"
