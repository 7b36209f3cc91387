"""What an import of claims did, or why it did nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.exceptions import Refused
from claims.exchange.records import Unreadable


class ClaimsRefused(Refused):
    """Nothing of a file was imported; `problems` name file, line and remedy."""

    status = 400

    def __init__(self, problems: list[Unreadable], result: ImportResult | None = None):
        self.problems = problems
        self.result = result or ImportResult()
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass
class ImportResult:
    """The number of claims that are new, changed, or were here already unchanged.

    `left` says of claims here why they were not brought up to date, `problems` are
    those of refused rows, the first of them, and `not_read` columns of the file.
    """

    new: int = 0
    known: int = 0
    changed: int = 0
    refused: int = 0
    versions: int = 0  # of verdicts, as published elsewhere
    left: list[str] = field(default_factory=list)
    problems: list[Unreadable] = field(default_factory=list)
    not_read: dict[str, None] = field(default_factory=dict)
