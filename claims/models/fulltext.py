"""PostgreSQL full-text search: folding, queries, ranking, highlighting, excerpts.

It works on the query sets and words it is given.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import (
    SearchQuery,
    SearchQueryField,
    SearchRank,
    SearchVectorField,
)
from django.db import connections, router
from django.db.models import (
    BooleanField,
    Case,
    F,
    Func,
    Q,
    TextField,
    Value,
    When,
)
from django.utils.html import escape, format_html, format_html_join

MOST_CHARACTERS = 200
# A broad word can match a million rows: only the newest of them are ranked.
MOST_RANKED = 500

LONE_MINUS = re.compile(r'-(?!\w|"\w)')
WORD = re.compile(r"[^\W_]+(?:[-‐‑–'’ʼ][^\W_]+)*")


# Han characters, as a regular expression's class has them here and in the database.
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# The database's function for words without case, accents, dotless ı and the like.
FOLD = "claim_fold"


def fold(words: str) -> Func:
    """Return an expression that folds words as the folded columns are."""
    return Func(Value(words), function=FOLD, output_field=TextField())


def letters(expression) -> Func:
    """Return an expression that has one form of each letter: ß as ss, İ and ı as i."""
    return Func(expression, function="claim_letters", output_field=TextField())


def skeleton(expression) -> Func:
    """Return an expression that is equal for homoglyphs (names that look alike)."""
    return Func(expression, function="claim_skeleton", output_field=TextField())


def skeleton_words(expression) -> Func:
    """Return an expression that is equal for names of the same words in any order."""
    return Func(expression, function="claim_skeleton_words", output_field=TextField())


def with_few_minuses(words: str) -> str:
    """Return words with a minus before words alone: of 32 the database refuses more.

    >>> with_few_minuses('--- ferry -bridge -"a road" - -')
    '    ferry -bridge -"a road"    '
    """
    return LONE_MINUS.sub(" ", words)


def text_query(words: str, configuration: str = "english") -> SearchQuery:
    """Return the websearch SearchQuery of a reader's words, folded."""
    asked = fold(with_few_minuses(words))
    return SearchQuery(asked, config=configuration, search_type="websearch")


class FoundBy(SearchQuery):
    """A SearchQuery that the database made of words before."""

    def __init__(self, tsquery: str):
        super().__init__(Value(tsquery), search_type="raw")
        self.function, self.template = None, "%(expressions)s::tsquery"


@dataclass(frozen=True)
class Asked:
    """A reader's words, and what finds them in texts of each language that there is."""

    words: str
    tsquery: str
    configurations: tuple[str, ...]
    # What a text must have to match, as an index tells at little cost: phrases are
    # words, in any language; what is excluded is not asked. Empty where none helps.
    candidates: str = ""

    def __str__(self):
        return self.words

    def __bool__(self):
        """Whether any word can be searched for."""
        return bool(self.tsquery)

    @property
    def query(self) -> SearchQuery:
        return FoundBy(self.tsquery)


ASKED = """
WITH present AS MATERIALIZED (SELECT claims_configurations() AS names),
asked AS MATERIALIZED (SELECT claim_query(names, %s) AS query, names FROM present)
SELECT query::text, names, querytree(query) FROM asked
"""
# What tells a language reads the index's longest lists, and leaves hardly a text out.
IN_ORDER = re.compile("<(?:-|[0-9]+)>")
IN_LANGUAGES = re.compile(r" & (?:'=\w+'|\( '=\w+'(?: \| '=\w+')* \))")


def asked_for(words: str, tsquery: str, names: list[str], tree: str) -> Asked:
    """Return what the database made of a reader's words; its querytree of the query."""
    candidates = IN_LANGUAGES.sub("", IN_ORDER.sub("&", "" if tree == "T" else tree))
    return Asked(words, tsquery, tuple(names), candidates)


def ask(words: str) -> Asked:
    """Return what finds a reader's words: "phrases", -word, OR; false without words."""
    words = words.strip()
    if not words:
        return Asked("", "", ())
    reading = router.db_for_read(apps.get_model("claims", "PublicWords"))
    with connections[reading].cursor() as cursor:
        cursor.execute(ASKED, [words.replace("\0", " ")])
        return asked_for(words, *cursor.fetchone())


NAMES = ArrayField(TextField())


