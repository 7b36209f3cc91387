"""The rows that an import refused, in the format of the file that they came in.

Each carries its line, column and reason in fields of its own, which a later import
passes over: put right, the file can be taken in as it is.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from claims.exchange.formats import ClaimsFile, RowFile, atomic_write
from claims.exchange.records import Unreadable


class RejectsFile:
    """The refused rows of a file, with their reasons, in the file's own format."""

    def __init__(self, rows: ClaimsFile, name: str):
        if not isinstance(rows, RowFile):
            raise Unreadable(
                name, 1, "refused rows can be written of CSV and JSON Lines only."
            )
        self.file = rows
        self.lines: list[str] = []

    def add(self, problems: list[Unreadable]) -> None:
        of_row = defaultdict(list)
        for problem in problems:
            of_row[problem.line].append(problem)
        for _line, alike in sorted(of_row.items()):
            if alike[0].raw is not None:
                self.lines.append(self.file.rejected(alike[0].raw, alike))

    def write(self, target: Path) -> None:
        if self.lines:
            with atomic_write(target) as unfinished:
                text = self.file.rejects_head() + "".join(self.lines)
                unfinished.write_bytes(text.encode())
