"""Whom "he" and "she" mean: the likeliest of those named before, and how surely."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from claims.attribution.folding import fold
from claims.attribution.proposals import Gender, Resolution

from .described import PEOPLES, PERSONS_BACK
from .gazetteer import PLACES
from .mentions import Directory, Mention
from .name_words import is_title
from .names import Name
from .sentences import Sentence
from .variation import PERSONS
from .words import word_set

SUBORDINATORS = word_set("when while after before as since because if although though")
# "The president", "The new mayor", before a verb
POST_IN_FRONT = re.compile(r"D[J#e]?N(?=R?[vVBHMde])")
# How many sentences back "she" may mean somebody.
SENTENCES_BACK_FOR_PERSON = 5
# By how much somebody must be likelier than the next one to be meant without doubt.
SURE_MARGIN = 5
NEW_PERSON = 4
# By how much, where nothing else must show that nobody else is meant.
FAR_AHEAD = 10
# How many characters from the front of a sentence its subject begins.
AT_FRONT = 40
AFTER_PREPOSITION = re.compile(
    r"\b(?:[Ll]ike|[Uu]nlike|[Ww]ith|[Ff]or|[Tt]o|[Bb]y|[Aa]gainst|[Ff]rom|[Aa]bout) \Z"
)


class Antecedents:
    """Finds the persons whom a pronoun of a text can mean.

    `directory` holds those who were met so far; its owner adds to it.
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        starts: Sequence[int],
        directory: Directory,
    ) -> None:
        self.text = text
        self.sentences = sentences
        self.starts = starts
        self.directory = directory

    def is_near(self, mention: Mention, number: int, back: int) -> bool:
        """Return whether a name stands at most some sentences before a sentence."""
        return mention.at >= self.starts[max(0, number - back)]

    def he_or_she(self, low: str, gender: Gender, number: int) -> Resolution:
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
            and self.is_near(chosen, number, 1 + chosen.spoke)
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
            return self.is_near(chosen, number, 1)
        return (
            chosen.spoke
            and " " in chosen.name.name
            and self._opens_sentence(chosen.at)
            and self.is_near(chosen, number, 2)
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
        if AFTER_PREPOSITION.search(self.text, max(0, mention.at - 12), mention.at):
            # "Like Lund, Borg left": not Lund
            at_front = False
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
