"""The words for numbers in each language: counts, magnitudes, fractions, per cent.

All in the folded form, without accents.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False)
class NumeralWords:
    """The number words of one language, and its sign of decimals."""

    decimal: str
    counts: dict[str, int]
    hundreds: frozenset[str]
    magnitudes: dict[str, float]
    short_magnitudes: dict[str, float]
    percent: tuple[tuple[str, ...], ...]
    fractions: dict[str, float]
    ordinals: dict[str, int]
    articles: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    glue: frozenset[str] = frozenset()
    halves: frozenset[str] = frozenset()
    and_a_half: tuple[str, ...] = ()
    between: frozenset[str] = frozenset()
    percent_before: frozenset[str] = frozenset()
    fraction_before: dict[str, int] = field(default_factory=dict)
    # What has to follow where a word means something else as well.
    fraction_needs: dict[str, frozenset[str]] = field(default_factory=dict)
    # Between the two numbers of "one in five"; what makes it none: "one in five years".
    ratios: frozenset[str] = frozenset()
    ratio_ends: tuple[str, ...] = ()
    every: frozenset[str] = frozenset()
    # What words that begin so multiply by: "tripled".
    multiples: dict[str, float] = field(default_factory=dict)
    has_suffixes: bool = False
    # Written as one word with what it multiplies: "zweitausend", "duemila".
    joined_thousand: str = ""

    def value(self, word: str) -> int | None:
        """Return the value below a thousand of a word, None where it has none."""
        return self.counts.get(word)

    def compound(self, word: str) -> float:
        """Return the value of a word that is thousands and more, 0 for another word.

        >>> LANGUAGES["de"].compound("zweitausenddreihundert")
        2300.0
        """
        before, thousand, after = word.partition(self.joined_thousand or " ")
        if not thousand or before not in self.counts:
            return 0.0
        rest = self.counts.get(after, 0)
        return 1e3 * self.counts[before] + rest if rest or not after else 0.0


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _counted(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    """Return words with their numbers; those with / between them share one."""
    return {
        word: first + step * n
        for n, group in enumerate(words.split())
        for word in group.split("/")
    }


def _shares(words: str, first: int = 2) -> dict[str, float]:
    return {word: 1 / n for word, n in _counted(words, first).items()}


def _german() -> dict[str, int]:
    """Return the German words below a thousand, which are written as one.

    >>> [_german()[w] for w in ("elf", "einundzwanzig", "zweihundertfunf")]
    [11, 21, 205]
    """
    units = _counted("ein zwei drei vier funf sechs sieben acht neun", 1)
    teens = _counted(
        "zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn",
        10,
    )
    tens = _counted(
        "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig", 20, 10
    )
    below = {**units, "zwo": 2, **teens, **tens}
    for unit, n in units.items():
        below |= {f"{unit}und{ten}": n + many for ten, many in tens.items()}
    found = {"null": 0, **below}
    for unit, n in {"": 1, **units}.items():
        found |= {f"{unit}hundert": 100 * n}
        for glue in ("", "und"):
            found |= {f"{unit}hundert{glue}{w}": 100 * n + m for w, m in below.items()}
    return found


def _italian() -> dict[str, int]:
    """Return the Italian words below a thousand, which are written as one.

    >>> [_italian()[word] for word in ("ventuno", "trentotto", "duecentodieci")]
    [21, 38, 210]
    """
    units = _counted("uno due tre quattro cinque sei sette otto nove", 1)
    teens = _counted(
        "dieci undici dodici tredici quattordici quindici sedici diciassette "
        "diciotto diciannove",
        10,
    )
    tens = _counted(
        "venti trenta quaranta cinquanta sessanta settanta ottanta novanta", 20, 10
    )
    below = {**units, **teens, **tens}
    for ten, many in tens.items():
        for unit, n in units.items():
            stem = ten[:-1] if unit[0] in "uo" else ten
            below[stem + unit] = many + n
    found = {"zero": 0, **below}
    for unit, n in {"": 1, **units}.items():
        if n == 1 and unit:
            continue
        found |= {f"{unit}cento": 100 * n}
        found |= {f"{unit}cento{word}": 100 * n + m for word, m in below.items()}
    return found


SPANISH_HUNDREDS = {
    "ciento": 100,
    "cien": 100,
    **{
        f"{stem}os": n
        for stem, n in {
            "doscient": 200,
            "trescient": 300,
            "cuatrocient": 400,
            "quinient": 500,
            "seiscient": 600,
            "setecient": 700,
            "ochocient": 800,
            "novecient": 900,
        }.items()
    },
    "doscientas": 200,
    "trescientas": 300,
    "quinientas": 500,
}

LANGUAGES = {
    "en": NumeralWords(
        decimal=".",
        ratios=frozenset({"in", "in every", "out of", "out of every"}),
        ratio_ends=("year", "month", "week", "day", "hour", "minute", "decade"),
        every=frozenset({"every"}),
        multiples={"doubl": 2, "twice": 2, "tripl": 3, "trebl": 3, "quadrupl": 4}
        | {"halv": 0.5},
        counts=_counted(
            "zero one two three four five six seven eight nine ten eleven twelve "
            "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
        )
        | _counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
        hundreds=_set("hundred hundreds"),
        magnitudes={
            "dozen": 12.0,
            "thousand": 1e3,
            "million": 1e6,
            "billion": 1e9,
            "trillion": 1e12,
        },
        short_magnitudes={"k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "mn": 1e6}
        | {"bn": 1e9, "B": 1e9, "b": 1e9, "tn": 1e12, "mln": 1e6, "bln": 1e9},
        percent=(
            ("percentage", "points"),
            ("percentage", "point"),
            ("per", "cent"),
            ("percent",),
            ("pct",),
            ("%",),
        ),
        fractions={"half": 0.5, "halves": 0.5}
        | _shares("third/thirds quarter/quarters fifth/fifths sixth/sixths", 3)
        | _shares("seventh/sevenths eighth/eighths ninth/ninths tenth/tenths", 7)
        | {"hundredth": 0.01},
        ordinals=_counted(
            "first second third fourth fifth sixth seventh eighth ninth tenth "
            "eleventh twelfth",
            1,
        ),
        articles=_set("a an"),
        loose=_set("one"),
        glue=_set("and - ‑ ‐"),
        halves=_set("half"),
        and_a_half=("and", "a", "half"),
        between=_set("to and or - – — ‑"),
        # "a second look", "a third bridge" count something.
        fraction_needs={
            word: _set("of the in are is have were")
            for word in _set("third quarter fifth sixth seventh eighth ninth tenth")
        },
    ),
    "de": NumeralWords(
        decimal=",",
        ratios=frozenset({"von", "von je"}),
        every=_set("jede jeder jedes jeden jedem"),
        multiples={"verdoppel": 2, "doppelt": 2, "verdreifach": 3, "halbier": 0.5},
        counts=_german(),
        hundreds=_set("hundert"),
        magnitudes={"dutzend": 12.0, "tausend": 1e3, "million": 1e6, "millionen": 1e6}
        | {"milliarde": 1e9, "milliarden": 1e9, "billion": 1e12, "billionen": 1e12},
        short_magnitudes={"Mio": 1e6, "Mrd": 1e9, "Tsd": 1e3},
        percent=(("prozentpunkte",), ("prozentpunkten",), ("prozent",), ("%",)),
        fractions=_shares("halfte drittel viertel funftel sechstel siebtel achtel")
        | {"zehntel": 0.1},
        ordinals={},
        articles=_set("ein eine einen einem einer"),
        halves=_set("halfte"),
        joined_thousand="tausend",
        between=_set("bis und oder - –"),
    ),
    "fr": NumeralWords(
        decimal=",",
        ratios=frozenset({"sur"}),
        multiples={"double": 2, "doubl": 2, "tripl": 3},
        counts=_counted(
            "zero un/une deux trois quatre cinq six sept huit neuf dix onze douze "
            "treize quatorze quinze seize"
        )
        | _counted("vingt/vingts trente quarante cinquante soixante", 20, 10)
        | {"septante": 70, "huitante": 80, "nonante": 90},
        hundreds=_set("cent cents"),
        magnitudes={"mille": 1e3, "million": 1e6, "millions": 1e6}
        | {"milliard": 1e9, "milliards": 1e9, "billion": 1e12, "billions": 1e12},
        short_magnitudes={"M": 1e6, "Md": 1e9, "Mds": 1e9},
        percent=(("pour", "cent"), ("pourcent",), ("%",)),
        fractions={"moitie": 0.5}
        | _shares("tiers quart/quarts cinquieme/cinquiemes sixieme", 3)
        | {"dixieme": 0.1, "dixiemes": 0.1},
        ordinals={},
        articles=_set("un une la"),
        loose=_set("neuf"),
        glue=_set("et - ‑"),
        halves=_set("moitie"),
        between=_set("a à et ou - –"),
    ),
    "es": NumeralWords(
        decimal=",",
        ratios=frozenset({"de cada"}),
        multiples={"duplic": 2, "triplic": 3},
        counts=_counted(
            "cero uno/un/una dos tres cuatro cinco seis siete ocho nueve diez once "
            "doce trece catorce quince dieciseis diecisiete dieciocho diecinueve "
            "veinte veintiuno/veintiun veintidos veintitres veinticuatro veinticinco "
            "veintiseis veintisiete veintiocho veintinueve"
        )
        | _counted("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)
        | SPANISH_HUNDREDS,
        hundreds=frozenset(),
        magnitudes={"mil": 1e3, "millon": 1e6, "millones": 1e6, "billon": 1e12}
        | {"billones": 1e12},
        short_magnitudes={"M": 1e6},
        percent=(("por", "ciento"), ("%",)),
        fractions=_shares("mitad tercio/tercios cuarto/cuartos/cuarta quinto/quinta")
        | {"decimo": 0.1, "decima": 0.1},
        ordinals={},
        articles=_set("un una uno la"),
        glue=_set("y"),
        halves=_set("mitad"),
        between=_set("a y o - –"),
    ),
    "it": NumeralWords(
        decimal=",",
        ratios=frozenset({"su"}),
        multiples={"raddopp": 2, "triplic": 3, "dimezz": 0.5},
        counts=_italian() | {"un": 1, "una": 1},
        hundreds=frozenset(),
        magnitudes={"mille": 1e3, "mila": 1e3, "milione": 1e6, "milioni": 1e6}
        | {"miliardo": 1e9, "miliardi": 1e9},
        short_magnitudes={"mln": 1e6, "mld": 1e9},
        percent=(("per", "cento"), ("percento",), ("%",)),
        fractions=_shares("meta terzo/terzi quarto/quarti quinto/quinti")
        | {"decimo": 0.1, "decimi": 0.1},
        ordinals={},
        articles=_set("un uno una la"),
        loose=_set("sei"),
        halves=_set("meta"),
        joined_thousand="mila",
        between=_set("a e o - –"),
    ),
    "tr": NumeralWords(
        decimal=",",
        counts=_counted("sifir bir iki uc dort bes alti yedi sekiz dokuz")
        | _counted("on yirmi otuz kirk elli altmis yetmis seksen doksan", 10, 10),
        hundreds=_set("yuz"),
        magnitudes={"bin": 1e3, "milyon": 1e6, "milyar": 1e9, "trilyon": 1e12},
        short_magnitudes={"mn": 1e6, "mlr": 1e9, "mr": 1e9},
        percent=(("%",),),
        fractions={},
        ordinals=_counted(
            "birinci ikinci ucuncu dorduncu besinci altinci yedinci sekizinci", 1
        ),
        articles=_set("bir"),
        loose=_set("on alti yuz"),
        halves=_set("yarisi yarisini yarisinin"),
        between=_set("ile ila ve veya - –"),
        percent_before=_set("yuzde"),
        fraction_before=_counted(
            "ikide ucte dortte beste altida yedide sekizde dokuzda onda", 2
        ),
        has_suffixes=True,
    ),
}
