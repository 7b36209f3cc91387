"""Exceptions whose message an editor can act on, each with the HTTP status to answer.

What the database itself refuses becomes one of these in `models/constraints.py`.
"""


class Refused(Exception):
    """Something that cannot be done as asked; the message is for the editor.

    `status` is what a web page answers with.
    """

    status = 409


class ChangedMeanwhile(Refused):
    """Somebody else was first; `current` is what they left."""

    def __init__(self, message, current):
        self.current = current
        super().__init__(message)


class Incomplete(Refused):
    """Something is missing or senseless; `missing` maps each field to what to do."""

    status = 400

    def __init__(self, missing):
        self.missing = missing
        super().__init__(" ".join(str(sentence) for sentence in missing.values()))


class NotPermitted(Refused):
    """The person may not do this."""

    status = 403
