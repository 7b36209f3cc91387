"""Resolve speakers to names: pronouns, surnames, titles and seats of government.

Nothing is decided silently: every resolution carries the reason for it, and where the
text leaves it open the name is None.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from claims.attribution.folding import fold
from claims.attribution.proposals import Gender, Resolution, SpeakerKind
from claims.attribution.spans import Span

from .mentions import Directory, Mention, mentions_in
from .names import (
    Name,
    is_full_name,
    is_seat,
    is_title,
    parse_name,
)
from .phrases import phrase_before
from .sentences import Sentence
from .people import People
from .wording import in_sentence
from .words import word_set

HE = word_set("he he's he'd he'll him his himself")
SHE = word_set("she she's she'd she'll her hers herself")
IT = word_set("it it's its itself it'd it'll")
THEY = word_set("they they're they've they'd they'll them their themselves")
RELATIVE = word_set("who which that whom")
AUTHOR = word_set("i we i'm we're i've we've i'd we'd my our you")
GENERIC_OFFICES = word_set("official leader politician spokesperson lawmaker")
GENERIC_ORGANISATIONS = word_set(
    """
    company firm group agency body organisation organization business union club
    newspaper paper outlet charity institute panel
    """
)
# How many sentences back "it" or "they" may mean the last speaker, and "she" anybody.
SENTENCES_BACK = 4
SENTENCES_BACK_FOR_PERSON = 5
# By how much somebody must be likelier than the next one to be meant without doubt.
SURE_MARGIN = 3
# How many of the names met last are looked through.
PERSONS_BACK = 40
ORGANISATIONS_BACK = 40
BUSINESSES = word_set("company firm business")
NO_BUSINESS = word_set(
    """
    workers union association council party committee ministry department court house
    senate congress university agency office police society federation league democrats
    republicans commission parliament board church times post news
    """
)
# Among how many bodies "the company" must be the only one.
NEAR = 6


class Resolver:
    """Resolves the words for each speaker of a text to a name.

    The spans must be asked for in the order of the text.
    """

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self.text = text
        self.sentences = sentences
        self.starts = [s.starts[0] for s in sentences]
        self.directory = Directory()
        self._mentions = [m for s in sentences for m in mentions_in(text, s)]
        self._met = 0
        for mention in self._mentions:
            if is_full_name(mention.name):
                self.directory.add_full_name(mention.name)
        self.people = People(self._mentions, self.directory)

    def resolve(self, span: Span | None) -> Resolution:
        """Return who is meant by the words at a place; None stands for no words."""
        if span is None:
            return Resolution(None, "unnamed", "the text names no speaker")
        mentions = self._mentions
        while self._met < len(mentions) and mentions[self._met].at < span.start:
            self.directory.add_mention(mentions[self._met])
            self._met += 1
        number = bisect_right(self.starts, span.start) - 1
        resolution = self._resolve_words(span, number)
        if resolution.name and resolution.kind != "unnamed":
            name = self.directory.known(Name(resolution.name, resolution.kind))
            speaker = Mention(span.start, name, spoke=True)
            self.directory.last_speaker = speaker
            if resolution.kind == "person":
                self.directory.persons.append(speaker)
                self.directory.speakers.add(fold(name.name))
            else:
                self.directory.organisations.append(speaker)
        return resolution

    def _resolve_words(self, span: Span, number: int) -> Resolution:
        """Return who is meant by a speaker's words in a sentence: name or pronoun."""
        words = span.of(self.text)
        low = words.lower().replace("’", "'").strip(" ,")
        if low in HE:
            return self._resolve_he_or_she(low, "he", number)
        if low in SHE:
            return self._resolve_he_or_she(low, "she", number)
        if low in IT:
            return self._resolve_it(low, number)
        if low in THEY:
            return self._resolve_they(low, number)
        if low in AUTHOR:
            return Resolution(
                None, "unnamed", f"“{low}” stands for the author or a reader"
            )
        if low in RELATIVE:
            return self._resolve_relative(span, low, number)
        return _resolve_name(words, self.directory)

    def _is_near(self, mention: Mention, number: int, back: int) -> bool:
        """Return whether a name stands at most some sentences before a sentence."""
        return mention.at >= self.starts[max(0, number - back)]

    def _resolve_he_or_she(self, low: str, gender: Gender, number: int) -> Resolution:
        """Return whom "he" or "she" means: the likeliest of those named before."""
        since = self.starts[max(0, number - SENTENCES_BACK_FOR_PERSON)]
        weights: dict[str, float] = {}
        latest: dict[str, Mention] = {}
        for mention in self.directory.persons[-PERSONS_BACK:]:
            if mention.at < since or mention.name.gender not in ("", gender):
                continue
            key = mention.name.surname if mention.is_open else fold(mention.name.name)
            weight = self._salience(mention, gender, number)
            weights[key] = max(weight, weights.get(key, weight))
            latest[key] = mention
        if not weights:
            reason = f"nobody named before whom “{low}” could mean"
            return Resolution(None, "person", reason)
        first, *others = sorted(weights, key=lambda key: -weights[key])
        chosen = latest[first]
        name = chosen.name.name
        margin = weights[first] - weights[others[0]] if others else SURE_MARGIN
        if chosen.is_open:
            reason = f"“{low}” may be more than one person called {name}"
            return Resolution(None, "person", reason)
        if margin == 0:
            reason = f"“{low}” may be {name} or {latest[others[0]].name.name}"
            return Resolution(None, "person", reason)
        why = (
            "the likeliest person named before" if others else "the person named before"
        )
        reason = f"“{low}” read as {name}, {why}"
        return Resolution(name, "person", reason, margin >= SURE_MARGIN)

    def _salience(self, mention: Mention, gender: Gender, number: int) -> float:
        """Return how likely a pronoun of a sentence means a person named before.

        Near goes before far, who spoke before who is only named, a known gender before
        an unknown one, and the first of a sentence before the others.
        """
        at = bisect_right(self.starts, mention.at) - 1
        weight = -2.0 * (number - at) + 5 * mention.spoke
        weight += 2 * (mention.name.gender == gender)
        return weight + (mention.at - self.starts[at] < 40)

    def _resolve_it(self, low: str, number: int) -> Resolution:
        """Return what "it" means: the last speaker, or an organisation just named."""
        last = self.directory.last_speaker
        if (
            last
            and last.name.kind in ("organisation", "government")
            and self._is_near(last, number, SENTENCES_BACK)
        ):
            return _last_speaker(low, last.name)
        organisations = self.directory.organisations
        if organisations and self._is_near(organisations[-1], number, 1):
            name = next(
                m.name for m in organisations[-20:] if self._is_near(m, number, 1)
            )
            reason = f"“{low}” read as {name.name}, named before"
            return Resolution(name.name, name.kind, reason, is_sure=False)
        return Resolution(
            None, "organisation", f"nothing named before that “{low}” could mean"
        )

    def _resolve_they(self, low: str, number: int) -> Resolution:
        """Return whom "they" means: the last speaker, if an organisation or a group."""
        last = self.directory.last_speaker
        if (
            last
            and last.name.kind in ("organisation", "group")
            and self._is_near(last, number, SENTENCES_BACK)
        ):
            return _last_speaker(low, last.name)
        return Resolution(None, "group", f"“{low}” may be several people")

    def _resolve_relative(self, span: Span, low: str, number: int) -> Resolution:
        """Return whom "who" or "which" refers to: the phrase in front of it."""
        s = self.sentences[number]
        found = None
        if span.start in s.starts:
            at = s.starts.index(span.start) - 1
            while at > 0 and s.tags[at] in ",PRf":
                at -= 1
            found = phrase_before(s, at)
        if not found:
            return Resolution(None, "unnamed", f"“{low}” points to nothing found")
        place = Span(s.starts[found[0]], s.ends[found[1] - 1])
        if s.words[found[0]] in HE | SHE | IT | THEY:
            return self._resolve_words(place, number)
        words = place.of(self.text)
        plain = _resolve_name(words, self.directory)
        return Resolution(plain.name, plain.kind, f"“{low}” refers to “{words}”")


