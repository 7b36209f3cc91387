"""German, French and Spanish: sentences of each kind, and articles marked by hand."""

from datetime import date
from pathlib import Path

import pytest

from claims.attribution import find_attributions, propose
from claims.attribution.score import score_folder

HERE = Path(__file__).parent
PUBLISHED = date(2031, 5, 22)

# language, text, then who by which words said what
FOUND = [
    # a verb whose particle stands apart
    (
        "de",
        "Die Stadt teilte am Montag mit, dass die Brücke sicher ist.",
        [("Die Stadt", "teilte", "dass die Brücke sicher ist")],
    ),
    # a participle at the end
    (
        "de",
        "Im Rat hat Frau Amsel die Kosten bestritten.",
        [("Frau Amsel", "bestritten", "die Kosten")],
    ),
    # a clause without a conjunction, in the subjunctive
    (
        "de",
        "Frau Amsel, die seit 2020 im Amt ist, sagte, sie trete nicht mehr an.",
        [("Frau Amsel", "sagte", "sie trete nicht mehr an")],
    ),
    # whole sentences in the subjunctive go on with it, others do not
    (
        "de",
        "Die Brücke sei sicher, sagte Frau Amsel. Der Stahl habe gehalten. "
        "Das Wetter war gut.",
        [("Frau Amsel", "sagte", "Die Brücke sei sicher Der Stahl habe gehalten")],
    ),
    # the object in front of its verb
    (
        "de",
        "Kündigungen schloss er nicht aus.",
        [("er", "schloss", "Kündigungen")],
    ),
    # both kinds of angle marks, and an outlet in quotation marks that says nothing
    (
        "de",
        "»Die Brücke ist sicher«, sagte Frau Amsel dem „Norder Boten“.",
        [("Frau Amsel", "sagte", "»Die Brücke ist sicher«")],
    ),
    # "according to" in the middle of a clause, and after its speaker
    (
        "de",
        "Die Kosten sind laut Frau Amsel gestiegen.",
        [("Frau Amsel", "laut", "Die Kosten sind gestiegen")],
    ),
    (
        "de",
        "Einem Gutachten zufolge ist die Brücke sicher.",
        [("Einem Gutachten", "zufolge", "ist die Brücke sicher")],
    ),
    (
        "de",
        "Wie die Polizei mitteilte, wurde niemand verletzt.",
        [("die Polizei", "mitteilte", "wurde niemand verletzt")],
    ),
    # the object stands between auxiliary and participle
    (
        "de",
        "Ökonomen hatten 2,3 Prozent erwartet.",
        [("Ökonomen", "erwartet", "2,3 Prozent")],
    ),
    # a claim of one's own: "will ... gesehen haben"
    (
        "de",
        "Zeugen wollen einen Wagen gesehen haben.",
        [("Zeugen", "wollen", "einen Wagen gesehen haben")],
    ),
    # the sentence before is what was said
    (
        "de",
        "Die Brücke wird gesperrt. Das kündigte Frau Amsel am Montag an.",
        [("Frau Amsel", "kündigte", "Die Brücke wird gesperrt")],
    ),
    # a clock time before the sentence
    (
        "de",
        "14.32 Uhr: Frau Amsel sagt, die Brücke sei sicher.",
        [("Frau Amsel", "sagt", "die Brücke sei sicher")],
    ),
    # inversion with a pronoun, in two parts
    (
        "fr",
        "« Le pont est sûr », a-t-elle dit, « et il le reste ».",
        [("elle", "dit", "« Le pont est sûr » « et il le reste »")],
    ),
    # the cue stands inside the marks
    (
        "fr",
        "« C'est un coup dur, a réagi le préfet. L'État paiera. »",
        [("le préfet", "a réagi", "« C'est un coup dur L'État paiera. »")],
    ),
    # an apposition between subject and verb, and one that is none
    (
        "fr",
        "La maire, Ida Amiel, affirme que le pont est sûr.",
        [("La maire, Ida Amiel", "affirme", "que le pont est sûr")],
    ),
    (
        "fr",
        "Les travaux, en retard, commenceront en mai, a indiqué la mairie.",
        [
            (
                "la mairie",
                "a indiqué",
                "Les travaux, en retard, commenceront en mai",
            )
        ],
    ),
    # a second verb, and a participle, have the speaker of the first
    (
        "fr",
        "La mairie assure que le pont est sûr, ajoutant que rien ne presse.",
        [
            ("La mairie", "assure", "que le pont est sûr"),
            ("La mairie", "ajoutant", "que rien ne presse"),
        ],
    ),
    (
        "fr",
        "Le maire assure avoir prévenu la préfecture.",
        [("Le maire", "assure", "avoir prévenu la préfecture")],
    ),
    (
        "fr",
        "« Non. » Et le maire d'ajouter : « Jamais. »",
        [("le maire", "ajouter", "« Jamais. »")],
    ),
    (
        "fr",
        "D'après la préfecture, le pont est sûr.",
        [("la préfecture", "D'après", "le pont est sûr")],
    ),
    # dialogue with dashes
    (
        "es",
        "—El puente es seguro —dijo la alcaldesa—. No hay peligro.",
        [("la alcaldesa", "dijo", "El puente es seguro No hay peligro.")],
    ),
    # no subject: the one named last
    (
        "es",
        "La alcaldesa dijo que el puente es seguro. Añadió que no hay peligro.",
        [
            ("La alcaldesa", "dijo", "que el puente es seguro"),
            ("La alcaldesa", "Añadió", "que no hay peligro"),
        ],
    ),
    (
        "es",
        "El puente está cerrado, según explicó la alcaldesa.",
        [("la alcaldesa", "explicó", "El puente está cerrado")],
    ),
    (
        "es",
        "El puente se cierra el lunes. Así lo anunció la alcaldesa.",
        [("la alcaldesa", "anunció", "El puente se cierra el lunes")],
    ),
    (
        "es",
        "La ministra indicó que se estudia y subrayó que no hay prisa.",
        [
            ("La ministra", "indicó", "que se estudia"),
            ("La ministra", "subrayó", "que no hay prisa"),
        ],
    ),
    # a source that opens the sentence owns what it relays
    (
        "es",
        "Según medios locales, el grupo prevé suprimir mil puestos.",
        [("medios locales", "Según", "el grupo prevé suprimir mil puestos")],
    ),
    # an unknown verb after a quotation
    (
        "es",
        "«Es tarde», masculló la alcaldesa.",
        [("la alcaldesa", "masculló", "«Es tarde»")],
    ),
]


