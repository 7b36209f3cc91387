"""Sentences of debates and posts of a second invented country, and claims for them.

They differ in kind from `matching_set`: what asks says it at length, in few of the
claim's words, or as rumours do; other claims have its topic, names and speaker.
"""

from __future__ import annotations

from pathlib import Path

from tests.lists.matching_set import Query

# What else was said: of each topic, by the same speakers, of the same places.
PLACES = ("Port Kessel", "Orvane", "Lindhallow", "Tarnland", "Sarkhan", "Mount Ulfar")
OTHERS = (
    "The city of {p} has lost {n} percent of its jobs.",
    "In {p} the police solved {n} murders.",
    "{n} schools in {p} need a new roof.",
    "Taxes in {p} are {n} percent higher than in the union.",
    "The hospital in {p} employs {n} nurses.",
    "{n} thousand migrants live in {p}.",
    "Prices of homes in {p} have fallen by {n} percent.",
    "{p} exports {n} million marks of fish a year.",
    "The government has spent {n} million marks on roads in {p}.",
    "A photograph shows {n} coffins on a street in {p}.",
    "Women hold {n} percent of the seats in the council of {p}.",
    "The army has closed {n} barracks in {p}.",
    "{p} burns {n} percent more coal than ten years ago.",
    "Every day {n} people leave {p} for the union.",
    "{n} percent of voters in {p} cast a ballot by post.",
    "The minimum wage in {p} will rise by {n} percent.",
    "Children in {p} wait {n} months for a vaccine.",
    "{n} families in {p} live on less than they did five years ago.",
    "The deficit of {p} is {n} times that of the year before.",
    "Rents in {p} take {n} percent of what a nurse earns.",
)


def _rows() -> list[list[str]]:
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    return [line.split(";") for line in text.splitlines() if line[0] in "cqn"]


def claims() -> list[tuple[int, str, str]]:
    """Return (key, text, speaker) of each claim."""
    told = [(row[2], row[1]) for row in _rows() if row[0] == "c"]
    speakers = sorted({speaker for _text, speaker in told if speaker})
    told += [
        (
            form.format(p=place, n=3 + (7 * at + 11 * nth) % 60),
            speakers[(at + nth) % 12],
        )
        for at, form in enumerate(OTHERS)
        for nth, place in enumerate(PLACES)
    ]
    return [(key, text, speaker) for key, (text, speaker) in enumerate(told)]


def queries() -> list[Query]:
    """Return what asks for one claim each."""
    found, claim = [], -1
    for kind, *cells in _rows():
        claim += kind == "c"
        if kind == "q":
            found.append(Query(cells[0], cells[2], cells[1], claim))
    return found


def unasked() -> list[Query]:
    """Return sentences that no claim is about."""
    return [Query("none", row[2], row[1], -1) for row in _rows() if row[0] == "n"]
