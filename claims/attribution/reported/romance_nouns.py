"""French and Spanish noun phrases: where they begin and end."""

from __future__ import annotations

from claims.attribution.engine.tables import Language
from claims.attribution.engine.text import Sentence

LATTER = (
    ("ce", "dernier"),
    ("cette", "dernière"),
    ("ces", "derniers"),
    ("ces", "dernières"),
)
REFLEXIVES = frozenset(["se", "s'", "s’", "me", "m'", "m’"])
ONES = frozenset(
    ["celui-ci", "celle-ci", "ceux-ci", "celles-ci", "éste", "ésta", "aquel"]
)
INDEFINITES = frozenset(["lo"])
HEADS = frozenset(["qui", "que", "quien", "quienes"])
BREAKS = frozenset(';:()[].?!…"–—|/')
LONGEST = 18
PARTICIPIAL = (
    *("é", "ée", "és", "ées", "ant", "ado", "ada", "ados", "adas"),
    *("ido", "ida", "idos", "idas", "ndo"),
)


def noun_phrase_end(text: str, s: Sentence, at: int, language: Language) -> int:
    """Return where a noun phrase ends that begins at a word; the same place if none."""
    words = s.words
    if at >= len(words) or at in s.quotations or not words[at][0].isalnum():
        return at
    pronoun = any(language.has(n, words[at]) for n in ("he", "she", "it", "they"))
    if pronoun and not language.has("articles", words[at]):
        return at + 1
    if words[at : at + 2] in LATTER or words[at] in ONES:
        return at + 1 + (words[at] not in ONES)
    if not _begins(text, s, at, language):
        return at
    begin = at
    while at < len(words) and at - begin < LONGEST:
        if _stops(text, s, at, begin, language):
            break
        at += 1
    while at > begin and (
        language.has("articles", words[at - 1])
        or language.has("inner_prepositions", words[at - 1])
    ):
        at -= 1
    return at


def _begins(text: str, s: Sentence, at: int, language: Language) -> bool:
    """Return whether a noun phrase may begin at a word."""
    word = s.words[at]
    if text[s.starts[at]].isupper() or language.has("articles", word):
        return word not in INDEFINITES
    if any(
        language.has(name, word) for name in ("titles", "documents", "organisations")
    ):
        return True
    # Without an article: "fuentes judiciales", "vecinos".
    return word.endswith(("s", "x")) and not word.endswith(("dos", "das", "és", "ées"))


def _stops(text: str, s: Sentence, at: int, begin: int, language: Language) -> bool:
    """Return whether a noun phrase that began earlier stops before a word."""
    word = s.words[at]
    if word == "." and at > begin:
        before = s.words[at - 1]
        return not (language.has("abbreviations", before) or len(before) == 1)
    if word == '"':
        return at + 1 < len(s.words) or not _is_title_of_work(text, s, at)
    if word in BREAKS or word == ",":
        return True
    capital = text[s.starts[at]].isupper()
    if at == begin:
        small = not capital or at == 0
        return small and (
            language.has("prepositions", word)
            or language.has("conjunctions", word)
            or (
                language.has("inner_prepositions", word)
                and not language.has("articles", word)
            )
        )
    if word in ("et", "y", "e"):
        following = s.words[at + 1] if at + 1 < len(s.words) else "."
        return not (
            language.has("articles", following)
            or (following[0].isalpha() and text[s.starts[at + 1]].isupper())
            or _inside_office(s, at, begin, language)
        )
    if capital:
        return False
    if word in REFLEXIVES:
        return True
    if _is_finite_form(s, at, language):
        return True
    if word in language.weekdays or word in language.days:
        return True
    if _ends_name(text, s, at, begin, language):
        return True
    if language.has("articles", word) and not language.has("inner_prepositions", word):
        return not (
            language.has("inner_prepositions", s.words[at - 1])
            or s.words[at - 1] in ("et", "y", "e", "tous", "todos")
        )
    return (
        language.has("prepositions", word)
        or language.has("conjunctions", word)
        or language.has("finite", word)
        or language.has("negations", word)
        or language.has("adverbs", word)
    )


