"""Two people at the same moment: exactly one wins, and the other is told why.

Each runner has a connection of its own and goes through the desk's own pages; a
barrier lets both press their button together.
"""

import threading
from collections import Counter

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from claims.desk.comments import add_comment
from claims.desk.publications import approval_digest
from claims.desk.replies import ask, hash_of, make_link
from claims.models import (
    Change,
    Notice,
    PublishedVerdict,
    ReplyRequest,
    Speaker,
    Transition,
    Verdict,
)
from claims.models.choices import VerdictStatus
from claims.views.replies import buckets
from tests.factories import (
    make_article,
    make_claim,
    make_speaker,
    make_user,
    make_verdict,
)

pytestmark = pytest.mark.django_db(transaction=True)
SHORT, LONG = 4, 300
ROUNDS = 2


def race(rounds, *runners):
    """Let the runners do each round together; return what each answered, by round."""
    barrier = threading.Barrier(len(runners), timeout=60)
    answers = [[None] * rounds for _ in runners]
    failures = []

    def run(place, runner):
        try:
            for number in range(rounds):
                barrier.wait()
                answers[place][number] = runner(number)
        except BaseException as error:  # noqa: BLE001  told to the test below
            failures.append(error)
            barrier.abort()
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=(place, runner))
        for place, runner in enumerate(runners)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    if failures:
        raise failures[0]
    return list(zip(*answers, strict=True))


def desk_of(group):
    client = Client()
    client.force_login(make_user(group))
    return client


def save_races(rounds):
    author, colleague = desk_of("Reviewers"), desk_of("Editors")
    article, speaker = make_article(), make_speaker()
    verdicts = [
        make_verdict(make_claim(article=article, speaker=speaker))
        for _ in range(rounds)
    ]

    def save(client, word):
        def one(number):
            verdict = verdicts[number]
            evidence = verdict.evidence.get()
            data = {
                "seen": str(verdict.version),
                "finding": "confirmed",
                "rating": verdict.rating_id,
                "summary": f"{word} {number}",
                "how_verified": verdict.how_verified,
                "evidence-TOTAL_FORMS": "1",
                "evidence-INITIAL_FORMS": "1",
                "evidence-0-id": evidence.pk,
                "evidence-0-verdict": verdict.pk,
                "evidence-0-title": evidence.title,
                "evidence-0-url": evidence.url,
                "evidence-0-stance": evidence.stance,
                "evidence-0-order": "0",
            }
            response = client.post(f"/admin/claims/verdict/{verdict.pk}/change/", data)
            if response.status_code == 409:
                page = response.content.decode()
                assert "Somebody was faster" in page
                assert f"{word} {number}" in page
            return response.status_code

        return one

    answers = race(rounds, save(author, "Mine"), save(colleague, "Theirs"))
    for number, (mine, theirs) in enumerate(answers):
        assert sorted([mine, theirs]) == [302, 409]
        stored = Verdict.objects.get(pk=verdicts[number].pk)
        assert stored.summary == f"{'Mine' if mine == 302 else 'Theirs'} {number}"
        assert stored.version == verdicts[number].version + 1


def publish_races(rounds):
    editors = desk_of("Editors"), desk_of("Editors")
    article, speaker = make_article(), make_speaker()
    verdicts = [
        make_verdict(
            make_claim(article=article, speaker=speaker),
            status=VerdictStatus.IN_REVIEW,
        )
        for _ in range(rounds)
    ]

    seen = [approval_digest(verdict) for verdict in verdicts]

    def publish(client):
        def one(number):
            verdict = verdicts[number]
            response = client.post(
                f"/admin/claims/verdict/{verdict.pk}/step/publish/",
                {"version": verdict.version, "seen": seen[number]},
            )
            if response.status_code == 409:
                assert b"Somebody changed this first" in response.content
            return response.status_code

        return one

    answers = race(rounds, *map(publish, editors))
    assert {tuple(sorted(pair)) for pair in answers} == {(302, 409)}
    for verdict in verdicts:
        row = PublishedVerdict.objects.get(claim=verdict.claim_id)
        step = Transition.objects.get(claim=verdict.claim_id, step="publish")
        assert row.approver == step.by


def merge_races(rounds):
    desks = desk_of("Editors"), desk_of("Editors")
    article = make_article()
    trios = [[make_speaker() for _ in range(3)] for _ in range(rounds)]
    claims = [make_claim(article=article, speaker=trio[0]) for trio in trios]

    def merge(client, target):
        def one(number):
            first = trios[number][0]
            response = client.post(
                f"/admin/claims/speaker/{first.pk}/merge/",
                {"into": trios[number][target].pk},
            )
            if response.status_code == 409:
                assert b"already merged" in response.content
            return response.status_code

        return one

    answers = race(rounds, merge(desks[0], 1), merge(desks[1], 2))
    for number, (one, other) in enumerate(answers):
        assert sorted([one, other]) == [302, 409]
        winner = trios[number][1 if one == 302 else 2]
        assert Speaker.objects.get(pk=trios[number][0].pk).merged_into == winner
        claims[number].refresh_from_db()
        assert claims[number].speaker == winner


