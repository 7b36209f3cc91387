"""Turkish: who said what where the verb stands last and suffixes say the rest."""

from datetime import date

import pytest

from claims.attribution import StoredSpeaker, find_attributions, propose
from claims.attribution.languages.tr.cues import CUES, PHRASE_CUES
from claims.attribution.languages.tr.suffixes import verb_forms


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.stem)
def test_the_example_of_a_verb_is_found_by_it(cue):
    (found,) = find_attributions(cue.example, language="tr")
    *before, stem = cue.stem.split("_")
    words = found.cue.of(cue.example).split()
    assert words[-1] in [form for form, _ in verb_forms(stem)]
    assert words[: len(before)] == before or words[-len(before) - 1 : -1] == before
    assert found.speaker is not None


@pytest.mark.parametrize("cue", PHRASE_CUES, ids=lambda cue: cue.stem)
def test_a_noun_with_a_verb_takes_a_clause_or_a_quotation(cue):
    *before, stem = cue.stem.split("_")
    said = " ".join([*before, next(form for form, _ in verb_forms(stem))])
    for words in ("“Köprü güvenli”", "köprünün güvenli olduğu"):
        text = f"Vali Ece Kaya, {words} {said}."
        (found,) = find_attributions(text, language="tr")
        assert found.words(text) == words
        assert found.speaker.of(text) == "Vali Ece Kaya"


def found_in(text):
    return [
        (a.speaker and a.speaker.of(text), a.cue.of(text), a.words(text))
        for a in find_attributions(text, language="tr")
    ]


