"""Exceptions whose message an editor can act on, each with the HTTP status to answer.

What the database itself refuses becomes one of these in `models/constraints.py`.
"""


class Refused(Exception):
    """Base class: the request was refused; the message is for the editor.

    `status` is what a web page answers with.
    """

    status = 409


class ChangedMeanwhile(Refused):
    """Edit conflict: somebody else changed the row first; `current` is the row now."""

    def __init__(self, message, current):
        self.current = current
        super().__init__(message)


class RevisionNeeded(Refused):
    """Something published that changes in a revision alone; `claim` is whose it is."""

    def __init__(self, message, claim):
        self.claim = claim
        super().__init__(message)


class Incomplete(Refused):
    """Fields are missing or invalid; `missing` maps each field to its message."""

    status = 400

    def __init__(self, missing):
        self.missing = missing
        super().__init__(" ".join(str(sentence) for sentence in missing.values()))


class NotPermitted(Refused):
    """The user lacks the permission (403)."""

    status = 403
