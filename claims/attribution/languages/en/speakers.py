"""Resolve speakers to names: pronouns, surnames, titles and seats of government.

Nothing is decided silently: every resolution carries the reason for it, and where the
text leaves it open the name is None.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from claims.attribution.folding import fold
from claims.attribution.proposals import Gender, Resolution
from claims.attribution.spans import Span

from .antecedents import Antecedents
from .described import PERSONS_BACK, resolve_name
from .mentions import Directory, Mention, mentions_in
from .names import Name, is_full_name, parse_name
from .people import People
from .phrases import phrase_before
from .polls import THE_POLL, Polls, is_share
from .pronouns import EMPTY_IT
from .sentences import Sentence
from .variation import (
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
# How many sentences back "it" or "they" may mean the last speaker.
SENTENCES_BACK = 4
SENTENCES_BACK_FOR_DESCRIPTION = 2


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
        self.near = Antecedents(text, sentences, self.starts, self.directory)

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
        near = self.near.is_near(last, number, SENTENCES_BACK)
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
            return self.near.he_or_she(low, "he", number)
        if low in SHE:
            return self.near.he_or_she(low, "she", number)
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
            owner = self.near.he_or_she(first, gender, number)
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
        if last and is_statement_named(words) and self.near.is_near(last, number, 2):
            return last_speaker(words, last.name)
        return None

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
            and self.near.is_near(last, number, SENTENCES_BACK)
        ):
            # What is said of it may be said of anything: it is never sure.
            return last_speaker(low, last.name)
        organisations = self.directory.organisations
        if organisations and self.near.is_near(organisations[-1], number, 1):
            name = next(
                m.name for m in organisations[-20:] if self.near.is_near(m, number, 1)
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
            and self.near.is_near(last, number, SENTENCES_BACK)
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
