"""The words in front of a verb: „...“, sagte Holt; ..., a dit Holt."""

from __future__ import annotations

from claims.attribution.engine.phrases import Words
from claims.attribution.engine.records import Found

from . import romance_subjects
from .reading import LINKS, REACH, SHORTEST_CLAUSE, Verb


class Before(Verb):
    """A reading of the words in front of a verb."""

    __slots__ = ()

    def _follows_words(self) -> bool:
        """Return whether a comma, a dash or a quotation stands before the verb."""
        lead = self.hit.lead
        if lead <= self.floor:
            return False
        word = self.s.words[lead - 1]
        return word in LINKS or word == '"'

    def _before(self, speaker: Words | None) -> Found | None:
        """Return "..., said Holt" with the quotation that may follow it."""
        s, hit = self.s, self.hit
        if speaker is None and not self.language.tables.drops_subjects:
            return None
        at = hit.lead
        while at > self.floor and s.words[at - 1] in LINKS:
            at -= 1
        begin = self._content_start(at)
        if at <= begin:
            return None
        end = max(hit.tail, speaker[1] if speaker else 0, (hit.particle or -1) + 1)
        further = self._quotation_from(end)
        if at - 1 in s.quotations:
            content = [(begin, at)]
            if further:
                content.append(further)
            return self._found(content, speaker, "quotation before", 0.95)
        rest = self._rest_of_clause(end)
        if self._introduces(end) and not further:
            return None
        if at - begin < SHORTEST_CLAUSE and not (rest or further):
            return None
        if self._is_phrase_alone(begin, at):
            return None
        if speaker is None and not self._ends(end):
            return None
        content = [(begin, at)]
        if further:
            content.append(further)
        elif rest:
            content.append(rest)
        return self._found(content, speaker, "clause before", 0.8)

    def _is_phrase_alone(self, begin: int, at: int) -> bool:
        """Return whether words before a verb are a phrase: "Auf die Frage, ob ..."."""
        words = self.s.words
        if words[begin : begin + 3] == ("auf", "die", "frage"):
            return True
        first = words[begin]
        opens = first in ("als", "nachdem", "während", "quand", "cuando", "interrogé")
        return opens and at - begin > 1

    def _content_start(self, at: int) -> int:
        """Return where the words before a verb begin: after a colon, a conjunction."""
        words = self.s.words
        begin = self.floor
        for place in range(at - 1, self.floor - 1, -1):
            if words[place] in ":;" or (
                words[place] in ".?!"
                and not romance_subjects.is_short_stop(self.s, place)
            ):
                begin = place + 1
                break
        while begin < at and words[begin] in LINKS:
            begin += 1
        if begin == self.floor and words[begin] in ("und", "et", "y", "mais", "pero"):
            begin += 1
        return begin

    def _quotation_from(self, at: int) -> Words | None:
        """Return the quotation that goes on after verb and speaker."""
        words = self.s.words
        begin = at
        while at < len(words) and at - begin < REACH:
            if at in self.s.quotations:
                good = words[at - 1] in ",:–—-." or words[at - 1] in ("und", "et", "y")
                return (at, self._end(at)) if good else None
            if words[at] in ";?!":
                return None
            at += 1
        return None

    def _introduces(self, at: int) -> bool:
        """Return whether a conjunction or a quotation follows verb and speaker."""
        words = self.s.words
        at = self.order.skip_adverbials(self.text, self.s, at, self.language)
        while at < len(words) and words[at] in ",:":
            at += 1
        return at < len(words) and (
            self.language.has("complementizers", words[at]) or at in self.s.quotations
        )

    def _rest_of_clause(self, at: int) -> Words | None:
        """Return words after "..., said Holt, ..." that go on with the clause."""
        words = self.s.words
        at = self.order.skip_adverbials(self.text, self.s, at, self.language)
        if words[at : at + 1] not in ((",",), (";",)):
            return None
        end = self._end(at + 1)
        if end - at < SHORTEST_CLAUSE + 2:
            return None
        if any(word in self.language.forms for word in words[at + 1 : at + 4]):
            return None
        if words[at + 1] in ("qui", "que", "der", "die", "das", "wobei", "quien"):
            return None
        return at + 1, end