@pytest.mark.parametrize(("code", "text", "expected"), FOUND)
def test_who_said_what_is_found(code, text, expected):
    found = find_attributions(text, language=code)
    seen = [(a.speaker.of(text), a.cue.of(text), a.words(text)) for a in found]
    assert seen == expected


NOTHING = [
    # a condition, a denial of the whole, an adjective, a passive, a noun
    ("de", "Wenn Frau Amsel sagt, dass die Brücke sicher ist, irrt sie."),
    ("de", "Das erklärte Ziel der Stadt ist eine neue Brücke."),
    ("de", "Der Bericht wurde am Montag bestätigt."),
    ("de", "Der Minister wollte sich nicht äußern."),
    ("fr", "Si la maire dit que le pont est sûr, elle se trompe."),
    ("fr", "La demande a augmenté et la note est salée."),
    ("fr", "Le maire a évité de dire que le pont était sûr."),
    ("es", "Si la alcaldesa dice que el puente es seguro, se equivoca."),
    ("es", "La cuenta es alta y la denuncia sigue su curso."),
    ("es", "El entrenador se negó a hablar ante la prensa."),
]


@pytest.mark.parametrize(("code", "text"), NOTHING)
def test_a_sentence_in_which_nobody_says_anything_gives_nothing(code, text):
    assert find_attributions(text, language=code) == []


