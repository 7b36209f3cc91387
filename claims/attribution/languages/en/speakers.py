"""Resolve speakers to names: pronouns, surnames, titles and seats of government.

Nothing is decided silently: every resolution carries the reason for it, and where the
text leaves it open the name is None.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from claims.attribution.folding import fold
from claims.attribution.proposals import Gender, Resolution
from claims.attribution.spans import Span

from .described import PEOPLES, PERSONS_BACK, resolve_name
from .gazetteer import PLACES
from .mentions import Directory, Mention, mentions_in
from .name_words import is_title
from .names import Name, is_full_name, parse_name
from .people import People
from .phrases import phrase_before
from .polls import THE_POLL, Polls, is_share
from .pronouns import EMPTY_IT
from .sentences import Sentence
from .variation import (
    PERSONS,
    campaign_named,
    is_owned,
    is_somebody,
    is_statement_named,
    last_speaker,
    named_with_adjective,
    owned_by,
    person_described,
)
from .words import word_set

HE = word_set("he he's he'd he'll him his himself")
SHE = word_set("she she's she'd she'll her hers herself")
IT = word_set("it it's its itself it'd it'll")
THEY = word_set("they they're they've they'd they'll them their themselves")
RELATIVE = word_set("who which that whom")
AUTHOR = word_set("i we i'm we're i've we've i'd we'd my our you")
SUBORDINATORS = word_set("when while after before as since because if although though")
# "The president", "The new mayor", before a verb
POST_IN_FRONT = re.compile(r"D[J#e]?N(?=R?[vVBHMde])")
# How many sentences back "it" or "they" may mean the last speaker, and "she" anybody.
SENTENCES_BACK = 4
SENTENCES_BACK_FOR_PERSON = 5
SENTENCES_BACK_FOR_DESCRIPTION = 2
# By how much somebody must be likelier than the next one to be meant without doubt.
SURE_MARGIN = 5
NEW_PERSON = 4
# By how much, where nothing else must show that nobody else is meant.
FAR_AHEAD = 10
# How many characters from the front of a sentence its subject begins.
AT_FRONT = 40


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
            if is_full_name(mention.name) and not self._asks_whether(mention):
                self.directory.add_full_name(mention.name)
        self.people = People(self._mentions, self.directory)
        self.polls = Polls(text)

    def resolve(
        self, span: Span | None, *, asks: bool = False, goes_on: bool = False
    ) -> Resolution:
        """Return who is meant by the words at a place; None stands for no words.

        `asks` says that they ask something: "he" who answers is somebody else.
        `goes_on` says that they speak once more: "he added", "she also said".
        """
        if span is None:
            return Resolution(None, "unnamed", "the text names no speaker")
        mentions = self._mentions
        while self._met < len(mentions) and mentions[self._met].at < span.start:
            self.directory.add_mention(mentions[self._met])
            self._met += 1
        self.directory.place = span.start
        number = bisect_right(self.starts, span.start) - 1
        resolution = (
            self._resolve_again(span, number) if goes_on else None
        ) or self._resolve_words(span, number)
        if resolution.name and resolution.kind != "unnamed":
            name = self.directory.known(Name(resolution.name, resolution.kind))
            speaker = Mention(span.start, name, spoke=not asks)
            # A name alone, met nowhere else, need not be a person's.
            speaker.is_guess = not resolution.is_sure or not (
                " " in name.name or name.titles
            )
            self.directory.last_speaker = speaker
            if resolution.kind == "person":
                self.directory.persons.append(speaker)
                self.directory.speakers.add(fold(name.name))
            else:
                self.directory.organisations.append(speaker)
        elif resolution.name is None:
            self._note_open_speaker(span)
        return resolution

    def _asks_whether(self, mention: Mention) -> bool:
        """Return whether "Will Holt" begins a question, and is nobody's name."""
        if not mention.name.name.startswith(("Will ", "May ")):
            return False
        s = self.sentences[bisect_right(self.starts, mention.at) - 1]
        return s.starts[0] == mention.at and s.words[-1] == "?"

    def _note_open_speaker(self, span: Span) -> None:
        """Note that somebody has spoken whom the text leaves open: "she" may be her."""
        words = span.of(self.text)
        name = parse_name(words)
        if name.kind == "unnamed" and is_somebody(words):
            name = Name(words, "person", name.titles, name.gender)
        elif name.kind != "person" or len(self.directory.bearers(name)) < 2:
            return
        self.directory.last_speaker = None
        self.directory.persons.append(Mention(span.start, name, True, True))

    def _resolve_again(self, span: Span, number: int) -> Resolution | None:
        """Return the last speaker for "he" or "she" who goes on speaking."""
        low = span.of(self.text).lower()
        last = self.directory.last_speaker
        if low not in ("he", "she") or not last or last.name.kind != "person":
            return None
        if last.is_guess:
            return None
        near = self._is_near(last, number, SENTENCES_BACK)
        if not near or last.name.gender not in ("", low):
            return None
        since = [m for m in self.directory.persons[-5:] if m.at > last.at]
        if any(m.is_open or m.name.gender in ("", low) for m in since):
            return None
        reason = f"“{low}” read as {last.name.name}, the last speaker, who goes on"
        return Resolution(last.name.name, "person", reason)

    def _resolve_words(self, span: Span, number: int) -> Resolution:
        """Return who is meant by a speaker's words in a sentence: name or pronoun."""
        words = span.of(self.text)
        low = words.lower().replace("’", "'").strip(" ,")
        if low in HE:
            return self._resolve_he_or_she(low, "he", number)
        if low in SHE:
            return self._resolve_he_or_she(low, "she", number)
        if low in IT:
            return self._resolve_it(span, low, number)
        if low in THEY:
            return self._resolve_they(low, number)
        if low in AUTHOR:
            return Resolution(
                None, "unnamed", f"“{low}” stands for the author or a reader"
            )
        if low in RELATIVE:
            return self._resolve_relative(span, low, number)
        return self._resolve_described(words, span, number)

    def _resolve_described(self, words: str, span: Span, number: int) -> Resolution:
        """Return who is meant by words that are no pronoun: by name or described."""
        low = words.lower()
        first, _space, rest = low.partition(" ")
        if first in ("his", "her") and is_owned(rest):
            gender: Gender = "he" if first == "his" else "she"
            owner = self._resolve_he_or_she(first, gender, number)
            owned = owned_by(owner, words)
            if owned:
                return owned
        found = resolve_name(words, self.directory)
        if found.name or found.joint:
            return found
        if is_share(words) or THE_POLL.match(words):
            return self.polls.maker(words, span.start) or found
        if rest and first in ("the", "a", "an"):
            here = self.starts[number]
            since = self.starts[max(0, number - SENTENCES_BACK_FOR_DESCRIPTION)]
            before = [
                m for m in self.directory.persons[-PERSONS_BACK:] if m.at >= since
            ]
            return (
                person_described(words, before, here, self.directory)
                or named_with_adjective(words, self.directory)
                or campaign_named(words, self.text, span.start)
                or self._resolve_statement(words, number)
                or found
            )
        return found

    def _resolve_statement(self, words: str, number: int) -> Resolution | None:
        """Return whose statement "the statement" is: who spoke last, just before."""
        last = self.directory.last_speaker
        if last and is_statement_named(words) and self._is_near(last, number, 2):
            return last_speaker(words, last.name)
        return None

    def _is_near(self, mention: Mention, number: int, back: int) -> bool:
        """Return whether a name stands at most some sentences before a sentence."""
        return mention.at >= self.starts[max(0, number - back)]

    def _resolve_he_or_she(self, low: str, gender: Gender, number: int) -> Resolution:
        """Return whom "he" or "she" means: the likeliest of those named before."""
        since = self.starts[max(0, number - SENTENCES_BACK_FOR_PERSON)]
        weights: dict[str, float] = {}
        latest: dict[str, Mention] = {}
        best: dict[str, Mention] = {}
        for mention in self.directory.persons[-PERSONS_BACK:]:
            if mention.at < since or mention.name.gender not in ("", gender):
                continue
            if mention.name.surname in PLACES or mention.name.name in PEOPLES:
                continue
            key = mention.name.surname if mention.is_open else fold(mention.name.name)
            weight = self._salience(mention, gender, number)
            if weight >= weights.get(key, weight):
                weights[key], best[key] = weight, mention
            latest[key] = mention
        if not weights:
            reason = f"nobody named before whom “{low}” could mean"
            return Resolution(None, "person", reason)
        first, *others = sorted(weights, key=lambda key: -weights[key])
        chosen = best[first]
        name = chosen.name.name
        new = self._is_new(chosen, number)
        margin = weights[first] - weights[others[0]] if others else SURE_MARGIN
        if chosen.is_open:
            known = self._only_bearer(chosen.name, gender)
            if known:
                reason = f"“{low}” read as {known}, the only one of that surname"
                return Resolution(known, "person", reason)
            reason = f"“{low}” may be “{name}”, and the text does not tell who that is"
            return Resolution(None, "person", reason)
        if margin == 0:
            reason = f"“{low}” may be {name} or {latest[others[0]].name.name}"
            return Resolution(None, "person", reason)
        other = self._later_subject(latest[first].at, number, chosen.name)
        if other:
            reason = f"“{low}” may be “{other}”, and the text does not tell who that is"
            return Resolution(None, "person", reason)
        why = (
            "the likeliest person named before" if others else "the person named before"
        )
        reason = f"“{low}” read as {name}, {why}"
        last = max(mention.at for mention in latest.values())
        alone = not others or margin >= FAR_AHEAD
        is_sure = (alone and self._is_only_one(chosen, gender, number)) or (
            margin >= SURE_MARGIN + NEW_PERSON * bool(others and new)
            and not chosen.is_guess
            and chosen.name.gender == gender
            and self._is_near(chosen, number, 1 + chosen.spoke)
            and self._is_near_each(latest[first].at, last)
            and (chosen.spoke or self._opens_sentence(chosen.at))
            and not self._somebody_unnamed(chosen, number)
        )
        return Resolution(name, "person", reason, is_sure)

    def _only_bearer(self, name: Name, gender: Gender) -> str:
        """Return the one of several with a surname whom "she" can mean, or nothing."""
        bearers = self.directory.bearers(name)
        own = [k.name.name for k in bearers if k.name.gender in ("", gender)]
        return own[0] if name.kind == "person" and len(own) == 1 < len(bearers) else ""

    def _is_only_one(self, chosen: Mention, gender: Gender, number: int) -> bool:
        """Return whether somebody far ahead of all others can be meant alone.

        Where no given name tells the gender, it must be who has just spoken.
        """
        if chosen.is_guess or self._somebody_unnamed(chosen, number, chosen.spoke):
            return False
        if chosen.name.gender == gender:
            return self._is_near(chosen, number, 1)
        return (
            chosen.spoke
            and " " in chosen.name.name
            and self._opens_sentence(chosen.at)
            and self._is_near(chosen, number, 2)
        )

    def _somebody_unnamed(
        self, chosen: Mention, number: int, later: bool = True
    ) -> bool:
        """Return whether somebody without a name is met after a person: "a clerk".

        `later` leaves out the sentence that names the person.
        """
        first = bisect_right(self.starts, chosen.at) - (not later)
        for s in self.sentences[first : number + 1]:
            for at, word in enumerate(s.words):
                if s.tags[at] != "N" or s.tags[at + 1 : at + 2] == "X":
                    continue
                if word in PERSONS or (
                    is_title(word) and word not in chosen.name.titles
                ):
                    return True
        return False

    def _later_subject(self, since: int, number: int, name: Name) -> str:
        """Return the words of a post that is a sentence's subject after a person.

        "Mr. Lund won. The president smiled. He said": it may well be the president.
        """
        first = bisect_right(self.starts, since)
        for s in self.sentences[first:number]:
            match = POST_IN_FRONT.match(s.tags)
            noun = s.words[match.end() - 1] if match else ""
            if is_title(noun) and noun not in name.titles:
                return self.text[s.starts[0] : s.ends[match.end() - 1]] if match else ""
        return ""

    def _opens_sentence(self, place: int, after: str = "^") -> bool:
        """Return whether a name stands before the first verb of its sentence.

        Or before the first one after the last comma, if `after` is a comma.
        """
        s = self.sentences[bisect_right(self.starts, place) - 1]
        before = s.tags[: bisect_right(s.starts, place)].rpartition(after)[2]
        return not any(tag in "vVBHMde" for tag in before)

    def _is_near_each(self, first: int, second: int) -> bool:
        """Return whether two places stand in one sentence."""
        return bisect_right(self.starts, first) == bisect_right(self.starts, second)

    def _salience(self, mention: Mention, gender: Gender, number: int) -> float:
        """Return how likely a pronoun of a sentence means a person named before.

        Near goes before far, who spoke before who is only named, a known gender before
        an unknown one, and the first of a sentence before the others.
        """
        at = bisect_right(self.starts, mention.at) - 1
        weight = -2.0 * (number - at) + 5 * mention.spoke
        weight += 2 * (mention.name.gender == gender)
        at_front = mention.at - self.starts[at] < AT_FRONT
        if at_front and self.sentences[at].words[0] in SUBORDINATORS:
            # "When Lund left, Borg spoke": not Lund
            at_front = self.text.find(",", self.starts[at], mention.at) >= 0
        # "Holt's future is open, but she said": the subject of the same sentence
        weight += 4 * (at_front and at == number and not mention.spoke)
        return weight + at_front + NEW_PERSON * self._is_new(mention, number)

    def _is_new(self, mention: Mention, number: int) -> bool:
        """Return whether somebody is spoken of now who was not named before.

        "Jan Borg, a baker, came too. He said": he is likelier than who spoke before.
        """
        at = bisect_right(self.starts, mention.at) - 1
        if at != number - 1 or mention.spoke:
            return False
        in_front = mention.at - self.starts[at] < AT_FRONT
        if not in_front or not self._opens_sentence(mention.at, ","):
            # "Holt complained to Jan Borg"
            return False
        known = self.directory.persons[-PERSONS_BACK:]
        return all(
            m.at >= mention.at or m.name.surname != mention.name.surname for m in known
        )

    def _resolve_it(self, span: Span, low: str, number: int) -> Resolution:
        """Return what "it" means: the last speaker, or an organisation just named."""
        if EMPTY_IT.match(self.text, span.start):
            return Resolution(None, "unnamed", f"“{low}” stands for nobody here")
        here = [
            mention.name
            for mention in self.directory.organisations[-20:]
            if mention.at >= self.starts[number] and not mention.spoke
        ]
        if here:
            reason = f"“{low}” read as {here[0].name}, named in the same sentence"
            return Resolution(here[0].name, here[0].kind, reason, is_sure=False)
        last = self.directory.last_speaker
        if (
            last
            and last.name.kind in ("organisation", "government")
            and self._is_near(last, number, SENTENCES_BACK)
        ):
            # What is said of it may be said of anything: it is never sure.
            return last_speaker(low, last.name)
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
            return last_speaker(low, last.name)
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
            if found and s.tags[found[0] - 1 : found[0]] == "," and found[0] > 1:
                # "said Ida Holt, the mayor, who"
                before = phrase_before(s, found[0] - 2)
                start = s.starts[before[0]] if before else 0
                words = self.text[start : s.ends[at]] if before else ""
                if before and parse_name(words).name:
                    found = before[0], found[1]
        if not found:
            return Resolution(None, "unnamed", f"“{low}” points to nothing found")
        place = Span(s.starts[found[0]], s.ends[found[1] - 1])
        if s.words[found[0]] in HE | SHE | IT | THEY:
            return self._resolve_words(place, number)
        words = place.of(self.text)
        plain = self._resolve_described(words, place, number)
        return replace(plain, reason=f"“{low}” refers to “{words}”", words=words)
