"""Kinds of column that several tables share: folded names, search words, links.

Built from Django's own expressions, so that migrations import nothing of ours.
"""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func, GeneratedField, Q, TextField
from django.utils.text import slugify

from claims.models.fulltext import FOLD


def folded_name(field):
    """Return a column with a name free of case, accents, dotless ı and the like."""
    return GeneratedField(
        expression=Func(field, function=FOLD),
        output_field=TextField(),
        db_persist=True,
    )


def search_words(*fields, configuration="english"):
    """Return a column with the folded words of some fields as a search vector."""
    return GeneratedField(
        expression=Func(
            *fields,
            template=f"to_tsvector('{configuration}'::regconfig, "
            f"{FOLD}(%(expressions)s))",
            arg_joiner=" || ' ' || ",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )


def is_web_address(field):
    """Return the condition that a column holds an http or https address."""
    return Q(**{f"{field}__regex": r"^https?://[^\s]+$"})


def slug_of(words, fallback="untitled"):
    """Return a slug of at most 80 characters for an address.

    >>> slug_of("Ankara pointed out: “no”")
    'ankara-pointed-out-no'
    """
    return slugify(words, allow_unicode=True)[:80].strip("-_") or fallback


def free_slug(model, words):
    """Return a slug for some words that no row of the model has yet."""
    slug = first = slug_of(words)
    number = 1
    while model.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{first[:70]}-{number}"
    return slug
