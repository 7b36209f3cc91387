"""Notices: whom each step is told to, and by mail nothing but titles, once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from claims.desk import notice_mail
from claims.desk.comments import add_comment
from claims.desk.notices import (
    Choice,
    choices_of,
    choose,
    forget_read,
    mark_read,
    notices_for,
    notify,
    unread_count,
)
from claims.desk.outbox import send_again
from claims.desk.reports import file_report
from claims.desk.review import plan_verdict
from claims.desk.workflow import take_step
from claims.exchange.delivery import deliver_due
from claims.models import Message, Notice, PublicClaim, Transition
from claims.models.choices import MailWhen, NoticeKind, VerdictStatus
from tests.exchange.mailbox import mail_server
from tests.factories import make_article, make_claim, make_user, make_verdict

pytestmark = pytest.mark.django_db
SITE = "https://desk.example"
CANARY = "zqkanary"
AT_ONCE, DAILY, NEVER = MailWhen.AT_ONCE, MailWhen.DAILY, MailWhen.NEVER


@pytest.fixture(autouse=True)
def site(settings):
    settings.FACTCHECK = {**settings.FACTCHECK, "URL": SITE, "NAME": "The Desk"}
    settings.MAIL_FROM, settings.MAIL_SERVER = "The Desk <desk@desk.example>", {}
    settings.DIGEST_HOUR, settings.DEBUG = 0, True


def person(group, name, **fields):
    return make_user(group, username=name, email=f"{name}@desk.example", **fields)


@pytest.fixture(scope="module")
def made(module_db):
    return {
        "rey": person("Reviewers", "rey"),
        "mia": person("Reviewers", "mia"),
        "edi": person("Editors", "edi"),
        "ole": person("Editors", "ole"),
        "ann": person("Annotators", "ann"),
    }


@pytest.fixture
def people(made, db):
    """People of the desk by login, as no other test left them."""
    return {name: type(user).objects.get(pk=user.pk) for name, user in made.items()}


@pytest.fixture
def verdict(people):
    return make_verdict(author=people["rey"])


def told(people, **fields):
    """Return what was told, as pairs of login and kind."""
    rows = Notice.objects.filter(**fields).select_related("user").order_by("pk")
    ours = {user.pk for user in people.values()}
    return {(row.user.username, str(row.kind)) for row in rows if row.user_id in ours}


# --- Whom a step is told to -------------------------------------------------------


def test_a_submitted_verdict_is_told_to_those_who_may_approve_it(people, verdict):
    take_step("submit", verdict, by=people["rey"])
    assert told(people) == {("edi", "submitted"), ("ole", "submitted")}


def test_an_editor_who_wrote_a_verdict_is_not_asked_to_approve_it(people):
    verdict = make_verdict(author=people["edi"])
    take_step("submit", verdict, by=people["edi"])
    assert told(people) == {("ole", "submitted")}


def test_what_is_decided_on_a_verdict_is_told_to_those_who_wrote_it(people, verdict):
    verdict = plan_verdict(
        verdict, by=people["rey"], version=verdict.version, assignee=people["mia"]
    )
    assert told(people) == {("mia", "assigned")}
    verdict = take_step("submit", verdict, by=people["rey"])
    verdict = take_step("return", verdict, by=people["edi"], comment="No.")
    both = {("rey", "returned"), ("mia", "returned")}
    assert told(people, kind="returned") == both
    verdict = take_step("submit", verdict, by=people["rey"])
    verdict = take_step("publish", verdict, by=people["edi"])
    both = {("rey", "published"), ("mia", "published")}
    assert told(people, kind="published") == both


def test_an_assignee_who_stays_is_not_told_again(people, verdict):
    for _time in range(2):
        verdict = plan_verdict(
            verdict, by=people["rey"], version=verdict.version, assignee=people["mia"]
        )
    assert Notice.objects.filter(kind="assigned").count() == 1


@pytest.mark.parametrize("what", ["retract", "withdraw"])
def test_what_is_asked_off_the_site_and_decided_is_told(people, what):
    verdict = make_verdict(author=people["rey"], status=VerdictStatus.PUBLISHED)
    thing = verdict if what == "retract" else verdict.claim
    Notice.objects.all().delete()
    thing = take_step(f"ask_{what}", thing, by=people["mia"], comment="Forged.")
    asked = {("edi", "removal_asked"), ("ole", "removal_asked")}
    assert told(people) == asked
    thing = take_step(f"decline_{what}", thing, by=people["ole"])
    assert told(people) - asked == {("mia", "declined")}
    thing = take_step(f"ask_{what}", thing, by=people["mia"], comment="Forged.")
    take_step(what, thing, by=people["edi"], comment="So it is.")
    off = {("mia", "taken_off"), ("rey", "taken_off")}
    assert told(people, kind="taken_off") == off


def test_a_readers_report_is_told_to_those_who_answer_and_whose_verdict_it_is(people):
    verdict = make_verdict(author=people["rey"], status=VerdictStatus.PUBLISHED)
    Notice.objects.all().delete()
    claim = PublicClaim.objects.get(pk=verdict.claim_id)
    file_report(kind="error", message=f"Wrong {CANARY}.", sender="x", claim=claim)
    assert told(people) == {("rey", "correction"), ("edi", "report"), ("ole", "report")}
    deliver_due()
    assert len(mail.outbox) >= 3
    assert not any(CANARY in str(letter.message()) for letter in mail.outbox)


def test_what_is_imported_from_elsewhere_is_told_to_nobody(people, verdict):
    take_step("submit", verdict, by=people["rey"], at=timezone.now())
    assert told(people) == set()


def test_nothing_is_told_of_what_is_rolled_back(people, verdict):
    with transaction.atomic():
        take_step("submit", verdict, by=people["rey"])
        transaction.set_rollback(True)
    assert told(people) == set()


def test_a_step_is_taken_though_nobody_can_be_told(people, verdict, caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_notice RENAME TO gone")
    verdict = take_step("submit", verdict, by=people["rey"])
    assert verdict.status == VerdictStatus.IN_REVIEW
    assert Transition.objects.last().step == "submit"
    assert "Nobody was told" in caplog.text


def test_a_closed_account_and_one_without_rights_are_told_nothing(people, verdict):
    gone = person("Editors", "gone", is_active=False)
    reader = person(None, "reader", is_staff=True)
    notify(NoticeKind.DEADLINE, verdict, to=[gone, reader, people["ann"]])
    assert Notice.objects.filter(user__in=[gone, reader]).count() == 0
    assert told(people) == {("ann", "deadline")}


def test_what_has_a_key_is_told_once(people, verdict):
    for _day in range(2):
        notify(NoticeKind.DEADLINE, verdict, to=[people["ann"]], key="deadline-1")
        notify(NoticeKind.DEADLINE, verdict, to=[people["mia"].pk], key="deadline-1")
    assert Notice.objects.count() == 2


# --- How one wants to be told -----------------------------------------------------


def test_a_kind_switched_off_is_told_nowhere(people, verdict):
    choose(people["ann"], {NoticeKind.DEADLINE: Choice(False, NEVER)})
    notify(NoticeKind.DEADLINE, verdict, to=[people["ann"], people["mia"]])
    assert told(people) == {("mia", "deadline")}
    choose(people["ann"], {NoticeKind.DEADLINE: Choice(True, NEVER)})
    assert choices_of(people["ann"])[NoticeKind.DEADLINE] == Choice(True, NEVER)
    notify(NoticeKind.DEADLINE, verdict, to=[people["ann"]])
    assert unread_count(people["ann"]) == "1"
    notice_mail.queue_mail()
    assert not Message.objects.filter(recipient="ann@desk.example").exists()


def test_a_kind_for_mail_alone_is_in_no_list(people, verdict):
    choose(people["ann"], {NoticeKind.DEADLINE: Choice(False, AT_ONCE)})
    notify(NoticeKind.DEADLINE, verdict, to=[people["ann"]])
    assert unread_count(people["ann"]) == ""
    assert deliver_due() == (1, 0)


def test_reading_is_counted_and_what_was_read_is_forgotten_in_time(people, verdict):
    for _each in range(3):
        notify(NoticeKind.DEADLINE, verdict, to=[people["ann"]])
    mine = notices_for(people["ann"])
    assert mark_read(mine.filter(pk=mine.first().pk)) == 1
    assert unread_count(people["ann"]) == "2"
    assert mark_read(mine) == 2
    assert mark_read(mine, is_read=False) == 3
    mark_read(mine.filter(pk=mine.first().pk))
    Notice.objects.update(at=timezone.now() - timedelta(days=99))
    assert forget_read(timedelta(days=1)) == 0
    assert forget_read(timedelta(0)) == 1


# --- By mail ----------------------------------------------------------------------


def canary_verdict(author):
    """Return a verdict under way of which every word but the headline is a canary."""
    article = make_article(headline="Harbour dues")
    claim = make_claim(article=article, status="draft", wording=f"Wording {CANARY}.")
    return make_verdict(
        claim,
        author=author,
        summary=f"Summary {CANARY}",
        explanation=f"Explanation {CANARY}",
        how_verified=f"Steps {CANARY}",
    )


def test_a_mail_says_the_title_and_not_a_word_of_the_draft(people):
    verdict = canary_verdict(people["rey"])
    add_comment(verdict, f"@mia, is it {CANARY}?", by=people["ann"])
    verdict = take_step("submit", verdict, by=people["rey"], comment=f"So {CANARY}")
    take_step("return", verdict, by=people["edi"], comment=f"Not {CANARY}.")
    deliver_due()
    by_person = {letter.to[0]: letter for letter in mail.outbox}
    letter = by_person["mia@desk.example"]
    number = verdict.claim_id
    title = f"Claim {number} in “Harbour dues”"
    notice = Notice.objects.get(user=people["mia"])
    assert letter.subject == f"[The Desk] Somebody named you in a comment: {title}"
    assert letter.body.startswith(
        f"Somebody named you in a comment\n{title}\nann, {notice.at:%-d %B %Y, %H:%M} "
        f"UTC\n{SITE}/admin/claims/notice/{notice.pk}/change/\n"
    )
    assert f"{SITE}/admin/claims/notice/choices/" in letter.body
    # One at once, and the digests of the others: none holds more than that.
    assert {"rey@desk.example", "edi@desk.example"} <= set(by_person)
    for each in mail.outbox:
        assert CANARY not in str(each.message())
        assert title in each.body


def test_a_digest_is_sent_once_a_day_with_what_was_not_read(people, settings):
    one, two, three = (make_verdict(author=people["rey"]) for _ in range(3))
    take_step("submit", one, by=people["rey"])
    take_step("submit", two, by=people["rey"])
    mark_read(Notice.objects.filter(user=people["edi"], row=one.pk))
    for _run in range(2):
        call_command("deliver", once=True)
    mails = [m for m in mail.outbox if m.to == ["edi@desk.example"]]
    assert len(mails) == 1
    assert f"Claim {two.claim_id} " in mails[0].body
    assert f"Claim {one.claim_id} " not in mails[0].body
    # What comes later that day waits for the next digest.
    take_step("submit", three, by=people["rey"])
    assert deliver_due() == (0, 0)
    tomorrow(people["edi"])
    deliver_due()
    mails = [m for m in mail.outbox if m.to == ["edi@desk.example"]]
    assert len(mails) == 2
    assert mails[1].body.count("A verdict waits for approval") == 1
    assert f"Claim {three.claim_id} " in mails[1].body


def tomorrow(user):
    """Have the digest of today be that of another day."""
    today = f"digest-{timezone.now():%Y%m%d}-{user.pk}"
    Message.objects.filter(key=today).update(key="digest-19990101-1")
    Notice.objects.filter(mail_key=today).update(mail_key="digest-19990101-1")


def test_no_digest_is_sent_before_its_hour(people, verdict, settings):
    settings.DIGEST_HOUR = 24
    take_step("submit", verdict, by=people["rey"])
    assert deliver_due() == (0, 0)
    settings.DIGEST_HOUR = 0
    assert deliver_due() == (2, 0)


def test_what_waits_at_once_goes_out_in_one_mail(people):
    for _each in range(3):
        claim = make_claim()
        notify(NoticeKind.DEADLINE, claim, to=[people["ann"]])
    assert deliver_due() == (1, 0)
    [letter] = mail.outbox
    assert letter.subject == "[The Desk] 3 notices"
    assert letter.body.count("A deadline is near") == 3


@pytest.mark.parametrize(
    "loss", ["closed", "no rights", "no staff", "switched off", "gone", "no address"]
)
def test_a_mail_goes_to_nobody_who_may_no_longer_be_told(people, loss):
    user, claim = people["ann"], make_claim()
    notify(NoticeKind.DEADLINE, claim, to=[user])
    # Once in the outbox, and once before.
    notice_mail.queue_mail()
    notify(NoticeKind.DEADLINE, claim, to=[user])
    assert Message.objects.filter(recipient=user.email).count() == 1
    if loss == "closed":
        user.is_active = False
    elif loss == "no rights":
        user.groups.clear()
    elif loss == "no staff":
        user.is_staff = False
    elif loss == "switched off":
        choose(user, {NoticeKind.DEADLINE: Choice(True, NEVER)})
    elif loss == "gone":
        Notice.objects.update(row=0)
    else:
        user.email = ""
    user.save()
    assert deliver_due() == (0, 0)
    assert mail.outbox == []
    assert not Message.objects.filter(recipient="ann@desk.example").exists()


def test_a_mail_that_waited_names_what_is_left_under_the_address_of_now(people):
    user, lost, left = people["ann"], make_claim(), make_claim()
    for claim in (lost, left):
        notify(NoticeKind.DEADLINE, claim, to=[user])
    notice_mail.queue_mail()
    Notice.objects.filter(row=lost.pk).update(row=0)
    user.email = "ann.new@desk.example"
    user.save()
    assert deliver_due() == (1, 0)
    [letter] = mail.outbox
    assert letter.to == ["ann.new@desk.example"]
    assert f"Claim {left.pk} " in letter.body
    assert "notices" not in letter.subject


def test_a_headline_taken_off_meanwhile_is_in_no_mail(people):
    article = make_article(headline="Harbour dues")
    notify(NoticeKind.DEADLINE, make_claim(article=article), to=[people["ann"]])
    notice_mail.queue_mail()
    article.headline = "███████ dues"
    article.save()
    assert deliver_due() == (1, 0)
    assert "Harbour" not in str(mail.outbox[0].message())


def test_a_mail_given_up_and_sent_again_is_looked_at_once_more(people):
    notify(NoticeKind.DEADLINE, make_claim(), to=[people["ann"]])
    notice_mail.queue_mail()
    Message.objects.update(dead_at=timezone.now())
    people["ann"].groups.clear()
    send_again(Message.objects.all())
    assert deliver_due() == (0, 0)
    assert mail.outbox == []


def test_a_real_mail_server_gets_each_mail_whole(people, settings):
    article = make_article(headline="Liman ücretleri: “İyi” bir yıl\u2026 " + "x" * 200)
    notify(NoticeKind.DEADLINE, make_claim(article=article), to=[people["ann"]])
    with mail_server(settings) as mailbox:
        assert deliver_due() == (1, 0)
        assert deliver_due() == (0, 0)
    [(recipients, letter)] = mailbox.got
    assert recipients == ["ann@desk.example"]
    assert letter["To"] == "ann@desk.example"
    assert letter["From"] == "The Desk <desk@desk.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert article.headline in letter.get_content()
    assert letter["Subject"].strip().startswith("[The Desk] A deadline is near: Claim ")


def test_a_mail_server_that_refuses_keeps_the_mail_for_later(people, settings):
    notify(NoticeKind.DEADLINE, make_claim(), to=[people["ann"]])
    with mail_server(settings) as mailbox:
        mailbox.before_data = lambda session: session.say("554 No")
        assert deliver_due() == (0, 1)
        assert Message.objects.get().state == "waiting"
        mailbox.before_data = lambda session: None
        mailbox.got.clear()
        Message.objects.update(due_at=timezone.now())
        assert deliver_due() == (1, 0)
    assert len(mailbox.letters()) == 1
