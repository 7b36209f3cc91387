"""Parts of change lists: a paginator that caps its count, two-line cells."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.html import format_html


class CappedPaginator(Paginator):
    """A paginator that counts rows up to LIMIT only: a whole count is slow."""

    LIMIT = 10_000

    @cached_property
    def count(self):
        return self.object_list.order_by()[: self.LIMIT + 1].count()


def two_line_cell(words, note):
    """Return the HTML of a list cell with a second, muted line in it."""
    if not note:
        return words
    return format_html('{} <span class="desk-under">{}</span>', words, note)
