"""Characters that nobody can see, and those that only look like it."""

import pytest

from claims.text.canonical import canonical, occurrences
from claims.text.visible import has_invisible, visible

UNSEEN = [
    "\u0007", "\u00ad", "\u115f", "\u180e", "\u200b", "\u202a",
    "\u202e", "\u2060", "\u2066", "\u3164", "\ufeff", "\uffa0", "\ufffe", "\U000e0041",
]  # fmt: skip
# Persian and Indic joiners, emoji, direction marks, accents, ordinary blanks.
KEPT = ["\u200c", "\u200d", "\u200e", "\u200f", "\u0301", "\u00a0", "\t", "\n"]


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_a_sign_that_nobody_sees_is_taken_out(sign):
    assert has_invisible(f"Mara{sign} Ilves")
    assert visible(f"Mara{sign} Ilves") == "Mara Ilves"
    assert canonical(f"Mara{sign} Ilves said no.") == "Mara Ilves said no."


@pytest.mark.parametrize("sign", KEPT, ids=ascii)
def test_a_sign_that_writing_needs_stays(sign):
    assert not has_invisible(f"a{sign}b")
    assert visible(f"a{sign}b") == f"a{sign}b"


def test_what_divides_words_unseen_becomes_a_blank():
    assert visible("one\u2028two\x0bthree") == "one two three"


def test_words_pasted_with_unseen_signs_are_found_in_an_article():
    body = canonical("The bridge\u200b will open, Ilves said.")
    assert occurrences(body, "bridge \u202awill\u202c open") == [(4, 20)]
    assert occurrences(body, "\u200b") == []
