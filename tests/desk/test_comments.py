"""Comments in threads: who is named, who may read and write, and nothing is lost."""

import pytest
from django.db import IntegrityError, connection, transaction

from claims.desk.blind import note_look
from claims.desk.comments import (
    add_comment,
    closing_verdicts,
    edit,
    names_of_nobody,
    open_threads,
    reply,
    resolve,
    talks,
    threads_for,
    threads_naming,
    threads_on,
)
from claims.desk.review import rate_blind
from claims.exceptions import ChangedMeanwhile, NotPermitted
from claims.models import Change, Comment, Notice, Rating
from claims.models.choices import NoticeKind, VerdictStatus
from tests.factories import make_claim, make_user, make_verdict
from tests.guards import without

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def people(module_db):
    """Somebody of each group, by login."""
    return {
        name: make_user(group, username=name, email=f"{name}@desk.example")
        for name, group in {
            "ann": "Annotators",
            "rey": "Reviewers",
            "edi.t": "Editors",
        }.items()
    }


@pytest.fixture(scope="module")
def claim(module_db):
    return make_claim()


def told(user, kind=None):
    notices = Notice.objects.filter(user=user).order_by("pk")
    return [n.kind for n in notices if kind is None or n.kind == kind]


# --- Names ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@rey look", {"rey"}),
        ("Ask @Rey.", {"rey"}),
        ("(@rey, @ann)", {"rey", "ann"}),
        # A stop that belongs to a login, and one that ends the sentence after it.
        ("See @edi.t.", {"edi.t"}),
        ("mail rey@rey or x@ann.example", set()),
        ("@nobody and @ alone", set()),
        ("@outside", set()),
    ],
)
def test_people_who_may_see_it_are_found_after_an_at(people, claim, text, named):
    make_user(username="outside")
    comment = add_comment(claim, text, by=make_user("Editors"))
    assert {user.username for user in comment.mentions.all()} == named
    for login, user in people.items():
        assert told(user) == ([NoticeKind.MENTION] if login in named else [])


def test_names_of_which_nobody_was_told_are_given_back(people, claim):
    comment = add_comment(claim, "@rey, @rye and @outside?", by=people["ann"])
    assert names_of_nobody(comment) == ["rye", "outside"]


def test_whoever_may_not_see_the_thing_is_not_told(claim):
    narrow = make_user(is_staff=True, username="narrow")
    comment = add_comment(claim, "@narrow", by=make_user("Editors"))
    assert names_of_nobody(comment) == ["narrow"]
    assert told(narrow) == []


def test_nobody_is_told_of_their_own_words(people, claim):
    add_comment(claim, "A note to myself, @ann.", by=people["ann"])
    assert told(people["ann"]) == []


# --- Threads ----------------------------------------------------------------------


def test_a_reply_is_told_to_those_who_spoke_and_those_named_hear_of_that_alone(
    people, claim
):
    first = add_comment(claim, "Is it May?", by=people["ann"])
    reply(first.thread, "It is.", by=people["rey"])
    reply(first.thread, "No, June. @ann", by=people["edi.t"])
    assert told(people["ann"]) == [NoticeKind.REPLY, NoticeKind.MENTION]
    assert told(people["rey"]) == [NoticeKind.REPLY]


def test_whoever_writes_a_verdict_hears_of_the_first_comment_on_it(people):
    verdict = make_verdict(author=people["rey"])
    add_comment(verdict, "The second source is gone.", by=people["ann"])
    assert told(people["rey"]) == [NoticeKind.REPLY]


def test_a_resolved_thread_is_opened_by_a_reply_and_its_history_is_kept(people, claim):
    thread = add_comment(claim, "A doubt.", by=people["ann"]).thread
    assert thread in open_threads(people["ann"])
    resolve(thread, by=people["edi.t"])
    resolve(thread, by=people["ann"])
    assert thread not in open_threads(people["ann"])
    thread.refresh_from_db()
    assert thread.resolved_by == people["edi.t"]
    reply(thread, "It is still one.", by=people["ann"])
    thread.refresh_from_db()
    assert thread.resolved_at is None
    changes = Change.objects.filter(table="thread", row=thread.pk).order_by("pk")
    assert [(c.operation, c.actor) for c in changes] == [
        ("insert", people["ann"]),
        ("update", people["edi.t"]),
        ("update", people["ann"]),
    ]


def test_threads_that_name_somebody_are_found_until_they_are_resolved(people, claim):
    thread = add_comment(claim, "@rey", by=people["ann"]).thread
    assert list(threads_naming(people["rey"])) == [thread]
    resolve(thread, by=people["ann"])
    assert list(threads_naming(people["rey"])) == []


def test_a_thread_on_an_article_and_one_on_its_claim_stand_apart(people, claim):
    of_article = add_comment(claim.article, "The dateline.", by=people["ann"]).thread
    of_claim = add_comment(claim, "The speaker.", by=people["ann"]).thread
    assert list(threads_on(claim.article)) == [of_article]
    assert list(threads_on(claim)) == [of_claim]
    assert of_claim.article_id == claim.article_id