def _ends_name(text: str, s: Sentence, at: int, begin: int, language: Language) -> bool:
    """Return whether a name ends before "du maire": "a dit Ida Holt du maire"."""
    if not language.has("inner_prepositions", s.words[at]) or not begin:
        return False
    if not text[s.starts[begin]].isupper() or language.has("titles", s.words[begin]):
        return False
    following = s.starts[at + 1 : at + 3]
    return not any(text[start].isupper() for start in following)


def _is_finite_form(s: Sentence, at: int, language: Language) -> bool:
    """Return whether a word is a verb of saying, and not a noun: "la demande"."""
    forms = language.forms.get(s.words[at], ())
    if not any(len(form.words) == 1 and not form.participle for form in forms):
        return False
    before = s.words[at - 1]
    return not (
        language.has("articles", before) or language.has("inner_prepositions", before)
    )


def _inside_office(s: Sentence, at: int, begin: int, language: Language) -> bool:
    """Return whether "y" joins two parts of an office: "de Obras y Vivienda"."""
    return any(
        language.has("inner_prepositions", word) for word in s.words[begin:at]
    ) and s.words[at + 1 : at + 2] != (",",)


def _is_title_of_work(text: str, s: Sentence, at: int) -> bool:
    """Return whether a quotation is short, so that it may be a part of a name."""
    first = s.starts[at] + 1
    return s.ends[at] - s.starts[at] < 30 and text[first : first + 1].isupper()


def with_apposition(text: str, s: Sentence, end: int, language: Language) -> int:
    """Return where a speaker ends with ", présidente de l'association," after it."""
    words = s.words
    end = after_brackets(s, end)
    if words[end : end + 1] != (",",) or end + 1 >= len(words):
        return end
    first = words[end + 1]
    if first in HEADS or language.has("prepositions", first):
        return end
    if first[0].isdigit():
        more = end + 3 if words[end + 2 : end + 3] in (("ans",), ("años",)) else end + 2
    else:
        more = noun_phrase_end(text, s, end + 1, language)
    while (
        end + 1 < more < len(words)
        and more - end < 18
        and words[more] not in BREAKS
        and words[more] != ","
        and not language.has("finite", words[more])
        and words[more] not in language.forms
    ):
        more += 1
    if more <= end + 1 or more - end > 18:
        return end
    more = after_brackets(s, more)
    following = words[more] if more < len(words) else "."
    if following not in '.:;,"?!…–—)':
        return end
    return more


def after_brackets(s: Sentence, at: int) -> int:
    """Return the place after "(Union des Rives)"."""
    if s.words[at : at + 1] != ("(",):
        return at
    inside = s.words[at : at + 10]
    return at + inside.index(")") + 1 if ")" in inside else at


def skip_adverbials(text: str, s: Sentence, at: int, language: Language) -> int:
    """Return the place after adverbs, days and prepositional phrases."""
    words = s.words
    for _ in range(10):
        if at >= len(words):
            break
        word = words[at]
        if (
            word in language.weekdays
            or word in language.days
            or (language.has("adverbs", word) and not text[s.starts[at]].isupper())
        ):
            at += 1
        elif word in ("ce", "este", "el", "le", "la", "los", "cette", "esta") and (
            words[at + 1 : at + 2]
            and (
                words[at + 1] in language.weekdays
                or language.has("adverbs", words[at + 1])
            )
        ):
            at += 2
        elif word[0].isdigit() or word in language.months:
            at += 1
        elif text[s.starts[at]].isupper():
            break
        elif language.has("prepositions", word) or word in ("de", "du", "del", "d'"):
            end = noun_phrase_end(text, s, at + 1, language)
            if end == at + 1 and words[end : end + 1] and words[end][0].isdigit():
                end += 1
            if end == at + 1 and words[end : end + 1] and words[end].isalpha():
                # "por teléfono"
                end += not text[s.starts[end]].isupper()
            if end == at + 1:
                break
            at = end
        else:
            break
    return at
