"""What the codes of the field ask of a desk, and what of the site could meet it.

Told in own words and in short: the codes' own texts decide.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models.choices import PageSlug as Page


@dataclass(frozen=True)
class Criterion:
    """One thing that a code asks for, and what of the site could meet it.

    `shows` names the figure by which the record meets it; without one the desk's word
    on `pages` is all there is. `setting` names an address that has to be set, too.
    """

    asks: str | Promise
    pages: tuple[Page, ...] = ()
    figures: tuple[str, ...] = ()
    shows: str = ""
    setting: str = ""
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A numbered part of a code."""

    number: str
    title: str | Promise
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Code:
    """A code of the field: its name, edition and address."""

    slug: str
    title: str | Promise
    edition: str | Promise
    url: str
    chapters: tuple[Chapter, ...]


IFCN = Code(
    "ifcn",
    _("Code of Principles of the International Fact-Checking Network (IFCN)"),
    _("The five commitments, numbered as the IFCN numbers them."),
    "https://ifcncodeofprinciples.poynter.org/",
    (
        Chapter(
            "1",
            _("Nonpartisanship and fairness"),
            (
                Criterion(
                    _("Every claim is checked by one standard, whoever made it."),
                    pages=(Page.METHODOLOGY,),
                    figures=("two_people",),
                ),
                Criterion(
                    _("Checks do not gather on one side; the choice is explained."),
                    pages=(Page.METHODOLOGY,),
                    figures=("balance",),
                ),
                Criterion(
                    _("The desk and its people take no side and declare interests."),
                    pages=(Page.NEUTRALITY,),
                ),
            ),
        ),
        Chapter(
            "2",
            _("Transparency of sources"),
            (
                Criterion(
                    _("Every source is named, so that a reader can repeat the check."),
                    figures=("sources",),
                    shows="sources",
                ),
                Criterion(
                    _("Primary sources are used where there are any."),
                    figures=("primary",),
                    shows="primary",
                ),
                Criterion(
                    _("More than one source is asked where there is more than one."),
                    figures=("two_sources",),
                    shows="two_sources",
                ),
            ),
        ),
        Chapter(
            "3",
            _("Transparency of funding and organisation"),
            (
                Criterion(
                    _("Who pays is named, and has no say in what is found."),
                    pages=(Page.FUNDING,),
                ),
                Criterion(
                    _("The legal form of the organisation is told, and whose it is."),
                    pages=(Page.LEGAL,),
                ),
                Criterion(
                    _("The people who decide are named, with what they did before."),
                    pages=(Page.PEOPLE,),
                ),
                Criterion(
                    _("Readers have a way to reach the desk."),
                    shows="always",
                    links=("report",),
                ),
            ),
        ),
        Chapter(
            "4",
            _("Transparency of methodology"),
            (
                Criterion(
                    _("How claims are chosen, looked into, written up and published."),
                    pages=(Page.METHODOLOGY,),
                    links=("ratings",),
                ),
                Criterion(
                    _("Whoever made a claim is asked, where that is possible."),
                    figures=("asked", "asked_or_why"),
                    shows="asked_or_why",
                ),
                Criterion(
                    _("Readers can send in claims, and learn what can be checked."),
                    pages=(Page.METHODOLOGY,),
                    links=("report",),
                ),
            ),
        ),
        Chapter(
            "5",
            _("Open and honest corrections"),
            (
                Criterion(
                    _("A corrections policy is published."),
                    pages=(Page.CORRECTIONS,),
                ),
                Criterion(
                    _("Corrections are told openly, where the mistake stood."),
                    figures=("corrections", "median_to_correct"),
                    shows="always",
                    links=("corrections",),
                ),
                Criterion(
                    _("Readers learn that they may complain to the IFCN."),
                    pages=(Page.COMPLAINTS,),
                    setting="IFCN_COMPLAINTS",
                ),
            ),
        ),
    ),
)
EFCSN = Code(
    "efcsn",
    _("European Code of Standards for Independent Fact-Checking Organisations (EFCSN)"),
    _("Of 2022. Numbers stand where the EFCSN’s own pages name them."),
    "https://efcsn.com/code-of-standards/",
    (
        Chapter(
            "",
            _("Methodology"),
            (
                Criterion(
                    _("The method is public, and rests on evidence."),
                    pages=(Page.METHODOLOGY,),
                    links=("ratings",),
                ),
                Criterion(
                    _("What is found can be looked up in its sources."),
                    figures=("sources", "two_sources"),
                    shows="sources",
                ),
                Criterion(
                    _("A second person reads a check before it is published."),
                    figures=("two_people",),
                    shows="two_people",
                ),
                Criterion(
                    _("Whoever a check is about can answer."),
                    figures=("asked", "asked_or_why"),
                    shows="asked_or_why",
                ),
            ),
        ),
        Chapter(
            "",
            _("Ethics"),
            (
                Criterion(
                    _("The desk is independent of parties, and nobody’s advocate."),
                    pages=(Page.NEUTRALITY,),
                ),
                Criterion(
                    _("It checks what the public has an interest in, without bias."),
                    pages=(Page.METHODOLOGY,),
                    figures=("balance",),
                ),
            ),
        ),
        Chapter(
            "3",
            _("Transparency"),
            (
                Criterion(
                    _("Organisation, people and who is responsible are public."),
                    pages=(Page.LEGAL, Page.PEOPLE),
                ),
                Criterion(_("Funding is public."), pages=(Page.FUNDING,)),
            ),
        ),
        Chapter(
            "3.3",
            _("Corrections policy"),
            (
                Criterion(
                    _("It is published, and says that one may turn to the EFCSN."),
                    pages=(Page.CORRECTIONS,),
                    setting="EFCSN_COMPLAINTS",
                ),
                Criterion(
                    _("Corrections are made in the open."),
                    figures=("corrections", "median_to_correct"),
                    shows="always",
                    links=("corrections",),
                ),
            ),
        ),
        Chapter(
            "6",
            _("Complaints"),
            (
                Criterion(
                    _(
                        "A member has seven working days to put right what a complaint "
                        "has found; counted here for every report of an error."
                    ),
                    pages=(Page.COMPLAINTS,),
                    figures=("reports", "in_time", "late", "median_to_answer"),
                    shows="in_time",
                ),
            ),
        ),
    ),
)
CODES = (IFCN, EFCSN)
