"""Reported speech in German, French and Spanish: clauses, inversion, subjunctive."""

from claims.attribution.engine.propose import Method

from .find import find_records
from .people import ReportedResolver
from .wording import checkability, wording

REPORTED = Method(find_records, ReportedResolver, checkability, wording)

__all__ = ["REPORTED"]
