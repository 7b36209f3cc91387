"""A difference tells what went and what came, and loses no word of either."""

import itertools

from hypothesis import example, given
from hypothesis import strategies as st

from claims.models import PublishedVerdict
from claims.reading.differences import DiffPart, difference, word_changes

texts = st.text(alphabet="ab c.\n4,5", max_size=60)


@given(texts, texts)
@example("a b c", "x y c")
@example("", "new")
@example("one two", "three two four")
def test_both_versions_can_be_read_from_the_difference(before, after):
    found = word_changes(before, after)
    assert "".join(s.text for s in found if s.kind != "added") == before
    assert "".join(s.text for s in found if s.kind != "removed") == after


@given(texts, texts)
def test_neighbouring_stretches_differ_in_kind_and_none_is_empty(before, after):
    found = word_changes(before, after)
    assert all(stretch.text for stretch in found)
    assert all(a.kind != b.kind for a, b in itertools.pairwise(found))


@given(texts)
def test_an_unchanged_text_has_no_changes(text):
    assert all(stretch.kind == "kept" for stretch in word_changes(text, text))


def test_a_changed_figure_is_shown_whole():
    assert word_changes("It rose 4.4 per cent.", "It rose 4.5 per cent.") == (
        DiffPart("kept", "It rose "),
        DiffPart("removed", "4.4"),
        DiffPart("added", "4.5"),
        DiffPart("kept", " per cent."),
    )


def test_words_changed_side_by_side_read_as_one_change():
    assert word_changes("the old grey house", "the new blue house") == (
        DiffPart("kept", "the "),
        DiffPart("removed", "old grey"),
        DiffPart("added", "new blue"),
        DiffPart("kept", " house"),
    )


def test_very_long_texts_are_compared_by_the_paragraph_only():
    before = "\n\n".join(f"{'word ' * 3000}{n}" for n in range(3))
    after = before.replace("word 1", "word 9")
    found = word_changes(before, after)
    assert "".join(s.text for s in found if s.kind != "added") == before
    assert "".join(s.text for s in found if s.kind != "removed") == after


def test_two_long_unlike_texts_are_shown_as_replaced():
    before, after = ("a b " * 2000).strip(), ("c d " * 2000).strip()
    assert word_changes(before, after) == (
        DiffPart("removed", before),
        DiffPart("added", after),
    )


def source(url="https://a.example/", **fields):
    return {"url": url, "title": "Minutes", "excerpt": "", "is_primary": True, **fields}


def version(**fields):
    fields = {"rating_label": "False", "finding": "confirmed", "evidence": []} | fields
    return PublishedVerdict(**fields)


def test_only_what_differs_is_listed_with_its_heading():
    found = difference(version(summary="Old."), version(summary="New."))
    assert [(str(f.label), f.name) for f in found.fields] == [("Summary", "summary")]
    assert not difference(version(), version())


def test_sources_that_came_went_and_changed_are_told_apart():
    before = version(
        evidence=[source("https://a.example/"), source("https://b.example/")]
    )
    after = version(
        evidence=[
            source("https://b.example/", excerpt="Page 4", is_primary=False),
            source("https://c.example/"),
        ]
    )
    found = difference(before, after).evidence
    assert [(change.kind, change.url) for change in found] == [
        ("removed", "https://a.example/"),
        ("changed", "https://b.example/"),
        ("added", "https://c.example/"),
    ]
    assert {field.name for field in found[1].fields} == {"excerpt", "is_primary"}


def test_a_finding_is_compared_in_words():
    found = difference(version(), version(finding="not_found"))
    words = "".join(s.text for s in found.fields[0].stretches if s.kind != "removed")
    assert words == "No record that it was said"