def answer_races(rounds):
    """Two answers under one link, and then the same one twice."""
    verdict = make_verdict(make_claim())
    today = timezone.localdate()
    tokens = [
        make_link(
            ask(
                verdict,
                by=verdict.author,
                kind="reply",
                person="Ida Falk",
                channel="email",
                question="Why?",
                asked_on=today,
                until=today,
            ),
            by=verdict.author,
        )
        for _ in range(2 * rounds)
    ]

    def answer(word):
        def one(number):
            buckets.buckets.clear()
            told = word if number < rounds else "The same."
            page = f"/reply/{tokens[number]}/"
            return Client().post(page, {"answer": told}).status_code

        return one

    for number, codes in enumerate(race(2 * rounds, answer("Yes."), answer("No."))):
        stored = ReplyRequest.objects.get(link_hash=hash_of(tokens[number])).answer
        if number < rounds:
            assert sorted(codes) == [302, 404]
            assert stored == ("Yes." if codes[0] == 302 else "No.")
        else:
            assert codes == (302, 302)
    changes = Change.objects.filter(table="replyrequest", after__answer__gt="")
    assert changes.count() == 2 * rounds


RACES = [save_races, publish_races, merge_races, answer_races]


@pytest.mark.parametrize("races", RACES)
def test_of_two_at_once_exactly_one_wins(races):
    races(SHORT)


@pytest.mark.long
@pytest.mark.parametrize("races", RACES)
def test_of_two_at_once_exactly_one_wins_three_hundred_times(races):
    races(LONG)


@pytest.mark.slow
def test_two_speakers_merged_into_each_other_at_once_end_as_one():
    desks = desk_of("Editors"), desk_of("Editors")
    pairs = [(make_speaker(), make_speaker()) for _ in range(SHORT)]

    def merge(client, this, that):
        def one(number):
            pair = pairs[number]
            return client.post(
                f"/admin/claims/speaker/{pair[this].pk}/merge/",
                {"into": pair[that].pk},
            ).status_code

        return one

    answers = race(len(pairs), merge(desks[0], 0, 1), merge(desks[1], 1, 0))
    for pair, codes in zip(pairs, answers, strict=True):
        assert Counter(codes)[302] == 1
        left = Speaker.objects.unmerged().filter(pk__in=[each.pk for each in pair])
        assert left.count() == 1


@pytest.mark.slow
def test_of_two_replies_at_once_both_stay_and_the_second_tells_the_first():
    desks, article = (desk_of("Annotators"), desk_of("Annotators")), make_article()
    begun = [
        add_comment(article, f"Who has seen it, {n}?", by=make_user("Editors")).thread
        for n in range(ROUNDS)
    ]

    def answer(client):
        def one(number):
            page = f"/admin/claims/thread/{begun[number].pk}/reply/"
            return client.post(page, {"text": "I have."}).status_code

        return one

    assert race(ROUNDS, *map(answer, desks)) == [(302, 302)] * ROUNDS
    for thread in begun:
        first = thread.comments.order_by("pk").first()
        assert thread.comments.count() == 3
        told = Notice.objects.filter(model="thread", row=thread.pk)
        assert told.filter(user=first.by).count() == 2
        # Whoever came second found the first one there.
        assert told.exclude(user=first.by).count() == 1


@pytest.mark.slow
def test_a_comment_edited_in_two_windows_at_once_keeps_the_words_of_one():
    desk, article = desk_of("Annotators"), make_article()
    author = get_user_model().objects.latest("pk")
    comments = [add_comment(article, f"No. {n}", by=author) for n in range(ROUNDS)]

    def change(words):
        def one(number):
            comment = comments[number]
            page = f"/admin/claims/thread/{comment.thread_id}/edit/{comment.pk}/"
            data = {"text": words, "seen": comment.pk}
            return desk.post(page, data).status_code

        return one

    for codes in race(ROUNDS, change("Mine."), change("Theirs.")):
        assert sorted(codes) == [302, 409]


def test_careless_saves_do_lose_texts_when_the_guard_is_off():
    """The control: without the version guard both saves are acknowledged."""
    verdict = make_verdict()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_verdict DISABLE TRIGGER verdict_guard")
    read = threading.Barrier(2, timeout=30)

    def save(word):
        def one(number):
            mine = Verdict.objects.get(pk=verdict.pk)
            read.wait()
            mine.summary, mine.version = word, mine.version + 1
            mine.save()
            return word

        return one

    answers = race(1, save("Mine"), save("Theirs"))
    assert answers == [("Mine", "Theirs")]
    stored = Verdict.objects.get(pk=verdict.pk)
    assert stored.version == verdict.version + 1
    written = Change.objects.filter(
        table="verdict", row=verdict.pk, after__summary__in=["Mine", "Theirs"]
    )
    assert written.count() == 2
