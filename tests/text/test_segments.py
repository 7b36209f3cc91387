"""Cutting a text into pieces: nothing lost, nothing added, every mark in its place."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.attribution.languages.en.sentences import sentences_of
from claims.text.canonical import canonical, paragraphs
from claims.text.segments import Marked, cut, merged, sentences_with

BODY = (
    "Rood said the talks go on. Nobody left the room.\n\n"
    "“We will come,” the minister said, “and we will pay.” The hall was full.\n\n"
    "A third paragraph holds no claim at all. It is short. It ends here."
)

bodies = (
    st.text(alphabet="ab é🎈.?“”\n", min_size=1, max_size=80)
    .filter(lambda text: text.strip())
    .map(canonical)
)


@st.composite
def marked_bodies(draw):
    body = draw(bodies)
    places = st.tuples(
        st.integers(0, len(body) - 1), st.integers(1, len(body)), st.integers(0, 2)
    )
    marks = []
    for claim, (a, b, part) in enumerate(draw(st.lists(places, max_size=8)), start=1):
        start, end = min(a, b), max(a, b)
        if start < end:
            role = draw(st.sampled_from(["content", "content", "cue", "speaker"]))
            marks.append(Marked(claim, role, start, end, part))
    return body, marks


def shown_places(body):
    return st.lists(
        st.tuples(st.integers(0, len(body)), st.integers(0, len(body))).map(
            lambda pair: (min(pair), max(pair))
        ),
        max_size=4,
    )


def pieces_of(result):
    return [piece for paragraph in result for piece in paragraph.pieces]


def mark(words, claim=1, role="content", part=0, body=BODY):
    start = body.index(words)
    return Marked(claim, role, start, start + len(words), part)


@given(marked_bodies())
def test_the_pieces_are_the_words_of_the_paragraphs(data):
    body, marks = data
    printed = ["".join(p.text for p in par.pieces) for par in cut(body, marks)]
    assert printed == [body[a:b] for a, b in paragraphs(body)]


@given(marked_bodies())
def test_a_piece_has_exactly_the_claims_that_hold_each_of_its_characters(data):
    body, marks = data
    for piece in pieces_of(cut(body, marks)):
        assert piece.text == body[piece.start : piece.end]
        for place in range(piece.start, piece.end):
            here = {m for m in marks if m.start <= place < m.end}
            assert {(x.claim, x.part) for x in piece.layers} == {
                (m.claim, m.part) for m in here if m.role == "content"
            }
            assert piece.is_cue == any(m.role == "cue" for m in here)
            assert piece.is_speaker == any(m.role == "speaker" for m in here)


@given(marked_bodies())
def test_claims_that_share_words_never_share_a_lane(data):
    body, marks = data
    for piece in pieces_of(cut(body, marks)):
        lanes = [layer.lane for layer in piece.layers]
        assert len(lanes) == len(set(lanes))


@given(marked_bodies())
def test_each_shown_mark_begins_once_and_ends_once(data):
    body, marks = data
    pieces = pieces_of(cut(body, marks))
    seen = {(x.claim, x.part) for piece in pieces for x in piece.layers}
    for ends in ("begins", "ends"):
        found = [(x.claim, x.part) for p in pieces for x in getattr(p, ends)]
        assert sorted(found) == sorted(seen)


@given(st.data())
def test_no_word_outside_the_shown_places_comes_out(data):
    body, marks = data.draw(marked_bodies())
    shown = data.draw(shown_places(body))
    allowed = {place for a, b in shown for place in range(a, b)}
    out = {
        place
        for piece in pieces_of(cut(body, marks, shown=shown))
        for place in range(piece.start, piece.end)
    }
    within = {place for a, b in paragraphs(body) for place in range(a, b)}
    assert out == allowed & within


@given(st.data())
def test_a_part_of_a_text_is_cut_like_the_whole(data):
    body, marks = data.draw(marked_bodies())
    low = data.draw(st.integers(0, len(body) - 1))
    high = data.draw(st.integers(low + 1, len(body)))
    inside = [m for m in marks if low <= m.start and m.end <= high]
    cut_out = pieces_of(cut(body[low:high], inside, offset=low))
    for piece in cut_out:
        assert piece.text == body[piece.start : piece.end]
    assert {(x.claim, x.part) for p in cut_out for x in p.layers} <= {
        (m.claim, m.part) for m in inside
    }


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_merged_places_hold_the_same_characters_and_never_touch(places):
    result = merged(places)
    assert {n for a, b in result for n in range(a, b)} == {
        n for a, b in places for n in range(a, b)
    }
    assert all(one[1] < two[0] for one, two in pairwise(result))


def test_a_nested_claim_lies_within_the_outer_one():
    outer, inner = mark("the talks go on", 1), mark("go on", 2)
    [piece] = [p for p in pieces_of(cut(BODY, [inner, outer])) if p.text == "go on"]
    assert [layer.claim for layer in piece.layers] == [1, 2]


def test_of_two_overlapping_claims_the_words_in_common_carry_both():
    one, two = mark("the talks go on", 1), mark("go on. Nobody left", 2)
    found = [
        (p.text, {x.claim for x in p.layers})
        for p in pieces_of(cut(BODY, [one, two]))
        if p.layers
    ]
    assert found == [("the talks ", {1}), ("go on", {1, 2}), (". Nobody left", {2})]


def test_words_left_out_before_between_and_after_are_told():
    shown = [
        (BODY.index("said the"), BODY.index(" talks")),
        (BODY.index("go on"), BODY.index("go on") + 5),
    ]
    [paragraph] = cut(BODY, [], shown=shown)
    assert [piece.text for piece in paragraph.pieces] == ["said the", "", "go on"]
    assert paragraph.follows_gap
    assert paragraph.gap_after


def test_a_claim_brings_its_whole_sentence_and_no_other():
    place = mark("talks")
    [(start, end)] = sentences_with(BODY, [(place.start, place.end)])
    assert BODY[start:end] == "Rood said the talks go on."


def test_a_sentence_of_context_reaches_into_the_neighbouring_paragraphs():
    place = mark("We will come")
    [(start, end)] = sentences_with(BODY, [(place.start, place.end)], around=1)
    assert BODY[start:end].startswith("Nobody left the room.")
    assert BODY[start:end].endswith("The hall was full.")


def test_sentences_of_a_window_are_those_of_the_whole_text():
    filler = "A plain sentence stands here. " * 400
    body = canonical(filler + "Rood said no. " + filler)
    place = body.index("no. ")
    [(start, end)] = sentences_with(body, [(place, place + 2)], around=1)
    assert body[start:end] == (
        "A plain sentence stands here. Rood said no. A plain sentence stands here."
    )


def test_a_text_without_full_stops_gives_no_more_than_its_reach():
    body = "word " * 20_000 + "end"
    [(start, end)] = sentences_with(body, [(50_000, 50_004)], around=1)
    assert start <= 50_000
    assert end >= 50_004
    assert end - start < 10_000


@given(bodies)
def test_every_sentence_found_holds_the_words_asked_for(body):
    for sentence in sentences_of(body):
        if sentence.starts:
            place = (sentence.starts[0], sentence.ends[-1])
            [(start, end)] = sentences_with(body, [place])
            assert start <= place[0]
            assert place[1] <= end
