"""Numbers, names and negations in which two texts differ, by tables of their kinds."""

import pytest

from claims.text.compared import in_pieces
from claims.text.meaning import Known, departures, differences
from claims.text.names import names_in
from claims.text.negations import negations_in
from claims.text.numerals import numbers_in

ARTICLE = (
    "Unemployment has fallen, the Harbour Board said. Ida Falk, who chairs it, said "
    "that the port of Nordvik would open. She will meet Jon Storm of Eastmark in May."
)


def found(differences, one, other):
    return [
        (
            each.kind,
            one[slice(*each.one)] if each.one else "",
            other[slice(*each.other)] if each.other else "",
        )
        for each in differences
    ]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        # Separators of thousands and decimals, by the language.
        ("en", "38,000", "38 000"),
        ("en", "1,500.5", "1500.5"),
        ("de", "4.500", "4500"),
        ("de", "4,5 Millionen", "4.500.000"),
        ("fr", "40 000", "40.000"),
        # Per cent, however it is written.
        ("en", "38 per cent", "38%"),
        ("en", "thirty-eight percent", "38 percentage points"),
        ("de", "38 Prozent", "38 %"),
        ("fr", "38 pour cent", "38 %"),
        ("es", "treinta y ocho por ciento", "38 %"),
        ("it", "trentotto per cento", "38%"),
        ("tr", "yüzde otuz sekiz", "%38"),
        # Parts of a whole.
        ("en", "a fifth", "20 percent"),
        ("en", "two-thirds", "67 per cent"),
        ("de", "ein Fünftel", "20 Prozent"),
        ("fr", "un cinquième", "20 %"),
        ("es", "un quinto", "20 %"),
        ("it", "due terzi", "66,7%"),
        ("tr", "beşte biri", "%20"),
        # Words and magnitudes.
        ("en", "two hundred and five", "205"),
        ("en", "half a million", "500,000"),
        ("en", "three and a half million", "3.5m"),
        ("en", "$1.5bn", "1,500 million"),
        ("en", "a dozen", "twelve"),
        ("de", "achtunddreißig", "38"),
        ("de", "zweitausend", "2.000"),
        ("de", "1,2 Mrd.", "1,2 Milliarden"),
        ("fr", "quatre-vingt-dix-sept", "97"),
        ("fr", "soixante et onze", "71"),
        ("es", "dos mil millones", "2.000.000.000"),
        ("it", "duemila", "2000"),
        ("tr", "yüz elli bin", "150.000"),
        ("en", "21st", "21st"),
        ("en", "third", "3rd"),
    ],
)
def test_numbers_of_one_value_are_the_same(language, one, other):
    [first], [second] = numbers_in(one, language), numbers_in(other, language)
    assert first.equals(second)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "4.5 per cent", "5.4 per cent"),
        ("en", "36,000", "36.000"),
        ("en", "20 per cent", "20"),
        ("en", "2027", "2028"),
        ("en", "40 million", "40 billion"),
        ("de", "eine Milliarde", "eine Million"),
        ("en", "a third", "40 per cent"),
        ("en", "two", "second"),
    ],
)
def test_numbers_of_two_values_are_not(language, one, other):
    [first], [second] = numbers_in(one, language), numbers_in(other, language)
    assert not first.equals(second)


@pytest.mark.parametrize(
    "text", ["S-400 and F35", "the Seven Harbours League", "une nouvelle maison"]
)
def test_what_is_part_of_a_name_is_no_number(text):
    assert numbers_in(text, "fr" if "une" in text else "en") == []


@pytest.mark.parametrize(
    ("language", "text", "negations"),
    [
        ("en", "It won't open and nobody came.", ["won't", "nobody"]),
        ("en", "It is not only the bridge.", []),
        ("en", "No, said Falk. No. 10 was open.", []),
        ("de", "Die Brücke öffnet nicht, kein Boot fährt.", ["nicht", "kein"]),
        # In these languages several of them deny once.
        ("fr", "Il n’ouvrira jamais le port.", ["n’ouvrira jamais"]),
        ("es", "No vino nadie.", ["No vino nadie"]),
        ("it", "Non c'è niente.", ["Non c'è niente"]),
        ("tr", "Köprü açılmayacak, tekne yok.", ["açılmayacak", "yok"]),
        ("tr", "Yılmaz köprünün açılmasını istedi.", []),
        ("tr", "Hiçbir tekne gelmedi.", ["Hiçbir tekne gelmedi"]),
        ("xx", "not", []),
    ],
)
def test_negations_are_found_in_each_language(language, text, negations):
    assert [text[n.start : n.end] for n in negations_in(text, language)] == negations


def test_names_are_words_with_a_capital_that_are_no_common_words():
    text = "The Harbour Board met Mr Storm on Monday. Inflation fell in Nordvik."
    names = [(" ".join(n.words), n.is_loose) for n in names_in(text)]
    assert names == [
        ("harbour board", False),
        ("storm", False),
        ("inflation", True),
        ("nordvik", False),
    ]


