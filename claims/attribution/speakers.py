"""Who a speaker is: surnames, pronouns, offices and seats of government to names.

Nothing is decided silently: every resolution carries the reason for it, and where the
text leaves it open the name is None.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from .names import (
    Name,
    SpeakerKind,
    fold,
    is_body,
    is_seat,
    is_title,
    parse_name,
)
from .phrases import phrase_before
from .sentences import Sentence
from .spans import Span
from .wording import in_sentence
from .words import listed


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who is meant, of which kind, and why the program thinks so."""

    name: str | None
    kind: SpeakerKind
    reason: str


@dataclass(slots=True)
class Mention:
    """A person or body named in the text."""

    at: int
    name: Name
    spoke: bool = False


@dataclass(slots=True)
class Directory:
    """Everybody whom a text has named so far."""

    full: dict[str, list[Mention]] = field(default_factory=dict)
    persons: list[Mention] = field(default_factory=list)
    bodies: list[Mention] = field(default_factory=list)
    last_speaker: Mention | None = None

    def add(self, mention: Mention) -> None:
        """Note a name met in the text."""
        name = mention.name
        if name.kind == "person":
            self.persons.append(mention)
            if " " in name.name:
                known = self.full.setdefault(name.surname, [])
                if all(fold(k.name.name) != fold(name.name) for k in known):
                    # A handful of bearers of one surname is enough to be unsure.
                    if len(known) < 8:
                        known.append(mention)
                else:
                    for k in known:
                        if fold(k.name.name) == fold(name.name) and (
                            name.titles or name.gender
                        ):
                            k.name = Name(
                                k.name.name,
                                "person",
                                k.name.titles + name.titles,
                                k.name.gender or name.gender,
                            )
        elif name.kind in ("organisation", "government"):
            self.bodies.append(mention)

    def full_name(self, name: Name) -> Name | None:
        """Return the one full name in the text that ends with this surname."""
        known = self.full.get(name.surname, [])
        if name.gender and len(known) > 1:
            known = [k for k in known if k.name.gender in ("", name.gender)]
        return known[0].name if len(known) == 1 else None


HE = listed("he he's he'd he'll him his himself")
SHE = listed("she she's she'd she'll her hers herself")
IT = listed("it it's its itself it'd it'll")
THEY = listed("they they're they've they'd they'll them their themselves")
RELATIVE = listed("who which that whom")
AUTHOR = listed("i we i'm we're i've we've i'd we'd my our you")
GENERIC_OFFICES = listed("official leader politician spokesperson lawmaker")
GENERIC_BODIES = listed(
    """
    company firm group agency body organisation organization business union club
    newspaper paper outlet charity institute panel
    """
)
RUN = re.compile(r"X+(?:xX+)?(?:fD?X+)*(?:PX+)?")


def mentions_in(text: str, s: Sentence):
    """Yield the names in a sentence as (offset, name), with the titles around them."""
    tags = s.tags
    if s.title:
        return
    for match in RUN.finditer(tags):
        first, last = match.span()
        while (
            first > 0
            and tags[first - 1] == "N"
            and (is_title(s.words[first - 1]) or is_body(s.words[first - 1]))
        ):
            first -= 1
        words = text[s.starts[first] : s.ends[last - 1]]
        if last < len(tags) and tags[last] == ",":
            end = tags.find(",", last + 1, last + 14)
            if end < 0:
                end = min(len(tags), last + 10)
            if tags[last + 1 : last + 2] in ("D", "N", "x", "#"):
                words = text[s.starts[first] : s.ends[end - 1]]
        name = parse_name(words)
        if name.name:
            yield s.starts[match.start()], name


