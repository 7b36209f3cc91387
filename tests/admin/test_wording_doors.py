"""A wording that says 38 where 36 was printed goes out by no door without its tick."""

import json

import pytest
from django.core.management import call_command
from django.test import Client

from claims.desk.wording import words_digest
from claims.desk.workflow import take_step
from claims.models import Claim, PublicClaim, PublishedVerdict, WordingCheck
from claims.models.choices import ClaimStatus, VerdictStatus
from tests.admin.annotate.desk import Desk
from tests.admin.conftest import approval, signed_in, typed
from tests.factories import (
    make_article,
    make_claim,
    make_speaker,
    make_user,
    make_verdict,
)

pytestmark = pytest.mark.django_db

RATE = "unemployment had fallen to 36 per cent"
WORDING = "Unemployment fell to 38 per cent."
BODY = f"The Harbour Board said that {RATE}. Ida Falk was there."
TICK = {"words_checked": words_digest(WORDING, RATE)}
# A tick for other texts is none.
STALE = {"words_checked": words_digest(WORDING, RATE.replace("36", "37"))}


@pytest.fixture(scope="module")
def stored(module_db):
    """A claim of each state, put there unasked, and an editor."""
    article = make_article(BODY, headline="Harbour")
    draft = make_claim(RATE, article=article, wording=WORDING, status="draft")
    listed = make_claim(RATE, article=make_article(BODY), wording=WORDING)
    waiting = make_claim(RATE, article=make_article(BODY), wording=WORDING)
    verdict = make_verdict(waiting)
    editor = make_user("Editors")
    return {
        "draft": draft,
        "verdict": make_verdict(listed, author=editor),
        "waiting": take_step("submit", verdict, by=verdict.author, **TICK),
        "editor": editor,
        "client": signed_in(editor),
    }


@pytest.fixture
def made(stored):
    """The rows as they are stored: those of the test before were undone."""
    rows = {name: stored[name] for name in ("draft", "verdict", "waiting")}
    now = {name: type(row).objects.get(pk=row.pk) for name, row in rows.items()}
    return stored | now


def annotation_desk(made):
    return Desk(made["draft"].article, made["editor"])


# --- Doors through which a claim is listed --------------------------------------------


def by_its_form(made, ticked):
    page = f"/admin/claims/claim/{made['draft'].pk}/change/"
    form = made["client"].get(page)
    asked = made["client"].post(page, typed(form, _step="list") | ticked, follow=True)
    # What differs is shown where it can be confirmed.
    assert ticked == TICK or 'class="differs"' in asked.content.decode()


def by_the_page_of_the_step(made, ticked):
    page = f"/admin/claims/claim/{made['draft'].pk}/step/list/"
    sent = {"version": made["draft"].version, "comment": ""} | ticked
    answer = made["client"].post(page, sent)
    assert answer.status_code == (302 if ticked == TICK else 422)


def by_a_key_of_the_annotation_desk(made, ticked):
    answer = annotation_desk(made).step(made["draft"], "list", **ticked)
    assert answer.status_code == (200 if ticked == TICK else 422)
    # By this the desk asks, and sends it again with the tick.
    assert ticked == TICK or answer.json()["words"]["digest"] == TICK["words_checked"]


def with_a_change_at_the_annotation_desk(made, ticked):
    answer = annotation_desk(made).change(made["draft"], step="list", **ticked)
    assert answer.status_code == (200 if ticked == TICK else 422)


LISTING = (
    pytest.param(by_its_form, marks=pytest.mark.slow),
    by_the_page_of_the_step,
    by_a_key_of_the_annotation_desk,
    with_a_change_at_the_annotation_desk,
)


def is_public(claim):
    return PublicClaim.objects.filter(pk=claim.pk).exists()


@pytest.mark.parametrize("door", LISTING)
def test_a_claim_is_listed_by_no_door_without_the_tick(made, door):
    for ticked in ({}, STALE):
        door(made, ticked)
        assert Claim.objects.get(pk=made["draft"].pk).status == ClaimStatus.DRAFT
        assert not is_public(made["draft"])
    # The control: with it, it is.
    door(made, TICK)
    assert is_public(made["draft"])
    assert WordingCheck.objects.get(claim=made["draft"]).by == made["editor"]


