"""The attribution of one verb: who speaks, and which words are meant."""

from __future__ import annotations

from claims.attribution.engine.phrases import Words
from claims.attribution.engine.records import Found

from . import german, romance
from .content_after import JOINING, After
from .content_before import Before
from .reading import LINKS, SHORTEST_CLAUSE


class Reading(Before, After):
    """One verb of a sentence, read in all the ways its table allows."""

    __slots__ = ()

    def read(self) -> Found | None:
        """Return the attribution of the verb, or None."""
        hit = self.hit
        if hit.clause is not None:
            return self._of_clause_with_as()
        if hit.cue.lemma == "heißen":
            return self._impersonal()
        before = self._subject_before()
        if before is None and not hit.joins and not self.inherited:
            self.inherited = self._subject_of_sentence()
        if hit.joins or (before is None and self._is_joined()) or self._is_relative():
            self.joined = True
            return self._after(self.inherited, hit.tail)
        after = self.order.speaker_after(self.text, self.s, hit, self.language)
        if before is None and hit.has("f") and self._follows_words():
            found = self._before(after)
            if found:
                return found
        if before is not None:
            found = self._object_before(before)
            return found or self._after(before, hit.tail)
        return self._with_subject_after(after)

    def _impersonal(self) -> Found | None:
        """Return "..., heißt es in dem Bericht": the speaker follows a preposition."""
        words = self.s.words
        place = self.hit.tail
        if words[place : place + 1] != ("es",):
            return None
        speaker = None
        for at in (place + 1, self.floor):
            if at < len(words) and words[at] in (
                "in",
                "im",
                "aus",
                "bei",
                "beim",
                "von",
            ):
                end = german.noun_phrase_end(self.text, self.s, at + 1, self.language)
                if end > at + 1:
                    speaker = (at + 1, end)
                    break
        end = max(place + 1, speaker[1] if speaker else 0)
        return self._impersonal_before(speaker) or self._introduced(speaker, end)

    def _impersonal_before(self, speaker: Words | None) -> Found | None:
        """Return the words before "heißt es", where there are any."""
        if not self._follows_words():
            return None
        at = self.hit.lead - 1
        while at > self.floor and self.s.words[at] in LINKS:
            at -= 1
        begin = self._content_start(at + 1)
        return self._found([(begin, at + 1)], speaker, "clause before", 0.8)

    def _subject_before(self) -> Words | None:
        """Return the subject in front of the verb."""
        if self.hit.enclitic:
            return None
        found: Words | None = self.order.speaker_before(
            self.text, self.s, self.hit, self.language, self.floor
        )
        return found

    def _with_subject_after(self, after: Words | None) -> Found | None:
        """Return "Am Montag sagte Holt, dass ..."; Spanish also without a subject."""
        hit, s = self.hit, self.s
        found = self._after(after, max(hit.tail, after[1])) if after else None
        if found and (found.rule != "object" or self.language.tables.verb_second):
            return found
        if not self.language.tables.drops_subjects or hit.enclitic:
            return None
        begin = hit.lead
        while begin > self.floor and self._is_small(s.words[begin - 1]):
            begin -= 1
        lead = s.words[self.floor : begin]
        if lead[:1] == ("desde",) and 1 < len(lead) < 8 and "," not in lead:
            # "Desde el club explican que ..."
            return self._after((self.floor + 1, begin), hit.tail)
        opens = begin == self.floor or s.words[begin - 1] in '.,;–—"'
        if not opens:
            place = romance.skip_adverbials(self.text, s, self.floor, self.language)
            opens = place >= hit.lead
        return self._after(None, hit.tail) if opens else None

    def _subject_of_sentence(self) -> Words | None:
        """Return the subject that opens the sentence: "Holt kam und sagte ..."."""
        words = self.s.words
        if self.hit.lead < 3 or words[self.hit.lead - 1] not in ("und", "et", "y", "e"):
            return None
        end = self.order.noun_phrase_end(self.text, self.s, 0, self.language)
        if end == 0:
            return None
        return 0, self.order.with_apposition(self.text, self.s, end, self.language)

    def _is_relative(self) -> bool:
        """Return whether the verb follows "qui", "quien" after another speaker."""
        lead = self.hit.lead
        return (
            self.inherited is not None
            and lead > 1
            and self.s.words[lead - 1] in romance.HEADS
            and self.s.words[lead - 2] == ","
            and self.inherited[1] == lead - 2
        )

    def _is_joined(self) -> bool:
        """Return whether the verb is the second one of a subject: "und fügte hinzu"."""
        lead = self.hit.lead
        if not self.inherited or lead <= 0:
            return False
        return self.s.words[lead - 1] in JOINING

    def _of_clause_with_as(self) -> Found | None:
        """Return "Wie die Stadt mitteilte, ..." and "..., wie die Stadt mitteilte"."""
        s, hit = self.s, self.hit
        begin = hit.clause or 0
        first = begin + 1
        while s.words[first - 1] in ("tal", "y"):
            first += 1
        first = self.order.skip_adverbials(self.text, s, first, self.language)
        rest = hit.words[1]
        if first < hit.lead or self.language.tables.verb_second:
            end = self.order.noun_phrase_end(self.text, s, first, self.language)
            speaker = (first, end) if end > first else None
        else:
            speaker = self.order.speaker_after(self.text, s, hit, self.language)
            rest = max(rest, speaker[1] if speaker else 0)
        if speaker is None and not self.language.tables.drops_subjects:
            return None
        rest = self.order.skip_adverbials(self.text, s, rest, self.language)
        opens = rest
        while rest < len(s.words) and s.words[rest] == ",":
            rest += 1
        if begin - self.floor < SHORTEST_CLAUSE:
            if rest == opens:
                return None
            content = [(rest, self._end(rest))]
        else:
            content = [(self._content_start(begin - 1), begin - 1)]
            if opens < rest < len(s.words) - 2:
                content.append((rest, self._end(rest)))
        if content[0][0] >= content[0][1]:
            return None
        return self._found(content, speaker, "clause before", 0.85)
