"""A claim is made of words that stand in the article, and nobody overwrites it."""

import pytest

from claims.desk.merging import merge_speakers
from claims.desk.workflow import take_step
from claims.models import Claim, SpeakerAlias, Transition
from claims.models.choices import Anchor, ClaimStatus
from tests.admin.conftest import typed
from tests.factories import make_article, make_claim, make_speaker, make_topic

ADD = "/admin/claims/claim/add/"
TWICE = "The fare rises, Falk said. Nobody believed it. The fare rises, she said again."
pytestmark = pytest.mark.django_db


def change(claim):
    return f"/admin/claims/claim/{claim.pk}/change/"


def claim_typed(article, **changes):
    return {
        "article": article.pk,
        "quote": "The harbour will open in May",
        "cue": "said on Monday",
        "speaker_words": "Mayor Ida Falk",
        "wording": "The harbour opens in May 2026.",
        "attribution": "indirect",
        "checkability": "checkable",
        "stated_on": "2026-05-04",
        "stated_precision": "day",
        "stated_basis": "weekday",
    } | changes


def errors_of(response):
    assert response.status_code == 400
    return response.context["adminform"].form.errors


def test_pasted_words_become_a_claim_with_its_spans(annotator):
    article, topic = make_article(), make_topic()
    speaker = make_speaker("Ida Falk")
    response = annotator.post(
        ADD, claim_typed(article, speaker=speaker.pk, topics=[topic.pk])
    )
    assert response.status_code == 302
    claim = Claim.objects.get()
    assert claim.quote == "The harbour will open in May"
    assert {s.role: s.exact for s in claim.spans.all()} == {
        "content": "The harbour will open in May",
        "cue": "said on Monday",
        "speaker": "Mayor Ida Falk",
    }
    assert (claim.speaker, claim.created_by) == (speaker, annotator.user)
    assert list(claim.topics.all()) == [topic]
    assert claim.status == ClaimStatus.DRAFT


def test_a_claim_in_two_parts_is_pasted_with_dots_between(annotator):
    article = make_article()
    parts = "The bridge cost 40 million crowns [...] Nobody was hurt."
    annotator.post(ADD, claim_typed(article, quote=parts, wording=""))
    assert Claim.objects.get().quote == parts


def test_words_that_are_not_printed_are_refused_at_their_field(annotator):
    response = annotator.post(
        ADD, claim_typed(make_article(), quote="The harbour will close", cue="sang")
    )
    errors = errors_of(response)
    assert "do not stand in the article" in errors["quote"][0]
    assert "do not stand in the article" in errors["cue"][0]
    assert b"The harbour will close" in response.content


def test_words_that_stand_twice_ask_for_their_place_and_keep_what_was_typed(annotator):
    article = make_article(TWICE)
    data = claim_typed(article, quote="The fare rises", cue="said", speaker_words="")
    response = annotator.post(ADD, data)
    errors = errors_of(response)
    assert set(errors) == {"quote_places", "cue_places"}
    assert b"Nobody believed it. <mark>The fare rises</mark>" in response.content
    again = typed(response, quote_places_0="2", cue_places_0="2")
    assert annotator.post(ADD, again).status_code == 302
    spans = {span.role: span.start for span in Claim.objects.get().spans.all()}
    assert spans == {"content": 47, "cue": 67}


@pytest.mark.parametrize("place", ["0", "3", "-1", "x", "²", "9" * 40, "1\0"])
def test_a_place_that_is_not_there_is_refused(annotator, place):
    article = make_article(TWICE)
    data = claim_typed(article, quote="The fare rises", cue="", speaker_words="")
    errors = errors_of(annotator.post(ADD, data | {"quote_places_0": place}))
    assert set(errors) <= {"quote", "quote_places"}
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"stated_precision": "unknown"}, "stated_on"),
        ({"stated_on": "yesterday"}, "stated_on"),
        ({"speaker": "123456"}, "speaker"),
        ({"speaker": "x"}, "speaker"),
        ({"wording": "x" * 501}, "wording"),
        ({"attribution": "sung"}, "attribution"),
        ({"quote": ""}, "quote"),
        ({"quote": "[...]"}, "quote"),
        ({"quote": "a\0b"}, "quote"),
        ({"article": ""}, "article"),
        ({"topics": ["7777"]}, "topics"),
    ],
)
def test_bad_input_is_refused_at_its_field(annotator, changes, field):
    assert field in errors_of(
        annotator.post(ADD, claim_typed(make_article()) | changes)
    )
    assert not Claim.objects.exists()


def test_a_speaker_merged_meanwhile_is_refused_at_the_speaker(annotator, editor):
    claim = make_claim(status=ClaimStatus.DRAFT)
    gone, kept = make_speaker(), make_speaker()
    data = typed(annotator.get(change(claim)), speaker=gone.pk)
    merge_speakers(gone, kept, by=editor.user)
    response = annotator.post(change(claim), data)
    assert response.status_code in {400, 409}
    assert "merged" in response.context["adminform"].form.errors["speaker"][0]


@pytest.mark.parametrize("query", ["article=x", "article=²", "topics=1,x", "via=-1"])
def test_a_bad_value_in_the_address_of_the_form_is_left_out(annotator, query):
    assert annotator.get(f"{ADD}?{query}").status_code == 200