DENIED = [
    ("de", "Frau Amsel hat nicht gesagt, dass die Brücke sicher ist."),
    ("de", "Frau Amsel bestritt, die Akten vernichtet zu haben."),
    ("de", "Niemand sagte, dass die Brücke sicher ist."),
    ("de", "Hat Frau Amsel gesagt, dass die Brücke sicher ist?"),
    ("de", "Der Sprecher wollte nicht sagen, dass die Brücke sicher ist."),
    ("fr", "Mme Amiel n'a pas dit que le pont était sûr."),
    ("fr", "Mme Amiel n'a jamais affirmé que le pont était sûr."),
    ("fr", "Mme Amiel a nié que le pont soit fermé."),
    ("fr", "Personne n'a dit que le pont était sûr."),
    ("fr", "Mme Amiel a-t-elle dit que le pont était sûr ?"),
    ("es", "La señora Amaro no dijo que el puente es seguro."),
    ("es", "La señora Amaro nunca afirmó que el puente es seguro."),
    ("es", "La señora Amaro negó que el puente sea seguro."),
    ("es", "Nadie dijo que el puente es seguro."),
    ("es", "¿Dijo la señora Amaro que el puente es seguro?"),
]


@pytest.mark.parametrize(("code", "text"), DENIED)
def test_what_is_denied_or_not_said_never_becomes_the_claim(code, text):
    (proposal,) = propose(text, PUBLISHED, language=code)
    assert proposal.attribution.negated
    assert proposal.wording == text


WORDINGS = [
    # a clause is a sentence only where nothing in it points elsewhere
    ("fr", "Mme Amiel a dit que le pont était sûr.", "Le pont était sûr."),
    ("fr", "Le pont est sûr, a dit Mme Amiel.", "Le pont est sûr."),
    ("fr", "Selon Mme Amiel, le pont est sûr.", "Le pont est sûr."),
    ("fr", "Mme Amiel a dit qu'il était sûr.", "Mme Amiel a dit qu'il était sûr."),
    ("fr", "Mme Amiel exige que le pont ferme.", "Mme Amiel exige que le pont ferme."),
    (
        "fr",
        "Mme Amiel aurait dit que le pont était sûr.",
        "Mme Amiel aurait dit que le pont était sûr.",
    ),
    (
        "fr",
        "Mme Amiel a dit que le pont tient et que rien ne presse.",
        "Mme Amiel a dit que le pont tient et que rien ne presse.",
    ),
    ("es", "La jefa dijo que el puente es seguro.", "El puente es seguro."),
    # who does not think of coming back stands in front of the cue
    (
        "es",
        "Ana Berna dijo que no piensa volver.",
        "Ana Berna dijo que no piensa volver.",
    ),
    ("es", "Ana Berna habló de una «chapuza».", "Ana Berna habló de una «chapuza»."),
    # German clauses have another order of words
    (
        "de",
        "Frau Amsel sagte, dass die Brücke hält.",
        "Frau Amsel sagte, dass die Brücke hält.",
    ),
    (
        "de",
        "Die Brücke sei sicher, sagte Frau Amsel. Der Stahl habe gehalten.",
        "Die Brücke sei sicher, sagte Frau Amsel. Der Stahl habe gehalten.",
    ),
    # a quotation stands for itself, unless it points to its speaker or elsewhere
    ("de", "„Die Brücke hält“, sagte Frau Amsel.", "Die Brücke hält."),
    ("de", "„Er lügt“, sagte Anna Bern.", "Anna Bern: “Er lügt”"),
    (
        "de",
        "„Die Brücke hält“, sagte Anna Bern. „Der Turm fällt.“",
        "Die Brücke hält. Der Turm fällt.",
    ),
]


@pytest.mark.parametrize(("code", "text", "wording"), WORDINGS)
def test_a_wording_is_made_of_the_printed_words(code, text, wording):
    proposal = propose(text, PUBLISHED, language=code)[0]
    assert proposal.wording == wording