def resolve_all(text: str, sentences: list[Sentence], spans: list[Span | None]):
    """Return a resolution for each speaker span, and the full names by surname.

    The spans must be in the order of the text; None stands for "not named".
    """
    directory = Directory()
    mentions: list[Mention] = []
    for s in sentences:
        for at, name in mentions_in(text, s):
            mentions.append(Mention(at, name))
    for mention in mentions:
        if " " in mention.name.name and mention.name.kind == "person":
            directory.add(mention)
    directory.persons.clear()
    starts = [s.starts[0] for s in sentences]
    results: list[Resolution] = []
    done = 0
    for span in spans:
        if span is None:
            results.append(Resolution(None, "unnamed", "the text names no speaker"))
            continue
        while done < len(mentions) and mentions[done].at < span.start:
            _enter(directory, mentions[done])
            done += 1
        number = bisect_right(starts, span.start) - 1
        resolution = _resolve(text, sentences[number], span, directory, starts, number)
        results.append(resolution)
        if resolution.name and resolution.kind != "unnamed":
            directory.last_speaker = Mention(
                span.start, _known(directory, resolution), True
            )
            if resolution.kind == "person":
                directory.persons.append(directory.last_speaker)
            else:
                directory.bodies.append(directory.last_speaker)
    surnames = {
        known[0].name.name.split()[-1]: known[0].name.name
        for known in directory.full.values()
        if len(known) == 1
    }
    return results, surnames


def _known(directory: Directory, resolution: Resolution) -> Name:
    """Return the name of a resolution with the titles the text gave it."""
    plain = Name(resolution.name or "", resolution.kind)
    for mention in directory.full.get(plain.surname, []):
        if fold(mention.name.name) == fold(plain.name):
            return mention.name
    return plain


def _enter(directory: Directory, mention: Mention) -> None:
    name = mention.name
    if name.kind == "person" and " " not in name.name:
        full = directory.full_name(name)
        if full is None:
            return
        mention = Mention(mention.at, full)
    elif name.kind == "person":
        mention = Mention(
            mention.at, _known(directory, Resolution(name.name, name.kind, ""))
        )
    if mention.name.kind == "person":
        directory.persons.append(mention)
    elif mention.name.kind in ("organisation", "government"):
        directory.bodies.append(mention)


def _resolve(text, s, span, directory, starts, number) -> Resolution:
    words = span.of(text)
    low = words.lower().replace("’", "'").strip(" ,")
    if low in HE or low in SHE:
        return _person_meant(
            low, "he" if low in HE else "she", directory, starts, number
        )
    if low in IT:
        return _body_meant(low, directory, starts, number)
    if low in THEY:
        last = directory.last_speaker
        if (
            last
            and last.name.kind in ("organisation", "group")
            and _near(last, starts, number)
        ):
            return Resolution(
                last.name.name,
                last.name.kind,
                f"“{low}” read as the last speaker, {last.name.name}",
            )
        return Resolution(None, "group", f"“{low}” may be several people")
    if low in AUTHOR:
        return Resolution(None, "unnamed", f"“{low}” stands for the author or a reader")
    if low in RELATIVE:
        return _antecedent(text, s, span, low, directory, starts, number)
    return _named(words, directory)


def _near(mention: Mention, starts, number, reach: int = 4) -> bool:
    return mention.at >= starts[max(0, number - reach)]


def _person_meant(low, gender, directory, starts, number) -> Resolution:
    """Return whom "he" or "she" means: somebody in the nearest sentence with a name."""
    for back in range(6):
        if number - back < 0:
            break
        since = starts[number - back]
        until = starts[number - back + 1] if back else None
        inside = []
        for mention in reversed(directory.persons[-40:]):
            if mention.at < since:
                break
            if until is None or mention.at < until:
                inside.append(mention)
        fitting = [m for m in inside if m.name.gender in ("", gender)]
        sure = [m for m in fitting if m.name.gender == gender]
        choice = None
        for group in (sure, fitting):
            spoke = [m for m in group if m.spoke]
            if spoke:
                choice = spoke[0]
            elif group:
                choice = group[-1]
            if choice:
                break
        if choice:
            name = choice.name.name
            return Resolution(
                name, "person", f"“{low}” read as {name}, the person named before"
            )
    return Resolution(None, "person", f"nobody named before whom “{low}” could mean")


