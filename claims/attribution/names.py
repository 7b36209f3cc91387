"""Names as written in an article: folded, taken apart, and told from one another."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
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
WORD = re.compile(r"\w+(?:[-'’.&]\w+)*\.?")
PARTICLES = listed(
    """
    van von de da di la le del der den bin ibn al el ter dos du of
    """
)
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


def fold(name: str) -> str:
    """Return a name without case, accents, full stops and dotless i.

    >>> fold("Recep Tayyip Erdoğan") == fold("recep tayyip erdogan")
    True
    >>> fold("The U.S.")
    'us'
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"[.'’]", "", plain)
    plain = " ".join(re.sub(r"[^\w]+", " ", plain).split())
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
        if apposition.kind == "person" and apposition.name:
            return Name(
                apposition.name,
                "person",
                found.titles + apposition.titles,
                found.gender or apposition.gender,
            )
    elif rest and found.kind == "person":
        more = tuple(
            fold(w.group()) for w in WORD.finditer(rest) if fold(w.group()) in TITLES
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
    folded = [fold(t) for t in tokens]
    titles = tuple(f for f in folded if f in TITLES)
    # The name begins after the last title and the last possessive.
    begin = 0
    organised = -1
    for at, (token, key) in enumerate(zip(tokens, folded, strict=True)):
        if key in TITLES or POSSESSIVE.search(token):
            begin = at + 1
        if key in ORGANISATION_WORDS or key in OUTLET_WORDS:
            organised = at
    at = begin
    size = len(tokens)
    while at < size and (
        folded[at] in PORTFOLIOS or folded[at] in ("of", "for", "and", "the", "in")
    ):
        at += 1
    run = []
    while at < size:
        token = tokens[at]
        if token[0].isupper() or (
            run and folded[at] in PARTICLES and at + 1 < size and folded[at] != "of"
        ):
            run.append(token)
            at += 1
        elif run:
            break
        else:
            # "campaign manager Kari Lund": small letters before the name
            at += 1
    person = (bool(titles) and begin > 0) or len(run) >= 2
    if run and at <= size and organised < begin and person and len(run) <= 5:
        if not (begin == 0 and _small_after(tokens, run, at)):
            first = fold(run[0])
            return Name(_clean(run), "person", titles, _gender(titles, first))
    if organised >= 0 and any(t[0].isupper() for t in tokens):
        capital = [t for t in tokens]
        while capital and capital[0].lower() in ("the", "a", "an", "at", "in"):
            capital.pop(0)
        if titles and not capital[0][0].isupper():
            return Name("", "unnamed", titles, _gender(titles))
        if titles and folded[0] not in ORGANISATION_WORDS and begin >= size - 1:
            return Name("", "unnamed", titles, _gender(titles))
        if tokens and tokens[0].lower() in ("a", "an"):
            return Name("", "unnamed", titles, _gender(titles))
        return Name(_clean(capital), "organisation", titles)
    if run and begin == 0 and len(run) == 1 and at == size and len(tokens) <= 2:
        token = run[0]
        if token.isupper() and len(token) > 1:
            return Name(token, "organisation")
        return Name(_clean(run), "person", (), _gender((), fold(token)))
    if run and begin == 0 and tokens[0][0].isupper() and at == size:
        return Name(_clean(run), "organisation")
    if titles:
        return Name("", "unnamed", titles, _gender(titles))
    if folded and folded[-1].endswith("s") and not run:
        return Name("", "group")
    return Name("", "unnamed")


def _small_after(tokens, run, at):
    return (
        at < len(tokens)
        and tokens[at][0].islower()
        and tokens[at] not in ("of", "for", "at", "in")
    )


def _clean(run) -> str:
    name = " ".join(run)
    name = POSSESSIVE.sub("", name)
    return (
        name[:-1]
        if name.endswith(".") and not re.search(r"\b\w\.\Z|[JS]r\.\Z", name)
        else name
    )
