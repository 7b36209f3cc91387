"""Words blanked in texts, marks and stored rows, character for character."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

BLANK = "█"
# The printed words of marks, as they are joined: quotation, cue, speaker.
JOINED = {"content": " [...] ", "cue": " … ", "speaker": " … "}
PRINTED = {"quote", "cue", "speaker_words", "exact"}
# Typed with signs of CommonMark, which may stand between the letters.
TYPED = {"explanation", "how_verified", "note", "correction_note", "comment"}
SIGNS = r"[*_`\\]*"
# Of HTML as it is rendered here, in which no sign of its own stands as text.
TAGS = re.compile(r"(<[^>]*>)")
ATTRIBUTES = re.compile(r'(?<==")[^"]*(?=")')


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

    def typed(self, value: str) -> str:
        """Return a text in CommonMark in which the words are blanked, emphasis or not.

        >>> Blanking("Ida Falk").typed("Mayor **Ida** Falk said no.")
        'Mayor **███** ████ said no.'
        """
        words = re.compile(SIGNS.join(map(re.escape, self.words)))
        return words.sub(lambda found: re.sub(r"[^*_`\\ ]", BLANK, found[0]), value)

    def html(self, value: str) -> str:
        """Return rendered HTML in which the words are blanked, across its tags too.

        >>> Blanking("Ida Falk").html("<p>Mayor <em>Ida</em> Falk said no.</p>")
        '<p>Mayor <em>███</em>█████ said no.</p>'
        """
        pieces = TAGS.split(value)
        texts = [html.unescape(piece) for piece in pieces[::2]]
        blanked, at = self.text("".join(texts)), 0
        for number, text in enumerate(texts):
            pieces[2 * number] = _escaped(blanked[at : at + len(text)])
            at += len(text)
        for number in range(1, len(pieces), 2):
            pieces[number] = ATTRIBUTES.sub(
                lambda found: _escaped(self.text(html.unescape(found[0]))),
                pieces[number],
            )
        return "".join(pieces)

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
            if name.endswith("_html"):
                return self.html(value)
            return self.typed(self.text(value)) if name in TYPED else self.text(value)
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


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace('"', "&quot;")