@pytest.mark.parametrize(
    ("wording", "quote", "departs"),
    [
        # Another number, name or negation.
        ("It fell to 38 per cent.", "fell to 36 percent",
         [("number", "38 per cent", "36 percent")]),
        ("The port of Nordvik opens.", "the port of Eastmark opens",
         [("name", "Nordvik", "Eastmark")]),
        ("Nordvik opens its port.", "that Eastmark opens its port",
         [("name", "Nordvik", "Eastmark")]),
        ("The port will open.", "The port will not open", [("negation", "", "not")]),
        ("The port never opened.", "the port opened", [("negation", "never", "")]),
        ("The port opens with a crane.", "the port opens without a crane",
         [("negation", "", "without")]),
        ("It cost 40 million crowns.", "It cost crowns",
         [("number", "40 million", "")]),
        # The same meaning in other words.
        ("A fifth of the boats came.", "20 percent of the boats came", []),
        ("The port isn't safe.", "the port is not safe", []),
        ("The port is unable to open.", "the port cannot open", []),
        ("Jon Storm met Erdogan.", "Storm met Erdoğan", []),
        ("Eastmark's ships came.", "the ships of Eastmark came", []),
        # Who "I" and "she" are, and what the article tells of them.
        ("Ida Falk opened the port.", "I opened the port", []),
        ("The Harbour Board has no money.", "we have no money", []),
        ("Jon Storm of Eastmark will come.", "he will come", []),
        # A shorter wording.
        ("The port will open.", "Nobody was hurt in 2019, and the port will open", []),
        ("The port will open.", "the port of Eastmark, with 40 cranes, will open", []),
    ],
)  # fmt: skip
def test_a_wording_departs_from_its_words_in_numbers_names_and_negations(
    wording, quote, departs
):
    known = Known(frozenset({"Ida Falk", "the Harbour Board"}), ARTICLE)
    assert found(departures(wording, quote, "en", known), wording, quote) == departs


def test_a_day_or_year_that_the_words_leave_open_is_no_departure():
    known = Known(years=frozenset({2026}))
    quote = "the port opens on Monday"
    assert not departures("The port opens on 4 May 2026.", quote, "en", known)
    later = departures("The port opens in May 2031.", quote, "en", known)
    assert [each.kind for each in later] == ["number"]


def test_a_denial_may_be_in_the_cue_or_in_the_wording():
    wording, quote = "The port was not closed.", "the port was closed"
    assert departures(wording, quote)
    assert not departures(wording, quote, "en", Known(cue="denied that"))


def test_what_the_sentence_says_beside_the_words_may_be_worded_too():
    wording = "The three cranes of the port will be sold."
    quote = "will be sold"
    assert departures(wording, quote)
    beside = Known(sentences="All three cranes of the port will be sold, Falk said.")
    assert not departures(wording, quote, "en", beside)


@pytest.mark.parametrize(
    ("language", "wording", "quote"),
    [
        ("de", "Die Brücke öffnet im Mai.", "Die Brücke öffnet im Mai nicht"),
        ("fr", "Le pont ouvrira en mai.", "le pont n’ouvrira pas en mai"),
        ("es", "El puente abrirá en mayo.", "el puente no abrirá en mayo"),
        ("it", "Il ponte aprirà a maggio.", "il ponte non aprirà a maggio"),
        ("tr", "Köprü mayısta açılacak.", "köprü mayısta açılmayacak"),
    ],
)
def test_a_negation_left_out_is_told_in_each_language(language, wording, quote):
    assert [d.kind for d in departures(wording, quote, language)] == ["negation"]
    assert not departures(quote, quote, language)


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("Falk will pay.", "Falk will not pay.", [("negation", "", "not")]),
        ("It fell to 4.5 per cent.", "It fell to 5.4 per cent.",
         [("number", "4.5 per cent", "5.4 per cent")]),
        ("Erdoğan met Falk.", "Erdogan met Falk.", []),
        ("The port opens in 2027.", "The port opens.", [("number", "2027", "")]),
        ("Nordvik pays.", "Eastmark pays.", [("name", "Nordvik", "Eastmark")]),
        ("The European Union pays.", "The EU pays.", []),
    ],
)  # fmt: skip
def test_two_claims_differ_in_what_either_has_alone(one, other, differs):
    assert found(differences(one, other), one, other) == differs


def test_a_raised_digit_is_read_and_is_no_number():
    assert numbers_in("Rents¹ rose by ² and ¹st, 4 per cent.")[-1].values == (0.04,)


def test_marks_that_overlap_are_drawn_once():
    places = [((0, 4), "name"), ((2, 6), "number"), (None, "negation")]
    pieces = in_pieces("Ulvik's", places)
    assert [(piece.text, piece.kind) for piece in pieces] == [
        ("Ulvi", "name"),
        ("k'", "number"),
        ("s", ""),
    ]
