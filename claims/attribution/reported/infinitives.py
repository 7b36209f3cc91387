"""Infinitives after a verb of saying: "zu sperren", "avoir vu", "haber visto"."""

from __future__ import annotations

import re

from claims.attribution.engine.text import Sentence

from .reading import Verb

CLAUSE_ENDS = frozenset([*".,;?!…", "und", "sowie", "oder"])

PREPARES = frozenset(["de", "d'", "d’", "à", "a", "con", "en", "al"])

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

PREFIXED = re.compile(
    "(?:ab|an|auf|aus|bei|bereit|durch|ein|fest|frei|her|hin|los|mit|nach|nieder|statt"
    "|teil|um|unter|vor|weg|wieder|zu|zurück|zusammen|bekannt|sicher)zu\\w+n\\Z"
)


class Infinitives(Verb):
    """A reading that knows infinitives."""

    __slots__ = ()

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
        if before == "," and at - begin < 10:
            # "assure, dans un communiqué, avoir tout tenté"
            return self.hit.has("t")
        if before in ("n'", "n’"):
            return at - begin < 6
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
