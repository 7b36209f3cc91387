"""The kind of a speaker, guessed from a name and the text around it."""

import pytest

from claims.attribution.kinds import guess_kind

KINDS = {
    "organisation": [
        # An acronym, alone and with a word; a legal form; words of bodies.
        *("INE", "REN Lusa", "AT&T", "Banco BPI", "Greenhaven Ltd", "Nordkai AG"),
        *("Red Ibérica", "Rede Energia", "Universidad de Dalby", "Deutsche Hafenbahn"),
        *("Town council", "Bakers' Union", "Liman Belediyesi", "FC Dalby"),
    ],
    "government": [
        *("Ministry of Ports", "Ministerio de Puertos", "Gobierno de Lund", "Ankara"),
        *("Dışişleri Bakanlığı", "Dalby Government", "Ministère des Ports"),
    ],
    "person": [
        *("Ida Falk", "IDA FALK", "Recep Falk", "J. K. Falk", "Dr. Ida Falk", "Ola"),
        "ida falk",
        # Names that are words of bodies too, numbers of kings, letters of an office.
        *("Tom Cooper", "Anna Federer", "Carl XVI Gustaf", "Ida Falk MEP"),
    ],
    "group": ["residents of Dalby", "the neighbours", "Two witnesses"],
    "unnamed": ["a spokesman", "a government spokesman", "unnamed official"],
}


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in KINDS.items() for name in names]
)
def test_a_name_tells_the_kind_of_its_speaker(kind, name):
    assert guess_kind(name) == kind


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "The harbour is run by the Brinecell.", "organisation"),
        ("en", "The Brinecell opened in May.", "organisation"),
        ("en", "The Brinecell report was read.", "person"),
        ("en", "Ida Brinecell said no; they ran to the Brinecells.", "person"),
        ("de", "Das meldete die Brinecell.", "organisation"),
        ("es", "Según la Brinecell, no.", "organisation"),
        ("es", "The Brinecell opened.", "person"),
        ("fi", "The Brinecell opened.", "person"),
        ("en", "", "person"),
    ],
)
def test_an_article_before_a_name_tells_a_body(language, text, kind):
    assert guess_kind("Brinecell", language=language, text=text) == kind


@pytest.mark.parametrize("name", ["", " ", "?", "…", "(", "12", "我们", "a" * 200])
def test_any_words_have_some_kind(name):
    assert guess_kind(name, text=name) in KINDS
