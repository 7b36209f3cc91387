"""Resolve names and descriptions: "Holt", "Ankara", "the mayor", "the bank"."""

from __future__ import annotations

import re
from dataclasses import replace

from claims.attribution.folding import fold
from claims.attribution.proposals import Resolution, SpeakerKind

from .documents import DOCUMENTS, POLLSTERS, author_of, document_named
from .mentions import Directory
from .name_words import is_given, is_seat, is_title
from .names import Name, parse_name
from .sentence_form import in_sentence
from .sentences import CLASSES
from .words import word_set

# How many of the names met last are looked through.
PERSONS_BACK = 40
ORGANISATIONS_BACK = 40
GENERIC_OFFICES = word_set("official leader politician spokesperson lawmaker")
GENERIC_ORGANISATIONS = word_set(
    """
    company firm group agency body organisation organization business union club
    newspaper paper outlet charity institute panel
    """
)
BUSINESSES = word_set("company firm business")
NO_BUSINESS = word_set(
    """
    workers union association council party committee ministry department court house
    senate congress university agency office police society federation league democrats
    republicans commission parliament board church times post news
    """
)
YOUNGER = re.compile(r"[Tt]he (?:young|old|eld)er ")
PEOPLES = frozenset(["Americans", "Republicans", "Democrats", "Mexicans", "Africans"])
GROUPS = (
    "ists",
    "ians",
    "icans",
    "ants",
    "ents",
    "ials",
    "ences",
    "ings",
    "tions",
    "ments",
)
PLURALS = word_set(
    """
    sources others jews arabs muslims christians latinos hispanics blacks whites women
    men people figures companies terrorists survivors politicos insiders observers
    onlookers voters workers teachers numbers images photos
    """
)
# Among how many bodies "the company" must be the only one.
NEAR = 6
POLL = word_set("poll polls survey surveys")
# Or the only one named so many characters before.
JUST_NAMED_BODY = 200


def resolve_name(words: str, directory: Directory) -> Resolution:
    """Return whom words mean that hold a name, a title or a kind of organisation."""
    behind = _resolve_document(words, directory)
    if behind:
        return behind
    if YOUNGER.match(words):
        return Resolution(None, "person", f"“{words}” is one of several")
    several = _several_persons(words)
    if several:
        joint = tuple(_full_name(name, directory) for name in several)
        reason = f"several speakers: {', '.join(joint)}"
        if " or " in words or " nor " in words:
            joint = ()
        # "Holt and her aides": she did say it.
        joint = tuple(name for name in joint if not name[0].islower())
        return Resolution(None, "group", reason, joint=joint)
    name = parse_name(words)
    if name.kind == "government":
        return _resolve_government(words, name, directory)
    if name.name and name.kind == "person":
        return _resolve_person(name, directory)
    if name.name and name.kind == "organisation":
        return _resolve_organisation(name, directory)
    return _resolve_description(words, name, directory)


def _several_persons(words: str) -> list[str]:
    """Return the names in "Ida Holt and Per Lund", or nothing where one is meant.

    >>> _several_persons("Ida Holt, Mei Tan and Mr. Lund")
    ['Ida Holt', 'Mei Tan', 'Lund']
    >>> _several_persons("Ida Holt, mayor of Dalby and Norrvik")
    []
    """
    words = words.partition(", who ")[0].removeprefix("neither ")
    words = words.replace(" or ", " and ").replace(" nor ", " and ")
    front, _and, last = words.rpartition(" and ")
    if not front:
        return []
    parts = [part for part in front.rstrip(",").split(", ") if part] + [last]
    if any(part.startswith(("a ", "an ")) for part in parts[1:-1]):
        # "Ida Holt, a clerk under Presidents Lund and Falk"
        return []
    names = [parse_name(part) for part in parts]
    if len(parts) == 2 and " " not in names[0].name and is_given(names[0].name):
        # "Ida and Per Lund"
        names[0] = Name(" ".join([names[0].name, *names[1].name.split()[1:]]), "person")
    while len(names) > 2 and not _is_person(names[0]):
        # "two clerks, Ida Holt and Per Lund"
        names = names[1:]
    if last.startswith("the ") and all(n.kind == "organisation" for n in names):
        return [name.name for name in names]
    if all(_is_person(name) for name in names):
        return [name.name for name in names]
    # "Holt and his deputy, Per Lund", "Ida and Per Lund"
    left, joined, right = words.split(",")[0].partition(" and ")
    first = parse_name(left)
    if joined and first.kind == "person" and first.name and left[0].isupper():
        beside = parse_name(words.partition(" and ")[2])
        if beside.kind == "person" or right.split(" ")[0] in ("his", "her", "the"):
            return [first.name, beside.name or right]
    return []


