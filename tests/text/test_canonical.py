"""Article text on its way in, and words found in it."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.text.canonical import (
    TextRefused,
    canonical,
    context,
    occurrences,
    paragraphs,
    within_quotes,
)
from claims.text.visible import has_invisible


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One\0two", "NUL"),
        ("", "empty"),
        (" \n\t\n ", "empty"),
        ("\u202e", "empty"),
        ("half \ud83d", "half a character"),
        ("x" * 2_000_001, "at most 2,000,000"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(TextRefused, match=sentence):
        canonical(text)


@given(st.text())
def test_words_within_quotes_have_no_double_marks_and_are_else_the_same(text):
    inner = within_quotes(text)
    if len(inner) == len(text) - 2:
        assert inner == text[1:-1]
        text = inner
    assert len(inner) == len(text)
    assert not set(inner) & set('“”„‟"')
    assert within_quotes(inner) == inner
    changed = {(was, now) for was, now in zip(text, inner, strict=True) if was != now}
    assert changed <= set(zip('“”„‟""', "‘’‚‛‘’", strict=True))


@given(st.text())
@example("\ufeff\ufeffOne")
@example(" \n\ufeffOne")
@example("\u202a\ufeff \ufeffOne")
def test_a_canonical_text_stays_as_it_is(text):
    try:
        body = canonical(text)
    except TextRefused:
        return
    assert canonical(body) == body
    assert unicodedata.is_normalized("NFC", body)
    assert not has_invisible(body)
    assert "\r" not in body
    assert not body.startswith("\ufeff")
    assert "\n\n\n" not in body
    assert "\n\n".join(body[start:end] for start, end in paragraphs(body)) == body


@given(st.text(min_size=1), st.data())
def test_any_words_of_a_text_are_found_at_their_place(text, data):
    try:
        body = canonical(text)
    except TextRefused:
        return
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    words = body[start:end]
    if words != words.strip() or words != unicodedata.normalize("NFC", words):
        return
    assert (start, end) in occurrences(body, words)


@pytest.mark.parametrize(
    ("body", "words", "expected"),
    [
        # Each time the words stand there, overlapping or not.
        ("aXaXa", "aXa", [(0, 3), (2, 5)]),
        # Exact words win over folded ones.
        ("No. no. NO.", "no", [(4, 6)]),
        # Typed quotation marks and dashes find the printed ones.
        ("He said: “S‑400s – no”.", '"S-400s - no"', [(9, 22)]),
        ("The oil’s price rose.", "the oil´s price", [(0, 15)]),
        ("The oil’s price rose.", "the oil`s price", [(0, 15)]),
        ("The oil’s price rose.", "the oil′s price", [(0, 15)]),
        ("The lamp – the old one – fell…", "lamp -- the old one", [(4, 22)]),
        ("The lamp -- the old one – fell…", "the old one – fell...", [(12, 31)]),
        # A break between paragraphs is a space to whoever pastes.
        ("One two.\n\nThree four.", "two. Three", [(4, 15)]),
        # Nothing to look for is found nowhere.
        ("Words.", "   ", []),
        ("Words.", "other", []),
        # What looks like a pattern is only words.
        ("a.c abc", "a.c", [(0, 3)]),
        ("A.C ABC", "a.c", [(0, 3)]),
    ],
)
def test_words_are_found(body, words, expected):
    assert occurrences(body, words) == expected


def test_the_context_ends_where_the_text_ends():
    assert context("One two three", 4, 7) == ("One ", " three")
