"""Did you mean ...? Words of the archive, spelt like words that it does not have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import connections, router

from claims.attribution.folding import fold
from claims.models import PublicWords, Speaker
from claims.models.fulltext import WORD
from claims.text.spelling import errors_between, errors_in_stem, keys_of, most_errors

# Shorter words are like too many others, longer ones are none.
SHORTEST, LONGEST = 4, 30
# So many words of a search are looked at, so many stems and names for each.
MOST_WORDS, MOST_STEMS, MOST_NAMES = 4, 6, 300

# Of the words that stand in no claim: the stems that have a shortened form in common.
# A word that some language here passes over is right.
NEAR = """
WITH present AS MATERIALIZED (SELECT claims_configurations() AS names)
SELECT u.word, near.word, near.count
FROM unnest(%(words)s::text[]) u (word)
LEFT JOIN LATERAL (
    SELECT l.word, l.count FROM claims_lexemecount l
    WHERE length(l.word) BETWEEN 3 AND 30 AND claim_shortened(l.word) && ARRAY(
        SELECT k.key FROM unnest(%(of)s::text[], %(keys)s::text[]) k (word, key)
        WHERE k.word = u.word)
    AND l.word NOT LIKE '=%%' ORDER BY l.count DESC, l.word LIMIT 150
) near ON true
WHERE NOT EXISTS (
    SELECT FROM present, unnest(names) name, claim_lexemes(name, u.word) stems
    WHERE length(stems) = 0 OR EXISTS (
        SELECT FROM unnest(stems) t JOIN claims_lexemecount l ON l.word = t.lexeme))
"""
# A stem is no word: words are in the claims that have it.
PRINTED = """
SELECT asked.stem, v.wording, v.quote
FROM unnest(%s::text[]) asked (stem), LATERAL (
    SELECT wording, quote FROM claims_publicwords
    WHERE state = 'listed' AND vector @@ quote_literal(asked.stem)::tsquery
    LIMIT 5
) v
"""


def meant_search(search: str, known: Iterable[str] = ()) -> str:
    """Return a search with words of the archive for mistyped ones, or "" if none is.

    Only words that no listed claim has are replaced, and none of those that are known
    from elsewhere. It takes three queries at most.
    """
    right = set(map(fold, known))
    typed = {
        word: fold(word)
        for word in WORD.findall(search)
        if SHORTEST <= len(word) <= LONGEST
        and word.isalpha()
        and fold(word) not in right
    }
    typed = dict([*typed.items()][:MOST_WORDS])
    better = _better(typed) if typed else {}
    if not better:
        return ""
    return WORD.sub(lambda match: better.get(match[0], match[0]), search)


def _better(typed: dict[str, str]) -> dict[str, str]:
    """Return the word that each mistyped one most likely stands for."""
    near = _stems_near(typed)
    if not near:
        return {}
    stems = {word: _likeliest(typed[word], counts) for word, counts in near.items()}
    printed = _printed(sorted(set().union(*stems.values())))
    names = _words_of_names(typed[word] for word in near)
    found = {}
    for word, chosen in stems.items():
        offered = [
            (each, near[word][stem]) for stem in chosen for each in printed[stem]
        ]
        best = _best(typed[word], [*offered, *((name, 0) for name in names)])
        if best:
            found[word] = best
    return found


def _stems_near(typed: dict[str, str]) -> dict[str, dict[str, int]]:
    """Return the stems like each word that is in no claim, and how many have them."""
    pairs = [(word, key) for word, folded in typed.items() for key in keys_of(folded)]
    of, keys = (list(column) for column in zip(*pairs, strict=True))
    near: dict[str, dict[str, int]] = {}
    with _cursor() as cursor:
        cursor.execute(NEAR, {"words": list(typed), "of": of, "keys": keys})
        for word, stem, count in cursor.fetchall():
            stems = near.setdefault(word, {})
            if stem:
                stems[stem] = count
    return near


def _likeliest(word: str, counts: dict[str, int]) -> list[str]:
    """Return the stems most like the beginning of a word."""
    return sorted(
        counts,
        key=lambda stem: (errors_in_stem(word, stem), -len(stem), -counts[stem]),
    )[:MOST_STEMS]


def _printed(stems: list[str]) -> dict[str, list[str]]:
    """Return the words as claims print them, by the stem with which they were found."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    if stems:
        with _cursor() as cursor:
            cursor.execute(PRINTED, [stems])
            for stem, *texts in cursor.fetchall():
                words[stem] += [w for text in texts for w in WORD.findall(text)]
    return words


def _words_of_names(words: Iterable[str]) -> list[str]:
    """Return words of public speakers' names that begin, end or lie like one of these.

    One error leaves the first half or the last of a word whole, or both ends.
    """
    alike = []
    for word in words:
        length, half = len(word), len(word) // 2
        alike += [
            rf"\m{word[: max(2, half - 1)]}",
            rf"{word[min(length - 2, half + 1) :]}\M",
            rf"\m{word[0]}\w{{{length - 3},{length - 1}}}{word[-1]}\M",
        ]
    names = Speaker.objects.public().filter(folded__regex="|".join(alike))
    found = names.values_list("name", flat=True)[:MOST_NAMES]
    return [word for name in found for word in WORD.findall(name)]


def _best(typed: str, offered: Iterable[tuple[str, int]]) -> str:
    """Return the word that differs least from a typed one, the commonest of several."""
    counts: Counter[str] = Counter()
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for word, count in offered:
        folded = fold(word)
        if abs(len(folded) - len(typed)) <= most_errors(typed):
            counts[folded] = max(counts[folded], count)
            forms[folded].append(word)
    ranked = [
        (errors_between(typed, folded), folded[0] != typed[0], -counts[folded], folded)
        for folded in counts
    ]
    if not ranked or min(ranked)[0] > most_errors(typed):
        return ""
    # A capital may be that of a sentence; small letters are never wrong.
    written = forms[min(ranked)[-1]]
    return next((word for word in written if word.islower()), written[0])


def _cursor():
    return connections[router.db_for_read(PublicWords)].cursor()
