"""Verdicts at the desk: only a draft is open, and nobody publishes their own."""

import logging

import pytest

from claims.desk.annotation import change_claim
from claims.desk.workflow import take_step
from claims.models import (
    Claim,
    Evidence,
    PublishedVerdict,
    Rating,
    Speaker,
    Verdict,
)
from claims.models.choices import PublicationKind, VerdictStatus
from tests.admin.conftest import approval, signed_in, typed
from tests.factories import make_claim, make_user, make_verdict
from tests.guards import drop

pytestmark = pytest.mark.django_db


def change(verdict):
    return f"/admin/claims/verdict/{verdict.pk}/change/"


def step(verdict, name):
    return f"/admin/claims/verdict/{verdict.pk}/step/{name}/"


def approve(verdict):
    return f"/admin/claims/verdict/{verdict.pk}/approve/"


def new_evidence(number, **fields):
    row = {
        "title": "Minutes",
        "url": "https://council.example/minutes",
        "stance": "contradicts",
        "order": "0",
    } | fields
    sent = {f"evidence-{number}-{name}": value for name, value in row.items()}
    return sent | {"evidence-TOTAL_FORMS": str(number + 1)}


def test_a_verdict_is_begun_from_its_claim(reviewer):
    claim = make_claim()
    response = reviewer.post(f"/admin/claims/claim/{claim.pk}/verdict/")
    verdict = Verdict.objects.get()
    assert response.url == change(verdict)
    assert (verdict.claim, verdict.author) == (claim, reviewer.user)


def test_an_annotator_cannot_begin_a_verdict(annotator):
    claim = make_claim()
    response = annotator.post(f"/admin/claims/claim/{claim.pk}/verdict/")
    assert response.status_code == 403
    assert b"may not write verdicts" in response.content


def test_a_second_verdict_on_a_claim_is_the_first_one(reviewer):
    verdict = make_verdict()
    response = reviewer.post(
        "/admin/claims/verdict/add/", {"claim": verdict.claim_id, "seen": ""}
    )
    assert response.status_code == 400
    assert b"already exists" in response.content
    assert Verdict.objects.count() == 1


def test_a_draft_is_written_with_its_evidence(reviewer):
    claim = make_claim()
    reviewer.post(f"/admin/claims/claim/{claim.pk}/verdict/")
    verdict = Verdict.objects.get()
    page = reviewer.get(change(verdict))
    assert page.context["missing"].keys() == {
        "rating",
        "summary",
        "how_verified",
        "evidence",
        "not_asked_reason",
    }
    data = typed(
        page,
        finding="confirmed",
        rating=Rating.objects.get(slug="false").pk,
        summary="The minutes say otherwise.",
        how_verified="Read the minutes.",
        not_asked_reason="The minutes leave no question open.",
    )
    data |= new_evidence(0)
    data["_step"] = "submit"
    reviewer.post(change(verdict), data)
    verdict.refresh_from_db()
    assert verdict.status == VerdictStatus.IN_REVIEW
    assert verdict.evidence.get().title == "Minutes"
    assert list(verdict.contributors.all()) == [reviewer.user]


def test_the_scale_stands_in_the_form_with_its_definitions(reviewer):
    verdict = make_verdict(author=reviewer.user)
    Rating.objects.filter(slug="unproven").update(retired=True)
    html = reviewer.get(change(verdict)).content.decode()
    for rating in Rating.objects.in_use():
        assert f'name="rating" value="{rating.pk}"' in html
        assert rating.definition in html
    retired = Rating.objects.get(slug="unproven")
    assert f'name="rating" value="{retired.pk}"' not in html
    assert html.index('name="finding"') < html.index('name="rating"')


