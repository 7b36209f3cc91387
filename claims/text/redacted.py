"""Words blanked in texts, marks and stored rows, character for character."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

BLANK = "█"
# The printed words of marks, as they are joined: quotation, cue, speaker.
JOINED = {"content": " [...] ", "cue": " … ", "speaker": " … "}
PRINTED = {"quote", "cue", "speaker_words", "exact"}


class Blanking:
    """Blanks words wherever they stand; no other character changes or moves.

    >>> Blanking("Ida Falk").text("Mayor Ida Falk said no.")
    'Mayor ████████ said no.'
    """

    def __init__(self, words: str, slug: str = ""):
        self.words, self.slug = words, slug
        # Of each text that was changed: what stood there, and what stands there now.
        self._bodies: dict[int, tuple[str, str]] = {}
        # Printed words that begin or end within the words blanked.
        self._printed: dict[str, str] = {}

    def text(self, value: str) -> str:
        """Return a text in which the words are blanked."""
        return value.replace(self.words, BLANK * len(self.words))

    def body(self, key: int, body: str) -> str:
        """Return the body of an article text blanked; its marks follow from then on."""
        blanked = self.text(body)
        if blanked != body:
            self._bodies[key] = body, blanked
        return blanked

    def learn(self, marks: Iterable[dict[str, Any]]) -> None:
        """Learn how the printed words of a claim read once its marks are blanked."""
        marks = sorted(marks, key=lambda mark: mark["ordinal"])
        for role, joint in JOINED.items():
            own = [mark for mark in marks if mark["role"] == role]
            before = joint.join(mark["exact"] for mark in own)
            after = joint.join(self.row(mark)["exact"] for mark in own)
            if after != before:
                self._printed[before] = after

    def row(self, row: dict[str, Any], *, with_slug: bool = False) -> dict[str, Any]:
        """Return a row's values, or a mark, blanked, those within them too."""
        blanked = {name: self._value(name, value) for name, value in row.items()}
        blanked |= self._place(row)
        slug = row.get("slug")
        if with_slug and self.slug and slug:
            blanked["slug"] = slug.replace(self.slug, "x" * len(self.slug))
        return blanked

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, str):
            if name in PRINTED:
                value = self._printed.get(value, value)
            return self.text(value)
        if isinstance(value, list):
            return [self._value(name, each) for each in value]
        if isinstance(value, dict):
            return self.row(value)
        return value

    def _place(self, row: dict[str, Any]) -> dict[str, str]:
        """Return the words of a mark, and those around it, as they now stand."""
        text: int = row.get("text_id") or row.get("text") or 0
        before, after = self._bodies.get(text, ("", ""))
        if not before or "exact" not in row:
            return {}
        start, end = row["start"], row["end"]
        places = {
            "exact": (start, end),
            "prefix": (start - len(row.get("prefix") or ""), start),
            "suffix": (end, end + len(row.get("suffix") or "")),
        }
        return {
            name: after[first:last]
            for name, (first, last) in places.items()
            if row.get(name) and before[first:last] == row[name]
        }
