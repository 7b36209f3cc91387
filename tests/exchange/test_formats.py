"""Marked articles written for other programs and read back: the same spans."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.exchange import brat, doccano, w3c
from claims.exchange.formats import TargetExists, read, write
from claims.exchange.parsing import parse_json_with_lines, words_at
from claims.exchange.records import (
    ArticleRef,
    Details,
    InvalidValue,
    MarkedArticle,
    MarkedClaim,
    Unreadable,
)
from claims.text.canonical import TextRefused, canonical, digest

BODY = (
    "The harbour will open in May, Mayor Ida Falk said on Monday.\n\n"
    "“The bridge cost 40 million crowns,” Falk said. “Nobody was hurt.”"
)
# Letters beyond UTF-16's first plane, combining marks, joined emoji, right-to-left
# words with their honest marks, and signs that formats use themselves.
SAMPLES = [
    "🛰️👩🏽‍🚀 ",
    "e\u0301 ñ ạ̈ ",
    "قال الوزير\u200f ",
    "שלום\u200e ",
    "Erdoğan'ın ",
    "“no”, ",
    "\n\n",
    "\n",
    '{"a": [1]}\t',
    "'=1+1; ",
    " [...] ",
    "\u2028\u0085\x0b",
    "T1\tContent 0 3\tx",
]


@st.composite
def bodies(draw):
    pieces = draw(st.lists(st.sampled_from(SAMPLES) | st.text(max_size=6), min_size=1))
    try:
        return canonical("x" + "".join(pieces) + "y")
    except TextRefused:
        return "one two"


@st.composite
def places(draw, body):
    """Return the place of some words, not only of blanks."""
    start = draw(st.integers(0, len(body) - 1))
    end = draw(st.integers(start + 1, min(len(body), start + 40)))
    return (start, end) if body[start:end].strip() else (0, 1)


@st.composite
def articles(draw, number=1):
    body = draw(bodies())
    ref = ArticleRef(
        number, f"https://desk.example/articles/{number}-a/", "Post", "A: “b”",
        "2026-05-04", digest(body),
    )  # fmt: skip
    claims = []
    for claim in range(draw(st.integers(1, 4))):
        roles = ["content", *draw(st.lists(st.sampled_from(["content"]), max_size=2))]
        roles += draw(st.sampled_from([[], ["cue"], ["speaker"], ["cue", "speaker"]]))
        words = tuple(words_at(body, role, *draw(places(body))) for role in roles)
        details = Details(
            speaker=f"speaker-{claim}", wording=f"Claim {claim}", topics=("Ferries",)
        ).as_json()
        uuid = f"00000000-0000-4000-8000-{claim:012}"
        claims.append(MarkedClaim(ref, words, {"uuid": uuid, **details}))
    return MarkedArticle(ref, body, tuple(claims))


def spans(claims):
    """Return what must survive: places, words, and whose they are."""
    return [
        ([(*each.place, each.exact) for each in claim.words], claim.details["speaker"])
        for claim in claims
    ]


def marked(*claims, body=BODY):
    """Return an article with claims given as lists of (role, words)."""
    ref = ArticleRef(7, "https://desk.example/articles/7-a/", "Post", "A", "2026-05-04")
    made = []
    for number, parts in enumerate(claims):
        words = tuple(
            words_at(body, role, body.index(exact), body.index(exact) + len(exact))
            for role, exact in parts
        )
        details = Details(speaker=f"speaker-{number}", wording="W.").as_json()
        made.append(MarkedClaim(ref, words, {"uuid": "u", **details}))
    return MarkedArticle(ref, body, tuple(made))


NESTED = marked(
    [("content", "The harbour will open in May"), ("cue", "said")],
    [("content", "harbour"), ("content", "May, Mayor"), ("speaker", "Ida Falk")],
)

# --- There and back ---------------------------------------------------------------


@given(articles())
def test_doccano_gives_back_every_span(article):
    line = doccano.line(article)
    assert line.count("\n") == 1
    assert spans(doccano.claims_in(json.loads(line), "f", 1)) == spans(article.claims)


@given(st.lists(articles(), min_size=1, max_size=2), st.sampled_from(["brat", "w3c"]))
def test_brat_and_w3c_give_back_every_span(tmp_path_factory, found, form):
    folder = tmp_path_factory.mktemp("there") / form
    write(found[:1], form, folder)
    ending = {"brat": ".ann", "w3c": ".jsonld"}[form]
    [file] = folder.glob(f"*{ending}")
    back = list(read(file))
    assert spans(back) == spans(found[0].claims)
    assert {claim.article for claim in back} == {found[0].ref}


@given(articles())
def test_no_brat_mark_holds_what_brat_refuses(article):
    """brat takes no mark over a line break, none that overlaps itself, and wants the
    printed words to be the text's."""
    for line in brat.ann_file(article).split("\n"):
        if not line.startswith("T"):
            continue
        _name, about, printed = line.split("\t", 2)
        stretches = [
            tuple(map(int, stretch.split()))
            for stretch in about.partition(" ")[2].split(";")
        ]
        assert " ".join(article.body[a:b] for a, b in stretches) == printed
        for number, (start, end) in enumerate(stretches):
            assert all(start > b or end < a for a, b in stretches[:number])


