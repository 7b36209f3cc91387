"""The words that a reporting verb attributes: before it, after it, on both sides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import ModuleType

from claims.attribution.engine.phrases import Words
from claims.attribution.engine.records import Found
from claims.attribution.engine.tables import Language
from claims.attribution.engine.text import Sentence

from . import german, romance
from .hits import Hit

# How many words may stand between a verb and the words it introduces.
REACH = 22
SHORTEST_CLAUSE = 3
LINKS = frozenset(",–—-")
ENDS = frozenset(".?!…;")
INDEFINITE = frozenset(
    ["un", "une", "una", "ein", "eine", "einen", "einem", "einer", "eines"]
)
OUTLET_ENDS = ("blatt", "zeitung", "magazin", "sender", "zeitschrift", "portal")
JOINING = frozenset(
    ["und", "et", "y", "e", "ni", "sowie", "mais", "pero", "aber", "doch", "aunque"]
)
DAY_LEADS = (("am",), ("im",), ("in",), ("bei",), ("nach",))
CLAUSE_ENDS = frozenset([*".,;?!…", "und", "sowie", "oder"])
PREPARES = frozenset(["de", "d'", "d’", "à", "a", "con", "en", "al"])
NOUN_LEADS = frozenset(["fait", "hecho", "idée", "idea"])
NEVER_INFINITIVE = frozenset(
    [
        "mer",
        "hier",
        "lugar",
        "mujer",
        "ayer",
        "poder",
        "ser",
        "mar",
        "par",
        "pour",
        "premier",
        "dernier",
        "cher",
        "hiver",
        "avenir",
        "taller",
        "alquiler",
        "lunes",
        "militar",
        "popular",
        "escolar",
        "militaire",
        "papier",
        "quartier",
        "millier",
        "dossier",
        "métier",
        "courrier",
        "janvier",
        "février",
        "atelier",
        "loyer",
        "pair",
        "pouvoir",
        "devoir",
        "soir",
        "espoir",
        "directeur",
        "trimestre",
        "semestre",
        "ministre",
        "autre",
        "entre",
        "contre",
        "notre",
        "votre",
        "quatre",
        "titre",
        "maire",
        "sur",
        "leur",
        "noir",
        "car",
        "bar",
        "hogar",
        "lugar",
        "pilar",
        "azúcar",
        "ex-militar",
        "ayer",
        "clair",
        "notaire",
        "affaire",
        "salaire",
        "frère",
        "père",
        "mère",
        "centre",
        "membre",
        "novembre",
        "octobre",
        "décembre",
        "septembre",
        "semaine",
        "ordre",
        "nombre",
        "chambre",
        "propre",
        "libre",
        "guerre",
        "terre",
        "verre",
        "presse",
        "lettre",
        "rencontre",
        "mètre",
        "kilomètre",
        "maître",
        "peut-être",
    ]
)


@dataclass(slots=True)
class Reading:
    """One verb of a sentence, and what stands around it.

    Nothing before `floor` belongs to it; `inherited` is the speaker of the clause
    before.
    """

    text: str
    s: Sentence
    hit: Hit
    language: Language
    floor: int
    inherited: Words | None
    joined: bool = False

    @property
    def order(self) -> ModuleType:
        """The module that knows the word order of the language."""
        return german if self.language.tables.verb_second else romance

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
        return self.order.speaker_before(
            self.text, self.s, self.hit, self.language, self.floor
        )

    def _with_subject_after(self, after: Words | None) -> Found | None:
        """Return "Am Montag sagte Holt, dass ..."; in Spanish also without a subject."""
        hit, s = self.hit, self.s
        if after:
            found = self._after(after, max(hit.tail, after[1]))
            if found:
                return found
        if not self.language.tables.drops_subjects or hit.enclitic:
            return None
        begin = hit.lead
        while begin > self.floor and self._is_small(s.words[begin - 1]):
            begin -= 1
        if begin > self.floor and s.words[self.floor] == "desde":
            if 1 < begin - self.floor < 8 and "," not in s.words[self.floor : begin]:
                return self._after((self.floor + 1, begin), hit.tail)
        opens = begin == self.floor or s.words[begin - 1] in '.,;–—"'
        if not opens:
            place = romance.skip_adverbials(self.text, s, self.floor, self.language)
            opens = place >= hit.lead
        return self._after(None, hit.tail) if opens else None

    def _is_small(self, word: str) -> bool:
        """Return whether a word may open a sentence before its verb."""
        return (
            word in romance.JOINTS
            or self.language.has("adverbs", word)
            or word in self.language.days
            or word in self.language.weekdays
        )

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

    def _found(
        self, content: list[Words], speaker: Words | None, rule: str, score: float
    ) -> Found:
        """Return an attribution with this verb."""
        found = Found(content, self.hit.words, speaker, rule, score, self.hit.cue.lemma)
        found.speech = self.hit.has("q") and self.hit.clause is None
        found.negated = self.hit.negated or self.hit.has("x")
        found.letters = self.hit.cue.letters
        return found

    # --- words in front of the verb

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
                words[place] in ".?!" and not romance._is_short_stop(self.s, place)
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

    def _ends(self, at: int) -> bool:
        """Return whether the sentence or clause ends at a place, adverbs left out."""
        at = self.order.skip_adverbials(self.text, self.s, at, self.language)
        return at >= len(self.s.words) or self.s.words[at] in '.,;?!…–—"'

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

    # --- words after the verb

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
            elif word in self.language.forms and words[at - 1] in JOINING:
                return None
            elif at > begin + 1 and self._other_verb(at):
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
            start = begin
        elif at > begin + 1 and words[at - 1] not in LINKS and words[at - 1] != ":":
            if not self._near(begin, at):
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
            and not any(self.language.has(name, word) for name in german.NO_NOUNS)
            and not self.language.has("articles", word)
            and not self.language.has("inner_prepositions", word)
        )

    def _is_infinitive(self, begin: int, at: int) -> bool:
        """Return whether an infinitive at a word depends on a Romance verb."""
        words = self.s.words
        word = words[at]
        if self.language.tables.verb_second or word in NEVER_INFINITIVE:
            return False
        if not word[0].islower() if word else True:
            return False
        if self.text[self.s.starts[at]].isupper():
            return False
        base = word
        for ending in ("se", "lo", "la", "los", "las", "le", "les"):
            if self.language.tables.drops_subjects and base.endswith("r" + ending):
                base = base.removesuffix(ending)
        if not base.endswith(("ar", "er", "ir", "ír", "oir", "re", "être", "faire")):
            return False
        if base.endswith("re") and not base.endswith(
            ("être", "aire", "dre", "ttre", "ivre", "ire", "oire", "pre", "clure")
        ):
            return False
        before = words[at - 1]
        if at == begin:
            return self.hit.has("t") or not self.hit.has("n")
        if before in ("n'", "n’"):
            return at - begin < 3
        if before in PREPARES or before in (
            "pas",
            "ne",
            "no",
            "se",
            "s'",
            "s’",
            "plus",
        ):
            return at - begin < 10
        return at == begin and self.hit.has("t")

    def _infinitive_start(self, begin: int, at: int) -> int:
        """Return where the words around an infinitive begin: "de ne pas fermer"."""
        words = self.s.words
        while at > begin and (
            words[at - 1] in PREPARES
            or words[at - 1] in ("pas", "ne", "n'", "no", "se", "s'", "s’", "plus")
        ):
            at -= 1
        return at

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

    def _object(self, speaker: Words | None, at: int) -> Found | None:
        """Return "rejected the offer": the noun phrase after the verb."""
        words = self.s.words
        begin = at
        while begin < len(words) and self._is_small(words[begin]):
            begin += 1
        if self.language.tables.verb_second and words[begin : begin + 1] in DAY_LEADS:
            begin = german.skip_adverbials(self.text, self.s, begin, self.language)
        end = begin
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

    # --- "wie die Stadt mitteilte", "según explicó la alcaldesa"

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

    def _end(self, begin: int) -> int:
        """Return where the content ends that begins at a word."""
        at = len(self.s.words)
        if self.hit.particle is not None and begin < self.hit.particle < at:
            return self.hit.particle
        return at


PREFIXED = re.compile(
    "(?:ab|an|auf|aus|bei|bereit|durch|ein|fest|frei|her|hin|los|mit|nach|nieder|statt"
    "|teil|um|unter|vor|weg|wieder|zu|zurück|zusammen|bekannt|sicher)zu\\w+n\\Z"
)


def german_infinitive(s: Sentence, at: int) -> bool:
    """Return whether a clause ends with "zu" and an infinitive."""
    words = s.words
    for place in range(at, min(len(words), at + 30)):
        word = words[place]
        if word in ".?!;:":
            return False
        following = words[place + 1] if place + 1 < len(words) else "."
        if word == "zu" and following.endswith("n"):
            return place + 2 >= len(words) or words[place + 2] in CLAUSE_ENDS
        if following in CLAUSE_ENDS and PREFIXED.match(word):
            return True
    return False
