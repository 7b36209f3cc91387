"""Marks in an article's words: well nested, escaped, and no word lost."""

import re

from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.reading.differences import DiffPart
from claims.templatetags.claims_marks import difference, marked_paragraph, written_day
from claims.text.segments import Marked, cut


@given(st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_marks_are_well_nested_and_hold_the_words_whatever_overlaps(data):
    body = data.draw(st.text(alphabet="ab<&. ", min_size=1, max_size=40))
    body = body.strip() or "a"
    places = st.tuples(st.integers(0, len(body)), st.integers(0, len(body)))
    marks = [
        Marked(number, "content", min(pair), max(pair))
        for number, pair in enumerate(data.draw(st.lists(places, max_size=6)))
        if pair[0] != pair[1]
    ]
    for paragraph in cut(body, marks):
        html = marked_paragraph(paragraph)
        depth = 0
        for tag in re.findall(r"</?mark", html):
            depth += -1 if tag.startswith("</") else 1
            assert depth >= 0
        assert depth == 0
        words = re.sub(r"<[^>]+>", "", html)
        assert words.replace("&lt;", "<").replace("&amp;", "&") == body


def test_what_was_taken_out_and_put_in_is_told_by_tag_and_to_screen_readers():
    parts = [
        DiffPart("kept", "It cost "),
        DiffPart("removed", "<40>"),
        DiffPart("added", "44"),
    ]
    assert difference(parts) == "It cost <del>&lt;40&gt;</del><ins>44</ins>"
    announced = difference(parts, announced=True)
    assert '<del><span class="visually-hidden">Removed: </span>&lt;40&gt;' in announced
    assert '<ins><span class="visually-hidden">Added: </span>44</ins>' in announced
    with override("tr"):
        assert "Removed" not in difference(parts, announced=True)


def test_a_day_that_a_snapshot_keeps_is_written_in_the_readers_language():
    assert written_day("2026-05-04") == "4 May 2026"
    assert written_day("") == written_day(None) == ""
    with override("tr"):
        assert written_day("2026-05-04") == "4 Mayıs 2026"
