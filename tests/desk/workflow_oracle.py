"""Who may take which step, a second time: the oracle that the machine is held against.

Written down apart from the workflow's own table, so that a slip in it shows.
"""

from hypothesis import strategies as st

ANYBODY = {"ann", "rey", "eda", "edo"}
REVIEWERS = {"rey", "eda", "edo"}
EDITORS = {"eda", "edo"}
CLAIM_STEPS = {
    "accept": (ANYBODY, {"suggested"}, "draft", False),
    "reject": (ANYBODY, {"suggested", "draft"}, "rejected", False),
    "restore": (ANYBODY, {"rejected"}, "draft", False),
    "list": (ANYBODY, {"draft", "withdrawn"}, "listed", False),
    "withdraw": (EDITORS, {"listed"}, "withdrawn", True),
    "ask_withdraw": (ANYBODY, {"listed"}, "listed", True),
    "decline_withdraw": (EDITORS, {"listed"}, "listed", False),
}
UNDER_WAY = {"draft", "in_review"}
VERDICT_STEPS = {
    "submit": (REVIEWERS, {"draft"}, "in_review", False),
    "recall": (REVIEWERS, {"in_review"}, "draft", False),
    "return": (EDITORS, {"in_review"}, "draft", True),
    "publish": (EDITORS, {"in_review"}, "published", False),
    "revise": (REVIEWERS, {"published", "retracted"}, "draft", True),
    "retract": (EDITORS, {"published", *UNDER_WAY}, "retracted", True),
    "ask_retract": (REVIEWERS, {"published", *UNDER_WAY}, None, True),
    "decline_retract": (EDITORS, {"published", *UNDER_WAY}, None, False),
    "end_revision": (REVIEWERS, UNDER_WAY, None, False),
}
# What a run has to have tried, or it shows little.
MANY = {"submit", "return", "publish", "revise", "end_revision", "ask_retract"} | {
    "retract", "ask_withdraw", "withdraw",
}  # fmt: skip
# What of a statement's surroundings has to have been changed.
EDITS = {
    "wording", "rename", "alias", "office", "merge", "rating kept", "rating edited",
    "text corrected", "words corrected", "topics",
}  # fmt: skip
# What leads from one state to the next: tried more often than chance would.
ON = ("submit", "recall", "return", "publish", "revise", "retract")
GROUPS = {"ann": "Annotators", "rey": "Reviewers", "eda": "Editors", "edo": "Editors"}

people = st.sampled_from(sorted(GROUPS))
claims = st.integers(0, 1)
comments = st.sampled_from(["", "  ", "Because the minutes say so."])
reasons = st.sampled_from(["", "", " ", "Nobody else is on duty."])
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
stale = st.sampled_from([0, 0, 0, 0, -1, 1])
moves = st.tuples(people, st.integers(0, 3), reasons)
