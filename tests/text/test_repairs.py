"""What copying and printing did to a text is put right, and told."""

import textwrap

import pytest

from claims.text.canonical import canonical
from claims.text.repairs import repair
from tests.text.test_language import TEXTS


@pytest.mark.parametrize(
    ("copied", "printed", "kind"),
    [
        # Soft hyphens, within a line and at its end.
        ("The har\u00adbour is shut.", "The harbour is shut.", "soft hyphens"),
        ("The har\u00ad\nbour is shut.", "The harbour is shut.", "soft hyphens"),
        # What a page wrote for a sign.
        ("Fish &amp; Chips&hellip;", "Fish & Chips…", "references"),
        # Ends of lines and of paragraphs as other programs write them.
        ("One.\u2028Two.\x0bThree.", "One.\n\nTwo.\n\nThree.", "separators"),
        ("One.\u2029Two.\x0cThree.", "One.\n\nTwo.\n\nThree.", "separators"),
        ("A \u202dleft\u202c and\ufeff a gap\u200b.", "A left and a gap.", "invisible"),
        ("The ﬁrst oﬃce.", "The first office.", "ligatures"),
        # Each line a paragraph.
        ("He left.\nShe stayed.", "He left.\n\nShe stayed.", "paragraphs"),
    ],
)
def test_what_copying_did_is_put_right_and_told(copied, printed, kind):
    text, repairs = repair(copied)
    assert canonical(text) == printed
    assert kind in {each.kind for each in repairs}


@pytest.mark.parametrize(
    ("first", "second", "printed"),
    [
        ("the coun-", "cil of the town", "the council of the town"),
        # A hyphen that is the word's own: a name, a number, one used elsewhere.
        ("the Anglo-", "Saxon part of it", "the Anglo-Saxon part of it"),
        ("a well-", "known thing of old", "a well-known thing of old"),
        ("an ever-", "green tree in it", "an ever-green tree in it"),
        # One that nothing was divided at.
        ("all two-", "and three-year terms", "all two- and three-year terms"),
        ("the Vor-", "und Nachteile davon", "the Vor- und Nachteile davon"),
    ],
)
def test_a_word_that_a_line_end_divided_is_one_word(first, second, printed):
    text = (
        f"They had read of it all over Ostermoor, {first}\n{second}, and talked of it\n"
        "as long as the summer lasted. It was ever-green."
    )
    assert printed in repair(text)[0]


@pytest.mark.parametrize("width", [60, 72, 90])
@pytest.mark.parametrize("code", sorted(TEXTS))
def test_lines_that_a_margin_ended_are_joined_again(code, width):
    paragraphs = [" ".join(each.split()) for each in TEXTS[code].split("\n\n")]
    wrapped = "\n\n".join(
        textwrap.fill(each, width, break_on_hyphens=False) for each in paragraphs
    )
    if any("\u3000" < sign < "\uffff" for sign in wrapped):
        return  # written without blanks, at which to end a line
    assert repair(wrapped)[0] == "\n\n".join(paragraphs)


def test_lines_that_somebody_ended_stay_apart():
    text = (
        "The council met on Monday to talk about the harbour, and three\n"
        "people spoke in turn about the price of fish and the ferry:\n"
        "- Ida Falk, who has been the mayor of the town for six years;\n"
        "- Joris Dahl, a fisher.\n"
        "Nobody else had asked to be heard on that evening, the clerk\n"
        "told the paper.\n"
        "Ida Falk: The harbour stays as it is until the money is there\n"
        "for a better one.\n"
        "Joris Dahl: And when will that be?"
    )
    assert [line[:12] for line in repair(text)[0].split("\n\n")] == [
        "The council ",
        "- Ida Falk, ",
        "- Joris Dahl",
        "Nobody else ",
        "Ida Falk: Th",
        "Joris Dahl: ",
    ]


def test_verse_and_tables_keep_their_lines_where_that_is_asked_for():
    text = "The lamp went out,\nthe sea went on,\nnobody came to look."
    assert repair(text, keep_lines=True) == (text, ())


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_text_that_is_as_printed_stays_so(code):
    body = canonical(TEXTS[code])
    if "\n" in body.replace("\n\n", ""):
        body = body.replace("\n\n", "\0").replace("\n", " ").replace("\0", "\n\n")
    assert repair(body) == (body, ())


def test_examples_show_the_word_before_and_after():
    (told,) = repair("The har\u00adbour, the har\u00adbour and the coun\u00adcil.")[1]
    assert told.count == 3
    assert told.examples == (
        ("har\u00adbour,", "harbour,"),
        ("har\u00adbour", "harbour"),
        ("coun\u00adcil.", "council."),
    )
