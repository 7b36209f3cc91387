"""A published claim at the desk: a notice instead of fields, and what leads on."""

import json

import pytest
from django.forms import model_to_dict

from claims.desk.workflow import take_step
from claims.forms.base import version_token
from claims.models import Claim, Verdict
from claims.models.choices import VerdictStatus
from tests.admin.conftest import approval, typed
from tests.factories import (
    make_article,
    make_claim,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
    revise,
)

pytestmark = pytest.mark.django_db
STATEMENT = ("wording", "speaker", "via", "stated_on_0", "checkability", "quote", "cue")


@pytest.fixture(scope="module")
def published(module_db):
    claim = make_claim("Rents fell", article=make_article("Rents fell. Rents fell."))
    return make_published(claim).claim


@pytest.fixture
def claim(published, db):
    """The published claim, as no other test left it."""
    return Claim.objects.get(pk=published.pk)


def page(thing, name="change"):
    return f"/admin/claims/{thing._meta.model_name}/{thing.pk}/{name}/"


def annotate(claim, path=""):
    return f"/admin/claims/article/{claim.article_id}/annotate/{path}"


def send(client, method, address, **data):
    send = getattr(client, method)
    return send(address, json.dumps(data), content_type="application/json")


def verdict_of(claim):
    return Verdict.objects.get(claim=claim)


def fields_of(response):
    html = response.content.decode()
    return {name for name in STATEMENT if f'name="{name}"' in html}


# --- The claim's own form ------------------------------------------------------------


@pytest.mark.parametrize("group", ["annotator", "reviewer", "editor"])
def test_a_published_claim_shows_a_notice_instead_of_fields(claim, group, request):
    shown = request.getfixturevalue(group).get(page(claim))
    assert fields_of(shown) == set()
    html = shown.content.decode()
    assert "Begin a revision of its verdict to change it" in html
    assert f'href="{page(verdict_of(claim), "step/revise")}"' in html


def test_its_topics_are_changed_all_the_same(claim, annotator):
    topic = make_topic()
    data = typed(annotator.get(page(claim)), topics=[topic.pk])
    assert annotator.post(page(claim), data).status_code == 302
    assert list(claim.topics.all()) == [topic]


def test_in_a_revision_the_fields_are_back(claim, annotator):
    revise(verdict_of(claim))
    shown = annotator.get(page(claim))
    assert {"wording", "quote", "speaker"} <= fields_of(shown)
    assert "readers go on seeing version 1" in shown.content.decode().lower()
    data = typed(shown, wording="Rents rose.", printed_role="Mayor")
    assert annotator.post(page(claim), data).status_code == 302
    claim.refresh_from_db()
    assert (claim.wording, claim.printed_role) == ("Rents rose.", "Mayor")
    assert claim.current.claim_reviewed == "Rents fell"


def test_in_review_the_notice_leads_to_the_verdict(claim, annotator):
    verdict = revise(verdict_of(claim))
    take_step("submit", verdict, by=verdict.author)
    shown = annotator.get(page(claim))
    assert fields_of(shown) == set()
    html = shown.content.decode()
    assert "is in review: return it to change it" in html
    assert f'class="button default" href="{page(verdict)}"' in html


def test_what_was_typed_before_it_was_published_is_refused_and_kept(annotator):
    claim = make_claim()
    verdict = make_verdict(claim, status=VerdictStatus.IN_REVIEW)
    data = typed(annotator.get(page(claim)), wording="Typed in the meantime.")
    take_step("publish", verdict, by=make_user("Editors"))
    response = annotator.post(page(claim), data)
    assert response.status_code == 409
    html = response.content.decode()
    assert "Typed in the meantime." in html
    assert "Begin a revision of its verdict to change it" in html
    claim.refresh_from_db()
    assert claim.wording != "Typed in the meantime."


def test_a_reviewer_begins_the_revision_from_there(claim, reviewer):
    verdict = verdict_of(claim)
    shown = reviewer.get(page(verdict, "step/revise"))
    data = {
        "version": shown.context["form"]["version"].value(),
        "kind": "attribution_corrected",
        "comment": "The mayor said it.",
    }
    assert reviewer.post(page(verdict, "step/revise"), data).status_code == 302
    assert "wording" in fields_of(reviewer.get(page(claim)))


