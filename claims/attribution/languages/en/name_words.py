"""Words of names: states, seats, titles, organisations, outlets, places and things."""

from __future__ import annotations

import re

from claims.attribution.folding import fold
from claims.attribution.proposals import Gender

from .gazetteer import (
    FEMALE,
    GIVEN_WORDS,
    MALE,
    MAYBE_SURNAMES,
    NO_GIVEN_NAMES,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    PLACE_HEADS,
    SEATS,
    STATES,
    STATES_AFTER_TOWN,
    THING_WORDS,
    TITLES,
)
from .words import word_classes, word_set

WORD = re.compile(r"\w+(?:[-'’.&]\w+)*(?:\.|(?<=s)['’])?")
PARTICLES = word_set(
    """
    van von de da di la le del della der den ten bin ibn al el ter dos du zu of
    """
)
ORDINARY = {
    word for word, tag in word_classes().items() if tag in "vVZGgeRM" and len(word) > 2
}
HE_TITLES = word_set(
    """
    mr sir lord king prince father congressman councilman chairman spokesman baron
    earl duke count sheikh ayatollah monsignor headmaster fisherman brother
    """
)
SHE_TITLES = word_set(
    """
    mrs ms miss dame lady queen princess sister congresswoman councilwoman
    chairwoman spokeswoman actress baroness duchess countess headmistress mayoress
    """
)


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


def is_title(key: str) -> bool:
    """Return whether a folded word is a title, an office or a profession.

    >>> is_title("mayor"), is_title("seismologist"), is_title("mayo")
    (True, True, False)
    """
    return key in TITLES or key.endswith(("ologist", "ographer", "tician"))


MINISTRIES = word_set("department ministry")
COURTESY = word_set("mr mrs ms miss dr")
ADDRESSED = word_set("president speaker chairman chairwoman secretary mayor justice")
# "Ida Dean", but "Chief Judge"
SURNAME_TITLES = word_set("king dean bishop duke earl prince pope baron count marshal")


def is_title_at(tokens: list[str], at: int) -> bool:
    """Return whether a word is a title, and no surname like that of "Ida King"."""
    key = fold(tokens[at])
    if key == "justice" and any(fold(token) in MINISTRIES for token in tokens):
        # "the Justice Department"
        return False
    if at and tokens[at][0].isupper():
        before = fold(tokens[at - 1])
        if before in COURTESY and at + 1 == len(tokens) and key not in ADDRESSED:
            # "Mr. Singer"
            return False
        given = is_given(tokens[at - 1])
        if key in SURNAME_TITLES and tokens[at - 1][0].isupper():
            given = given or not (is_title(before) or before in NO_GIVEN_NAMES)
        if given and not tokens[at].endswith("."):
            # "Virginia Sen. Ida Holt"
            return False
    return is_title(key)


def is_state_after_town(words: str) -> bool:
    """Return whether words after a comma tell in which state a town lies.

    >>> is_state_after_town(" N.C."), is_state_after_town(" the mayor")
    (True, False)
    """
    return fold(words).replace(".", "").replace(" ", "") in STATES_AFTER_TOWN


def is_given(word: str) -> bool:
    """Return whether a word is a given name of the list.

    >>> is_given("Ida"), is_given("Year")
    (True, False)
    """
    key = fold(word)
    return key in MALE or key in FEMALE


def is_organisation_word(key: str) -> bool:
    """Return whether a folded word belongs to the names of bodies and outlets."""
    return any(
        part in ORGANISATION_WORDS or part in OUTLET_WORDS for part in key.split()
    )


def is_thing(run: list[str]) -> bool:
    """Return whether words name a place or a thing, and nobody.

    >>> [is_thing(n.split()) for n in ("Lake Anders", "Rose Hill", "Wall Street")]
    [True, False, True]
    """
    first, last = fold(run[0]), fold(run[-1])
    given = first in MALE or first in FEMALE or first in GIVEN_WORDS
    if first in NO_GIVEN_NAMES or first in PLACE_HEADS:
        return not given or first in PLACE_HEADS
    if first in ORDINARY and not given:
        # "Stop Holt", "Right Wing Watch"
        return True
    return (
        len(run) > 1 and last in THING_WORDS and not (given and last in MAYBE_SURNAMES)
    )


def gender_of(titles: tuple[str, ...], first: str = "") -> Gender:
    """Return the pronoun that titles or a given name suggest, or nothing."""
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
