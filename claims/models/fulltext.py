"""PostgreSQL full-text search: folding, queries, ranking, highlighting, excerpts.

It works on the query sets and words it is given.
"""

import re

from django.apps import apps
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connections, router
from django.db.models import BigIntegerField, F, Func, TextField, Value
from django.db.models.functions import Concat
from django.utils.html import format_html, format_html_join

MOST_CHARACTERS = 200
# A broad word can match a million rows: only the newest of them are ranked.
MOST_RANKED = 2000

WORD = re.compile(r"[^\W_]+(?:[-‐‑–'’ʼ][^\W_]+)*")


# The database's function for words without case, accents, dotless ı and the like.
FOLD = "claim_fold"


def fold(words: str) -> Func:
    """Return an expression that folds words as the folded columns are."""
    return Func(Value(words), function=FOLD, output_field=TextField())


def skeleton(expression) -> Func:
    """Return an expression that is equal for homoglyphs (names that look alike)."""
    return Func(expression, function="claim_skeleton", output_field=TextField())


def skeleton_words(expression) -> Func:
    """Return an expression that is equal for names of the same words in any order."""
    return Func(expression, function="claim_skeleton_words", output_field=TextField())


def text_query(words: str, configuration: str = "english") -> SearchQuery:
    """Return the websearch SearchQuery of a reader's words, folded."""
    return SearchQuery(fold(words), config=configuration, search_type="websearch")


def prefix_query(words: str):
    """Return a prefix SearchQuery over names, None without words.

    For the `simple` columns of names, while somebody is still typing.
    """
    asked = None
    for term in WORD.findall(words)[:6]:
        quoted = Func(fold(term), function="quote_literal", output_field=TextField())
        one = SearchQuery(
            Concat(quoted, Value(":*"), output_field=TextField()),
            config="simple",
            search_type="raw",
        )
        asked = one if asked is None else asked & one
    return asked


class KeysFrom(Func):
    """The keys that a function of the database gives, for `pk__in`.

    No index on words serves the public role on a table of which it sees some rows
    only; the function looks there for it, and gives keys of public rows.
    """

    template = "(SELECT %(function)s(%(expressions)s))"
    output_field = BigIntegerField()


def containing(
    queryset, words: str, configuration: str = "english", field: str = "search"
):
    """Return the rows whose words match the query."""
    return queryset.filter(**{field: text_query(words, configuration)})


def ranked(queryset, words: str, *, newest: str, field: str = "search"):
    """Return the matching rows, best first: of very many, the newest are weighed."""
    matching = containing(queryset, words, field=field)
    weighed = matching.order_by(newest, "-id").values("pk")[:MOST_RANKED]
    rank = SearchRank(F(field), text_query(words))
    return queryset.filter(pk__in=weighed).annotate(rank=rank).order_by("-rank", "-id")


def matching_words(words: str, texts) -> frozenset[str]:
    """Return the words of the texts that match the query, for highlighting."""
    present = sorted({match.group() for text in texts for match in WORD.finditer(text)})
    if not words or not present:
        return frozenset()
    reading = router.db_for_read(apps.get_model("claims", "PublicWords"))
    with connections[reading].cursor() as cursor:
        # querytree() leaves out what the reader excluded; any word of a phrase counts.
        cursor.execute(
            r"""
            WITH asked AS (
                SELECT querytree(
                    websearch_to_tsquery('english', claim_fold(%s))
                ) AS tree
            ), wanted AS (
                SELECT regexp_replace(tree, '<[-0-9]+>|&', '|', 'g')::tsquery AS any
                FROM asked WHERE tree NOT IN ('', 'T')
            )
            SELECT word FROM unnest(%s::text[]) word, wanted
            WHERE to_tsvector('english', claim_fold(word)) @@ wanted.any
            """,
            [words, present],
        )
        return frozenset(word for (word,) in cursor)


def highlight(text: str, hits=()) -> str:
    """Return the text as HTML with the hits in <mark>."""
    if not hits:
        return format_html("{}", text)
    pieces, done = [], 0
    for match in WORD.finditer(text):
        if match.group() in hits:
            pieces.append((text[done : match.start()], match.group()))
            done = match.end()
    return format_html_join("", "{}<mark>{}</mark>", pieces) + format_html(
        "{}", text[done:]
    )


def excerpt(text: str, limit: int, hits=()) -> str:
    """Return an excerpt of about `limit` characters around the first hit.

    >>> excerpt("The harbour will open in May, she said.", 20)
    'The harbour will…'
    """
    if len(text) <= limit:
        return text
    start = 0
    for match in WORD.finditer(text):
        if match.group() in hits:
            start = max(0, match.start() - limit // 3)
            break
    if start:
        start = text.rfind(" ", 0, start) + 1
    piece = text[start : start + limit]
    if start + limit < len(text):
        piece = piece.rsplit(" ", 1)[0].rstrip(" ,;:.–") + "…"
    return ("…" if start else "") + piece