class TsQuery(Func):
    """A tsquery that a function of the database makes of a reader's words."""

    output_field = SearchQueryField()


def names_query(words: str) -> TsQuery:
    """Return the query for names whose words begin like these."""
    return TsQuery(Value(words), function="claim_named")


def any_name_query(terms: list[str]) -> TsQuery:
    """Return the query for names with any of some words."""
    words = Value(" OR ".join(terms))
    simple = Value(["simple"], output_field=NAMES)
    return TsQuery(simple, words, function="claim_query")


def typed_query(asked: Asked) -> TsQuery:
    """Return the query of terms for words of which the last is still being typed.

    Terms are what `terms()` gives: words of texts whose language is not known.
    """
    names = Value(list(asked.configurations), output_field=NAMES)
    return TsQuery(names, Value(asked.words), function="claim_typed")


class AnyOf(Func):
    """The tsquery of what any of several tsqueries finds."""

    template, arg_joiner = "(%(expressions)s)", " || "
    output_field = SearchQueryField()


def desk_query(words: str) -> Func | SearchQuery:
    """Return the query for a reader's words in what the desk wrote in its language.

    Its texts are stored as folded words and English stems.
    """
    english = text_query(words)
    if settings.LANGUAGE_CODE == "en":
        return english
    language = Value(settings.LANGUAGE_CODE)
    stems = Func(language, function="claim_configuration", output_field=TextField())
    names = Func(stems, template="ARRAY[%(expressions)s]", output_field=NAMES)
    # The minus is a last piece, which nobody is still typing. Some endings are told by
    # their accents; of an ß one s alone is stored.
    whole = Value(f"{words} -"), fold(f"{words} -")
    typed = [TsQuery(names, each, function="claim_typed") for each in whole]
    return AnyOf(english, *typed)


def terms(*fields: str) -> Func:
    """Return the vector of a text in whatever language, as the desk's indexes hold."""
    return Func(*fields, function="claim_terms", output_field=SearchVectorField())


# As the indexes on them are written.
HEADLINE_WORDS = Func(
    "language", "headline", function="claim_vector", output_field=SearchVectorField()
)
NAME_WORDS = Func(
    Value("simple"),
    "name",
    function="claim_lexemes",
    output_field=SearchVectorField(),
)


class Matches(Func):
    """Whether a vector, stored or made, matches a tsquery."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


class KeyFrom(Func):
    """Whether a row's key is one of those that a function of the database gives.

    No index on words serves the public role on a table of which it sees some rows
    only; the function looks there for it, and gives keys of public rows. They are
    looked up as one array, not one by one.
    """

    template = "%(expressions)s"
    arg_joiner = " = ANY "
    output_field = BooleanField()

    def __init__(self, function, *asked):
        given = "(ARRAY(SELECT %(function)s(%(expressions)s)))"
        super().__init__("pk", Func(*asked, function=function, template=given))


def containing(queryset, asked: Asked, field: str = "words__vector"):
    """Return the rows whose words match; none where no word can be searched for."""
    return queryset.filter(**{field: asked.query}) if asked else queryset.none()


def ranked(queryset, asked: Asked, *, newest: str, field: str = "words__vector"):
    """Return the matching rows, best first: of very many, the newest are weighed."""
    matching = containing(queryset, asked, field)
    weighed = matching.order_by(newest, "-id").values("pk")[:MOST_RANKED]
    rank = SearchRank(F(field), asked.query)
    order = ["-rank", "-id"]
    found = queryset.filter(pk__in=weighed).annotate(rank=rank)
    if words := _words_of_han(asked.words):
        quoted = field.removesuffix("vector") + "quote"
        stands = Q(**{f"{quoted}__regex": f"(^|[^{HAN}])({'|'.join(words)})"})
        found = found.annotate(stands_alone=Case(When(stands, then=1), default=0))
        order.insert(0, "-stands_alone")
    return found.order_by(*order)


def _words_of_han(words):
    """Return the words that are Han characters alone.

    What is no letter of them before a word tells that it begins there: within a longer
    run nothing does, and what has it there comes after.

    >>> _words_of_han("京都 ferry 東京都知事")
    ['京都', '東京都知事']
    """
    return re.findall(rf"(?<![^\s\"])[{HAN}]+(?![^\s\"])", words)


MATCHING_WORDS = """
SELECT DISTINCT word
FROM unnest(%s::text[], %s::text[], %s::text[]) likely (language, configuration, word)
WHERE claim_lexemes(coalesce(configuration, claim_configuration(language)), word)
    @@ %s::tsquery
