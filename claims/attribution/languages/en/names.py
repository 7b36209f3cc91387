"""Parse names as printed: name, kind, titles, gender; fold names to compare them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.attribution.folding import fold
from claims.attribution.proposals import Gender, SpeakerKind

from .documents import DOCUMENTS
from .epithets import PARTY_MEMBERS, is_camel, without_epithets
from .gazetteer import (
    GENERATIONS,
    KIN,
    PLACE_HEADS,
    PLACES,
    PORTFOLIOS,
    POSTNOMINALS,
    PREFIXED,
)
from .name_frames import (
    BETWEEN,
    are_people,
    before_venue,
    is_firm,
    is_kind,
    represents,
    without_asides,
)
from .name_words import (
    PARTICLES,
    WORD,
    gender_of,
    is_given,
    is_organisation_word,
    is_state_after_town,
    is_thing,
    is_title,
    is_title_at,
    state_for,
)
from .words import word_classes, word_set

MANY = word_set("some many several those these most other few all both various")
BODIES_WITHOUT_NAME = word_set("police prosecutors authorities government army")
# "Nobody", "Many", "Who"
NO_NAMES = {word for word, tag in word_classes().items() if tag in "pDowWTsR"}
POSSESSIVE = re.compile(r"['’]s?\Z")


@dataclass(frozen=True, slots=True)
class Name:
    """What the words of a speaker say: a name, its kind, and the titles around it."""

    name: str
    kind: SpeakerKind
    titles: tuple[str, ...] = ()
    gender: Gender = ""

    @property
    def surname(self) -> str:
        """The last word of the name, folded, but for "Jr."."""
        words = self.name.split()
        while len(words) > 1 and fold(words[-1]) in GENERATIONS:
            words.pop()
        return fold(words[-1]) if words else ""

    def is_same_person(self, other: Name) -> bool:
        """Return whether two full names differ in no more than a middle name.

        >>> Name("Ida Holt", "person").is_same_person(Name("Ida M. Holt", "person"))
        True
        >>> Name("Per Holt", "person").is_same_person(Name("Per Holt Jr.", "person"))
        False
        """
        mine, others = fold(self.name).split(), fold(other.name).split()
        if mine == others:
            return True
        if mine[-1:] != others[-1:] or len(mine[0]) < 2:
            return False
        if mine[0] != others[0] and not self._is_short_for(mine[0], other, others[0]):
            return False
        middle, middle_of_other = mine[1:-1], others[1:-1]
        return (
            not middle
            or not middle_of_other
            or (
                middle[0][0] == middle_of_other[0][0]
                and 1 in (len(middle[0]), len(middle_of_other[0]))
            )
        )

    def _is_short_for(self, mine: str, other: Name, others: str) -> bool:
        """Return whether one given name begins the other: "Ken" and "Kenneth"."""
        if {self.gender, other.gender} == {"he", "she"}:
            return False
        short, long = sorted((mine, others), key=len)
        return len(short) > 2 and long.startswith(short) and is_given(long)


@lru_cache(maxsize=4096)
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
    head, _, rest = without_asides(words).partition(",")
    state = state_for(head)
    if state:
        return Name(state, "government")
    found = _parse(head)
    front = "" if found.name else before_venue(head)
    if front:
        named = _parse(front)
        alone = named.name == front and fold(front) not in NO_NAMES
        if named.kind == "person" and (" " in named.name or alone):
            found = named
    if rest and " " not in found.name and not found.titles and is_firm(rest):
        found = Name(found.name, "organisation")
    if not rest:
        return found
    if (
        not found.titles
        and is_state_after_town(rest.split(",")[0])
        and not (" of " in head and found.kind == "person" and " " in found.name)
    ):
        return Name("", "unnamed")
    if not found.name:
        if ", who " in words and words.partition(", who ")[0] == head:
            # "the clerk, who works for the Harbour Authority"
            return found
        return _named_by(_parse(rest.split(",")[0]), head, found) or found
    if found.kind == "person":
        more = tuple(
            fold(w.group()) for w in WORD.finditer(rest) if is_title(fold(w.group()))
        )
        return Name(
            found.name, found.kind, found.titles + more, found.gender or gender_of(more)
        )
    return found


def _named_by(apposition: Name, head: str, found: Name) -> Name | None:
    """Return the name that an apposition gives: "the chairman, Rolf Anker"."""
    titles = found.titles + apposition.titles
    if (
        apposition.kind == "person"
        and " " not in apposition.name
        and not titles
        and head[-1:].islower()
        and fold(head).split()[-1] not in KIN
    ):
        # "The manufacturer, Voltera,": no title of a person, hence a body.
        return Name(apposition.name, "organisation")
    if not apposition.name:
        return None
    if apposition.kind == "organisation" and not found.titles:
        return apposition
    if apposition.kind == "person":
        gender = found.gender or apposition.gender
        return Name(apposition.name, "person", titles, gender)
    return None


def _parse(words: str) -> Name:
    """Return the name in words without a comma."""
    tokens = [m.group() for m in WORD.finditer(words.strip())]
    article = ""
    if tokens and tokens[0].lower() in ("the", "a", "an"):
        article = tokens.pop(0).lower()
    tokens = without_epithets(tokens)
    if not tokens:
        return Name("", "unnamed")
    folded = [fold(token) for token in tokens]
    if len(tokens) == 1 and (folded[0] in PLACES or is_camel(tokens[0])):
        return Name(tokens[0], "organisation")
    if len(tokens) == 1 and folded[0] in BODIES_WITHOUT_NAME:
        return Name("", "group")
    if len(tokens) == 1 and folded[0] in NO_NAMES:
        return Name("", "unnamed")
    if are_people(folded[0]) and (len(tokens) == 1 or folded[1] == "of"):
        return Name("", "group")
    if article and folded[-1] in PARTY_MEMBERS:
        # "the Dalby Republican"
        return Name("", "unnamed")
    if folded[0] in MANY or represents(tokens, folded):
        is_group = folded[0] in MANY or folded[0].endswith("s")
        return Name("", "group" if is_group else "unnamed")
    while len(tokens) > 2 and folded[-1] in POSTNOMINALS and tokens[-1][:2].isupper():
        tokens.pop()
        folded.pop()
    titles = tuple(folded[at] for at in range(len(folded)) if is_title_at(tokens, at))
    runs = _capital_runs(tokens, folded)
    front = [] if article else _name_in_front(tokens, folded)
    if front:
        return Name(_clean(front), "person", titles, gender_of(titles, fold(front[0])))
    if not titles:
        body = _after_organisation_kind(tokens, folded, runs)
        if body:
            return Name(_clean(body), "organisation")
    person = _person_run(tokens, folded, runs)
    if person:
        return Name(
            _clean(person), "person", titles, gender_of(titles, fold(person[0]))
        )
    if titles:
        return Name("", "unnamed", titles, gender_of(titles))
    return _parse_untitled(tokens, folded, runs, article)


def _name_in_front(tokens: list[str], folded: list[str]) -> list[str]:
    """Return the full name before "of the Harbour Unit in Toledo", or nothing."""
    end = next((at for at, key in enumerate(folded) if key in BETWEEN), 0)
    start = 0
    while start < end and is_title(folded[start]):
        start += 1
    run = tokens[start:end]
    if len(run) < 2 or not all(word[0].isupper() or "-" in word for word in run):
        return []
    if any(is_title_at(tokens, at) for at in range(start, end)):
        return []
    return run if _may_be_person(run) and not is_thing(run) else []


def _after_organisation_kind(
    tokens: list[str], folded: list[str], runs: list[tuple[int, int]]
) -> list[str]:
    """Return the name after "carmaker" or "daily", but not after "Daily", or none."""
    if not is_kind(tokens[0], folded[0]) or not runs or folded[1:2] == ["of"]:
        return []
    first, last = runs[-1]
    name = tokens[first:last]
    return name[1:] if fold(name[0]) == folded[0] else name


def _parse_untitled(
    tokens: list[str], folded: list[str], runs: list[tuple[int, int]], article: str
) -> Name:
    """Return the name or kind of a speaker who has neither title nor full name."""
    unnamed = Name("", "group" if folded[-1].endswith("s") else "unnamed")
    if not runs or (tokens[-1].islower() and are_people(folded[-1])):
        # "Campaign aides"
        return unnamed
    if article in ("a", "an"):
        return Name("", "unnamed")
    between = next((at for at, key in enumerate(folded) if key in BETWEEN), 0)
    if (
        between
        and tokens[between - 1].islower()
        and not is_organisation_word(folded[between - 1])
    ):
        # "the chairs from Jefferson and Arapahoe"
        is_group = folded[between - 1].endswith("s")
        return Name("", "group" if is_group else "unnamed")
    named = [folded[at] for run in runs for at in range(*run)]
    if any(is_organisation_word(key) for key in (*named, folded[-1])):
        first = next(at for at, word in enumerate(tokens) if not word[0].islower())
        if tokens[-1].islower() and folded[-1] in DOCUMENTS:
            # "Harbour Authority records"
            tokens = tokens[: runs[-1][1]]
        return Name(_clean(tokens[first:]), "organisation")
    first, last = runs[-1]
    if last < len(tokens):
        return unnamed
    name = tokens[first:last]
    if len(tokens) > 1 or article:
        return Name(_clean(name), "organisation")
    if (name[0].isupper() and len(name[0]) > 1) or (len(name) > 1 and is_thing(name)):
        return Name(_clean(name), "organisation")
    return Name(_clean(name), "person", (), gender_of((), folded[0]))


def is_full_name(name: Name) -> bool:
    """Return whether a name is a person's, and holds more than a surname.

    >>> [is_full_name(parse_name(n)) for n in ("Jan de Vos", "De Vos", "Vos")]
    [True, False, False]
    """
    first, *others = name.name.split() or [""]
    return name.kind == "person" and bool(others) and fold(first) not in PARTICLES


def _capital_runs(tokens: list[str], folded: list[str]) -> list[tuple[int, int]]:
    """Return where capitalised words stand together, "Ana de la Cruz" being one run."""
    runs: list[tuple[int, int]] = []
    for at, token in enumerate(tokens):
        if not token[0].isupper() and not PREFIXED.match(token):
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
    begin, titled = _after_titles(tokens, folded)
    if titled:
        begin, of = _after_office(folded, begin)
        if of:
            # "the mayor of Dalby" names no person.
            return []
    for first, last in reversed(runs):
        start = max(first, begin)
        run = tokens[start:last]
        if "of" in run:
            # "Analyst Mei Tanaka of Orchard Securities"
            run = run[: run.index("of")]
        if not _may_be_person(run) or not _ends_name(folded, last):
            continue
        if len(run) > 2 and run[0].endswith("ing") and not is_given(run[0]):
            # "Praising Ida Holt"
            run = run[1:]
        if len(run) > 3 and is_given(run[-2]) and not is_given(run[0]):
            # "Dalby County Clerk Ida Holt"
            run = run[-2:]
        if is_thing(run) or (start and not titled and folded[start - 1] in PLACE_HEADS):
            # "Lake Anders", "the river Sierra Moreno"
            continue
        before = start - 1 - (folded[start - 1] == "the")
        if titled and start > begin and folded[before] in BETWEEN:
            # "Head of Research at Orchard Securities", "A clerk in the Philippines"
            continue
        small_before = 0 < start == first and folded[start - 1] not in BETWEEN
        if titled or (
            len(run) >= 2 and (first == 0 or small_before or start == begin > 0)
        ):
            return run
    return []


def _may_be_person(run: list[str]) -> bool:
    """Return whether words are few, and none belongs to an organisation's name."""
    return 0 < len(run) <= 5 and not any(
        is_organisation_word(fold(word)) or word in ("Poll", "Survey") for word in run
    )


