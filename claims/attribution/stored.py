"""Match a speaker to the desk's stored speakers, by name, alias or surname."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .folding import fold
from .proposals import Resolution


@dataclass(frozen=True, slots=True)
class StoredSpeaker:
    """A speaker the desk already knows, as plain data."""

    key: object
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""


class SpeakerIndex:
    """An index of the desk's speakers by folded name and surname."""

    def __init__(self, stored: Iterable[StoredSpeaker]) -> None:
        self.by_name: dict[str, set[object]] = {}
        self.by_surname: dict[str, set[object]] = {}
        for speaker in stored:
            for name in (speaker.name, *speaker.aliases):
                self.by_name.setdefault(fold(name), set()).add(speaker.key)
            parts = fold(speaker.name).split()
            if len(parts) > 1 and speaker.kind in ("", "person"):
                self.by_surname.setdefault(parts[-1], set()).add(speaker.key)

    def key_of(self, name: str) -> object | None:
        """Return the key of the one stored speaker with this name, or None."""
        keys = self.by_name.get(fold(name), set())
        return next(iter(keys)) if len(keys) == 1 else None

    def find(self, words: str, resolution: Resolution) -> tuple[object, str] | None:
        """Return key and reason of the stored speaker who is meant, or None.

        >>> desk = SpeakerIndex([StoredSpeaker(7, "Turkey", ("Ankara",))])
        >>> desk.find("Ankara", Resolution("Turkey", "government", ""))
        (7, '“Turkey” is a stored name')
        """
        for name in (resolution.name, words):
            keys = self.by_name.get(fold(name)) if name else None
            if keys and len(keys) == 1:
                return next(iter(keys)), f"“{name}” is a stored name"
        if (
            resolution.kind == "person"
            and resolution.name
            and " " not in resolution.name
        ):
            keys = self.by_surname.get(fold(resolution.name), set())
            if len(keys) == 1:
                return next(
                    iter(keys)
                ), f"the only stored speaker called {resolution.name}"
        return None
