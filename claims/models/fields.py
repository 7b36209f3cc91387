"""Generated columns (folded names, search vectors), URL conditions, unique slugs.

Built from Django's own expressions, so that migrations import nothing of ours.
"""

from django.contrib.postgres.search import SearchVectorField
from django.core.validators import RegexValidator
from django.db.models import Func, GeneratedField, Q, TextField
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from claims.models.fulltext import FOLD

# Refuses a user's name or a password in an address: readers would see them, and a
# browser shows the name as if it were the host.
without_login = RegexValidator(
    r"^[^/]*//[^/?#\\]*@",
    _("Leave login and password out of the address."),
    "login",
    inverse_match=True,
)

LONGEST_SLUG, LONGEST_SLUGGED = 80, 110


def folded_name(field):
    """Return a generated column: a name folded (no case, accents, dotless ı)."""
    return GeneratedField(
        expression=Func(field, function=FOLD),
        output_field=TextField(),
        db_persist=True,
    )


def search_words(*fields, configuration="english"):
    """Return a generated column: a search vector of some fields, folded."""
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
    """Return the Q that a column holds an http or https URL."""
    return Q(**{f"{field}__regex": r"^https?://[^\s]+$"})


def slugify_name(words, fallback="untitled"):
    """Return a Unicode slug of at most 80 characters.

    >>> slugify_name("Ankara pointed out: “no”")
    'ankara-pointed-out-no'
    """
    # Of long words the first tell all that is kept, up to a blank.
    head = words[:LONGEST_SLUGGED].rpartition(" ")[0]
    slug = slugify(head, allow_unicode=True) if len(words) > LONGEST_SLUGGED else ""
    if len(slug) <= LONGEST_SLUG:
        slug = slugify(words, allow_unicode=True)
    return slug[:LONGEST_SLUG].strip("-_") or fallback


def unique_slug(model, words):
    """Return a slug that no row of the model has, or had when readers saw it."""
    slug = first = slugify_name(words)
    number = 1
    had = "former_slugs__slug" if hasattr(model, "former_slugs") else "slug"
    while model.objects.filter(Q(slug=slug) | Q(**{had: slug})).exists():
        number += 1
        slug = f"{first[:70]}-{number}"
    return slug