# --- What each format looks like ------------------------------------------------------


def test_brat_has_discontinuous_marks_and_relations():
    lines = brat.ann_file(NESTED).split("\n")
    assert [line for line in lines if not line.startswith("#")] == [
        "T1\tContent 0 28\tThe harbour will open in May",
        "T2\tCue 45 49\tsaid",
        "R1\tCue Arg1:T1 Arg2:T2",
        "T3\tContent 4 11;25 35\tharbour May, Mayor",
        "T4\tSpeaker 36 44\tIda Falk",
        "R2\tSpeaker Arg1:T3 Arg2:T4",
        "",
    ]


def test_doccano_has_entities_and_relations():
    row = json.loads(doccano.line(NESTED))
    assert row["text"] == BODY
    assert row["entities"][:2] == [
        {"id": 1, "label": "content", "start_offset": 0, "end_offset": 28},
        {"id": 2, "label": "cue", "start_offset": 45, "end_offset": 49},
    ]
    assert row["relations"] == [
        {"id": 1, "from_id": 1, "to_id": 2, "type": "cue"},
        {"id": 2, "from_id": 3, "to_id": 4, "type": "continues"},
        {"id": 3, "from_id": 3, "to_id": 5, "type": "speaker"},
    ]


def test_w3c_has_both_selectors_in_code_points():
    body = "👩🏽‍🚀 said no."
    article = marked([("content", "no"), ("cue", "said")], body=body)
    document = json.loads(w3c.annotation_collection(article))
    [item] = document["first"]["items"]
    assert document["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert item["target"][0] == {
        "type": "SpecificResource",
        "source": "https://desk.example/articles/7-a/",
        "role": "content",
        "selector": [
            {"type": "TextPositionSelector", "start": 10, "end": 12},
            {
                "type": "TextQuoteSelector",
                "exact": "no",
                "prefix": "👩🏽‍🚀 said ",
                "suffix": ".",
            },
        ],
    }


# --- After somebody worked on it elsewhere --------------------------------------------


def test_doccano_may_number_and_order_its_entities_anew():
    row = json.loads(doccano.line(NESTED))
    for entity in row["entities"]:
        entity["id"] += 900
    for relation in row["relations"]:
        relation["from_id"] += 900
        relation["to_id"] += 900
    row["entities"].reverse()
    assert spans(doccano.claims_in(row, "f", 1)) == spans(NESTED.claims)


def test_an_edge_moved_in_doccano_keeps_the_claims_details():
    row = json.loads(doccano.line(NESTED))
    row["entities"][0]["start_offset"] = 4
    first, second = sorted(
        doccano.claims_in(row, "f", 1), key=lambda claim: claim.details["speaker"]
    )
    assert [each.exact for each in first.words] == ["harbour will open in May", "said"]
    assert spans([second]) == spans(NESTED.claims[1:])


def test_a_tie_taken_away_in_doccano_must_be_decided():
    row = json.loads(doccano.line(NESTED))
    del row["relations"][0]
    with pytest.raises(Unreadable, match="The cue marked at 45 belongs to no claim"):
        list(doccano.claims_in(row, "f", 1))


