"""Notices on the pages of the desk: counted, read, led from, chosen."""

import pytest
from django.urls import reverse

from claims.desk.comments import add_comment
from claims.desk.notices import choices_of, notify
from claims.models import Notice
from claims.models.choices import MailWhen, NoticeKind, VerdictStatus
from tests.admin.conftest import typed
from tests.factories import make_claim, make_user, make_verdict

pytestmark = pytest.mark.django_db
LIST = "/admin/claims/notice/"


def test_the_frame_of_each_page_counts_what_is_unread(editor):
    for _each in range(3):
        notify(NoticeKind.DEADLINE, make_claim(), to=[editor.user])
    for page in ("/admin/", "/admin/claims/claim/"):
        assert "<b>3<" in editor.get(page).content.decode()
    assert editor.post(f"{LIST}read/").status_code == 302
    assert 'class="desk-told"' in editor.get("/admin/").content.decode()
    assert "<b>" not in editor.get("/admin/").content.decode()


def test_a_notice_leads_to_its_place_and_is_read_then(annotator, editor):
    claim = make_claim()
    name = editor.user.username
    thread = add_comment(claim, f"@{name}, look.", by=annotator.user).thread
    notice = Notice.objects.get(user=editor.user)
    page = editor.get(LIST).content.decode()
    assert f"{LIST}{notice.pk}/change/" in page
    assert f"Claim {claim.pk} in “{claim.article.headline}”" in page
    editor.head(f"{LIST}{notice.pk}/change/")
    notice.refresh_from_db()
    assert notice.read_at is None
    answer = editor.get(f"{LIST}{notice.pk}/change/")
    assert answer.url == f"/admin/claims/claim/{claim.pk}/change/#thread-{thread.pk}"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_a_verdict_that_waits_is_led_to_where_it_is_approved(editor):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    notice = Notice.objects.get(user=editor.user, kind=NoticeKind.SUBMITTED)
    answer = editor.get(f"{LIST}{notice.pk}/change/")
    assert answer.url == f"/admin/claims/verdict/{verdict.pk}/approve/"


def test_nobody_opens_or_marks_the_notices_of_others(editor, annotator):
    notify(NoticeKind.DEADLINE, make_claim(), to=[editor.user])
    notice = Notice.objects.get()
    assert annotator.get(f"{LIST}{notice.pk}/change/").url == "/admin/"
    annotator.post(f"{LIST}read/")
    picked = {"action": "mark_as_read", "_selected_action": [notice.pk]}
    annotator.post(LIST, picked)
    notice.refresh_from_db()
    assert notice.read_at is None
    assert annotator.get(LIST).context["cl"].result_count == 0
    # The control: whose it is may.
    editor.post(LIST, picked)
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_what_one_may_no_longer_see_is_not_named(editor):
    claim = make_claim()
    notify(NoticeKind.DEADLINE, claim, to=[editor.user])
    notice = Notice.objects.get()
    editor.user.groups.clear()
    page = editor.get(LIST).content.decode()
    assert "No longer there for you" in page
    assert claim.article.headline not in page
    assert editor.get(f"{LIST}{notice.pk}/change/").url == LIST


@pytest.mark.slow
def test_whom_a_verdict_is_assigned_to_in_its_form_is_told(reviewer):
    verdict, other = make_verdict(author=reviewer.user), make_user("Reviewers")
    page = f"/admin/claims/verdict/{verdict.pk}/change/"
    shown = reviewer.get(page)
    for _twice in range(2):
        answer = reviewer.post(page, typed(shown, assignee=str(other.pk)))
        assert answer.status_code == 302
        shown = reviewer.get(page)
    assert [n.kind for n in Notice.objects.filter(user=other)] == [NoticeKind.ASSIGNED]


def test_how_one_is_told_is_chosen_for_each_kind(editor):
    page = reverse("admin:claims_notice_choices")
    form = editor.get(page).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data["mention_mail"] = MailWhen.NEVER
    del data["mention_shown"]
    for _twice in range(2):
        assert editor.post(page, data).status_code == 302
    choices = choices_of(editor.user)
    assert choices[NoticeKind.MENTION] == (False, MailWhen.NEVER)
    assert choices[NoticeKind.ASSIGNED] == (True, MailWhen.AT_ONCE)
    add_comment(make_claim(), f"@{editor.user.username}", by=make_user("Annotators"))
    assert not Notice.objects.filter(user=editor.user).exists()


def test_a_choice_that_there_is_not_is_refused(editor):
    page = reverse("admin:claims_notice_choices")
    assert editor.post(page, {"mention_mail": "hourly"}).status_code == 400
    assert not editor.user.notice_choices.exists()