def _full_name(words: str, directory: Directory) -> str:
    """Return the full name that the text gives to one of several speakers."""
    full = directory.full_name(Name(words, "person"))
    return full.name if full else words


def _resolve_document(words: str, directory: Directory) -> Resolution | None:
    """Return who has made a report or a poll, also for "the poll" after it."""
    head = document_named(words)
    if head:
        makers = directory.makers.get(head, {})
        if len(makers) != 1:
            return None
        [(name, kind)] = makers.items()
        return Resolution(name, kind, f"“{words}” is by {name}, named before")
    who = author_of(words)
    if not who:
        return None
    if "/" in who or fold(who) in POLLSTERS:
        found = Resolution(who, "organisation", "")
    else:
        found = resolve_name(who, directory)
    plain = found.kind == "person" and " " not in (found.name or "")
    if found.kind == "government" or plain or not (found.name or found.joint):
        # "a report from Dalby"
        return None
    if found.kind == "person" and not POLL.isdisjoint(words.lower().split()):
        # "A Dalby Morning poll": no person asks so many, and "he" is not its maker
        found = replace(found, kind="organisation")
    for head in word_set("poll survey study report analysis"):
        if found.name and re.search(rf"\b{head}\b", words):
            directory.makers.setdefault(head, {})[found.name] = found.kind
    return replace(found, reason=f"“{words}” is by {who}")


def _is_person(name: Name) -> bool:
    """Return whether a name is a person's, with a given name or a title."""
    return (
        name.kind == "person"
        and bool(name.name)
        and (" " in name.name or bool(name.titles))
    )


def _resolve_person(name: Name, directory: Directory) -> Resolution:
    """Return the full name that the text gives to a surname, or the name itself."""
    full = directory.full_name(name)
    if full:
        reason = f"“{name.name}” is {full.name} elsewhere in the text"
        return Resolution(full.name, "person", reason)
    if " " not in name.name and len(directory.bearers(name)) > 1:
        meant = directory.bearer_meant(name, directory.place)
        if meant:
            reason = f"“{name.name}” read as {meant.name}, called so before"
            return Resolution(meant.name, "person", reason, is_sure=False)
        reason = f"more than one person called {name.name} in the text"
        return Resolution(None, "person", reason)
    if _is_common_noun(name):
        kind: SpeakerKind = "group" if name.name.endswith("s") else "unnamed"
        return Resolution(None, kind, "the text gives no name")
    return Resolution(directory.known(name).name, "person", "named in the text")


def _is_common_noun(name: Name) -> bool:
    """Return whether a single capitalised word opens a sentence, and names nobody.

    "Sources said", "Millennials say": a surname stands nowhere with its full name.
    """
    if " " in name.name or name.titles:
        return False
    key = fold(name.name)
    return (
        key in DOCUMENTS
        or CLASSES.get(key, "X") not in ("X", "N", "")
        or is_title(key)
        or is_title(key[:-1])
        or key in PLURALS
        or key.endswith(GROUPS)
    )


def _resolve_government(words: str, name: Name, directory: Directory) -> Resolution:
    """Return the state that a seat of government stands for, or a person so called."""
    head = words.split(",")[0]
    if not is_seat(head):
        return Resolution(name.name, "government", "named in the text")
    full = directory.full_name(Name(head.strip(), "person"))
    if full:
        return Resolution(full.name, "person", f"surname of {full.name}")
    reason = f"“{words}” stands for {in_sentence(name.name)}"
    return Resolution(name.name, "government", reason)


