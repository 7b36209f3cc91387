"""Reported speech in German, French and Spanish: clauses, inversion, subjunctive."""

from .find import find_records

__all__ = ["find_records"]
