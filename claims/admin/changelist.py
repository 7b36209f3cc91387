"""Parts of lists and forms: a capped paginator, two-line cells, values as code."""

import json

from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import JSONField
from django.utils.functional import cached_property
from django.utils.html import format_html


class CappedPaginator(Paginator):
    """A paginator that counts rows up to LIMIT only: a whole count is slow."""

    # So many pages nobody turns: a filter finds what is further back.
    LIMIT = 1_000

    @cached_property
    def count(self):
        # Of a row the key alone: what else is shown need not be worked out for each.
        keys = self.object_list.order_by().values("pk")
        return keys[: self.LIMIT + 1].count()


def two_line_cell(words, note):
    """Return the HTML of a list cell with a second, muted line in it."""
    if not note:
        return words
    return format_html('{} <span class="desk-under">{}</span>', words, note)


def as_code(field, *, always=False):
    """Return the name of a field, or a function that shows what it holds as code."""
    if not (always or isinstance(field, JSONField)):
        return field.name

    def shown(row):
        value = getattr(row, field.attname)
        if not isinstance(value, str):
            value = json.dumps(
                value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1
            )
        return format_html('<pre class="desk-code">{}</pre>', value)

    return _described(shown, field)


def as_label(field, choices):
    """Return a function that shows a code by its label in the given choices."""

    def shown(row):
        code = getattr(row, field.attname)
        return dict(choices.choices).get(code, code)

    return _described(shown, field)


def _described(shown, field):
    shown.__name__ = field.name
    shown.short_description = field.verbose_name
    return shown
