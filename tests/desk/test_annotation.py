"""Words of an article becoming claims: exactly these words, once, by who may."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.desk.annotation import (
    Mark,
    WordsDiffer,
    change_claim,
    find_mark,
    mark_claim,
)
from claims.exceptions import ChangedMeanwhile, Incomplete, NotPermitted
from claims.models import ArticleText, Claim, PublicClaim, Span
from claims.models.choices import SpanRole
from claims.text.canonical import TextRefused, canonical, digest
from tests.factories import make_article, make_claim, make_speaker, make_user

pytestmark = pytest.mark.django_db


def content(text, words, **which):
    return find_mark(text, words, role=SpanRole.CONTENT, **which)


def test_marked_words_become_a_draft_with_context():
    article, editor = make_article(), make_user("Annotators")
    text = article.current_text
    claim, is_new = mark_claim(
        article,
        [
            content(text, "The harbour will open in May"),
            find_mark(text, "said", role=SpanRole.CUE),
            find_mark(text, "Mayor Ida Falk", role=SpanRole.SPEAKER),
        ],
        by=editor,
    )
    assert is_new
    assert (claim.status, claim.created_by) == ("draft", editor)
    assert claim.quote == claim.wording == "The harbour will open in May"
    spans = {span.role: span for span in claim.spans.all()}
    assert spans["content"].suffix == ", Mayor Ida Falk said on Monday."
    assert spans["speaker"].prefix == "The harbour will open in May, "


def test_parts_are_joined_in_their_order():
    claim = make_claim(["The bridge cost 40 million crowns", "Nobody was hurt"])
    assert claim.quote == "The bridge cost 40 million crowns [...] Nobody was hurt"


def test_words_that_stand_twice_are_told_apart():
    article = make_article("It is so, he said. It is so, she said.")
    claim, _ = mark_claim(
        article, [content(article.current_text, "It is so", occurrence=2)], by=None
    )
    assert claim.spans.get().start == 19


@pytest.mark.parametrize(
    ("words", "occurrence", "sentence"),
    [
        ("The harbour will close", 1, "do not stand in the article"),
        ("The harbour", 2, "not that often"),
        ("The harbour", 0, "not that often"),
        ("", 1, "do not stand in the article"),
    ],
)
def test_words_that_cannot_be_found_are_refused(words, occurrence, sentence):
    text = make_article().current_text
    with pytest.raises(Incomplete, match=sentence) as refused:
        content(text, words, occurrence=occurrence)
    assert set(refused.value.missing) == {"quote"}


@pytest.mark.parametrize(
    ("start", "end", "exact"),
    [
        (0, 11, "the harbour"),
        (1, 12, "The harbour"),
        (0, 0, ""),
        (5, 2, "e h"),
        (-3, 4, "The"),
        (0, 10_000, "The harbour"),
    ],
)
def test_a_place_that_holds_other_words_is_refused_and_stores_nothing(
    start, end, exact
):
    with pytest.raises(WordsDiffer):
        mark_claim(make_article(), [Mark(SpanRole.CONTENT, start, end, exact)], by=None)
    assert not Claim.objects.exists()


def test_a_claim_needs_words():
    article = make_article()
    cue = find_mark(article.current_text, "said", role=SpanRole.CUE)
    with pytest.raises(Incomplete, match="Mark the words"):
        mark_claim(article, [cue], by=None)


def test_only_who_may_add_claims_does():
    article = make_article()
    mark = content(article.current_text, "Nobody was hurt")
    with pytest.raises(NotPermitted):
        mark_claim(article, [mark], by=make_user())
    mark_claim(article, [mark], by=make_user("Annotators"))
    assert Claim.objects.count() == 1


def test_the_same_client_id_again_is_the_same_claim():
    article, client_id = make_article(), uuid4()
    mark = content(article.current_text, "Nobody was hurt")
    first, is_new = mark_claim(article, [mark], by=None, client_id=client_id)
    again, is_new_again = mark_claim(article, [mark], by=None, client_id=client_id)
    assert (is_new, is_new_again) == (True, False)
    assert first == again
    assert Span.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_three_saves_at_once_make_one_claim():
    article, client_id = make_article(), uuid4()
    mark = content(article.current_text, "Nobody was hurt")
    start, results = Barrier(3), []

    def save():
        start.wait()
        try:
            results.append(mark_claim(article, [mark], by=None, client_id=client_id)[1])
        finally:
            connections.close_all()

    threads = [Thread(target=save) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, False, True]


def test_marks_on_a_text_corrected_meanwhile_are_refused():
    article = make_article()
    seen = article.current_text
    mark = content(seen, "Nobody was hurt")
    body = seen.body.replace("Nobody", "No one")
    article.current_text = ArticleText.objects.create(
        article=article, number=2, body=body, sha256=digest(body), reason="Typo."
    )
    article.save()
    with pytest.raises(ChangedMeanwhile) as refused:
        mark_claim(article, [mark], by=None, text=seen)
    assert refused.value.current == article.current_text


def test_a_change_counts_the_version_up_and_keeps_the_rest():
    claim = make_claim(cue="said")
    editor, speaker = make_user("Annotators"), make_speaker("Ida Falk")
    claim = change_claim(claim, by=editor, version=claim.version, speaker=speaker)
    assert claim.speaker == speaker
    assert {span.role for span in claim.spans.all()} == {"content", "cue"}


def test_a_change_of_an_old_version_is_refused_with_the_new_one():
    claim, editor = make_claim(), make_user("Annotators")
    seen = claim.version
    change_claim(claim, by=editor, version=seen, wording="The harbour opens in May.")
    with pytest.raises(ChangedMeanwhile) as refused:
        change_claim(claim, by=editor, version=seen, wording="Mine.")
    assert refused.value.current.wording == "The harbour opens in May."


def test_new_marks_replace_the_old_ones():
    claim, editor = make_claim(cue="said"), make_user("Annotators")
    text = claim.article.current_text
    claim = change_claim(
        claim,
        by=editor,
        version=claim.version,
        marks=[content(text, "Nobody was hurt")],
    )
    assert claim.quote == "Nobody was hurt"
    assert claim.spans.count() == 1


def test_new_marks_replace_only_those_of_the_roles_they_are_for():
    claim, editor = make_claim(cue="said"), make_user("Annotators")
    text = claim.article.current_text
    speaker = find_mark(text, "Ida Falk", role=SpanRole.SPEAKER)
    claim = change_claim(
        claim, by=editor, version=claim.version, marks=[speaker], roles=["speaker"]
    )
    assert set(claim.spans.values_list("role", "exact")) == {
        ("content", "The harbour will open in May"),
        ("cue", "said"),
        ("speaker", "Ida Falk"),
    }
    with pytest.raises(TypeError, match="not to be replaced"):
        change_claim(
            claim,
            by=editor,
            version=claim.version,
            marks=[find_mark(text, "said", role=SpanRole.CUE), speaker],
            roles=["speaker"],
        )
    assert claim.spans.count() == 3


@given(st.text(min_size=1), st.data())
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_stored_is_what_stands_there(text, data):
    try:
        body = canonical(text)
    except TextRefused:
        return
    article = make_article(body, headline=str(uuid4()))
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    mark = Mark(SpanRole.CONTENT, start, end, body[start:end])
    claim, _ = mark_claim(article, [mark], by=None, wording="Something is so.")
    span = claim.spans.get()
    assert span.text.body[span.start : span.end] == span.exact == claim.quote


def test_who_becomes_the_speaker_of_a_joint_statement_is_named_once():
    falk, lind = make_speaker("Ida Falk"), make_speaker("Jo Lind")
    claim = make_claim(speaker=falk, other_speakers=[lind])
    by = make_user("Annotators")
    claim = change_claim(claim, by=by, version=claim.version, speaker=lind)
    assert (claim.speaker, list(claim.other_speakers.all())) == (lind, [])
    assert PublicClaim.objects.get(pk=claim.pk).speaker_names == ["Jo Lind"]