def test_the_page_shows_the_words_in_their_paragraph(annotator):
    claim = make_claim(cue="said on Monday", speaker_words="Mayor Ida Falk")
    page = annotator.get(change(claim)).content.decode()
    assert '<mark class="mark-content">The harbour will open in May</mark>' in page
    assert '<mark class="mark-cue">said on Monday</mark>' in page
    assert "ferry runs until June" not in page.split("desk-source")[0]


def test_saving_without_touching_the_words_keeps_the_marks(annotator):
    claim = make_claim(status=ClaimStatus.DRAFT, cue="said on Monday")
    before = set(claim.spans.values_list("pk", flat=True))
    data = typed(annotator.get(change(claim)), wording="Another wording.")
    assert annotator.post(change(claim), data).status_code == 302
    claim.refresh_from_db()
    assert claim.wording == "Another wording."
    assert set(claim.spans.values_list("pk", flat=True)) == before


def test_changed_words_move_the_marks(annotator):
    claim = make_claim(status=ClaimStatus.DRAFT)
    data = typed(annotator.get(change(claim)), quote="Nobody was hurt")
    assert annotator.post(change(claim), data).status_code == 302
    claim.refresh_from_db()
    assert claim.quote == "Nobody was hurt"
    assert {span.anchor for span in claim.spans.all()} == {Anchor.EXACT}


def test_a_stale_save_shows_both_texts_and_keeps_the_typed_one(annotator, editor):
    claim = make_claim(status=ClaimStatus.DRAFT)
    mine = typed(annotator.get(change(claim)), wording="My wording.")
    editor.post(
        change(claim), typed(editor.get(change(claim)), wording="Their wording.")
    )
    response = annotator.post(change(claim), mine)
    assert response.status_code == 409
    assert response.context["conflict"]["fields"] == [
        {"label": "Wording", "stored": "Their wording.", "typed": "My wording."}
    ]
    assert editor.user.username in response.content.decode()
    claim.refresh_from_db()
    assert claim.wording == "Their wording."
    again = typed(response)
    assert again["wording"] == "My wording."
    assert annotator.post(change(claim), again).status_code == 302
    claim.refresh_from_db()
    assert claim.wording == "My wording."


def test_a_form_without_the_version_seen_saves_nothing(annotator):
    claim = make_claim(status=ClaimStatus.DRAFT)
    data = typed(annotator.get(change(claim)), wording="Blind.", seen=None)
    assert annotator.post(change(claim), data).status_code == 409
    claim.refresh_from_db()
    assert claim.wording != "Blind."


@pytest.mark.parametrize(
    "forged",
    [{"status": "listed"}, {"rating": "1"}, {"rating_id": "1"}, {"origin": "x"}],
)
def test_a_status_or_rating_in_the_post_changes_nothing(editor, forged):
    claim = make_claim(status=ClaimStatus.DRAFT)
    data = typed(editor.get(change(claim))) | forged
    assert editor.post(change(claim), data).status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.rating, claim.origin) == ("draft", None, "editor")


def test_save_and_list_does_both_in_one_press(annotator):
    claim = make_claim(status=ClaimStatus.DRAFT)
    data = typed(annotator.get(change(claim)), wording="Final.", _step="list")
    annotator.post(change(claim), data)
    claim.refresh_from_db()
    assert (claim.wording, claim.status) == ("Final.", "listed")
    assert Transition.objects.get().by == annotator.user


def test_save_and_list_without_a_speaker_saves_and_says_what_is_missing(annotator):
    claim = make_claim(status=ClaimStatus.DRAFT)
    data = typed(annotator.get(change(claim)), speaker="", _step="list")
    response = annotator.post(change(claim), data, follow=True)
    assert b"Name the speaker" in response.content
    claim.refresh_from_db()
    assert (claim.speaker, claim.status) == (None, "draft")


def test_claims_are_found_by_folded_words_and_by_number(annotator):
    claim = make_claim()
    for typed_words in ("harbour", "HÁRB", str(claim.pk), f"#{claim.pk}"):
        found = annotator.get("/admin/claims/claim/", {"q": typed_words})
        assert [c.pk for c in found.context["cl"].result_list] == [claim.pk]


def test_speakers_are_found_by_their_aliases_in_the_form(annotator):
    speaker = make_speaker("Republic of Turkey")
    SpeakerAlias.objects.create(speaker=speaker, name="Ankara", is_metonym=True)
    found = annotator.get(
        "/admin/autocomplete/",
        {
            "term": "ANKA",
            "app_label": "claims",
            "model_name": "claim",
            "field_name": "speaker",
        },
    ).json()
    assert [row["text"] for row in found["results"]] == ["Republic of Turkey"]


@pytest.mark.slow
def test_the_list_of_claims_asks_the_same_few_questions_for_any_number(
    annotator, django_assert_num_queries
):
    article, speaker = make_article(), make_speaker()
    make_claim(article=article, speaker=speaker)
    annotator.get("/admin/claims/claim/")
    with django_assert_num_queries(12):
        annotator.get("/admin/claims/claim/")
    for _ in range(5):
        make_claim(article=article)
    with django_assert_num_queries(12):
        annotator.get("/admin/claims/claim/")


def test_the_newest_step_stands_first_among_all_steps(editor):
    claim = make_claim()
    for step in ("withdraw", "list"):
        take_step(step, claim, by=editor.user, comment="The newspaper wavers.")
        claim.refresh_from_db()
    rows = editor.get("/admin/claims/transition/").context["cl"].result_list
    assert [row.step for row in rows][:2] == ["list", "withdraw"]
