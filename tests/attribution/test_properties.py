"""What holds for every text, however strange: spans lie in it, in order."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.attribution import LANGUAGES, StoredSpeaker, find_attributions, propose
from claims.attribution.languages.en.cues import FORMS
from claims.attribution.languages.en.sentences import MAX_WORDS, sentences_of

# Words of saying and the words beside them, for each language.
WORDS = {
    "en": """
        said | says | told | adding | according to | that | who | the mayor | Ida Holt |
        Ms. Holt | he | she | it | the U.S. | Ankara | Daily Sabah | reported | by | of
        | was asked | is expected to | the plan | to go | and | but | while | as | when
        | confident | his claim | in an interview | Wednesday | refused to | that she
    """,
    "de": """
        Ida Holt | sagte | Die Brücke ist sicher | teilte | mit | dass | sei | habe |
        er | sie | die Bürgermeisterin | laut | so | zufolge | nach Angaben | hat |
        erklärt | der „Bote“ | „Nein“ | wie | mitteilte | und fügte hinzu | will |
        gesehen haben | heißt es | in dem Bericht | am Montag | 14.32 Uhr | Holt: | zu
        | bestritt | nicht | Frage: | Das | aus | „ | » | wies | hin | darauf
    """,
    "es": """
        Ida Holt | dijo | que el puente es seguro | la alcaldesa | ha dicho | según |
        según explicó | no | él | y | añadió | para | —No —dijo Ida—. | —Sí | «No» |
        el lunes | de acuerdo con | negó | se limitó a decir | quien | pidió | haber |
        Así lo | tal y como | en su opinión | desde el club | fuentes | aseguró
    """,
    "fr": """
        Ida Holt | a déclaré | que le pont est sûr | la maire | a-t-elle dit | dit-il |
        selon | d'après | n'a pas | il | elle | et | mais | affirme | « Non », a dit
        Ida. | « C'est | », sourit | lundi | qui | Pour | Mme | À ses yeux | avant de |
        préciser | Et le maire d'ajouter | C'est ce qu'a dit | avoir | s'est | comme l'a
    """,
    "it": """
        Il ponte è sicuro | ha detto | disse | Ida Falco | ha | l'assessore | oggi | non
        | maggio | la sindaca | di | lunedì | che | lei
    """,
    "tr": """
        Vali Ece Kaya | Kaya'ya | göre | yolun dar olduğunu | söyledi | dedi | diyen |
        belirterek | açıklamada | belirtildi | Valilikten yapılan | şunları | ise |
        reddetti | dün | kararı | konuşan | Kaya | 43 | raporda | diye konuştu | ve |
        bir | görüşünde | Kaya'nın | sözleriyle | edinilen bilgiye | N.T. |
        Karasu Belediyesi
    """,
}
MARKS = [
    *",.;:-—()?!“”\"‘’'«»٣İﬁ😀",
    "''",
    "\n\n",
    "\n",
    "\n\nIda Holt: ",
    "\nQ: Why?\nA: ",
    " ",
    "...",
    "\u202e",
    "\u0301",
    "date 2019-12-05 Talks",
    "x" * 60,
]


def texts_in(language):
    """Return a strategy for texts made of anything, or of words that speak."""
    words = [word.strip() for word in WORDS.get(language, "").split("|")]
    pieces = st.lists(st.sampled_from([" ".join(w.split()) for w in words] + MARKS))
    return st.one_of(st.text(max_size=300), pieces.map(" ".join), pieces.map("".join))


texts = texts_in("en")


def check(text, language="en"):
    found = find_attributions(text, language=language)
    for item in found:
        parts = [*item.content, item.cue, item.speaker, item.via]
        for span in parts:
            if span is not None:
                assert 0 <= span.start < span.end <= len(text)
                assert span.of(text) == text[span.start : span.end]
                assert span.of(text).strip() == span.of(text)
        assert item.content
        for before, after in itertools.pairwise(item.content):
            assert before.end <= after.start
        assert item.kind in ("direct", "indirect", "mixed")
        assert 0 < item.score <= 1
        for part in item.content if item.cue else ():
            assert item.cue.end <= part.start or part.end <= item.cue.start
    cues = [item.cue.start for item in found if item.cue]
    assert cues == sorted(cues)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=100)
@given(st.data())
def test_every_span_lies_in_the_text_and_in_order(language, data):
    check(data.draw(texts_in(language)), language)


def test_a_quotation_of_nothing_is_survived():
    check("“”said“ ")


RELATIVE = {"who", "which", "that", "whom"}


@pytest.mark.parametrize("language", LANGUAGES)
@given(st.data())
def test_every_attribution_becomes_a_proposal_with_a_reason(language, data):
    text = data.draw(texts_in(language))
    desk = [StoredSpeaker(1, "Ida Holt", ("Holt",))]
    proposals = propose(text, None, desk, language=language)
    found = find_attributions(text, language=language)
    proposed = [p.attribution for p in proposals]
    left_out = [a for a in found if a not in proposed]
    assert [a for a in found if a in proposed] == proposed
    # Acts, moods and what nobody says are left out, and quotations never.
    assert all(language == "en" and a.kind != "direct" for a in left_out)
    for proposal in proposals:
        assert proposal.speaker_reason
        if proposal.attribution.speaker:
            words = proposal.attribution.speaker.of(text)
            # "who" is told by the words that it stands for
            assert proposal.speaker_words == words or words.lower() in RELATIVE
            assert proposal.speaker_words in text
        assert proposal.speaker_name != ""


@given(texts)
def test_words_of_a_sentence_are_in_order_and_no_sentence_is_endless(text):
    last = 0
    for sentence in sentences_of(text):
        assert 0 < len(sentence.words) == len(sentence.tags) <= MAX_WORDS
        for start, end in zip(sentence.starts, sentence.ends, strict=True):
            assert last <= start < end <= len(text)
            last = end


def test_each_language_has_words_for_its_texts():
    assert set(WORDS) == set(LANGUAGES)


@pytest.mark.parametrize("word", sorted(FORMS)[::25])
def test_a_text_of_one_cue_over_and_over_is_survived(word):
    check(f"{word} " * 700)
    check(f"Holt {word} that " * 300)


def test_finding_is_repeatable():
    text = "“No,” said Ida Holt. She added that rents had risen."
    assert find_attributions(text) == find_attributions(text)
    assert check(text)