def _last_speaker(low: str, name: Name) -> Resolution:
    """Return the last speaker as who a pronoun means."""
    return Resolution(
        name.name, name.kind, f"“{low}” read as the last speaker, {name.name}"
    )


def _resolve_name(words: str, directory: Directory) -> Resolution:
    """Return whom words mean that hold a name, a title or a kind of organisation."""
    several = _several_persons(words)
    if several:
        return Resolution(None, "group", f"several speakers: {', '.join(several)}")
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
    front, _and, last = words.rpartition(" and ")
    if not front:
        return []
    parts = [part for part in front.rstrip(",").split(", ") if part] + [last]
    names = [parse_name(part) for part in parts]
    if any(name.kind != "person" or not name.name for name in names):
        return []
    if any(" " not in name.name and not name.titles for name in names):
        return []
    return [name.name for name in names]


def _resolve_person(name: Name, directory: Directory) -> Resolution:
    """Return the full name that the text gives to a surname, or the name itself."""
    full = directory.full_name(name)
    if full:
        reason = f"“{name.name}” is {full.name} elsewhere in the text"
        return Resolution(full.name, "person", reason)
    if " " not in name.name and len(directory.bearers(name)) > 1:
        reason = f"more than one person called {name.name} in the text"
        return Resolution(None, "person", reason)
    return Resolution(directory.known(name).name, "person", "named in the text")


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
    wanted = fold(name.name).split()
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
        if found is None and len(folded) == 2:
            found = _organisation_of_kind(words, head, directory)
    if found:
        return found
    kind: SpeakerKind = "group" if name.kind == "group" else "unnamed"
    return Resolution(None, kind, "the text gives no name")


def _titled_person(words: str, title: str, directory: Directory) -> Resolution | None:
    """Return who was given a title last, or any title for "the official"."""
    persons = directory.persons[-PERSONS_BACK:][::-1]
    titled = [mention for mention in persons if title in mention.name.titles]
    if titled:
        person = titled[0].name.name
        if any(not m.name.is_same_person(titled[0].name) for m in titled):
            reason = f"more than one person in the text is “{words}”"
            return Resolution(None, "person", reason)
        reason = f"“{words}” read as {person}, so titled before"
        return Resolution(person, "person", reason)
    if title in GENERIC_OFFICES:
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
    last = directory.last_speaker
    if len(near) > 1 and last and fold(last.name.name) in near:
        near = {"": last.name}
    if len(near) == 1:
        [name] = near.values()
        reason = f"“{words}” read as {name.name}, named before"
        return Resolution(name.name, name.kind, reason, is_sure=False)
    return None


def _may_be(name: Name, head: str) -> bool:
    """Return whether an organisation may be called "company", "union" or the like."""
    if name.kind != "organisation":
        return False
    return head not in BUSINESSES or NO_BUSINESS.isdisjoint(fold(name.name).split())