def test_submitting_says_what_is_missing_and_keeps_what_was_saved(reviewer):
    claim = make_claim()
    reviewer.post(f"/admin/claims/claim/{claim.pk}/verdict/")
    verdict = Verdict.objects.get()
    data = typed(reviewer.get(change(verdict)), summary="Half.", _step="submit")
    page = reviewer.post(change(verdict), data, follow=True)
    for sentence in ("Choose a rating.", "how it was verified", "piece of evidence"):
        assert sentence in page.content.decode()
    verdict.refresh_from_db()
    assert (verdict.summary, verdict.status) == ("Half.", "draft")


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"summary": "x" * 301}, "summary"),
        ({"rating": "x"}, "rating"),
        ({"finding": "sung"}, "finding"),
        ({"as_of": "2026-13-01"}, "as_of"),
        ({"explanation": "x" * 100_001}, "explanation"),
        ({"how_verified": "x" * 20_001}, "how_verified"),
        ({"assignee": "99999"}, "assignee"),
    ],
)
def test_bad_input_is_refused_at_its_field(reviewer, changes, where):
    verdict = make_verdict(author=reviewer.user)
    data = typed(reviewer.get(change(verdict))) | changes
    response = reviewer.post(change(verdict), data)
    assert response.status_code == 400
    assert where in response.context["adminform"].form.errors


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example/x", "x y", ""])
def test_evidence_without_a_web_address_is_refused_at_the_address(reviewer, url):
    verdict = make_verdict(author=reviewer.user)
    data = typed(reviewer.get(change(verdict))) | new_evidence(1, url=url)
    response = reviewer.post(change(verdict), data)
    assert response.status_code == 400
    formset = response.context["inline_admin_formsets"][0].formset
    assert "url" in formset.errors[1]
    assert verdict.evidence.count() == 1


@pytest.mark.parametrize(
    "forged",
    [
        {"evidence-TOTAL_FORMS": "x"},
        {"evidence-TOTAL_FORMS": "99999999999"},
        {"evidence-0-id": "x"},
        {"evidence-0-id": "99999999999999999999"},
        {"evidence-INITIAL_FORMS": "7", "evidence-TOTAL_FORMS": "7"},
    ],
)
def test_a_mangled_form_is_refused(reviewer, forged):
    verdict = make_verdict(author=reviewer.user)
    data = typed(reviewer.get(change(verdict)), summary="Mangled.") | forged
    assert reviewer.post(change(verdict), data).status_code == 400
    verdict.refresh_from_db()
    assert verdict.summary != "Mangled."


@pytest.mark.parametrize(
    "status",
    [VerdictStatus.IN_REVIEW, VerdictStatus.PUBLISHED, VerdictStatus.RETRACTED],
)
def test_only_a_draft_can_be_edited(status):
    desk = signed_in(make_user(superuser=True))
    verdict = make_verdict()
    data = typed(desk.get(change(verdict)), summary="Behind the back.")
    for name in {"in_review": ["submit"], "published": ["submit", "publish"]}.get(
        status, ["submit", "publish", "ask_retract", "retract"]
    ):
        by = verdict.author if name == "submit" else make_user("Editors")
        verdict = take_step(name, verdict, by=by, comment="Wrong.")
    page = desk.get(change(verdict))
    assert b'name="summary"' not in page.content
    response = desk.post(change(verdict), data)
    assert response.status_code == 409
    assert b"Behind the back." in response.content
    verdict.refresh_from_db()
    assert verdict.summary != "Behind the back."


def test_a_stale_save_shows_both_texts_and_keeps_the_typed_one(reviewer, editor):
    verdict = make_verdict(author=reviewer.user)
    mine = typed(reviewer.get(change(verdict)), summary="Mine.")
    theirs = typed(editor.get(change(verdict)), summary="Theirs.")
    assert editor.post(change(verdict), theirs).status_code == 302
    response = reviewer.post(change(verdict), mine)
    assert response.status_code == 409
    assert response.context["conflict"]["fields"] == [
        {"label": "Summary", "stored": "Theirs.", "typed": "Mine."}
    ]
    assert editor.user.username in response.content.decode()
    again = typed(response)
    assert again["summary"] == "Mine."
    assert reviewer.post(change(verdict), again).status_code == 302
    verdict.refresh_from_db()
    assert verdict.summary == "Mine."


def test_evidence_deleted_by_the_other_is_kept_as_typed(reviewer, editor):
    verdict = make_verdict(author=reviewer.user)
    mine = typed(reviewer.get(change(verdict)), evidence__0__title="My better title")
    theirs = typed(editor.get(change(verdict))) | {"evidence-0-DELETE": "on"}
    assert editor.post(change(verdict), theirs).status_code == 302
    assert not verdict.evidence.exists()
    response = reviewer.post(change(verdict), mine)
    assert response.status_code == 409
    assert b"My better title" in response.content
    assert reviewer.post(change(verdict), typed(response)).status_code == 302
    assert verdict.evidence.get().title == "My better title"