# A text, and for each attribution in it the speaker, the cue and the words.
CASES = [
    # a quotation before its verb, the speaker in front
    (
        "Ece Kaya, “Yol kapalı” şeklinde konuştu.",
        [("Ece Kaya", "şeklinde konuştu", "“Yol kapalı”")],
    ),
    # the speaker after a participle, and further words of hers
    (
        "“Yol kapalı” diyen Vali Ece Kaya, ekiplerin çalıştığını söyledi.",
        [
            ("Vali Ece Kaya", "diyen", "“Yol kapalı”"),
            ("Vali Ece Kaya", "söyledi", "ekiplerin çalıştığını"),
        ],
    ),
    # ... who need not be the subject of the sentence
    (
        "Ece Kaya, “Yol kapalı” diyen Can Uzun'u eleştirdi.",
        [
            ("Can Uzun'u", "diyen", "“Yol kapalı”"),
            ("Ece Kaya", "eleştirdi", "Can Uzun'u"),
        ],
    ),
    (
        "Ece Kaya, yolun açık olduğunu söyledi. Kaya, “Kapalı” diyen halka kızdı.",
        [
            ("Ece Kaya", "söyledi", "yolun açık olduğunu"),
            (None, "diyen", "“Kapalı”"),
        ],
    ),
    # two verbs, one subject
    (
        "Vali Kaya, yolun kapandığını belirterek, okulların açılacağını vurguladı.",
        [
            ("Vali Kaya", "belirterek", "yolun kapandığını"),
            ("Vali Kaya", "vurguladı", "okulların açılacağını"),
        ],
    ),
    # no comma after the subject, and a suffix after an apostrophe ends a name
    (
        "Vali Ece Kaya Ankara'nın karardan haberdar olduğunu söyledi.",
        [("Vali Ece Kaya", "söyledi", "Ankara'nın karardan haberdar olduğunu")],
    ),
    # where and when it was said is nobody's words
    (
        "Kaya, dün Karasu'da yaptığı açıklamada, yolun kapandığını söyledi.",
        [("Kaya", "söyledi", "yolun kapandığını")],
    ),
    (
        "Karasu'da konuşan Vali Ece Kaya, yolun kapandığını söyledi.",
        [("Vali Ece Kaya", "söyledi", "yolun kapandığını")],
    ),
    (
        "Öte yandan, Vali Ece Kaya ise yolun kapandığını söyledi.",
        [("Vali Ece Kaya", "söyledi", "yolun kapandığını")],
    ),
    # a colon, and paragraphs of quotations after it
    (
        "Ece Kaya şunları söyledi:\n\n“Yol kapalı.”\n\n“Köprü açık.”",
        [("Ece Kaya", "söyledi", "“Yol kapalı.” “Köprü açık.”")],
    ),
    # the speaker at the end
    ("“Yol kapalı” dedi Ece Kaya.", [("Ece Kaya", "dedi", "“Yol kapalı”")]),
    # no subject: that of the sentence before
    (
        "Vali Ece Kaya, yolun kapandığını söyledi. “Köprü açık” dedi.",
        [
            ("Vali Ece Kaya", "söyledi", "yolun kapandığını"),
            ("Vali Ece Kaya", "dedi", "“Köprü açık”"),
        ],
    ),
    # ... but not when somebody else is named in between
    (
        "Ece Kaya, yolun kapandığını söyledi. Oraya Can Uzun geldi. “Açık” dedi.",
        [("Ece Kaya", "söyledi", "yolun kapandığını"), (None, "dedi", "“Açık”")],
    ),
    (
        "Ece Kaya, yolun kapandığını söyledi. Muhtar geldi. “Açık” dedi.",
        [("Ece Kaya", "söyledi", "yolun kapandığını"), (None, "dedi", "“Açık”")],
    ),
    (
        "Ece Kaya, yolun kapandığını söyledi. Uzun güldü. “Açık” dedi. Can Uzun çıktı.",
        [("Ece Kaya", "söyledi", "yolun kapandığını"), (None, "dedi", "“Açık”")],
    ),
    # ... nor when the sentence may have a subject that no list knows
    (
        "Ece Kaya, yolun kapandığını söyledi. Meteoroloji uyardı: “Kar geliyor.”",
        [
            ("Ece Kaya", "söyledi", "yolun kapandığını"),
            ("Meteoroloji", "uyardı", "“Kar geliyor.”"),
        ],
    ),
    (
        "Ece Kaya, yolun kapandığını söyledi. Meteoroloji karın yağacağını bildirdi.",
        [
            ("Ece Kaya", "söyledi", "yolun kapandığını"),
            (None, "bildirdi", "Meteoroloji karın yağacağını"),
        ],
    ),
    # "derken": somebody else goes on
    (
        "Ece Kaya, “Yol kapalı” derken, Can Uzun yolun açık olduğunu söyledi.",
        [
            ("Ece Kaya", "derken", "“Yol kapalı”"),
            ("Can Uzun", "söyledi", "yolun açık olduğunu"),
        ],
    ),
    (
        "Ece Kaya yolun kapandığını belirtirken muhalefet yolun açık olduğunu savundu.",
        [
            ("Ece Kaya", "belirtirken", "yolun kapandığını"),
            ("muhalefet", "savundu", "yolun açık olduğunu"),
        ],
    ),
    # passives: the source is a paper, or a body with a paper
    (
        "Valilikten yapılan açıklamada, yolun kapandığı belirtildi.",
        [("Valilikten", "belirtildi", "yolun kapandığı")],
    ),
    (
        "Karasu Valiliği'nin raporunda “Yol dar” denildi.",
        [("Karasu Valiliği'nin", "denildi", "“Yol dar”")],
    ),
    # göre: a source, and not a measure
    ("Kaya'ya göre yol kapalı.", [("Kaya'ya", "göre", "yol kapalı")]),
    (
        "AFAD'dan yapılan açıklamaya göre yol kapalı.",
        [("AFAD'dan", "göre", "yol kapalı")],
    ),
    ("Uzmanlara göre, yol dar.", [("Uzmanlara", "göre", "yol dar")]),
    ("Geçen yıla göre yol daha dar.", []),
    ("Kanuna göre yol dar olamaz.", []),
    ("Ece Kaya'ya göre daha genç olan Can Uzun geldi.", []),
    ("Edinilen bilgiye göre yol kapalı.", []),
    (
        "Kaya'nın aktardığına göre, Uzun yolun kapandığını söyledi.",
        [("Kaya'nın", "göre", "Uzun yolun kapandığını söyledi")],
    ),
    # "diye" marks what was said, whatever the verb
    (
        "Ece Kaya, “Yol kapalı” diye isyan etti.",
        [("Ece Kaya", "diye", "“Yol kapalı”")],
    ),
    (
        "Bakanlık kaynakları, yolun kapandığını belirtiyor.",
        [("Bakanlık kaynakları", "belirtiyor", "yolun kapandığını")],
    ),
    # her age and her party are no words of hers
    (
        "Vali Ece Kaya (52), yolun kapandığını söyledi.",
        [("Vali Ece Kaya", "söyledi", "yolun kapandığını")],
    ),
    (
        "Vali Ece Kaya, 52, yolun kapandığını söyledi.",
        [("Vali Ece Kaya", "söyledi", "yolun kapandığını")],
    ),
    (
        "Birlik'li Kaya şu açıklamayı yaptı: “Yol kapalı.”",
        [("Birlik'li Kaya", "açıklamayı yaptı", "“Yol kapalı.”")],
    ),
    (
        "İsmini vermek istemeyen bir yetkili, şirketi yalan söylemekle suçladı.",
        [
            (
                "İsmini vermek istemeyen bir yetkili",
                "suçladı",
                "şirketi yalan söylemekle",
            )
        ],
    ),
    # an answer in an interview is a whole paragraph
    (
        "Ece Kaya: Yol kapalı. Köprü açık.\n\nSoru: Neden?",
        [("Ece Kaya", ":", "Yol kapalı. Köprü açık.")],
    ),
    # a view without a verb
    (
        "Ece Kaya, yolun dar olduğu görüşünde.",
        [("Ece Kaya", "görüşünde", "yolun dar olduğu")],
    ),
    # a dateline is no speaker
    (
        "KARASU (AA) - Vali Ece Kaya, yolun kapandığını söyledi.",
        [("Vali Ece Kaya", "söyledi", "yolun kapandığını")],
    ),
    # negated verbs state nothing; a report without subject shows nothing
    ("Ece Kaya, yolun kapandığını söylemedi.", []),
    ("Yolun dar olduğunu gösterdi.", []),
    # a title in quotation marks is no speech
    ("Ece Kaya, “Yol” filmi için soruları yanıtladı.", []),
    # no verb of saying
    ("Ece Kaya, yolun kapandığını gördü.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_who_said_what_is_read_from_a_turkish_sentence(text, expected):
    assert found_in(text) == expected


def test_an_outlet_that_only_relays_is_kept_apart():
    text = "Karasu Gazetesi'nin haberine göre Vali Ece Kaya, yolun kapandığını "
    (proposal,) = propose(text + "söyledi.", language="tr")
    assert proposal.speaker_name == "Ece Kaya"
    assert proposal.via_name == "Karasu Gazetesi'nin"
    (alone,) = propose("Karasu Gazetesi'ne göre yol kapalı.", language="tr")
    assert (alone.speaker_name, alone.via_name) == ("Karasu Gazetesi", None)


def names_in(text, desk=()):
    proposals = propose(text, date(2031, 5, 14), desk, language="tr")
    return [p.speaker_name for p in proposals]


# A text, and the names of its speakers.
NAMES = [
    # a surname, a title and no subject
    (
        "Vali Ece Kaya, yolun kapandığını söyledi. Kaya, “Dar” dedi. “Kar” dedi.",
        ["Ece Kaya"] * 3,
    ),
    ("Bakan Ece Kaya geldi. Bakan, yolun kapandığını söyledi.", ["Ece Kaya"]),
    # suffixes are no part of a name
    ("Vali Ece Kaya geldi. Kaya'ya göre yol kapalı.", ["Ece Kaya"]),
    (
        "Ulaştırma Bakanlığından yapılan açıklamada yolun kapandığı bildirildi.",
        ["Ulaştırma Bakanlığı"],
    ),
    # whose paper it is stands in the sentence before
    (
        "Karasu Valiliği'nden yapılan açıklamada yolun kapandığı bildirildi. "
        "Açıklamada, “Dar” denildi.",
        ["Karasu Valiliği"] * 2,
    ),
    (
        "Vali Ece Kaya, yolun kapandığını söyledi. Raporda “Dar” denildi.",
        ["Ece Kaya", None],
    ),
    # a capital that speaks is its government, a place or a part of a name is none
    ("Ankara, yolun açılacağını duyurdu.", ["Türkiye"]),
    ("Ankara'da yaşayan öğrenciler, yolun kapandığını söyledi.", [None]),
    ("Ankara Valisi Ece Kaya, yolun kapandığını söyledi.", ["Ece Kaya"]),
    # two of one surname: left open
    (
        "Ece Kaya ve Can Kaya geldi. Kaya, yolun kapandığını söyledi.",
        [None],
    ),
    # two who speak together have no one name, a ministry of two things is one
    ("Vali Ece Kaya ve Can Uzun, yolun kapandığını söyledi.", [None]),
    ("Ece Kaya ile Can Uzun, yolun kapandığını söyledi.", [None]),
    ("Gençlik ve Spor Bakanı Ece Kaya, yolun kapandığını söyledi.", ["Ece Kaya"]),
    # many people have no name
    ("Uzmanlar, yolun kapandığını söyledi.", [None]),
    # a word in front of a given name is no part of it
    ("Depremzede Ayten Bulut, yolun kapandığını söyledi.", ["Ayten Bulut"]),
    ("Köylülerden Cemal T., yolun kapandığını söyledi.", ["Cemal T."]),
    ("Prof. Dr. Lale Güneri, yolun kapandığını söyledi.", ["Lale Güneri"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_speakers_are_named_as_the_turkish_text_names_them(text, expected):
    assert names_in(text) == expected


def test_a_stored_speaker_is_met_under_any_ending():
    desk = [StoredSpeaker(7, "Ece Kaya"), StoredSpeaker(8, "Turkey", ("Türkiye",))]
    text = "Ece Kaya'ya göre yol kapalı. Ankara, yolun açılacağını duyurdu."
    proposals = propose(text, None, desk, language="tr")
    assert [p.speaker_key for p in proposals] == [7, 8]


# Words beside the cue, and the day they give for a text of Wednesday, 14 May 2031.
DAYS = [
    ("pazartesi günü", (date(2031, 5, 12), "day")),
    ("dün", (date(2031, 5, 13), "day")),
    ("önceki gün", (date(2031, 5, 12), "day")),
    ("12 Mayıs'ta", (date(2031, 5, 12), "day")),
    ("3 Haziran 2030'da", (date(2030, 6, 3), "day")),
    ("bugün", (date(2031, 5, 14), "day")),
    # after the publication: not believed
    ("3 Haziran 2031'de", (date(2031, 5, 14), "on_or_before")),
    ("kısaca", (date(2031, 5, 14), "on_or_before")),
]


@pytest.mark.parametrize(("words", "expected"), DAYS)
def test_the_day_is_read_from_the_words_beside_a_turkish_cue(words, expected):
    text = f"Ece Kaya, {words} yaptığı açıklamada, yolun pazar günü açıldığını söyledi."
    (proposal,) = propose(text, date(2031, 5, 14), language="tr")
    assert (proposal.stated_on, proposal.precision) == expected


# A text, its wording, and what the wording leaves open.
WORDINGS = [
    # a quotation that points to nobody stands alone
    ("Ece Kaya, “Köprü güvenli” dedi.", "Köprü güvenli.", ()),
    # the first person stays behind the name
    ("Vali Ece Kaya, “Kararlıyız” dedi.", "Ece Kaya: “Kararlıyız”", ()),
    ("Vali Ece Kaya, “O yalancı” dedi.", "Ece Kaya: “O yalancı”", ("O",)),
    (
        "Vali Ece Kaya, “Hukuk bizden yana” dedi.",
        "Ece Kaya: “Hukuk bizden yana”",
        ("bizden",),
    ),
    # a clause keeps its verb: it is no sentence without it
    (
        "Vali Ece Kaya, dün yolun kapandığını söyledi.",
        "Ece Kaya, yolun kapandığını söyledi.",
        (),
    ),
    # a denial stays one
    (
        "Vali Ece Kaya, yolun kapandığını yalanladı.",
        "Ece Kaya, yolun kapandığını yalanladı.",
        (),
    ),
    # where no comma sets the speaker off, and for a passive: the printed sentence
    (
        "Vali Ece Kaya yolun kapandığını söyledi.",
        "Vali Ece Kaya yolun kapandığını söyledi.",
        (),
    ),
    # an answer is all of its paragraph
    (
        "Ece Kaya: Yol kapalı. Köprü açık.",
        "Ece Kaya: “Yol kapalı. Köprü açık.”",
        (),
    ),
    (
        "Valilikten yapılan açıklamada, yolun kapandığı belirtildi.",
        "Valilikten yapılan açıklamada, yolun kapandığı belirtildi.",
        (),
    ),
    (
        "Kaya'ya göre bunu herkes biliyor.",
        "Kaya'ya göre bunu herkes biliyor.",
        ("bunu",),
    ),
]


@pytest.mark.parametrize(("text", "wording", "left_open"), WORDINGS)
def test_a_turkish_wording_is_the_printed_words(text, wording, left_open):
    (proposal,) = propose(text, language="tr")
    assert (proposal.wording, proposal.open_words) == (wording, left_open)
    assert bool(proposal.open_reason) == bool(left_open)


def test_a_denial_is_marked():
    text = "Vali Ece Kaya, yolun kapandığını {}."
    denied, said = (
        find_attributions(text.format(verb), language="tr")[0].negated
        for verb in ("yalanladı", "söyledi")
    )
    assert (denied, said) == (True, False)
