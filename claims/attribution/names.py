"""Names as written in an article: folded, taken apart, and told from one another."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from .gazetteer import (
    FEMALE,
    MALE,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    PORTFOLIOS,
    SEATS,
    STATES,
    TITLES,
)
from .words import listed

SpeakerKind = Literal["person", "organisation", "government", "group", "unnamed"]
WORD = re.compile(r"\w+(?:[-'’.&]\w+)*(?:\.|(?<=s)['’])?")
PARTICLES = listed(
    """
    van von de da di la le del der den bin ibn al el ter dos du of
    """
)
KIN = listed(
    """husband wife son daughter brother sister mother father friend partner uncle aunt
    cousin grandson granddaughter fiance fiancee neighbour neighbor"""
)
BODY_LEADS = listed(
    """carmaker automaker chipmaker retailer airline manufacturer developer publisher
    broadcaster insurer lender brewer startup start-up newspaper daily agency charity
    firm company club bank union institute shipbuilder drugmaker"""
)
BETWEEN = listed("of for at in on from with and by to near")
POSSESSIVE = re.compile(r"['’]s?\Z")
HE_TITLES = listed(
    """
    mr sir lord king prince father congressman councilman chairman spokesman
    """
)
SHE_TITLES = listed(
    """
    mrs ms miss dame lady queen princess sister congresswoman councilwoman
    chairwoman spokeswoman actress
    """
)


DROPPED = re.compile(r"[.'’]")
BETWEEN_WORDS = re.compile(r"[^\w]+")


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Return a name without case, accents, full stops and dotless i.

    >>> fold("Recep Tayyip Erdoğan") == fold("recep tayyip erdogan")
    True
    >>> fold("The U.S.")
    'us'
    """
    if name.isascii():
        plain = name.lower()
        if plain.isalnum():
            return plain
    else:
        plain = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = " ".join(BETWEEN_WORDS.sub(" ", DROPPED.sub("", plain)).split())
    return plain.removeprefix("the ")


@dataclass(frozen=True, slots=True)
class Name:
    """What the words of a speaker say: a name, its kind, and the titles before it."""

    name: str
    kind: SpeakerKind
    titles: tuple[str, ...] = ()
    gender: str = ""

    @property
    def surname(self) -> str:
        return fold(self.name.split()[-1]) if self.name else ""


def state_for(words: str) -> str | None:
    """Return the state or body that a name or a seat of government stands for.

    >>> state_for("Ankara"), state_for("The U.S."), state_for("the Kremlin")
    ('Turkey', 'United States', 'Russia')
    """
    key = words.strip().lower()
    key = key.removeprefix("the ")
    return SEATS.get(key) or STATES.get(key)


def is_seat(words: str) -> bool:
    """Return whether a name is the seat of a government and not its own name."""
    return words.strip().lower().removeprefix("the ") in SEATS


def is_outlet(words: str) -> bool:
    """Return whether a name looks like that of a newspaper, agency or station.

    >>> is_outlet("Daily Sabah"), is_outlet("John Rood")
    (True, False)
    """
    return any(fold(w.group()) in OUTLET_WORDS for w in WORD.finditer(words))


def parse_name(words: str) -> Name:
    """Return the name in the words of a speaker, or its kind where there is none.

    >>> parse_name("Under Secretary of Defense for Policy John Rood").name
    'John Rood'
    >>> parse_name("Hala Agha, a resident who organised the event").name
    'Hala Agha'
    >>> parse_name("the company's chairman, Rolf Anker").name
    'Rolf Anker'
    >>> parse_name("a spokesman for the buyer").kind
    'unnamed'
    >>> parse_name("the Harbour Authority").kind
    'organisation'
    """
    head, _, rest = words.partition(",")
    state = state_for(head)
    if state:
        return Name(state, "government")
    found = _parse(head)
    if not found.name and rest:
        apposition = _parse(rest.split(",")[0])
        if (
            apposition.kind == "person"
            and " " not in apposition.name
            and not found.titles + apposition.titles
            and head[-1:].islower()
            and fold(head).split()[-1] not in KIN
        ):
            # "The manufacturer, Voltera,": no title of a person, hence a body.
            return Name(apposition.name, "organisation")
        if apposition.name and apposition.kind == "organisation" and not found.titles:
            return apposition
        if apposition.kind == "person" and apposition.name:
            return Name(
                apposition.name,
                "person",
                found.titles + apposition.titles,
                found.gender or apposition.gender,
            )
    elif rest and found.kind == "person":
        more = tuple(
            fold(w.group()) for w in WORD.finditer(rest) if is_title(fold(w.group()))
        )
        return Name(
            found.name, found.kind, found.titles + more, found.gender or _gender(more)
        )
    return found