def _ends_name(folded: list[str], last: int) -> bool:
    """Return whether a name may end before a word: at the end, or before "of"."""
    return last == len(folded) or folded[last] in BETWEEN


def _after_titles(tokens: list[str], folded: list[str]) -> tuple[int, bool]:
    """Return where a name may begin, and whether a title stands before it."""
    begin = 0
    titled = False
    for at in range(len(folded)):
        if is_title_at(tokens, at):
            begin, titled = at + 1, True
        elif POSSESSIVE.search(tokens[at]) and at + 1 < len(tokens):
            begin = at + 1
    return begin, titled


def _after_office(folded: list[str], begin: int) -> tuple[int, bool]:
    """Return where "of State" after "Secretary" ends, and whether with "of"."""
    small = ("of", "for", "and", "the")
    while begin < len(folded) and (
        folded[begin] in PORTFOLIOS or folded[begin] in small
    ):
        following = begin + 1
        while following < len(folded) and folded[following] in small:
            following += 1
        if folded[begin] in ("of", "for") and (
            following == len(folded) or folded[following] not in PORTFOLIOS
        ):
            # "the mayor of Dalby", "a reporter for Radio Norrvik"
            return begin, True
        begin += 1
    return begin, False


def _clean(run: list[str]) -> str:
    """Return the words of a name as one, without a possessive or full stop."""
    name = POSSESSIVE.sub("", " ".join(run))
    return (
        name[:-1]
        if name.endswith(".") and not re.search(r"\b\w\.\Z|[JS]r\.\Z", name)
        else name
    )
