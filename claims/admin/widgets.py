"""Autocomplete widgets that ignore values which are no row number."""

from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)


class NumericValuesMixin:
    """Drops values that are no row numbers, so that no lookup fails on them."""

    def optgroups(self, name, value, attrs=None):
        numbers = [
            each
            for each in map(str, value)
            if not each or (each.isascii() and each.isdigit() and len(each) < 19)
        ]
        return super().optgroups(name, numbers, attrs)


class RowSelect(NumericValuesMixin, AutocompleteSelect):
    pass


class RowSelectMultiple(NumericValuesMixin, AutocompleteSelectMultiple):
    pass
