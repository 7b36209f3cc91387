"""After a step the desk says what has happened and what comes next."""

import pytest

from claims.admin.steps import SUCCESS_MESSAGES
from claims.desk.publications import approval_digest
from claims.desk.steps import STEPS
from claims.desk.workflow import take_step
from claims.models.choices import ClaimStatus, VerdictStatus
from tests.admin.conftest import signed_in, typed
from tests.factories import make_claim, make_user, make_verdict

pytestmark = pytest.mark.django_db


def told(client, thing, step, **data):
    """Take a step with its button and return what the next page says."""
    kind = thing._meta.model_name
    if step == "publish":
        data["seen"] = approval_digest(thing)
    response = client.post(
        f"/admin/claims/{kind}/{thing.pk}/step/{step}/",
        {"version": thing.version, **data},
        follow=True,
    )
    thing.refresh_from_db()
    return [str(message) for message in response.context["messages"]]


def test_every_step_has_its_sentence():
    assert SUCCESS_MESSAGES.keys() == STEPS.keys()


@pytest.mark.slow
def test_a_claims_steps_are_told_as_an_editor_would(editor, annotator):
    claim = make_claim(status=ClaimStatus.DRAFT)
    (listed,) = told(editor, claim, "list")
    assert listed.startswith("Readers see the claim now, as “not yet reviewed”.")
    (gone,) = told(editor, claim, "withdraw", comment="A slip.")
    assert "brings it back" in gone
    verdict = make_verdict(make_claim(), status=VerdictStatus.PUBLISHED)
    published = verdict.claim
    (asked,) = told(annotator, published, "ask_withdraw", comment="A slip.")
    assert "readers see the claim until another editor decides" in asked
    told(editor, published, "withdraw", comment="A slip.")
    (again,) = told(editor, published, "list", comment="It was one after all.")
    assert again == "Readers see the claim again, with what was published on it."


@pytest.mark.slow
def test_a_verdicts_steps_are_told_as_an_editor_would(editor):
    author = make_user("Reviewers", first_name="Ida", last_name="Falk")
    desk = signed_in(author)
    verdict = make_verdict(author=author)
    (sent,) = told(desk, verdict, "submit")
    assert "somebody who wrote no part of it approves or returns it" in sent
    (back,) = told(editor, verdict, "return", comment="Shorter.")
    assert "Ida Falk finds it under “Returned to me”" in back
    told(desk, verdict, "submit")
    (out,) = told(editor, verdict, "publish")
    assert out == "The verdict is published: readers see it now."
    (begun,) = told(desk, verdict, "revise", comment="A slip.", kind="clarified")
    assert "readers keep seeing version 1" in begun
    told(desk, verdict, "submit")
    (second,) = told(editor, verdict, "publish")
    assert second.startswith("Version 2 is published, with its correction notice.")
    (asked,) = told(desk, verdict, "ask_retract", comment="Forged.")
    assert "readers see the verdict until another editor decides" in asked
    (gone,) = told(editor, verdict, "retract", comment="Forged.")
    assert "Its page stays" in gone
    (anew,) = told(desk, verdict, "revise", comment="Found again.", kind="updated")
    assert "readers see that the last one was retracted" in anew
    (back,) = told(editor, verdict, "end_revision")
    assert "say again what readers see" in back


def test_a_verdict_on_an_unlisted_claim_is_not_called_public(editor):
    verdict = make_verdict(
        make_claim(status=ClaimStatus.DRAFT), status=VerdictStatus.IN_REVIEW
    )
    (out,) = told(editor, verdict, "publish")
    assert out.endswith("Readers see it once its claim is listed.")


@pytest.mark.slow
def test_what_came_back_shows_why_until_it_is_published(editor, reviewer):
    verdict = make_verdict(author=reviewer.user, status=VerdictStatus.IN_REVIEW)
    page = f"/admin/claims/verdict/{verdict.pk}/change/"
    assert "Returned by" not in reviewer.get(page).content.decode()
    told(editor, verdict, "return", comment="Name the second source.")
    assert "Name the second source." in reviewer.get(page).content.decode()
    told(reviewer, verdict, "submit")
    approve = editor.get(f"/admin/claims/verdict/{verdict.pk}/approve/")
    assert "Name the second source." in approve.content.decode()
    told(editor, verdict, "publish")
    assert "Name the second source." not in reviewer.get(page).content.decode()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "step"), [("verdict", "submit"), ("claim", "accept"), ("claim", "list")]
)
def test_the_button_above_the_form_saves_what_is_typed_in_it(editor, model, step):
    """The form it belongs to is the page's own, so that no typed word is lost."""
    status = ClaimStatus.SUGGESTED if step == "accept" else ClaimStatus.DRAFT
    thing = make_verdict() if model == "verdict" else make_claim(status=status)
    page = editor.get(f"/admin/claims/{model}/{thing.pk}/change/")
    html = page.content.decode()
    assert f'name="_step" value="{step}"' in html
    assert f'id="{model}_form"' in html
    assert f'action="/admin/claims/{model}/{thing.pk}/step/{step}/"' not in html
    field = "summary" if model == "verdict" else "wording"
    data = typed(page, **{field: "Typed just before.", "_step": step})
    assert editor.post(f"/admin/claims/{model}/{thing.pk}/change/", data).url
    thing.refresh_from_db()
    assert getattr(thing, field) == "Typed just before."
    assert thing.status == STEPS[step].target


def test_somebody_who_may_not_change_the_words_still_has_the_button(db):
    user = make_user("Editors")
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    html = signed_in(user).get(f"/admin/claims/verdict/{verdict.pk}/change/")
    assert b"Compare and decide" in html.content
    take_step("return", verdict, by=user, comment="Shorter.")
    html = signed_in(user).get(f"/admin/claims/verdict/{verdict.pk}/change/")
    assert b'name="_step" value="submit"' in html.content


def test_submitting_along_with_a_save_makes_nobody_an_author_of_words(reviewer):
    verdict = make_verdict()
    page = reviewer.get(f"/admin/claims/verdict/{verdict.pk}/change/")
    data = typed(page, _step="submit")
    reviewer.post(f"/admin/claims/verdict/{verdict.pk}/change/", data)
    verdict.refresh_from_db()
    assert verdict.status == VerdictStatus.IN_REVIEW
    assert not verdict.contributors.filter(pk=reviewer.user.pk).exists()