def test_several_speakers_and_the_printed_role_are_part_of_the_form(annotator):
    claim = make_claim()
    other = make_published().claim.speaker
    data = typed(
        annotator.get(page(claim)), other_speakers=[other.pk], printed_role="Mayor"
    )
    assert annotator.post(page(claim), data).status_code == 302
    claim.refresh_from_db()
    assert list(claim.other_speakers.all()) == [other]
    assert claim.printed_role == "Mayor"


# --- The annotation desk -------------------------------------------------------------


def described(client, claim):
    answer = client.get(annotate(claim, "claims/")).json()
    return next(row for row in answer["claims"] if row["id"] == claim.pk)


@pytest.mark.parametrize(
    "change",
    [
        {"fields": {"wording": "Rents rose."}},
        {"fields": {"speaker": None}},
        {"fields": {"stated_on": "2026-01-31"}},
        {"marks": [{"role": "content", "start": 12, "end": 22, "exact": "Rents fell"}]},
    ],
    ids=["wording", "speaker", "day", "marks"],
)
def test_the_annotation_desk_refuses_and_says_where_to_begin(claim, annotator, change):
    claim = Claim.objects.get(pk=claim.pk)
    text = claim.article.current_text_id
    address = annotate(claim, f"claims/{claim.pk}/")
    data = {"version": claim.version, "text": text} | change
    answer = send(annotator, "patch", address, **data)
    assert answer.status_code == 409
    assert "Begin a revision" in answer.json()["error"]
    revision = answer.json()["revision"]
    assert revision["url"] == page(verdict_of(claim), "step/revise")
    assert described(annotator, claim)["revision"] == revision
    revise(verdict_of(claim))
    assert described(annotator, claim)["revision"] is None
    if change != {"fields": {"speaker": None}}:
        assert send(annotator, "patch", address, **data).status_code == 200


def test_topics_are_changed_at_the_annotation_desk_too(claim, annotator):
    claim, topic = Claim.objects.get(pk=claim.pk), make_topic()
    answer = send(
        annotator,
        "patch",
        annotate(claim, f"claims/{claim.pk}/"),
        version=claim.version,
        fields={"topics": [topic.pk], "wording": claim.wording},
    )
    assert answer.status_code == 200
    assert list(claim.topics.all()) == [topic]


def test_the_annotation_desk_tells_of_a_withdrawal_that_is_asked_for(claim, annotator):
    assert described(annotator, claim)["asked"] is None
    assert described(annotator, claim)["published"] is True
    take_step(
        "ask_withdraw",
        Claim.objects.get(pk=claim.pk),
        by=annotator.user,
        comment="Not a statement.",
    )
    asked = described(annotator, claim)["asked"]
    assert (asked["by"], asked["reason"]) == (annotator.user.pk, "Not a statement.")


def correct(client, claim, **data):
    text = claim.article.current_text
    body = text.body.replace("Rents fell. Rents", "Rents halved. Rents")
    address = annotate(claim, "text/")
    return send(client, "post", address, body=body, number=text.number, **data)


def test_a_text_correction_says_which_verdicts_it_puts_up_for_revision(
    claim, annotator
):
    tried = correct(annotator, claim, dry_run=True).json()
    assert [row["revision"] for row in tried["doubtful"]] == [True]
    assert verdict_of(claim).status == VerdictStatus.PUBLISHED
    assert correct(annotator, claim, reason="A typo.").status_code == 200
    verdict = verdict_of(claim)
    assert verdict.status == VerdictStatus.DRAFT
    # Its page leads to the words, and the queue to its page.
    html = annotator.get(page(verdict)).content.decode()
    assert f"{annotate(claim)}#claim-{claim.pk}" in html
    listed = annotator.get("/admin/claims/verdict/?queue=corrected")
    assert list(listed.context["cl"].result_list) == [verdict]


# --- Asked to be taken off -----------------------------------------------------------


