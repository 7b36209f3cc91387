"""The admin's search boxes: full-text search by prefix, and lookup by row number."""

from django.db import models
from django.db.models import F, Func, Q

from claims.models.fulltext import fold


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
        super().__init__(fold(typed), configuration=configuration)


class Matches(Func):
    """Whether a tsvector column matches a tsquery."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = models.BooleanField()


def search_condition(typed, configuration="english", *, parts=None):
    """Return a Q: the search column matches the words typed, or the number is theirs.

    `parts` divides a table that has an index for each of its two parts.
    """
    typed = typed.strip()
    found = Q(Matches(F("search"), PrefixQuery(typed, configuration)))
    if parts is not None:
        found = (parts & found) | (~parts & found)
    number = typed.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 19:
        found |= Q(pk=int(number))
    return found