def _resolve_organisation(name: Name, directory: Directory) -> Resolution:
    """Return an organisation's full name: "the Authority" for the Harbour Authority."""
    if name.name.lower() in GENERIC_ORGANISATIONS:
        # "The newspaper"
        return Resolution(None, "organisation", "the text gives no name")
    person = Name(name.name, "person")
    full_name = directory.full_name(person) if name.name.isupper() else None
    if full_name:
        # "HOLT: We are ready."
        reason = f"“{name.name}” is {full_name.name} elsewhere in the text"
        return Resolution(full_name.name, "person", reason)
    wanted = fold(name.name).split()
    if len(wanted) == 1 and wanted[0].endswith("s"):
        # "leading Democrats" are not the Dalby Democrats
        return Resolution(name.name, name.kind, "named in the text")
    for mention in reversed(directory.organisations[-ORGANISATIONS_BACK:]):
        full = mention.name.name
        known = fold(full).split()
        if len(known) > len(wanted) and known[-len(wanted) :] == wanted:
            reason = f"“{name.name}” read as {full}, named before"
            return Resolution(full, "organisation", reason)
    return Resolution(name.name, "organisation", "named in the text")


def _resolve_description(words: str, name: Name, directory: Directory) -> Resolution:
    """Return who "the mayor", "the official" or "the company" is."""
    folded = [fold(word) for word in words.split()]
    found = None
    if words[:4].lower() == "the " and len(folded) <= 4:
        head = folded[-1]
        if is_title(head):
            found = _titled_person(words, head, directory)
        # "The nurses' union" is another one than the union named before.
        if found is None and len(folded) == 2 and CLASSES.get(head) not in ("#", "D"):
            found = _organisation_of_kind(words, head, directory)
        elif found is None:
            found = _organisation_so_ending(words, folded[1:], directory)
    if found:
        return found
    kind: SpeakerKind = "group" if name.kind == "group" else "unnamed"
    return Resolution(None, kind, "the text gives no name")


def _titled_person(words: str, title: str, directory: Directory) -> Resolution | None:
    """Return who was given a title last, or any title for "the official"."""
    persons = directory.persons[-PERSONS_BACK:][::-1]
    titled = [mention for mention in persons if title in mention.name.titles]
    if titled and titled[0].is_open:
        return Resolution(None, "person", f"the text does not name “{words}”")
    if titled:
        person = titled[0].name.name
        if any(not m.name.is_same_person(titled[0].name) for m in titled):
            reason = f"more than one person in the text is “{words}”"
            return Resolution(None, "person", reason)
        reason = f"“{words}” read as {person}, so titled before"
        return Resolution(person, "person", reason)
    if title in GENERIC_OFFICES and len(words.split()) == 2:
        for mention in persons:
            if mention.name.titles:
                person = mention.name.name
                reason = f"“{words}” read as {person}, the last one with a title"
                return Resolution(person, "person", reason, is_sure=False)
    return None


def _organisation_of_kind(
    words: str, head: str, directory: Directory
) -> Resolution | None:
    """Return which organisation "the bank" is: the last one that may be so called."""
    recent = directory.organisations[-ORGANISATIONS_BACK:]
    for mention in reversed(recent):
        name = mention.name
        if head in fold(name.name).split():
            reason = f"“{words}” read as {name.name}, named before"
            return Resolution(name.name, name.kind, reason)
    if head not in GENERIC_ORGANISATIONS:
        return None
    near = {fold(m.name.name): m.name for m in recent[-NEAR:] if _may_be(m.name, head)}
    if len(near) > 1:
        since = directory.place - JUST_NAMED_BODY
        near = {fold(m.name.name): m.name for m in recent[-NEAR:] if m.at > since}
        near = {key: name for key, name in near.items() if _may_be(name, head)}
    last = directory.last_speaker
    if len(near) > 1 and last and fold(last.name.name) in near:
        near = {"": last.name}
    if len(near) == 1:
        [name] = near.values()
        reason = f"“{words}” read as {name.name}, named before"
        return Resolution(name.name, name.kind, reason, is_sure=False)
    return None


def _organisation_so_ending(
    words: str, folded: list[str], directory: Directory
) -> Resolution | None:
    """Return which body's name ends as "the budget office" does, if one was named."""
    for mention in reversed(directory.organisations[-ORGANISATIONS_BACK:]):
        name = mention.name
        if fold(name.name).split()[-len(folded) :] == folded:
            reason = f"“{words}” read as {name.name}, named before"
            return Resolution(name.name, name.kind, reason)
    return None


def _may_be(name: Name, head: str) -> bool:
    """Return whether an organisation may be called "company", "union" or the like."""
    if name.kind != "organisation":
        return False
    return head not in BUSINESSES or NO_BUSINESS.isdisjoint(fold(name.name).split())