def test_marks_added_in_doccano_become_claims():
    row = {
        "text": BODY,
        "entities": [
            {"id": 5, "label": "Content", "start_offset": 4, "end_offset": 11},
            {"id": 6, "label": "CUE", "start_offset": 45, "end_offset": 49},
            {"id": 7, "label": "content", "start_offset": 17, "end_offset": 21},
        ],
        "relations": [{"id": 1, "from_id": 6, "to_id": 5, "type": "any"}],
    }
    found = list(doccano.claims_in(row, "f", 1))
    assert [[each.exact for each in claim.words] for claim in found] == [
        ["harbour", "said"],
        ["open"],
    ]
    assert found[0].article.sha256 == digest(BODY)


def test_plain_labels_of_doccano_are_one_claim_each():
    row = {"text": BODY, "label": [[0, 11, "content"], [17, 21, "content"]]}
    found = list(doccano.claims_in(row, "f", 1))
    assert [claim.words[0].exact for claim in found] == ["The harbour", "open"]


def test_a_cue_marked_in_brat_joins_its_claim(tmp_path):
    write([NESTED], "brat", tmp_path / "b")
    file = tmp_path / "b" / "article-7.ann"
    with file.open("a", encoding="utf-8") as ann:
        ann.write("T9\tCue 12 16\twill\nR9\tCue Arg1:T3 Arg2:T9\n")
    first, second = read(file)
    assert spans([first]) == spans(NESTED.claims[:1])
    assert [each.exact for each in second.words] == [
        "harbour", "May, Mayor", "will", "Ida Falk",
    ]  # fmt: skip


def test_what_brat_splits_at_a_line_break_is_one_part(tmp_path):
    file = tmp_path / "a.ann"
    file.with_suffix(".txt").write_text("One two.\n\nThree four.\n")
    file.write_text(
        "T1\tContent 4 8;10 15\ttwo. Three\nT2\tCue 16 20\tfour\n"
        "E1\tCue:T2 Content:T1\n#1\tAnnotatorNotes T1\tlook again\nA1\tSure T1\n"
    )
    [claim] = read(file)
    assert [each.exact for each in claim.words] == ["two.\n\nThree", "four"]


# --- Refusals -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("T1\tPerson 0 3\tThe", "the types are Content, Cue and Speaker"),
        ("T1\tContent 0\tThe", "A mark looks like"),
        ("T1\tContent 5 5\t", "covers nothing"),
        ("T1\tContent 0 999\tThe", "but the text has"),
        ("T1\tContent 0 3\tHis", "Do the .txt and the .ann belong together?"),
        ("R1\tCue T1 T2", "A relation looks like"),
        ("E1\tCue", "An event looks like"),
        ("#1\tAnnotatorNotes T1\t{", "this is not JSON"),
        ("nonsense", "is no line of brat's"),
    ],
)
def test_a_bad_line_of_brat_is_named(tmp_path, line, sentence):
    file = tmp_path / "a.ann"
    file.with_suffix(".txt").write_text(BODY)
    file.write_text(f"\n{line}\n")
    with pytest.raises(Unreadable) as refused:
        list(read(file))
    assert str(refused.value).startswith(f"{file}, line 2: ")
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": 3}, "“text” and “entities” are missing"),
        ({"entities": {}}, "“entities” must be a list"),
        ({"entities": [3]}, "“entities” must be a list of objects"),
        ({"label": [[0, 3]]}, "must be a start, an end and a role"),
        ({"label": [[0, 3, "PER"]]}, "The label “PER” is unknown"),
        ({"label": [[0, True, "content"]]}, "“True” is not an offset"),
        ({"label": [[-1, 3, "content"]]}, "too far out"),
        ({"label": [[0, 9999, "content"]]}, "but the text has"),
        ({"label": [[3, 3, "content"]]}, "covers nothing"),
        ({"relations": [{"from_id": 1, "to_id": 99}]}, "which is missing"),
        ({"article": {"id": "seven"}}, "is not the number of an article"),
        ({"article": {"id": 10**30}}, "There is no article"),
        ({"claims": [{"places": [["who", 0, 3]]}]}, "Each of “places”"),
        ({"text": "\0"}, "NUL"),
    ],
)
def test_a_senseless_line_of_doccano_is_refused(change, sentence):
    row = {
        "text": BODY,
        "entities": [{"id": 1, "label": "content", "start_offset": 0, "end_offset": 3}],
    }
    with pytest.raises(Unreadable) as refused:
        list(doccano.claims_in({**row, **change}, "f", 4))
    assert str(refused.value).startswith("f, line 4: ")
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("", 1, "this is not JSON"),
        ("[" * 100_000, 1, "nested too deeply"),
        ('{"target":\n 1' + "0" * 5000 + "}", 1, "a number that is none"),
        ('{"target": NaN}', 1, "a number that is none"),
        ("[\n3]", 1, "no annotation"),
        ('{"type": "Annotation"}', 1, "no annotation with a target"),
        ('[\n{"target": "x"}]', 2, "needs selectors"),
        ('[\n\n{"target": {"selector": {"type": "Other"}}}]', 3, "TextQuoteSelector"),
        ('{"first": {"items": [], "next": "p2"}}', 1, "the next page is missing"),
    ],
)
def test_a_bad_annotation_is_named_with_its_line(tmp_path, text, line, sentence):
    file = tmp_path / "a.jsonld"
    file.write_text(text)
    with pytest.raises(Unreadable) as refused:
        list(read(file))
    assert str(refused.value).startswith(f"{file}, line {line}: ")
    assert sentence in str(refused.value)


