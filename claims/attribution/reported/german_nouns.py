"""German noun phrases: where they end, with genitives and appositions."""

from __future__ import annotations

from claims.attribution.engine.tables import Language
from claims.attribution.engine.text import Sentence

LOWER_IN_NAMES = frozenset(
    ["von", "van", "zu", "zum", "zur", "der", "den", "de", "vom"]
)
GENITIVES = frozenset(
    ["der", "des", "vom", "von", "für", "aus", "beim", "eines", "einer", "zur", "zum"]
)
NO_NOUNS = ("prepositions", "adverbs", "conjunctions", "complementizers", "questions")
DATE_WORDS = frozenset(["uhr", "jahr", "jahren"])


def noun_phrase_end(
    text: str, s: Sentence, at: int, language: Language, *, genitive: bool = True
) -> int:
    """Return where a noun phrase ends that begins at a word; the same place if none."""
    words = s.words
    begin = at
    if at >= len(words) or at in s.quotations:
        return at
    pronoun = any(language.has(n, words[at]) for n in ("he", "she", "it", "they"))
    # "Sie" inside a sentence is the polite one.
    polite = at > 0 and words[at] == "sie" and text[s.starts[at]].isupper()
    if pronoun and not polite:
        return at + 1
    opens = not at or not words[at - 1][0].isalnum()
    if opens and any(language.has(n, words[at]) for n in NO_NOUNS):
        return at
    article = language.has("articles", words[at])
    if article:
        at += 1
    at = _adjectives_end(text, s, at, language)
    end = _capitals_end(text, s, at, language)
    if end == at and article and at in s.quotations and _is_short(s, at):
        # der „Bote“
        return at + 1
    if end == at:
        return begin
    if words[end : end + 1] == ("und",):
        more = noun_phrase_end(text, s, end + 1, language)
        if more > end + 1 and words[end + 1] not in language.forms:
            end = more
    if not genitive or not (article or end - at == 1):
        return end
    return _genitives_end(text, s, at, end, language, article=article)


def _is_short(s: Sentence, at: int) -> bool:
    """Return whether a quotation is short, so that it may be a name."""
    return s.ends[at] - s.starts[at] < 32


def _adjectives_end(text: str, s: Sentence, at: int, language: Language) -> int:
    """Return where the adjectives end that stand before a noun."""
    begin = at
    while at < len(s.words) and at - begin < 5:
        word = s.words[at]
        if text[s.starts[at]].isupper() or not word[0].isalnum():
            break
        if word.isdigit():
            at += 1
            continue
        if word[0].isdigit():
            break
        if word[-1] not in "enrsm" or language.has("prepositions", word):
            return begin
        if word in language.forms or language.has("finite", word):
            return begin
        at += 1
    return at


def _capitals_end(text: str, s: Sentence, at: int, language: Language) -> int:
    """Return where words with capitals end, particles of names among them."""
    words = s.words
    end = at
    while end < len(words) and end - at < 10:
        word = words[end]
        first = text[s.starts[end]]
        if (
            (word == "." and end > at and language.has("abbreviations", words[end - 1]))
            or (word == "." and end > at and len(words[end - 1]) == 1)
            or (word == "&" and end > at and end + 1 < len(words))
        ):
            end += 1
        elif word == "(" and ")" in words[end : end + 7]:
            end += words[end : end + 7].index(")") + 1
        elif (first.isupper() and word not in language.months) or (
            word in LOWER_IN_NAMES and end > at and _name_goes_on(text, s, end)
        ):
            end += 1
        elif first.isdigit() and text[s.ends[end] - 1].isalpha():
            # "der 44-Jährige"
            end += 1
        else:
            break
    return end


def _name_goes_on(text: str, s: Sentence, at: int) -> bool:
    """Return whether a name goes on after a particle: "von der Aa"."""
    if s.words[at] in ("der", "den", "zum", "zur", "vom") and s.words[at - 1] not in (
        "von",
        "van",
        "zu",
    ):
        return False
    for following in range(at + 1, min(len(s.words), at + 3)):
        if text[s.starts[following]].isupper():
            return True
        if s.words[following] not in LOWER_IN_NAMES:
            return False
    return False


def _genitives_end(
    text: str, s: Sentence, at: int, end: int, language: Language, *, article: bool
) -> int:
    """Return where the genitives end that belong to a noun."""
    single = end - at == 1
    for _ in range(4):
        if end >= len(s.words) or s.words[end] not in GENITIVES:
            return end
        if not article and not single:
            return end
        inner = end if language.has("articles", s.words[end]) else end + 1
        if not article and end + 1 in s.quotations:
            # "sagte Holt der „Rundschau“"
            return end
        more = noun_phrase_end(text, s, inner, language, genitive=False)
        if more <= inner:
            return end
        end = more
    return end


def with_apposition(
    text: str, s: Sentence, end: int, language: Language, closing: int | None = None
) -> int:
    """Return where a speaker ends with ", der Vorsitzende der Liste," after the name.

    `closing` is the verb that has to follow the apposition.
    """
    if s.words[end : end + 1] != (",",):
        return end
    more = noun_phrase_end(text, s, end + 1, language)
    if more > end + 1:
        if closing is not None:
            return more if s.words[more:closing] == (",",) else end
        following = s.words[more] if more < len(s.words) else "."
        if following in '.:;"' or (
            following == "," and s.words[more + 1 : more + 2] != ("die",)
        ):
            return more
    return end


def skip_adverbials(text: str, s: Sentence, at: int, language: Language) -> int:
    """Return the place after adverbs, days and prepositional phrases."""
    for _ in range(8):
        if at >= len(s.words):
            break
        word = s.words[at]
        if (
            language.has("adverbs", word)
            or language.has("negations", word)
            or word in language.days
            or word in language.weekdays
        ):
            at += 1
        elif language.has("prepositions", word) or word in ("von", "vom", "aus"):
            end = noun_phrase_end(text, s, at + 1, language)
            if end == at + 1:
                end = _date_end(s, at + 1, language)
            if end == at + 1:
                break
            at = end
        else:
            break
    return at


def _date_end(s: Sentence, at: int, language: Language) -> int:
    """Return where "12. März" or "2028" ends."""
    begin = at
    while at < len(s.words) and at - begin < 6:
        word = s.words[at]
        if (
            word[0].isdigit()
            or word in language.months
            or word in DATE_WORDS
            or (word == "." and at > begin)
        ):
            at += 1
        else:
            break
    return at
