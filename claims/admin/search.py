"""The admin's search boxes: full-text search by prefix, and lookup by row number."""

from django.db import models
from django.db.models import F, Func, Q

from claims.models.fulltext import (
    Matches,
    ask,
    fold,
    terms,
    typed_query,
    with_few_minuses,
)

# What is searched of a claim.
TERMS = ("wording", "quote")


class PrefixQuery(Func):
    """A tsquery of the typed words, folded; the last word may be a prefix."""

    template = (
        "(SELECT CASE WHEN words ~ '''$' THEN (words || ':*')::tsquery"
        " ELSE words::tsquery END FROM (SELECT websearch_to_tsquery("
        "'%(configuration)s'::regconfig, %(expressions)s)::text"
        " AS words) typed)"
    )
    output_field = models.BooleanField()

    def __init__(self, typed, configuration):
        super().__init__(fold(with_few_minuses(typed)), configuration=configuration)


def found_in_terms(asked, *fields):
    """Return the condition that texts in whatever language have the words asked for."""
    return Q(Matches(terms(*fields), typed_query(asked)))


def search_condition(typed, configuration="english", *, parts=None, fields=()):
    """Return a Q: the search column matches the words typed, or the number is theirs.

    `parts` divides a table that has an index for each of its two parts; `fields` are
    those of its index on terms, asked where there is more than English.
    """
    typed = typed.strip()
    found = Q(Matches(F("search"), PrefixQuery(typed, configuration)))
    if parts is not None:
        found = (parts & found) | (~parts & found)
    asked = ask(typed) if fields else None
    if asked and (asked.configurations != ("english",) or not typed.isascii()):
        found |= found_in_terms(asked, *fields)
    number = typed.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 19:
        found |= Q(pk=int(number))
    return found