@given(st.binary(max_size=200), st.sampled_from(["csv", "jsonl", "jsonld", "ann"]))
def test_whatever_is_in_a_file_it_is_read_or_refused(tmp_path_factory, data, ending):
    file = tmp_path_factory.mktemp("any") / f"a.{ending}"
    file.write_bytes(data)
    file.with_suffix(".txt").write_text(BODY)
    try:
        list(read(file))
    except Unreadable as refusal:
        assert "line" in str(refusal)


def test_a_file_of_another_kind_is_refused(tmp_path):
    with pytest.raises(Unreadable, match=r"the name must end in \.csv"):
        read(tmp_path / "a.docx")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ({"attribution": "loud"}, "it is one of: direct, indirect, mixed"),
        ({"stated_on": "2026-13-01"}, "is not a date"),
        ({"stated_on": "20260101"}, "is not a date"),
        ({"stated_on": "2026-01", "stated_precision": "day"}, "does not fit"),
        ({"stated_on": "2026-01-01", "stated_precision": "unknown"}, "other than"),
        ({"stated_precision": "day"}, "is empty"),
        ({"wording": "x" * 501}, "at most 500"),
        ({"wording": 5}, "must be a text"),
        ({"wording": "a\0"}, "a character that no text has"),
        ({"speaker": "\ud800"}, "a character that no text has"),
        ({"topics": "ferries"}, "must be a list"),
    ],
)
def test_a_senseless_detail_is_refused(raw, sentence):
    with pytest.raises(InvalidValue, match=sentence):
        Details.of(raw)


def test_a_month_and_a_year_are_days_of_less_precision():
    month = Details.of({"stated_on": "2026-05"})
    assert (month.stated_on.isoformat(), month.stated_precision) == (
        "2026-05-01",
        "month",
    )
    assert Details.of({"stated_on": "2026"}).stated_precision == "year"
    assert Details.of({"stated_on": "2026-05-04"}).stated_precision == "day"


# --- Files ----------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["jsonl", "brat", "w3c"])
def test_nothing_stands_under_the_name_until_it_is_whole(tmp_path, form):
    def breaking():
        yield NESTED
        assert not (tmp_path / "out").exists()
        raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError):
        write(breaking(), form, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["jsonl", "brat", "w3c"])
def test_what_is_there_is_not_overwritten(tmp_path, form):
    write([NESTED], form, tmp_path / "out")
    with pytest.raises(TargetExists):
        write([], form, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_brat_folder_brings_its_configuration(tmp_path):
    write([NESTED], "brat", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "annotation.conf",
        "article-7.ann",
        "article-7.json",
        "article-7.txt",
    ]
    assert (tmp_path / "out" / "article-7.txt").read_bytes() == BODY.encode()


@pytest.mark.parametrize("text", ['"' + '\\"' * 300_000, '{"a": "' + "x" * 3_000_000])
def test_a_json_text_without_an_end_takes_no_longer_than_another(text):
    with pytest.raises(Unreadable, match="not JSON"):
        parse_json_with_lines(text, "x.jsonld")