NAMES = [
    ("de", "Ministerin Petra Lohse kam. „Nein“, sagte Lohse.", "Petra Lohse"),
    ("de", "Ministerin Petra Lohse kam. Es regne stark, sagte sie.", "Petra Lohse"),
    ("de", "Kämmerer Hasso Brink sagte, dass es regnet.", "Hasso Brink"),
    ("de", "Der Chef der Liste, Dr. Jonas Wehr, sagte, dass es regnet.", "Jonas Wehr"),
    ("de", "Sabine von der Aa sagte, dass es regnet.", "Sabine von der Aa"),
    ("de", "Anna Bern traf Eva Holm. Sie sagte, dass es regnet.", None),
    ("de", "Anna Bern traf Eva Holm. „Nein“, sagten sie.", None),
    ("de", "Das Unternehmen sagte, dass es regnet.", None),
    ("fr", "La maire, Ida Amiel, arrive. « Non », dit Mme Amiel.", "Ida Amiel"),
    ("fr", "« Non », a dit Anne Berne du maire.", "Anne Berne"),
    ("fr", "Le maire, Jean Dulac, et la préfète ont dit que non.", None),
    ("fr", "Jean Dulac a vu Paul Roux. Il a dit que non.", None),
    ("fr", "« Non », a dit Jean-Luc de Morte.", "Jean-Luc de Morte"),
    (
        "es",
        "El portavoz, Jaime de la Mora, calló. «No», dijo De la Mora.",
        "Jaime de la Mora",
    ),
    ("es", "La policía dijo que llueve.", None),
    ("es", "El delegado del Gobierno, Alonso Duver, dijo que llueve.", "Alonso Duver"),
]


@pytest.mark.parametrize(("code", "text", "name"), NAMES)
def test_a_speaker_is_named_only_where_the_text_is_sure(code, text, name):
    proposal = propose(text, PUBLISHED, language=code)[-1]
    assert proposal.speaker_name == name
    assert proposal.speaker_reason


DAYS = [
    # 22 May 2031 is a Thursday
    ("de", "Frau Amsel sagte am Montag, dass die Brücke hält.", date(2031, 5, 19)),
    ("de", "Frau Amsel sagte gestern, dass die Brücke hält.", date(2031, 5, 21)),
    ("fr", "Mme Amiel a dit lundi que le pont tient.", date(2031, 5, 19)),
    ("fr", "Mme Amiel a dit le 12 mai que le pont tient.", date(2031, 5, 12)),
    ("es", "La señora Amaro dijo el lunes que el puente es seguro.", date(2031, 5, 19)),
    ("es", "La señora Amaro dijo ayer que el puente es seguro.", date(2031, 5, 21)),
    # a day in the content is no day of saying
    ("de", "Frau Amsel sagte, dass der Rat am Montag tagte.", None),
    ("fr", "Mme Amiel a dit que le conseil a siégé lundi.", None),
    ("es", "La señora Amaro dijo que el pleno fue el lunes.", None),
]


@pytest.mark.parametrize(("code", "text", "day"), DAYS)
def test_a_day_counts_where_it_says_when_it_was_said(code, text, day):
    (proposal,) = propose(text, PUBLISHED, language=code)
    if day is None:
        assert proposal.precision == "on_or_before"
    else:
        assert (proposal.stated_on, proposal.precision) == (day, "day")


def test_a_transcript_gives_each_answer_and_no_question():
    text = (
        "Frage: Hält sie?\n\nHolm: Ja. Sie hält.\n\nFrage: Wie lange?\n\nHolm: Lange."
    )
    found = find_attributions(text, language="de")
    seen = [(a.speaker.of(text), a.words(text), a.kind) for a in found]
    assert seen == [("Holm", "Ja. Sie hält.", "direct"), ("Holm", "Lange.", "direct")]


@pytest.mark.parametrize("code", ["de", "fr", "es"])
@pytest.mark.parametrize("folder", ["practice", "gold"])
def test_articles_of_several_kinds_are_read_well_enough(folder, code):
    figures = score_folder(HERE / folder / code)
    assert figures.gold >= 50
    assert figures.f1 >= 0.88
    assert figures.precision >= 0.9
