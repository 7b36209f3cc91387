"""Named people and organisations in a text: names with their places and titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from claims.attribution.folding import fold
from claims.attribution.proposals import SpeakerKind

from .gazetteer import PLACES
from .name_words import PARTICLES, is_given, is_organisation_word, is_title
from .names import Name, parse_name
from .sentences import CLASSES, Sentence

# The first reading is that of "Ms. Holt's", the second of "Ida Holt of Dalby".
NAME_RUN = re.compile(r"X*x(?![XNx])|X*x(?=N)|X+(?:xX+)?(?:fD?X+)*(?:PX+)?")
# Who was named in full so many characters ago may be meant by the surname as well.
JUST_NAMED = 350
VERB_AFTER = re.compile(r"(?:,D[^,]{1,12},)?R?[vVe]")
NAME_PARTICLES = PARTICLES - {"of"}


@dataclass(slots=True)
class Mention:
    """A person or body named at a place of the text.

    `is_open` says that several persons bear the surname that stands there, `is_label`
    that it only tells whose turn it is: "Holt: She is right." does not mean Holt,
    `is_guess` that a pronoun stands there which may mean somebody else, and
    `is_subject` that a surname alone stands before the verb of its sentence.
    """

    at: int
    name: Name
    spoke: bool = False
    is_open: bool = False
    is_label: bool = False
    is_guess: bool = False
    is_subject: bool = False


def mentions_in(text: str, s: Sentence) -> Iterator[Mention]:
    """Yield the names in a sentence, with the titles around them."""
    if s.title:
        return
    tags = s.tags
    for match in NAME_RUN.finditer(tags):
        first, last = match.span()
        if not text[s.starts[first]].isupper():
            continue
        if first > 0 and s.words[first - 1].endswith(("s'", "s’")):
            # "the Dockers' Union"
            first -= text[s.starts[first - 1]].isupper()
        while (
            first > 0
            and tags[first - 1] == "N"
            and (
                is_title(s.words[first - 1]) or is_organisation_word(s.words[first - 1])
            )
        ):
            first -= 1
        last = _apposition_end(tags, _with_particles(s, last))
        name = parse_name(text[s.starts[first] : s.ends[last - 1]])
        if name.kind == "person" and _is_attribute(s, name, first, match.end()):
            continue
        if tags[first - 2 : first] == "X," and first > 1 and " " not in name.name:
            # "in Dalby, Norland, the candidate said": the rest of a place
            continue
        if name.name:
            is_label = first == 0 and tags[match.end() : match.end() + 1] == ":"
            yield Mention(
                s.starts[match.start()],
                name,
                is_label=is_label,
                is_subject=_is_subject(s, match.start(), match.end()),
            )


def _is_subject(s: Sentence, first: int, last: int) -> bool:
    """Return whether one capitalised word is what the sentence tells something of."""
    alone = last - first == 1 and (first == 0 or s.tags[first - 1] == ",")
    if not alone or CLASSES.get(s.words[first], "X") not in ("X", "N"):
        return False
    return bool(VERB_AFTER.match(s.tags, last)) and fold(s.words[first]) not in PLACES


def _is_attribute(s: Sentence, name: Name, first: int, last: int) -> bool:
    """Return whether a surname only describes a noun: "a Holt campaign"."""
    if " " in name.name or name.titles or "x" in s.tags[first:last]:
        return False
    return s.tags[last : last + 1] == "N" or (first > 0 and s.tags[first - 1] == "D")


def _with_particles(s: Sentence, last: int) -> int:
    """Return where a name ends that goes on after "de la" or "van der"."""
    at = last
    while at < last + 3 and s.words[at : at + 1] and s.words[at] in NAME_PARTICLES:
        at += 1
    if at == last or s.tags[at : at + 1] != "X":
        return last
    while s.tags[at : at + 1] == "X":
        at += 1
    return at


def _apposition_end(tags: str, last: int) -> int:
    """Return where a name ends, with ", the mayor" or ", 67" after it."""
    if tags[last : last + 1] != "," or tags[last + 1 : last + 2] not in tuple("DNx#"):
        return last
    end = tags.find(",", last + 1, last + 14)
    return end if end >= 0 else min(len(tags), last + 10)


def _is_end_of(name: Name, other: Name) -> bool:
    """Return whether one name ends with the other: "Lund Berg" with a given name."""
    short, long = sorted((fold(name.name).split(), fold(other.name).split()), key=len)
    ends = long[-len(short) :] == short and len(short) > 1
    return ends and not is_given(short[0])


@dataclass(slots=True)
class Directory:
    """The people and organisations that a text has named so far.

    `full` holds the persons with a full name by their surname, `speakers` the folded
    names of persons who have spoken, `makers` who has made a poll or report, by "poll".
    """

    full: dict[str, list[Mention]] = field(default_factory=dict)
    persons: list[Mention] = field(default_factory=list)
    organisations: list[Mention] = field(default_factory=list)
    speakers: set[str] = field(default_factory=set)
    makers: dict[str, dict[str, SpeakerKind]] = field(default_factory=dict)
    last_speaker: Mention | None = None
    # Where the words stand that are asked for.
    place: int = 0
    # By surname: where each bearer was named last, and whom it means standing alone.
    named: dict[str, dict[str, Mention]] = field(default_factory=dict)
    meant: dict[str, str] = field(default_factory=dict)

    def add_full_name(self, name: Name) -> None:
        """Add a person's full name, with the titles the text gives it."""
        bearers = self.full.setdefault(name.surname, [])
        known = [k for k in bearers if k.name.is_same_person(name)]
        if not known:
            known = [k for k in bearers if _is_end_of(k.name, name)]
            longer = known and len(name.name) > len(known[0].name.name)
            if longer and is_given(name.name.split()[0]):
                known[0].name = Name(name.name, "person", name.titles, name.gender)
        # A handful of bearers of one surname is enough to be unsure.
        if not known and len(bearers) < 8:
            bearers.append(Mention(0, name))
        if name.titles or name.gender:
            for k in known:
                k.name = Name(
                    k.name.name,
                    "person",
                    k.name.titles + name.titles,
                    k.name.gender or name.gender,
                )

    def add_mention(self, mention: Mention) -> None:
        """Add a name at its place, so that "she" or "the bank" after it may mean it."""
        name = mention.name
        if mention.is_label:
            return
        if name.kind == "person":
            full = self.full_name(name) or (
                self.known(name) if " " in name.name else None
            )
            several = full is None and len(self.bearers(name)) > 1
            if " " in name.name and full:
                named = self.named.setdefault(name.surname, {})
                named[full.name] = Mention(mention.at, full)
            if several:
                guess = self.bearer_meant(name, mention.at)
                self.persons.append(
                    Mention(mention.at, guess, is_guess=True)
                    if guess
                    else Mention(mention.at, name, is_open=True)
                )
            elif full or name.titles or fold(name.name) in self.speakers:
                self.persons.append(Mention(mention.at, full or name, mention.spoke))
            elif mention.is_subject:
                self.persons.append(Mention(mention.at, name, is_open=True))
        elif name.kind in ("organisation", "government"):
            self.organisations.append(mention)

    def bearer_meant(self, name: Name, at: int) -> Name | None:
        """Return whom a surname alone means that several persons bear, or nobody.

        Who bears it alone at first goes on with it: others are named in full. Where
        another one has just been named so, nobody can tell.
        """
        named = self.named.get(name.surname, {})
        if name.gender:
            named = {
                full: mention
                for full, mention in named.items()
                if mention.name.gender in ("", name.gender)
            }
        chosen = self.meant.get(name.surname, "")
        if chosen not in named:
            near = [full for full in named if at - named[full].at < JUST_NAMED]
            chosen = next(iter(named if len(named) == 1 else near), "")
            if len(near) > 1:
                return None
        if not chosen:
            return None
        mention = named[chosen]
        for full, other in named.items():
            if full != chosen and mention.at < other.at and at - other.at < JUST_NAMED:
                return None
        self.meant.setdefault(name.surname, chosen)
        named[chosen] = Mention(at, mention.name)
        return mention.name

    def full_name(self, name: Name) -> Name | None:
        """Return the one full name in the text that ends with this surname."""
        words = [fold(word) for word in name.name.split()]
        bearers = self.bearers(name)
        if len(words) > 1:
            # "Van der Berg" for Jan van der Berg, but "Ida Berg" for nobody else
            bearers = [
                bearer
                for bearer in bearers
                if [fold(w) for w in bearer.name.name.split()[-len(words) :]] == words
                and words[0] in NAME_PARTICLES
            ]
        if name.gender and len(bearers) > 1:
            bearers = [k for k in bearers if k.name.gender in ("", name.gender)]
        return bearers[0].name if len(bearers) == 1 else None

    def known(self, name: Name) -> Name:
        """Return a full name with the titles that the text gave it."""
        for mention in self.bearers(name):
            if mention.name.is_same_person(name):
                return mention.name
        return name

    def bearers(self, name: Name) -> list[Mention]:
        """Return the persons with this surname whose full names the text gives."""
        return self.full.get(name.surname, [])