@pytest.mark.parametrize("write", ["comment", "reply", "resolve", "edit"])
def test_who_may_see_and_not_comment_writes_nothing(people, claim, write):
    reader = make_user(is_staff=True)
    comment = add_comment(claim, "A word.", by=people["ann"])
    act = {
        "comment": lambda: add_comment(claim, "x", by=reader),
        "reply": lambda: reply(comment.thread, "x", by=reader),
        "resolve": lambda: resolve(comment.thread, by=reader),
        "edit": lambda: edit(comment, "x", by=reader, seen=comment.pk),
    }[write]
    with pytest.raises(NotPermitted):
        act()
    assert Comment.objects.count() == 1


# --- Other words ------------------------------------------------------------------


def test_ones_own_comment_gets_other_words_and_keeps_the_former(people, claim):
    first = add_comment(claim, "It cost 38.", by=people["ann"])
    again = edit(first, "It cost 36, @rey.", by=people["ann"], seen=first.pk)
    edit(first, "It cost 36, @rey!", by=people["ann"], seen=again.pk)
    [talk] = talks(threads_on(claim))
    [said] = talk.said
    assert said.last.text == "It cost 36, @rey!"
    assert [row.text for row in said.former] == ["It cost 38.", "It cost 36, @rey."]
    # Once, though both say the name.
    assert told(people["rey"]) == [NoticeKind.MENTION]


def test_the_same_words_again_are_no_edit(people, claim):
    first = add_comment(claim, "It cost 38.", by=people["ann"])
    edit(first, " It cost 38. ", by=people["ann"], seen=first.pk)
    assert Comment.objects.count() == 1


def test_words_changed_in_another_window_are_not_overwritten(people, claim):
    first = add_comment(claim, "One.", by=people["ann"])
    edit(first, "Two.", by=people["ann"], seen=first.pk)
    with pytest.raises(ChangedMeanwhile):
        edit(first, "Three.", by=people["ann"], seen=first.pk)


def test_nobody_changes_the_words_of_another(people, claim):
    first = add_comment(claim, "One.", by=people["ann"])
    with pytest.raises(NotPermitted):
        edit(first, "Two.", by=people["edi.t"], seen=first.pk)
    forged = {"thread": first.thread, "text": "Two.", "about_version": 1}
    with pytest.raises(IntegrityError, match="other words"), transaction.atomic():
        Comment.objects.create(edits=first, by=people["edi.t"], **forged)
    # The control: the database alone refused that.
    with without("comment_guard"):
        Comment.objects.create(edits=first, by=people["edi.t"], **forged)


ATTACKS = [
    "UPDATE claims_comment SET text = 'Other.'",
    "DELETE FROM claims_comment",
    "DELETE FROM claims_mention",
    "UPDATE claims_thread SET about = 'claim'",
    "UPDATE claims_thread SET claim_id = NULL, about = 'article'",
    "DELETE FROM claims_thread",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_was_said_stays_said_where_it_was(people, claim, attack):
    add_comment(make_verdict(claim), "@rey, look.", by=people["ann"])
    with pytest.raises(IntegrityError), transaction.atomic():
        run(attack)
    # The control: without its guards the table takes it.
    with without("append_only thread_guard"):
        run("SET CONSTRAINTS ALL DEFERRED")
        run(attack)


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


# --- Blind ------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["article", "claim", "verdict"])
def test_threads_are_closed_to_whoever_may_still_rate_blind(people, where):
    verdict = make_verdict(status=VerdictStatus.IN_REVIEW)
    claim = verdict.claim
    thing = {"article": claim.article, "claim": claim, "verdict": verdict}[where]
    thread = add_comment(thing, "It is plainly wrong.", by=people["ann"]).thread
    rey = people["rey"]
    assert thread not in threads_for(rey)
    assert list(closing_verdicts(threads_on(thing), rey)) == [verdict]
    with pytest.raises(NotPermitted, match="blind"):
        reply(thread, "Is it?", by=rey)
    # Of others, who give no second rating, nothing is kept.
    assert thread in threads_for(people["ann"])
    rating = Rating.objects.get(slug="mixed")
    rate_blind(verdict, rating=rating, finding="", by=rey)
    assert thread in threads_for(rey)


def test_threads_open_to_an_editor_who_has_looked(people):
    verdict = make_verdict()
    thread = add_comment(verdict.claim, "It is plainly wrong.", by=people["ann"]).thread
    assert thread not in threads_for(people["edi.t"])
    note_look(verdict, by=people["edi.t"])
    assert thread in threads_for(people["edi.t"])


def test_one_reads_ones_own_words_until_somebody_answers(people):
    verdict = make_verdict()
    thread = add_comment(verdict.claim, "Is it 38?", by=people["rey"]).thread
    assert thread in threads_for(people["rey"])
    reply(thread, "It is false.", by=people["ann"])
    assert thread not in threads_for(people["rey"])