def _gender(titles, first: str = "") -> str:
    for title in titles:
        if title in HE_TITLES:
            return "he"
        if title in SHE_TITLES:
            return "she"
    if first in MALE:
        return "he"
    if first in FEMALE:
        return "she"
    return ""


def _parse(words: str) -> Name:
    tokens = [m.group() for m in WORD.finditer(words.strip())]
    if tokens and tokens[0].lower() in ("the", "a", "an"):
        article = tokens.pop(0).lower()
    else:
        article = ""
    if not tokens:
        return Name("", "unnamed")
    folded = [fold(token) for token in tokens]
    titles = tuple(key for key in folded if is_title(key))
    runs = _capital_runs(tokens, folded)
    if folded[0] in BODY_LEADS and runs and not titles and folded[1:2] != ["of"]:
        name = tokens[runs[-1][0] : runs[-1][1]]
        if fold(name[0]) == folded[0]:
            name = name[1:]
        if name:
            return Name(_clean(name), "organisation")
    person = _person_run(tokens, folded, runs)
    if person:
        first = fold(person[0])
        return Name(_clean(person), "person", titles, _gender(titles, first))
    if titles:
        return Name("", "unnamed", titles, _gender(titles))
    bodies = [run for run in runs if any(is_body(folded[at]) for at in range(*run))]
    lower_body = is_body(folded[-1]) and bool(runs)
    if article in ("a", "an") or not runs:
        group = folded[-1].endswith("s") and not runs
        return Name("", "group" if group else "unnamed")
    if bodies or lower_body:
        first = 0
        while tokens[first][0].islower():
            first += 1
        return Name(_clean(tokens[first:]), "organisation")
    first, last = runs[-1]
    if last < len(tokens):
        return Name("", "group" if folded[-1].endswith("s") else "unnamed")
    run = tokens[first:last]
    if len(run) == 1 and len(tokens) == 1 and not article:
        if run[0].isupper() and len(run[0]) > 1:
            return Name(run[0], "organisation")
        return Name(_clean(run), "person", (), _gender((), fold(run[0])))
    return Name(_clean(run), "organisation")


def is_title(key: str) -> bool:
    """Return whether a folded word is a title, an office or a profession.

    >>> is_title("mayor"), is_title("seismologist"), is_title("mayo")
    (True, True, False)
    """
    return key in TITLES or key.endswith(("ologist", "ographer", "tician"))


def is_body(key: str) -> bool:
    """Return whether a folded word belongs to the names of bodies and outlets."""
    return key in ORGANISATION_WORDS or key in OUTLET_WORDS


def _capital_runs(tokens: list[str], folded: list[str]) -> list[tuple[int, int]]:
    """Return where capitalised words stand together, "Ana de la Cruz" being one run."""
    runs: list[tuple[int, int]] = []
    for at, token in enumerate(tokens):
        if not token[0].isupper():
            continue
        if runs:
            first, last = runs[-1]
            between = folded[last:at]
            joined = all(key in PARTICLES for key in between)
            if len(between) < 3 and (joined or between == ["of", "the"]):
                runs[-1] = (first, at + 1)
                continue
        runs.append((at, at + 1))
    return runs


def _person_run(
    tokens: list[str], folded: list[str], runs: list[tuple[int, int]]
) -> list[str]:
    """Return the words of a person's name, or none."""
    begin = 0
    titled = False
    for at, key in enumerate(folded):
        if is_title(key):
            begin, titled = at + 1, True
        elif POSSESSIVE.search(tokens[at]) and at + 1 < len(tokens):
            begin = at + 1
    if titled:
        # "Secretary of State Rolf Anker": the office may have a name of its own.
        of = False
        while begin < len(tokens) and (
            folded[begin] in PORTFOLIOS or folded[begin] in ("of", "for", "and", "the")
        ):
            of = folded[begin] == "of"
            begin += 1
        if of:
            # "the mayor of Dalby" names no person.
            return []
    for first, last in reversed(runs):
        start = max(first, begin)
        run = tokens[start:last]
        if titled and "of" in run:
            # "Analyst Mei Tanaka of Orchard Securities"
            run = run[: run.index("of")]
        if not run or len(run) > 5 or any(is_body(fold(word)) for word in run):
            continue
        small_before = 0 < start == first and folded[start - 1] not in BETWEEN
        small_after = last < len(tokens) and folded[last] not in BETWEEN
        if small_after:
            continue
        if titled and start >= begin:
            if begin <= start and (begin or small_before):
                return run
        elif len(run) >= 2 and (first == 0 or small_before or start == begin > 0):
            return run
    return []


def _clean(run) -> str:
    name = " ".join(run)
    name = POSSESSIVE.sub("", name)
    return (
        name[:-1]
        if name.endswith(".") and not re.search(r"\b\w\.\Z|[JS]r\.\Z", name)
        else name
    )