def test_many_are_listed_at_once_but_for_those_that_need_a_tick(made):
    draft, client = made["draft"], made["client"]
    sound = make_claim("Ida Falk was there", article=draft.article, status="draft")
    rows = [{"id": each.pk, "version": each.version} for each in (draft, sound)]
    answer = annotation_desk(made).post(
        "claims/bulk/", step="list", claims=rows, confirmed=True
    )
    [refused, done] = answer.json()["results"]
    assert "something else than the printed words" in refused["error"]
    assert done == {"id": sound.pk}
    # Ticked rows of the list, too.
    sent = {"action": "together_list", "_selected_action": [draft.pk]}
    page = client.post("/admin/claims/claim/", sent)
    seen = {"row": f"{draft.pk}:{draft.version}:0"}
    page = client.post("/admin/claims/claim/together/list/", seen)
    assert "something else than the printed words" in page.content.decode()
    assert not is_public(draft)
    assert is_public(sound)
    # Once somebody confirmed these two texts, they go with the others.
    by_the_page_of_the_step(made, TICK)
    assert is_public(draft)


def test_a_file_brings_such_a_claim_as_a_draft_which_asks(made, tmp_path):
    speaker = make_speaker("Ola Berg")
    start = BODY.index(RATE)
    row = {
        "quote": RATE,
        "quote_spans": f"{start}-{start + len(RATE)}",
        "wording": WORDING,
        "article_headline": "Harbour",
        "article_published_on": str(made["draft"].article.published_on),
        "speaker": speaker.slug,
    }
    file = tmp_path / "claims.jsonl"
    file.write_text(json.dumps(row) + "\n")
    call_command("import_claims", str(file))
    claim = Claim.objects.get(speaker=speaker)
    assert (claim.status, is_public(claim)) == (ClaimStatus.DRAFT, False)
    by_the_page_of_the_step(made | {"draft": claim}, {})
    assert not is_public(claim)


def test_the_api_and_the_assistants_door_write_nothing(made):
    address = f"/api/v1/claims/{made['draft'].pk}/"
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(Client(), method)(address, {"status": "listed"} | TICK)
        assert answer.status_code in {404, 405}
    asked = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "list_claim", "arguments": {"id": made["draft"].pk}},
    }
    Client().post("/mcp", asked, content_type="application/json")
    assert not is_public(made["draft"])


# --- Doors through which a verdict goes out -------------------------------------------


def submitted_by_its_form(made, ticked):
    page = f"/admin/claims/verdict/{made['verdict'].pk}/change/"
    form = made["client"].get(page)
    made["client"].post(page, typed(form, _step="submit") | ticked)
    return made["verdict"], VerdictStatus.IN_REVIEW


def submitted_by_its_step(made, ticked):
    page = f"/admin/claims/verdict/{made['verdict'].pk}/step/submit/"
    sent = {"version": made["verdict"].version, "comment": ""} | ticked
    answer = made["client"].post(page, sent)
    assert answer.status_code == (302 if ticked == TICK else 422)
    return made["verdict"], VerdictStatus.IN_REVIEW


def published_on_its_page(made, ticked):
    page = f"/admin/claims/verdict/{made['waiting'].pk}/step/publish/"
    sent = approval(made["client"], made["waiting"]) | ticked
    answer = made["client"].post(page, sent)
    assert answer.status_code == (302 if ticked == TICK else 422)
    return made["waiting"], VerdictStatus.PUBLISHED


def published_by_whoever_wrote_it(made, ticked):
    why = {"override_reason": "A desk of one person."}
    client = signed_in(made["waiting"].author)
    made["waiting"].author.groups.set(made["editor"].groups.all())
    page = f"/admin/claims/verdict/{made['waiting'].pk}/step/publish/"
    sent = approval(made["client"], made["waiting"]) | why | ticked
    client.post(page, sent)
    return made["waiting"], VerdictStatus.PUBLISHED


VERDICTS = (
    pytest.param(submitted_by_its_form, marks=pytest.mark.slow),
    submitted_by_its_step,
    pytest.param(published_on_its_page, marks=pytest.mark.slow),
    published_by_whoever_wrote_it,
)


@pytest.mark.parametrize("door", VERDICTS)
def test_a_verdict_goes_on_by_no_door_without_the_tick(made, door):
    for ticked in ({}, STALE):
        verdict, target = door(made, ticked)
        before = verdict.status
        verdict.refresh_from_db()
        assert verdict.status == before
        assert not PublishedVerdict.objects.exists()
    # The control: with it, it does.
    door(made, TICK)
    verdict.refresh_from_db()
    assert verdict.status == target