# --- Four eyes at the door ---------------------------------------------------------


def test_the_authors_publish_button_is_absent_and_the_colleagues_is_there(editor):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW, author=make_user("Editors"))
    author, button = signed_in(verdict.author), b"Approve and publish exactly this"
    for page in (change(verdict), approve(verdict)):
        assert button not in author.get(page).content
    assert b"Publish without a second pair" in author.get(approve(verdict)).content
    assert button in editor.get(approve(verdict)).content


def test_a_forged_publish_by_the_author_is_refused_and_logged(caplog):
    author = make_user("Editors")
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW, author=author)
    with caplog.at_level(logging.WARNING, logger="claims.desk.workflow"):
        response = signed_in(author).post(
            step(verdict, "publish"), {"version": verdict.version}
        )
    assert response.status_code == 403
    assert b"somebody else has to publish" in response.content
    assert [r for r in caplog.records if r.name == "claims.desk.workflow"]
    assert author.username in caplog.text
    assert not PublishedVerdict.objects.exists()


def test_an_override_publishes_with_a_reason_that_is_kept(editor):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW, author=editor.user)
    response = editor.post(
        step(verdict, "publish"),
        approval(editor, verdict) | {"override_reason": "Nobody else is here."},
    )
    assert response.status_code == 302
    assert PublishedVerdict.objects.get().override_reason == "Nobody else is here."


@pytest.mark.parametrize("reason", ["", "  ", "\u200b", "\u2060\ufeff", "."])
@pytest.mark.parametrize("name", ["publish", "retract"])
def test_an_override_needs_a_reason_that_readers_can_see(editor, name, reason):
    is_retraction = name == "retract"
    verdict = make_verdict(
        author=editor.user,
        status=VerdictStatus.PUBLISHED if is_retraction else VerdictStatus.IN_REVIEW,
    )
    count = PublishedVerdict.objects.count()
    data = {"version": verdict.version, "override_reason": reason, "comment": "Wrong."}
    assert editor.post(step(verdict, name), data).status_code == 403
    assert PublishedVerdict.objects.count() == count


@pytest.mark.parametrize("comment", ["", "\u200b", "..."])
def test_a_retraction_needs_a_reason_that_readers_can_see(editor, comment):
    verdict = make_verdict(status=VerdictStatus.PUBLISHED)
    data = {"version": verdict.version, "comment": comment}
    assert editor.post(step(verdict, "retract"), data).status_code == 400
    assert PublishedVerdict.objects.count() == 1


def test_a_colleague_publishes_what_was_seen(editor):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    response = editor.post(step(verdict, "publish"), approval(editor, verdict))
    assert response.status_code == 302
    assert PublishedVerdict.objects.get().approver == editor.user


@pytest.mark.parametrize("seen", [None, "", "0" * 32])
def test_who_does_not_say_what_was_seen_publishes_nothing(editor, seen):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    data = {"version": verdict.version} | ({} if seen is None else {"seen": seen})
    response = editor.post(step(verdict, "publish"), data)
    assert response.status_code == (409 if seen else 400)
    sentence = b"changed since you looked" if seen else b"Look at what would be publish"
    assert sentence in response.content
    assert not PublishedVerdict.objects.exists()
    # The answer shows all of it, so that it can be approved after a look.
    form = response.context["forms"]["publish"]
    again = {name: form[name].value() for name in ("version", "seen")}
    assert response.context["preview"].summary.encode() in response.content
    assert editor.post(step(verdict, "publish"), again).status_code == 302


def test_nothing_else_than_what_was_seen_is_published(editor):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    seen = verdict.version
    verdict = take_step("return", verdict, by=make_user("Editors"), comment="Shorter.")
    verdict.summary = "Swapped."
    verdict.version += 1
    verdict.save()
    take_step("submit", verdict, by=verdict.author)
    response = editor.post(step(verdict, "publish"), {"version": seen})
    assert response.status_code == 409
    assert b"Somebody changed this first" in response.content
    assert not PublishedVerdict.objects.exists()