def _body_meant(low, directory, starts, number) -> Resolution:
    last = directory.last_speaker
    if (
        last
        and last.name.kind in ("organisation", "government")
        and _near(last, starts, number)
    ):
        name = last.name
        return Resolution(
            name.name, name.kind, f"“{low}” read as the last speaker, {name.name}"
        )
    if directory.bodies and _near(directory.bodies[-1], starts, number, 1):
        since = starts[max(0, number - 1)]
        first = next(m for m in directory.bodies[-20:] if m.at >= since)
        name = first.name
        return Resolution(
            name.name, name.kind, f"“{low}” read as {name.name}, named before"
        )
    return Resolution(
        None, "organisation", f"nothing named before that “{low}” could mean"
    )


def _antecedent(text, s, span, low, directory, starts, number) -> Resolution:
    try:
        at = s.starts.index(span.start) - 1
    except ValueError:
        return Resolution(None, "unnamed", f"“{low}” points to nothing found")
    while at > 0 and s.tags[at] in ",PRf":
        at -= 1
    found = phrase_before(s, at)
    if not found:
        return Resolution(None, "unnamed", f"“{low}” points to nothing found")
    words = text[s.starts[found[0]] : s.ends[found[1] - 1]]
    plain = _named(words, directory)
    if s.words[found[0]] in HE | SHE | IT | THEY:
        return _resolve(
            text,
            s,
            Span(s.starts[found[0]], s.ends[found[1] - 1]),
            directory,
            starts,
            number,
        )
    return Resolution(plain.name, plain.kind, f"“{low}” refers to “{words}”")


def _named(words: str, directory: Directory) -> Resolution:
    name = parse_name(words)
    if name.kind == "person" and name.name:
        if " " not in name.name:
            full = directory.full_name(name)
            if full:
                return Resolution(
                    full.name,
                    "person",
                    f"“{name.name}” is {full.name} elsewhere in the text",
                )
            if len(directory.full.get(name.surname, ())) > 1:
                return Resolution(
                    None,
                    "person",
                    f"more than one person called {name.name} in the text",
                )
        return Resolution(name.name, "person", "named in the text")
    if name.kind == "government":
        if is_seat(words.split(",")[0]):
            surname = Name(words.split(",")[0].strip(), "person")
            full = directory.full_name(surname)
            if full:
                return Resolution(full.name, "person", f"surname of {full.name}")
            return Resolution(
                name.name,
                "government",
                f"“{words}” stands for {in_sentence(name.name)}",
            )
        return Resolution(name.name, "government", "named in the text")
    if name.kind == "organisation" and name.name:
        # "the Authority" for the Harbour Authority named before
        wanted = fold(name.name).split()
        for mention in reversed(directory.bodies[-40:]):
            known = fold(mention.name.name).split()
            if len(known) > len(wanted) and known[-len(wanted) :] == wanted:
                return Resolution(
                    mention.name.name,
                    "organisation",
                    f"“{name.name}” read as {mention.name.name}, named before",
                )
        return Resolution(name.name, "organisation", "named in the text")
    return _office_meant(words, name, directory)


def _office_meant(words, name, directory) -> Resolution:
    """Return who "the mayor", "the official" or "the company" is."""
    low = [fold(w) for w in words.split()]
    if words[:4].lower() == "the " and len(low) <= 4:
        head = low[-1]
        if is_title(head):
            for mention in reversed(directory.persons[-40:]):
                if head in mention.name.titles:
                    person = mention.name.name
                    return Resolution(
                        person,
                        "person",
                        f"“{words}” read as {person}, so titled before",
                    )
            if head in GENERIC_OFFICES:
                for mention in reversed(directory.persons[-40:]):
                    if mention.name.titles:
                        person = mention.name.name
                        return Resolution(
                            person,
                            "person",
                            f"“{words}” read as {person}, the last one with a title",
                        )
        for mention in reversed(directory.bodies[-40:]):
            if head in fold(mention.name.name).split() or (
                head in GENERIC_BODIES and mention.name.kind == "organisation"
            ):
                body = mention.name.name
                return Resolution(
                    body, mention.name.kind, f"“{words}” read as {body}, named before"
                )
    return Resolution(
        None, name.kind if name.kind == "group" else "unnamed", "the text gives no name"
    )
