"""Attributions by tables of words alone, for languages without rules of their own."""

from .find import find_records
from .propose import rules_from
from .tables import Language, Tables, tables_in

__all__ = ["Language", "Tables", "find_records", "rules_from", "tables_in"]
