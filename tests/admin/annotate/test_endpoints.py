"""The desk's requests: who may, what is refused and how, and that nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.desk.annotation import change_claim
from claims.desk.text_corrections import correct_text
from claims.models import ArticleText, Claim, Presence, Speaker, Verdict
from claims.models.choices import Anchor, ClaimStatus, Origin
from tests.admin.annotate.desk import Desk
from tests.factories import (
    BODY,
    make_article,
    make_claim,
    make_outlet,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
)

pytestmark = pytest.mark.django_db

BRIDGE = "The bridge cost 40 million crowns"


@pytest.fixture
def desk():
    return Desk(make_article(), make_user("Annotators", username="ann"))


def suggestion(article, words=BRIDGE, **fields):
    fields = {"rule": "said that", "score": 0.82} | fields
    return make_claim(
        words,
        article=article,
        status=ClaimStatus.SUGGESTED,
        origin=Origin.RULES,
        **fields,
    )


# --- Making a claim -----------------------------------------------------------------


def test_a_selection_becomes_a_draft_with_the_fields_sent(desk):
    speaker, topic = make_speaker("Ida Falk"), make_topic("Bridges")
    answer = desk.create(
        desk.mark(BRIDGE),
        desk.mark("said", "cue", 2),
        speaker=speaker.pk,
        topics=[topic.pk],
        stated_on="2026-05-04",
        stated_precision="day",
    )
    assert answer.status_code == 201, answer.content
    shown = answer.json()["claim"]
    claim = Claim.objects.get()
    assert (claim.quote, claim.status, claim.speaker) == (BRIDGE, "draft", speaker)
    assert (claim.wording, claim.created_by) == (BRIDGE, desk.user)
    assert list(claim.topics.all()) == [topic]
    assert [(m["role"], m["exact"]) for m in shown["marks"]] == [
        ("content", BRIDGE),
        ("cue", "said"),
    ]
    assert shown["speaker"]["name"] == "Ida Falk"


def test_the_same_save_sent_twice_makes_one_claim(desk):
    one = uuid4()
    first = desk.create(desk.mark(BRIDGE), client_id=one)
    again = desk.create(desk.mark(BRIDGE), client_id=one)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Claim.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_three_simultaneous_saves_of_one_claim_make_one():
    desk = Desk(make_article(), make_user("Annotators"))
    one = uuid4()

    def save(_number):
        try:
            return desk.create(desk.mark(BRIDGE), client_id=one).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        statuses = sorted(threads.map(save, range(3)))
    assert statuses == [200, 200, 201]
    assert Claim.objects.count() == 1


def test_words_that_are_not_at_their_place_are_refused_and_nothing_is_stored(desk):
    mark = desk.mark(BRIDGE)
    for crooked in (
        mark | {"start": mark["start"] + 1, "end": mark["end"] + 1},
        mark | {"exact": mark["exact"].upper()},
        mark | {"start": 10_000, "end": 10_033},
        mark | {"end": mark["start"]},
    ):
        answer = desk.create(crooked)
        assert answer.status_code == 422, crooked
        assert "article" in answer.json()["error"]
    assert not Claim.objects.exists()


def test_parts_that_share_words_are_refused(desk):
    answer = desk.create(desk.mark(BRIDGE), desk.mark("bridge cost"))
    assert answer.status_code == 422
    assert "share words" in answer.json()["error"]


def test_a_field_that_cannot_be_stored_is_named(desk):
    answer = desk.create(desk.mark(BRIDGE), wording="x" * 501, speaker=12345)
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {"wording", "speaker"}
    answer = desk.create(desk.mark(BRIDGE), stated_on="2026-05-04")
    assert answer.status_code in {409, 422}
    assert "precision" in answer.json()["error"]
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"[]",
        b'{"client_id": 1}',
        b'{"client_id": "x", "text": 1, "marks": []}',
        b'{"marks": {"role": "content"}}',
        b'{"marks": [1]}',
        b'{"marks": [{"role": "x"}]}',
        b'{"marks": [{"role": "content", "start": true, "end": 2, "exact": "x"}]}',
        b'{"marks": [{"role": "content", "start": -1, "end": 2, "exact": "x"}]}',
        b'{"marks": [{"role": "content", "start": 1e9, "end": 2, "exact": "x"}]}',
        b'{"fields": []}',
        b'{"fields": {"wording": "\\ud800"}}',
        b'{"fields": {"wording": "\\u0000"}}',
        b"[" * 100_000,
        b'{"fields": ' + b"[" * 450 + b"]" * 450 + b"}",
        b'{"a":' * 900 + b"1" + b"}" * 900,
        b"\xff\xfe",
    ],
)
def test_what_makes_no_sense_is_a_400_with_a_sentence(desk, body):
    answer = desk.client.post(desk.here + "claims/", body, "application/json")
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not Claim.objects.exists()


@pytest.mark.parametrize("value", [1, 1.5, True, [], ["x"], {"a": 1}, float("inf")])
@pytest.mark.parametrize("name", ["stated_on", "speaker", "topics", "wording"])
def test_a_field_of_another_kind_is_never_a_server_error(desk, name, value):
    answer = desk.create(desk.mark(BRIDGE), **{name: value})
    assert answer.status_code in {201, 400, 409, 422}
    if answer.status_code != 201:
        assert answer.json()["error"]
        assert not Claim.objects.exists()


def test_a_claim_on_a_text_corrected_meanwhile_gets_the_new_text_back(desk):
    old = desk.article.current_text
    mark = desk.mark(BRIDGE)
    text, _plan = correct_text(
        desk.article, BODY.replace("May", "June"), by=desk.user, reason="x"
    )
    answer = desk.create(mark, text=old.pk)
    assert answer.status_code == 409
    assert answer.json()["text"] == {"id": text.pk, "number": 2, "body": text.body}
    assert not Claim.objects.exists()


# --- Changing one -------------------------------------------------------------------


def test_a_moved_edge_keeps_speaker_verdict_and_history(desk):
    claim = make_verdict(make_claim(BRIDGE, article=desk.article)).claim
    claim.refresh_from_db()
    answer = desk.change(
        claim,
        text=desk.article.current_text_id,
        marks=[desk.mark("The bridge cost 40 million")],
        roles=["content"],
    )
    assert answer.status_code == 200, answer.content
    shown = answer.json()["claim"]
    assert shown["quote"] == "The bridge cost 40 million"
    assert shown["speaker"]["id"] == claim.speaker_id
    assert shown["verdict"]["status"] == "draft"
    assert [step.step for step in claim.transitions.all()] == ["list"]


def test_only_the_roles_named_are_replaced(desk):
    claim = make_claim(BRIDGE, article=desk.article, cue="said", speaker_words="Falk")
    answer = desk.change(
        claim, text=desk.article.current_text_id, marks=[], roles=["cue"]
    )
    roles = [mark["role"] for mark in answer.json()["claim"]["marks"]]
    assert roles == ["content", "speaker"]


def test_the_second_of_two_changes_gets_the_first_one_back(desk):
    claim = make_claim(BRIDGE, article=desk.article)
    bob = make_user("Annotators", first_name="Bob", last_name="Stone")
    change_claim(claim, by=bob, version=claim.version, wording="Bob's words.")
    answer = desk.change(claim, fields={"wording": "Mine."})
    assert answer.status_code == 409
    assert answer.json()["changed_by"] == "Bob Stone"
    assert answer.json()["current"]["wording"] == "Bob's words."
    claim.refresh_from_db()
    assert claim.wording == "Bob's words."


@pytest.mark.django_db(transaction=True)
def test_of_five_simultaneous_changes_one_is_made():
    desk = Desk(make_article(), make_user("Annotators"))
    claim = make_claim(BRIDGE, article=desk.article)

    def change(number):
        try:
            wording = f"Bridge {'abcde'[number]}."
            return desk.change(claim, fields={"wording": wording}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as threads:
        statuses = sorted(threads.map(change, range(5)))
    assert statuses == [200, 409, 409, 409, 409]


def test_a_corrected_suggestion_is_accepted_with_the_same_request(desk):
    claim = suggestion(desk.article)
    answer = desk.change(claim, fields={"wording": "Better."}, step="accept")
    shown = answer.json()["claim"]
    assert (shown["wording"], shown["status"]) == ("Better.", "draft")
    assert (shown["rule"], shown["score"]) == ("said that", 0.82)


def test_a_change_with_a_step_that_is_refused_changes_nothing(desk):
    claim = make_claim(BRIDGE, article=desk.article, status=ClaimStatus.DRAFT)
    answer = desk.change(claim, fields={"wording": "Better."}, step="accept")
    assert answer.status_code == 409
    claim.refresh_from_db()
    assert claim.wording == BRIDGE


# --- Steps --------------------------------------------------------------------------


def test_a_rejected_suggestion_keeps_its_score_and_can_be_taken_back(desk):
    claim = suggestion(desk.article)
    shown = desk.step(claim, "reject").json()["claim"]
    assert (shown["status"], shown["score"]) == ("rejected", 0.82)
    back = desk.step(claim, "unaccept", version=shown["version"]).json()["claim"]
    assert back["status"] == "suggested"


def test_deleting_a_draft_rejects_it_and_nothing_is_gone(desk):
    claim = make_claim(BRIDGE, article=desk.article, status=ClaimStatus.DRAFT)
    answer = desk.send("DELETE", f"claims/{claim.pk}/", {"version": claim.version})
    assert answer.json()["claim"]["status"] == "rejected"
    claim.refresh_from_db()
    assert desk.step(claim, "restore").json()["claim"]["status"] == "draft"


def test_a_step_on_what_somebody_changed_meanwhile_is_refused_with_their_name(desk):
    claim = suggestion(desk.article)
    bob = make_user("Annotators", first_name="Bob")
    change_claim(claim, by=bob, version=claim.version, wording="Other.")
    answer = desk.step(claim, "accept")
    assert (answer.status_code, answer.json()["changed_by"]) == (409, "Bob")


def test_many_suggestions_are_decided_at_once_and_each_tells_what_came_of_it(desk):
    words = [BRIDGE, "Nobody was hurt", "the fare stays the same"]
    claims = [suggestion(desk.article, each) for each in words]
    change_claim(claims[2], by=desk.user, version=1, wording="Changed.")
    rows = [{"id": each.pk, "version": 1} for each in claims]
    answer = desk.post("claims/bulk/", step="accept", claims=rows).json()
    assert ["error" in each for each in answer["results"]] == [False, False, True]
    assert [each["status"] for each in answer["claims"]] == ["draft", "draft"]
    rows = [{"id": c["id"], "version": c["version"]} for c in answer["claims"]]
    back = desk.post("claims/bulk/", step="unaccept", claims=rows).json()
    assert {each["status"] for each in back["claims"]} == {"suggested"}
    assert not desk.article.claims.drafts().exists()


@pytest.mark.parametrize("step", ["accept", "list"])
def test_in_bulk_a_wording_with_an_open_pronoun_is_refused_with_a_sentence(step):
    article = make_article("“It is a bad road,” Ida Falk said. She said rents fell.")
    desk = Desk(article, make_user("Editors"))
    status = ClaimStatus.SUGGESTED if step == "accept" else ClaimStatus.DRAFT
    wordings = {"“It is a bad road,”": "It is a bad road.", "rents fell": "Rents fell."}
    falk = make_speaker("Ida Falk")
    claims = [
        make_claim(
            quote,
            article=article,
            speaker=falk,
            wording=wording,
            status=status,
            origin=Origin.RULES,
            proposed={"wording": wording},
        )
        for quote, wording in wordings.items()
    ]
    rows = [{"id": each.pk, "version": each.version} for each in claims]
    answer = desk.post("claims/bulk/", step=step, claims=rows).json()
    assert "leaves open whom or what “It” means" in answer["results"][0]["error"]
    assert "error" not in answer["results"][1]
    claims[0].refresh_from_db()
    assert claims[0].status == status
    # Alone it is taken: somebody has looked at it.
    assert desk.step(claims[0], step).status_code == 200


def test_the_desk_is_told_what_a_proposed_wording_leaves_open(desk):
    claim = suggestion(
        desk.article, wording="It fell.", proposed={"wording": "It fell."}
    )
    shown = desk.get("claims/").json()["claims"]
    assert [each["doubts"] for each in shown] == [
        [
            {
                "label": "pronoun",
                "sentence": "The wording leaves open whom or what “It” means.",
            }
        ]
    ]
    change_claim(claim, by=desk.user, version=1, wording="The fare fell.")
    assert desk.get("claims/").json()["claims"][0]["doubts"] == []


def test_listing_without_a_speaker_says_what_is_missing(desk):
    made = desk.create(desk.mark(BRIDGE)).json()["claim"]
    claim = Claim.objects.get(pk=made["id"])
    answer = desk.step(claim, "list")
    assert answer.status_code == 400
    assert answer.json()["fields"] == {"speaker": "Name the speaker."}


def test_a_verdicts_form_is_named_and_nothing_begun():
    claim = make_claim(BRIDGE)
    desk = Desk(claim.article, make_user("Reviewers"))
    answer = desk.post(f"claims/{claim.pk}/verdict/").json()
    assert answer["url"] == f"/admin/claims/verdict/add/?claim={claim.pk}"
    assert not Verdict.objects.exists()
    make_verdict(claim)
    answer = desk.post(f"claims/{claim.pk}/verdict/").json()
    claim.refresh_from_db()
    assert answer["url"] == reverse(
        "admin:claims_verdict_change", args=[claim.verdict.pk]
    )
    may_not = Desk(claim.article, make_user("Annotators"))
    assert may_not.post(f"claims/{claim.pk}/verdict/").status_code == 403


def test_words_left_behind_are_settled(desk):
    claim = make_claim(BRIDGE, article=desk.article)
    correct_text(desk.article, "All is new.", by=desk.user, reason="x")
    answer = desk.post(f"claims/{claim.pk}/leave/", version=claim.version)
    mark = answer.json()["claim"]["marks"][0]
    assert (mark["anchor"], mark["settled"]) == ("lost", True)


# --- What is shown ------------------------------------------------------------------


def test_the_state_has_a_tag_that_changes_with_every_claim(desk):
    claim = suggestion(desk.article)
    first = desk.get("claims/")
    assert [each["id"] for each in first.json()["claims"]] == [claim.pk]
    tag = first.headers["ETag"]
    again = desk.get("claims/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    desk.step(claim, "accept")
    assert desk.get("claims/", headers={"If-None-Match": tag}).status_code == 200


def test_the_text_comes_only_to_those_who_have_another_one(desk):
    known = desk.article.current_text_id
    assert "body" not in desk.get(f"claims/?text={known}").json()["text"]
    assert desk.get("claims/?text=0").json()["text"]["body"] == BODY


def test_the_state_takes_as_many_queries_for_many_claims_as_for_few(desk):
    words = [BRIDGE, "Nobody was hurt", "the fare stays the same", "Ida Falk"]
    suggestion(desk.article, words[0])
    desk.get("claims/")
    with CaptureQueriesContext(connection) as few:
        assert len(desk.get("claims/").json()["claims"]) == 1
    for each in words[1:]:
        suggestion(desk.article, each)
    with CaptureQueriesContext(connection) as many:
        assert len(desk.get("claims/").json()["claims"]) == 4
    assert len(many) == len(few) > 0


def test_people_at_the_same_article_are_shown_until_they_leave(desk):
    rana = Desk(desk.article, make_user("Annotators", first_name="Rana"))
    rana.get("claims/")
    assert desk.get("claims/").json()["people"] == ["Rana"]
    assert rana.send("DELETE", "presence/").status_code == 200
    assert desk.get("claims/").json()["people"] == []


def test_somebody_not_heard_of_for_half_a_minute_is_not_there(desk):
    rana = Desk(desk.article, make_user("Annotators", first_name="Rana"))
    rana.get("claims/")
    past = timezone.now() - timedelta(seconds=31)
    Presence.objects.filter(user=rana.user).update(seen_at=past)
    assert desk.get("claims/").json()["people"] == []


def test_the_next_article_is_one_with_something_to_decide(desk):
    assert desk.get("next/").json() == {"url": None}
    waiting = make_article("Rood said no.")
    suggestion(waiting, "no")
    done = make_article("Rood said yes.")
    make_claim("yes", article=done)
    assert desk.get("next/").json()["url"].endswith(f"/{waiting.pk}/annotate/")
    assert desk.get("next/").json() != {"url": None}
    other = make_article("Rood said maybe.")
    other_desk = Desk(waiting, make_user("Annotators"))
    other_desk.get("claims/")
    assert desk.get("next/").json()["url"].endswith(f"/{other.pk}/annotate/")
    Desk(other, desk.user).post("no-claims/")
    assert desk.get("next/").json()["url"].endswith(f"/{waiting.pk}/annotate/")


# --- Names --------------------------------------------------------------------------


def test_a_speaker_is_found_by_name_alias_and_without_accents(desk):
    make_speaker("Recep Tayyip Erdoğan")
    make_speaker("Turkish government", aliases=["Ankara"])
    make_speaker("Joan Erdo")
    for typed, names in {
        "erdog": ["Recep Tayyip Erdoğan"],
        "ERDO": ["Joan Erdo", "Recep Tayyip Erdoğan"],
        "ankara": ["Turkish government"],
        "%": [],
        "  ": [],
    }.items():
        found = desk.get("names/", data={"kind": "speaker", "q": typed}).json()
        assert [each["name"] for each in found["found"]] == names, typed
    found = desk.get("names/?kind=speaker&q=anka").json()["found"][0]
    assert found["matched"] == "Ankara"


def test_outlets_and_topics_are_found_by_a_part_of_their_name(desk):
    make_outlet("Daily Harbour")
    make_topic("Harbours")
    for kind in ("outlet", "topic"):
        found = desk.get(f"names/?kind={kind}&q=arbour").json()["found"]
        assert any("Harbour" in each["name"] for each in found)
    assert desk.get("names/?kind=x").status_code == 400


def test_a_new_speaker_is_made_once_and_found_under_any_spelling(desk):
    first = desk.post("speakers/", name=" Jón  Gauti ", kind="person")
    again = desk.post("speakers/", name="JON GAUTI")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Speaker.objects.get().name == "Jón Gauti"
    another = desk.post("speakers/", name="Jón Gauti", another=True)
    assert another.status_code == 201
    assert len(set(Speaker.objects.values_list("slug", flat=True))) == 2


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_name_that_is_none_is_refused(desk, name):
    assert desk.post("speakers/", name=name).status_code == 400
    assert not Speaker.objects.exists()


def test_the_program_guesses_who_said_selected_words_and_when(desk):
    falk = make_speaker("Ida Falk")
    mark = desk.mark("The harbour will open in May")
    answer = desk.get("guess/", data={"start": mark["start"], "end": mark["end"]})
    shown = answer.json()["guess"]
    assert shown["speaker"]["id"] == falk.pk
    assert (shown["stated_on"], shown["stated_precision"]) == ("2026-05-04", "day")
    body = desk.article.current_text.body
    for each in shown["marks"]:
        assert body[each["start"] : each["end"]] == each["exact"]
    assert desk.get("guess/?start=1").status_code == 400
    assert desk.get("guess/?start=1&end=99999").status_code == 422


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        # A part of what was said; the cue among the words; an act, no statement.
        ("in May", ["said", "Mayor Ida Falk"]),
        ("Ida Falk said the harbour will open in May", ["said", "Mayor Ida Falk"]),
        ("Nils Dahl refused to say whether", ["refused", "Nils Dahl"]),
        ("Nothing else happened", []),
    ],
)
def test_cue_and_speaker_are_proposed_for_words_marked_by_hand(words, marks):
    body = (
        "Mayor Ida Falk said the harbour will open in May. Nils Dahl refused to say "
        "whether the harbour is safe.\n\nNothing else happened."
    )
    desk = Desk(make_article(body), make_user("Annotators"))
    mark = desk.mark(words)
    answer = desk.get("guess/", data={"start": mark["start"], "end": mark["end"]})
    shown = answer.json()["guess"].get("marks", [])
    assert [each["exact"] for each in shown] == marks


@pytest.mark.parametrize(
    ("before", "who", "filled_in"),
    [
        ("Mayor Ida Falk met the press.", "She", "Ida Falk"),
        # Two whom it may be; the likelier one; an office that only an alias has.
        ("Mayor Ida Falk met Ada Lund.", "She", None),
        ("Ola Berg met Nils Dahl on Monday.", "He", None),
        ("The harbour was full.", "The president", None),
    ],
)
def test_a_speaker_whom_the_text_leaves_open_is_not_filled_in(before, who, filled_in):
    for name in ("Ida Falk", "Ada Lund", "Ola Berg", "Nils Dahl"):
        make_speaker(name)
    make_speaker("Rut Ek", aliases=["The president"])
    body = f"{before} {who} said the harbour will open in May."
    desk = Desk(make_article(body), make_user("Annotators"))
    mark = desk.mark("the harbour will open in May")
    answer = desk.get("guess/", data={"start": mark["start"], "end": mark["end"]})
    guess = answer.json()["guess"]
    assert (guess["speaker"] and guess["speaker"]["name"]) == filled_in
    if who == "He":
        assert guess["maybe"]["name"] == "Ola Berg"
        assert guess["speaker_name"] == ""


# --- Correcting the text --------------------------------------------------------------


def test_a_dry_run_tells_what_a_correction_makes_of_each_claim(desk):
    claim = make_claim(BRIDGE, article=desk.article)
    make_claim("Nobody was hurt", article=desk.article)
    body = BODY.replace("40 million", "44 million")
    answer = desk.post("text/", number=1, body=body, dry_run=True).json()
    assert answer["counts"] == {"exact": 1, "moved": 0, "review": 1, "lost": 0}
    (doubtful,) = answer["doubtful"]
    assert doubtful["id"] == claim.pk
    assert doubtful["spans"][0]["candidates"] == [BRIDGE.replace("40", "44")]
    assert ArticleText.objects.count() == 1


def test_a_correction_is_stored_with_its_reason_and_the_queue_shown(desk):
    claim = make_claim(BRIDGE, article=desk.article)
    body = BODY.replace("40 million", "44 million")
    assert desk.post("text/", number=1, body=body).status_code == 400
    answer = desk.post("text/", number=1, body=body, reason="A figure.").json()
    assert answer["text"]["number"] == 2
    mark = desk.get("claims/").json()["claims"][0]["marks"][0]
    assert mark["anchor"] == Anchor.REVIEW
    assert mark["candidates"][0]["exact"] == BRIDGE.replace("40", "44")
    again = desk.post("text/", number=1, body="Other.", reason="x")
    assert (again.status_code, again.json()["text"]["number"]) == (409, 2)
    assert claim.spans.get().text.number == 1


# --- Who may ------------------------------------------------------------------------


def writes(desk, claim):
    """Return each request that writes, by name."""
    text = desk.article.current_text_id
    mark = desk.mark(BRIDGE)
    return {
        "create": desk.create(mark, text=text),
        "change": desk.change(claim, fields={"wording": "x"}),
        "delete": desk.send("DELETE", f"claims/{claim.pk}/", {"version": 1}),
        "step": desk.step(claim, "accept"),
        "leave": desk.post(f"claims/{claim.pk}/leave/", version=1),
        "verdict": desk.post(f"claims/{claim.pk}/verdict/"),
        "speaker": desk.post("speakers/", name="Somebody"),
        "text": desk.post("text/", number=1, body="Other.", reason="x"),
        "no claims": desk.post("no-claims/"),
    }


def test_with_view_rights_alone_everything_is_read_and_nothing_written():
    article = make_article()
    claim = suggestion(article)
    viewer = make_user(is_staff=True)
    for name in ("view_article", "view_claim"):
        viewer.user_permissions.add(Permission.objects.get(codename=name))
    desk = Desk(article, viewer)
    assert desk.get("claims/").status_code == 200
    before = Claim.objects.values().get()
    for name, answer in writes(desk, claim).items():
        assert answer.status_code == 403, name
    bulk = desk.post(
        "claims/bulk/", step="accept", claims=[{"id": claim.pk, "version": 1}]
    )
    assert "error" in bulk.json()["results"][0]
    assert Claim.objects.values().get() == before
    assert ArticleText.objects.count() == 1 and Speaker.objects.count() == 1


def test_a_visitor_is_sent_to_the_login_and_staff_without_rights_away():
    article = make_article()
    claim = suggestion(article)
    for answer in writes(Desk(article, None), claim).values():
        assert answer.status_code == 302
    nobody = Desk(article, make_user(is_staff=True))
    for answer in writes(nobody, claim).values():
        assert answer.status_code == 403
    assert nobody.get("claims/").status_code == 403
    assert nobody.get("").status_code == 403


def test_a_request_without_the_token_is_refused():
    article = make_article()
    desk = Desk(article, make_user("Annotators"), enforce_csrf_checks=True)
    assert desk.create(desk.mark(BRIDGE)).status_code == 403
    assert not Claim.objects.exists()


def test_what_is_not_there_is_a_404_in_json_and_a_wrong_method_a_405(desk):
    other = make_claim("no", article=make_article("Rood said no."))
    assert desk.change(other, fields={}).status_code == 404
    assert desk.send("PATCH", f"claims/{10**30}/", {"version": 1}).status_code == 404
    assert desk.send("PUT", "claims/").status_code == 405
    wrong = desk.client.get(f"/admin/claims/article/{10**30}/annotate/claims/")
    assert (wrong.status_code, bool(wrong.json()["error"])) == (404, True)


def test_a_published_claim_asks_no_query_of_its_own():
    article = make_article()
    desk = Desk(article, make_user("Annotators"))

    def asked():
        with CaptureQueriesContext(connection) as queries:
            shown = desk.get("claims/").json()["claims"]
        assert all(claim["revision"] for claim in shown)
        return len(queries)

    make_published(make_claim(BRIDGE, article=article))
    asked()
    one = asked()
    make_published(make_claim("Nobody was hurt", article=article))
    assert asked() == one