"""
LEXEME = re.compile("'([^']+)'")
# Scripts without blanks between words: there it is letters that are marked.
DENSE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+"
)


def matching_words(asked: Asked, texts) -> frozenset[str]:
    """Return the words of the texts that match the query, for highlighting.

    Each text comes with its language, "" where it may be any that there is.
    """
    if not asked:
        return frozenset()
    present = {
        (language, match.group())
        for language, text in texts
        for match in WORD.finditer(text)
    }
    if not present:
        return frozenset()
    # Any word of a phrase counts, none that the reader excluded.
    wanted = asked.candidates.replace("&", "|")
    lexemes = {lexeme for lexeme in LEXEME.findall(wanted) if lexeme[0] != "="}
    begun = {_bare(lexeme)[:3] for lexeme in lexemes}
    # Few words have a stem's first letters, and only the database knows stems.
    likely = [
        (language, configuration, word)
        for language, word in present
        for bare in [_bare(word)]
        if any(start in bare for start in begun) and not DENSE.search(word)
        for configuration in ([None] if language else asked.configurations)
    ]
    found = set()
    if likely:
        reading = router.db_for_read(apps.get_model("claims", "PublicWords"))
        with connections[reading].cursor() as cursor:
            columns = map(list, zip(*likely, strict=True))
            cursor.execute(MATCHING_WORDS, [*columns, wanted])
            found = {word for (word,) in cursor}
    letters = [lexeme for lexeme in lexemes if DENSE.match(lexeme)]
    dense = (DENSE.findall(word) for _language, word in present) if letters else ()
    return frozenset(found | {hit for runs in dense for hit in _hits(runs, letters)})


def _bare(word):
    """Return a word without case and accents, as good as the database folds it."""
    if word.isascii() and word.isalnum():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold().translate(_LIKE))
    return "".join(c for c in apart if c.isalnum())


_LIKE = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h"})
_LIKE |= str.maketrans({"æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n", "ŧ": "t"})


def _hits(runs, lexemes):
    """Return the longest pieces of the runs that are made of the lexemes."""
    for run in runs:
        inside = {
            at + step
            for lexeme in lexemes
            for at in range(len(run))
            if run.startswith(lexeme, at)
            for step in range(len(lexeme))
        }
        marks = "".join("x" if at in inside else " " for at in range(len(run)))
        for match in re.finditer("x+", marks):
            yield run[match.start() : match.end()]


def highlight(text: str, hits=()) -> str:
    """Return the text as HTML with the hits in <mark>."""
    if not hits:
        return escape(text)
    pieces, done = [], 0
    for match in _words_or_letters(hits).finditer(text):
        if match.group() in hits:
            pieces.append((text[done : match.start()], match.group()))
            done = match.end()
    return format_html_join("", "{}<mark>{}</mark>", pieces) + format_html(
        "{}", text[done:]
    )


def _words_or_letters(hits):
    """Return the pattern of what may be marked: words, and hits within dense runs."""
    dense = sorted((hit for hit in hits if DENSE.match(hit)), key=len, reverse=True)
    if not dense:
        return WORD
    one = DENSE.pattern.removesuffix("+")
    within = "|".join(map(re.escape, dense))
    word = WORD.pattern.replace(r"[^\W_]+", rf"(?:(?!{one})[^\W_])+")
    return re.compile(f"{within}|{one}|{word}")


def excerpt(text: str, limit: int, hits=()) -> str:
    """Return an excerpt of about `limit` characters around the first hit.

    >>> excerpt("The harbour will open in May, she said.", 20)
    'The harbour will…'
    """
    if len(text) <= limit:
        return text
    start = 0
    for match in _words_or_letters(hits).finditer(text) if hits else ():
        if match.group() in hits:
            start = max(0, match.start() - limit // 3)
            break
    if start:
        start = text.rfind(" ", 0, start) + 1
    piece = text[start : start + limit]
    if start + limit < len(text):
        piece = piece.rsplit(" ", 1)[0].rstrip(" ,;:.–") + "…"
    return ("…" if start else "") + piece
