"""The words after a verb: a quotation, a clause, an infinitive, an object."""

from __future__ import annotations

from claims.attribution.engine.phrases import Words
from claims.attribution.engine.records import Found

from . import german, romance
from .german_nouns import NO_NOUNS
from .infinitives import PREPARES, Infinitives, german_infinitive
from .reading import ENDS, LINKS, REACH, SHORTEST_CLAUSE

INDEFINITE = frozenset(
    ["un", "une", "una", "ein", "eine", "einen", "einem", "einer", "eines"]
)

OUTLET_ENDS = ("blatt", "zeitung", "magazin", "sender", "zeitschrift", "portal")

JOINING = frozenset(
    ["und", "et", "y", "e", "ni", "sowie", "mais", "pero", "aber", "doch", "aunque"]
)

DAY_LEADS = (("am",), ("im",), ("in",), ("bei",), ("nach",))

NOUN_LEADS = frozenset(["fait", "hecho", "idée", "idea"])


class After(Infinitives):
    """A reading of the words after a verb."""

    __slots__ = ()

    def _after(self, speaker: Words | None, at: int) -> Found | None:
        """Return the attribution whose words follow the verb, or None."""
        at = max(at, self.hit.tail)
        found = self._introduced(speaker, at)
        if (
            found
            and found.rule == "infinitive"
            and not self.hit.has("tw")
            and not self.language.tables.verb_second
        ):
            found.content = [(at, found.content[-1][1])]
        if found or not self.hit.has("n"):
            return found
        if self.hit.negated and not self.hit.has("x"):
            return None
        return self._object(speaker, at)

    def _introduced(self, speaker: Words | None, at: int) -> Found | None:
        """Return the quotation, clause or infinitive after the verb, or None."""
        s, words, hit = self.s, self.s.words, self.hit
        begin = at
        limit = min(len(words), begin + REACH)
        while at < limit:
            word = words[at]
            if word == ":" and hit.has("qf"):
                return self._after_colon(speaker, at + 1)
            if at in s.quotations:
                if not self._is_named_thing(at):
                    return self._quotation(speaker, begin, at)
            elif self.language.has("complementizers", word):
                if hit.has("t") and self._may_introduce(begin, at):
                    return self._clause(speaker, at, self._conjunction())
                return None
            elif self.language.has("questions", word) and hit.has("w"):
                return self._clause(speaker, at, "question")
            elif word in ENDS and at != hit.particle:
                return None
            elif (
                hit.has("i")
                and not (hit.negated and hit.has("o"))
                and self._is_infinitive(begin, at)
            ):
                return self._clause(
                    speaker, self._infinitive_start(begin, at), "infinitive"
                )
            elif word == ",":
                found = self._after_comma(speaker, at)
                if found:
                    return found
            elif (word in self.language.forms and words[at - 1] in JOINING) or (
                at > begin + 1 and self._other_verb(at)
            ):
                return None
            at += 1
        return None

    def _other_verb(self, at: int) -> bool:
        """Return whether another finite verb begins a clause of its own."""
        word = self.s.words[at]
        if self.language.tables.verb_second or at == self.hit.particle:
            return False
        return self.language.has("finite", word) and word not in ("a", "ha")

    def _may_introduce(self, begin: int, at: int) -> bool:
        """Return whether nothing but adverbials stands before a conjunction."""
        words = self.s.words
        if self.language.tables.verb_second:
            return words[at - 1] in (",", '"') or at - 1 == self.hit.particle
        place = begin
        for _ in range(4):
            place = romance.skip_adverbials(self.text, self.s, place, self.language)
            if place >= at:
                return True
            if words[place] == ",":
                place += 1
                continue
            break
        between = words[place:at]
        if between and between[-1] in NOUN_LEADS:
            return True
        if all(w in PREPARES or self.language.has("articles", w) for w in between):
            return True
        if words[at - 1] == ",":
            return True
        # "a annoncé au conseil le préfet que": a speaker or listener in between.
        end = romance.noun_phrase_end(self.text, self.s, place, self.language)
        return end >= at and not self.hit.has("n") and words[at - 1] not in PREPARES

    def _is_named_thing(self, at: int) -> bool:
        """Return whether a quotation is the name of an outlet: der „Rundschau“."""
        s = self.s
        before = s.words[at - 1] if at else ""
        inside = self.text[s.starts[at] : s.ends[at]].strip("\"'“”„»«‚‘’ \u00a0.,")
        if len(inside.split()) > 4 or not inside or inside[-1] in ".?!":
            return False
        small = (
            self.language.has("articles", before)
            or self.language.has("outlets", before)
            or before.endswith(OUTLET_ENDS)
        )
        if before in INDEFINITE:
            return False
        return small and inside[0].isupper()

    def _after_colon(self, speaker: Words | None, at: int) -> Found | None:
        """Return the words after "said:"."""
        if at >= len(self.s.words):
            return self._found([], speaker, "colon", 0.85)
        return self._found([(at, self._end(at))], speaker, "colon", 0.9)

    def _quotation(self, speaker: Words | None, begin: int, at: int) -> Found | None:
        """Return "spoke of a “disgrace”": the words from the verb to the quotation."""
        if not self.hit.has("qn"):
            return None
        words = self.s.words
        start = at
        if self.hit.has("n") and at - begin < 10:
            start = self._object_start(begin)
        elif (
            at > begin + 1
            and words[at - 1] not in LINKS
            and words[at - 1] != ":"
            and not self._near(begin, at)
        ):
            return None
        end = self._end(at)
        return self._found([(start, end)], speaker, "quotation", 0.85)

    def _near(self, begin: int, at: int) -> bool:
        """Return whether few words, and no clause, part a verb from a quotation."""
        return at - begin < 8 and "," not in self.s.words[begin:at]

    def _clause(self, speaker: Words | None, at: int, rule: str) -> Found:
        """Return the clause that begins at a word."""
        return self._found([(at, self._end(at))], speaker, rule, 0.85)

    def _after_comma(self, speaker: Words | None, at: int) -> Found | None:
        """Return a German clause or infinitive after a comma, or None."""
        words = self.s.words
        if not self.language.tables.verb_second or at + 1 >= len(words):
            return None
        following = words[at + 1]
        if self.language.has("complementizers", following) or following == '"':
            return None
        if self.hit.has("i") and german_infinitive(self.s, at + 1):
            return self._clause(speaker, at + 1, "infinitive")
        if not self.hit.has("c"):
            return None
        if self.language.has("questions", following) and self.hit.has("w"):
            return self._clause(speaker, at + 1, "question")
        if self._is_main_clause(at + 1):
            return self._clause(speaker, at + 1, "clause")
        return None

    def _is_main_clause(self, at: int) -> bool:
        """Return whether a German clause has its finite verb in second place."""
        words = self.s.words
        end = at
        while end < len(words) and words[end] not in ENDS and words[end] != ":":
            end += 1
        stretch = words[at:end]
        if len(stretch) < SHORTEST_CLAUSE:
            return False
        first = stretch[0]
        if self.language.has("conjunctions", first) and first not in ("wenn", "als"):
            return False
        verb = german.noun_phrase_end(self.text, self.s, at, self.language)
        if at < verb < end - 1 and self._is_verb_second(words[verb]):
            return True
        for place, word in enumerate(stretch):
            if place == 0 and first not in ("habe", "sei"):
                continue
            finite = self.language.has("subjunctive", word) or self.language.has(
                "finite", word
            )
            if not finite:
                continue
            following = stretch[place + 1] if place + 1 < len(stretch) else ","
            last = following == "," and place + 2 >= len(stretch)
            if following == "," or place + 1 == len(stretch) or last:
                # The verb ends its clause: a relative clause, not a main one.
                return self.language.has("subjunctive", word) and first not in (
                    "der",
                    "die",
                    "das",
                    "deren",
                    "dessen",
                )
            return True
        return False

    def _is_verb_second(self, word: str) -> bool:
        """Return whether a word after a subject may be its verb: "sie trete ab"."""
        return (
            word.isalpha()
            and word[-1] in "etn"
            and not any(self.language.has(name, word) for name in NO_NOUNS)
            and not self.language.has("articles", word)
            and not self.language.has("inner_prepositions", word)
        )

    def _conjunction(self) -> str:
        """Return the rule for a clause: whether it says what is, or what should be."""
        return "wish" if self.hit.has("nxo") else "complementizer"

    def _object_before(self, before: Words) -> Found | None:
        """Return "Kündigungen schloss er nicht aus": the object stands first."""
        words, at = self.s.words, self.hit.tail
        if not self.language.tables.verb_second or not self.hit.has("n"):
            return None
        if words[at : at + 1] not in (("er",), ("sie",), ("man",), ("es",)):
            return None
        return self._found([before], (at, at + 1), "object", 0.7)

    def _object_start(self, at: int) -> int:
        """Return where the object begins: after days and adverbs."""
        words = self.s.words
        while at < len(words) and self._is_small(words[at]):
            at += 1
        if self.language.tables.verb_second and words[at : at + 1] in DAY_LEADS:
            return german.skip_adverbials(self.text, self.s, at, self.language)
        return at

    def _object(self, speaker: Words | None, at: int) -> Found | None:
        """Return "rejected the offer": the noun phrase after the verb."""
        words = self.s.words
        begin = end = self._object_start(at)
        while end < len(words) and words[end] not in ENDS and words[end] not in ",:":
            if end == self.hit.particle:
                break
            following = words[end + 1] if end + 1 < len(words) else "."
            if words[end] in JOINING and following in self.language.forms:
                break
            end += 1
        if end <= begin or not any(len(word) > 2 for word in words[begin:end]):
            return None
        if speaker is None:
            return None
        return self._found([(begin, end)], speaker, "object", 0.7)
