"""What holds for every text, however strange: spans lie in it, in order."""

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.attribution import LANGUAGES, StoredSpeaker, find_attributions, propose
from claims.attribution.languages.en.cues import FORMS
from claims.attribution.languages.en.sentences import MAX_WORDS, sentences_of

WORDS = """
said | says | told | adding | according to | that | who | the mayor | Ida Holt | Ms.
Holt | he | she | it | the U.S. | Ankara | Daily Sabah | reported | was asked | is
expected to | the plan | to go | and | but | while | as | when | confident | his
claim | by | of | in an interview | Wednesday
"""
# Words of saying and the words beside them, in the other languages.
OTHERS = """
«Il ponte | ha detto | disse | Ida Falco | ha | l'assessore | oggi | non | maggio
"""
PIECES = [
    *(word.strip() for word in OTHERS.replace("\n", " ").split("|")),
    *(word.strip() for word in WORDS.replace("\n", " ").split("|")),
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
texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=80).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=80).map("".join),
)


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
@given(texts)
@example("“”said“ ")
def test_every_span_lies_in_the_text_and_in_order(language, text):
    check(text, language)


@pytest.mark.parametrize("language", LANGUAGES)
@given(texts)
def test_every_attribution_becomes_a_proposal_with_a_reason(language, text):
    desk = [StoredSpeaker(1, "Ida Holt", ("Holt",))]
    proposals = propose(text, None, desk, language=language)
    found = find_attributions(text, language=language)
    assert [p.attribution for p in proposals] == found
    for proposal in proposals:
        assert proposal.speaker_reason
        if proposal.attribution.speaker:
            words = proposal.attribution.speaker.of(text)
            assert proposal.speaker_words == words
        assert proposal.speaker_name != ""


@given(texts)
def test_words_of_a_sentence_are_in_order_and_no_sentence_is_endless(text):
    last = 0
    for sentence in sentences_of(text):
        assert 0 < len(sentence.words) == len(sentence.tags) <= MAX_WORDS
        for start, end in zip(sentence.starts, sentence.ends, strict=True):
            assert last <= start < end <= len(text)
            last = end


@pytest.mark.parametrize("word", sorted(FORMS)[::25])
def test_a_text_of_one_cue_over_and_over_is_survived(word):
    check(f"{word} " * 700)
    check(f"Holt {word} that " * 300)


def test_finding_is_repeatable():
    text = "“No,” said Ida Holt. She added that rents had risen."
    assert find_attributions(text) == find_attributions(text)
    assert check(text)