def test_a_request_shows_who_asks_and_why_where_it_is_decided(
    claim, reviewer, editor, annotator
):
    verdict = verdict_of(claim)
    data = {"version": verdict.version, "comment": "The minutes were forged."}
    address = page(verdict, "step/ask_retract")
    assert reviewer.post(address, data).status_code == 302
    own, decides, reads = (
        client.get(page(verdict)).content.decode()
        for client in (reviewer, editor, annotator)
    )
    for html in (own, decides, reads):
        assert "The minutes were forged." in html
        assert f"Asked by {reviewer.user.username}" in html
    assert "so somebody else decides" in own
    assert page(verdict, "step/retract") not in own
    assert "An editor decides." in reads
    assert page(verdict, "step/retract") in decides
    assert page(verdict, "step/decline_retract") in decides
    # The claim's page leads there; the reason is filled in where it is decided.
    assert f'href="{page(verdict)}">Decide there' in (
        editor.get(page(claim)).content.decode()
    )
    form = editor.get(page(verdict, "step/retract")).context["form"]
    assert form["comment"].value() == "The minutes were forged."
    listed = editor.get("/admin/claims/claim/?queue=removal")
    assert list(listed.context["cl"].result_list) == [claim]


def test_an_override_needs_its_reason_on_the_page_too(claim, editor):
    html = editor.get(page(claim)).content.decode()
    assert "Withdraw without a second pair of eyes" in html
    data = {"version": Claim.objects.get(pk=claim.pk).version, "comment": "A slip."}
    address = page(claim, "step/withdraw")
    assert editor.post(address, data).status_code == 403
    data["override_reason"] = "Nobody else is here."
    assert editor.post(address, data).status_code == 302
    claim.refresh_from_db()
    assert claim.current.override_reason == "Nobody else is here."


def test_the_author_lists_a_withdrawn_claim_again_with_an_override_alone(editor):
    verdict = make_verdict(author=editor.user, status=VerdictStatus.PUBLISHED)
    claim = verdict.claim
    for name in ("ask_withdraw", "withdraw"):
        by = make_user("Editors")
        claim = take_step(name, claim, by=by, comment="A slip.")
    html = editor.get(page(claim)).content.decode()
    assert "List for readers without a second pair of eyes" in html
    data = {"version": claim.version, "comment": "It was one after all."}
    assert editor.post(page(claim, "step/list"), data).status_code == 403
    data["override_reason"] = "Nobody else is here."
    assert editor.post(page(claim, "step/list"), data).status_code == 302


def test_an_editor_ends_somebodys_revision_from_its_page(claim, editor, reviewer):
    verdict = revise(verdict_of(claim))
    address = page(verdict, "step/end_revision")
    assert address in editor.get(page(verdict)).content.decode()
    assert address not in reviewer.get(page(verdict)).content.decode()
    data = {"version": verdict.version}
    assert reviewer.post(address, data).status_code == 409
    assert editor.post(address, data).status_code == 302
    verdict.refresh_from_db()
    assert verdict.status == VerdictStatus.PUBLISHED


# --- Side doors, by the desk's own forms ---------------------------------------------


def rename(client, verdict):
    address = page(verdict.claim.speaker)
    data = typed(client.get(address), name="Somebody Else Entirely", not_the_same="on")
    return client.post(address, data)


def swap(client, verdict):
    twin = make_speaker("Somebody Else Entirely", aliases=["The mayor"])
    address = page(verdict.claim)
    return client.post(address, typed(client.get(address), speaker=twin.pk))


def redefine(client, verdict):
    address = page(verdict.rating)
    # As a browser sends it that had the form open before anybody used the rating.
    fields = ("label", "sign", "definition", "value", "bucket", "order", "slug")
    data = model_to_dict(verdict.rating, fields) | {"label": "Quite true"}
    return client.post(address, data | {"seen": version_token(verdict.rating)})


@pytest.mark.parametrize(
    ("door", "status"), [(rename, 302), (swap, 302), (redefine, 409)]
)
def test_nobody_changes_it_then_approves_then_changes_it_back(editor, door, status):
    speaker = make_speaker("Ida Falk", aliases=["The mayor"])
    verdict = make_verdict(make_claim(speaker=speaker), status=VerdictStatus.IN_REVIEW)
    assert door(editor, verdict).status_code == status
    shown = editor.get(page(verdict, "approve")).content.decode()
    approves_alone = status == 302
    assert ("Publish without a second pair of eyes" in shown) == approves_alone
    response = editor.post(page(verdict, "step/publish"), approval(editor, verdict))
    if approves_alone:
        assert response.status_code == 403
        assert not verdict.claim.publications.exists()
    else:
        # The rating was not changed, so the editor saw what everybody sees.
        assert verdict.claim.publications.get().rating_label == "False"