@pytest.mark.parametrize("part", ["wording", "speaker", "scale"])
def test_what_stands_outside_the_verdict_is_published_as_it_was_seen(editor, part):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    seen = approval(editor, verdict)
    claim = verdict.claim
    if part == "wording":
        words = {"wording": "Something else entirely."}
        change_claim(claim, by=make_user("Annotators"), version=claim.version, **words)
    elif part == "speaker":
        Speaker.objects.filter(pk=claim.speaker_id).update(name="Somebody else")
    else:
        # Ratings in use are refused any change; what was seen is noticed all the same.
        drop("rating_guard")
        Rating.objects.filter(pk=verdict.rating_id).update(definition="Another one.")
    response = editor.post(step(verdict, "publish"), seen)
    assert response.status_code == 409
    assert b"changed since you looked" in response.content
    assert not PublishedVerdict.objects.exists()
    again = approval(editor, verdict)
    assert again["seen"] != seen["seen"]
    assert editor.post(step(verdict, "publish"), again).status_code == 302


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "9" * 30, "1\0"])
def test_a_step_without_a_version_is_refused(editor, version):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    response = editor.post(step(verdict, "publish"), {"version": version})
    assert response.status_code == 400
    assert not PublishedVerdict.objects.exists()


def test_a_return_needs_a_comment_and_keeps_the_page(editor):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    data = {"version": verdict.version, "comment": "  "}
    response = editor.post(step(verdict, "return"), data)
    assert response.status_code == 400
    assert b"Say what has to change." in response.content
    data["comment"] = "Name the source."
    assert editor.post(step(verdict, "return"), data).status_code == 302
    verdict.refresh_from_db()
    assert verdict.status == VerdictStatus.DRAFT


def test_a_revision_has_a_kind_and_a_note(reviewer):
    verdict = make_verdict(status=VerdictStatus.PUBLISHED)
    data = {
        "version": verdict.version,
        "kind": "rating_changed",
        "comment": "New minutes.",
    }
    bad = data | {"kind": "retracted"}
    assert reviewer.post(step(verdict, "revise"), bad).status_code == 400
    assert reviewer.post(step(verdict, "revise"), data).status_code == 302
    verdict.refresh_from_db()
    assert verdict.correction_kind == PublicationKind.RATING_CHANGED
    assert verdict.correction_note == "New minutes."
    assert verdict.author == reviewer.user


def test_a_retraction_takes_two_and_keeps_the_record(editor, reviewer):
    verdict = make_verdict(status=VerdictStatus.PUBLISHED)
    data = {"version": verdict.version, "comment": "The source was forged."}
    assert editor.post(step(verdict, "retract"), data).status_code == 403
    assert reviewer.post(step(verdict, "ask_retract"), data).status_code == 302
    data["version"] += 1
    assert editor.post(step(verdict, "retract"), data).status_code == 302
    claim = Claim.objects.get(pk=verdict.claim_id)
    assert claim.rating is None
    assert claim.current.note == "The source was forged."


def test_steps_of_another_kind_of_thing_are_not_found(editor):
    verdict = make_verdict()
    for name in ("list", "nonsense"):
        assert editor.post(step(verdict, name), {"version": 1}).status_code == 404
    assert editor.post("/admin/claims/verdict/999999/step/publish/").status_code == 404


def test_a_get_takes_no_step(editor):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    response = editor.get(step(verdict, "publish"))
    assert response.url == approve(verdict)
    assert editor.get(step(verdict, "return")).url == approve(verdict)
    verdict.refresh_from_db()
    assert verdict.status == VerdictStatus.IN_REVIEW


def test_nothing_published_can_be_edited_added_or_deleted(db):
    desk = signed_in(make_user(superuser=True))
    make_verdict(status=VerdictStatus.PUBLISHED)
    row = PublishedVerdict.objects.get()
    base = "/admin/claims/publishedverdict/"
    assert desk.get(f"{base}{row.pk}/change/").status_code == 200
    for address in ("add/", f"{row.pk}/change/", f"{row.pk}/delete/"):
        assert desk.post(base + address, {"summary": "Forged."}).status_code == 403


def test_evidence_of_another_verdict_cannot_be_taken_over(reviewer):
    mine, other = make_verdict(author=reviewer.user), make_verdict()
    foreign = other.evidence.get()
    data = typed(reviewer.get(change(mine)))
    data |= {"evidence-0-id": foreign.pk, "evidence-0-title": "Taken."}
    reviewer.post(change(mine), data)
    foreign.refresh_from_db()
    assert foreign.verdict == other
    assert not Evidence.objects.filter(title="Taken.").exists()
