"""Who may still rate a verdict blind finds nothing of the first rating at the desk."""

import re
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse

from claims.desk.blind import unseen_by
from claims.desk.comments import add_comment
from claims.desk.queues import to_rate_blind
from claims.desk.relations import confirm_repeat, suggest
from claims.desk.review import ReviewRefused, rate_blind
from claims.desk.workflow import begin_verdict, take_step
from claims.models import (
    Change,
    Rating,
    SecondRating,
    Transition,
    Verdict,
    VerdictSeen,
)
from claims.models.choices import VerdictStatus
from tests.admin.conftest import signed_in
from tests.admin.test_access import admin_addresses
from tests.factories import (
    make_article,
    make_claim,
    make_speaker,
    make_user,
    make_verdict,
)

pytestmark = pytest.mark.django_db

# In every word that must not be read before rating, and in no other word of the desk.
CANARY = "zqkanary"
# What differs between two answers of the same page anyway: numbers, tokens, digests.
MOMENTARY = re.compile(
    r'csrfmiddlewaretoken" value="\w+|name="seen" value="\w+|csrf": "\w+'
    r'|form_token" value="[\w-]+|data-(owner|key)="\w+'
    r"|\b[0-9a-f]{32,64}\b|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+"
)

# The words searched for, as the page of a search repeats them.
ECHO = re.compile(rf'q(=|%3D){CANARY}|value="{CANARY}"')


def make_waiting(rating="false", finding="confirmed"):
    """Return a verdict in review of which every word carries the canary."""
    author = make_user("Reviewers", username="writer")
    claim = make_claim(article=make_article(), speaker=make_speaker("Ida Falk"))
    # How it relates to others is open to whoever is to rate it.
    earlier = make_claim(article=claim.article, speaker=claim.speaker)
    confirm_repeat(claim, earlier, by=author)
    suggest("contradicts", earlier, claim)
    verdict = make_verdict(
        claim,
        author=author,
        rating=rating,
        finding=finding,
        summary=f"Summary {CANARY}",
        explanation=f"Explanation {CANARY}",
        how_verified=f"Steps {CANARY}",
    )
    verdict = take_step("submit", verdict, by=author, comment=f"Submitted {CANARY}")
    rate_blind(
        verdict,
        rating=Rating.objects.get(slug=rating),
        finding=finding,
        by=make_user("Editors", username="earlier"),
        reason=f"Reason {CANARY}",
    )
    for thing in (verdict, claim, claim.article):
        add_comment(thing, f"Comment {CANARY}, @second", by=author)
    return verdict


def addresses(verdict):
    """Return every address of the desk that could tell something of a verdict."""
    claim = verdict.claim
    second = verdict.second_ratings.get(by__username="earlier")
    things = {
        "outlet": claim.article.outlet,
        "article": claim.article,
        "topic": claim,
        "speaker": claim.speaker,
        "claim": claim,
        "verdict": verdict,
        "evidence": verdict.evidence.get(),
        "rating": verdict.rating,
        "publishedverdict": claim,
        "readerreport": claim,
        "secondrating": second,
        "transition": Transition.objects.filter(claim=claim).last(),
        "change": Change.objects.filter(table="verdict", row=verdict.pk).first(),
        # Of these the same is shown whatever somebody rated.
        "subscription": claim,
        "message": claim,
        "deskpage": claim,
        "thread": verdict.claim.threads.first(),
        "notice": claim,
    }
    found = [reverse("admin:index"), *(url for _, url in admin_addresses(things))]
    search = reverse("admin:search_desk")
    found += [f"{search}?q={words}" for words in (CANARY, "harbour")]
    found.append(f"{reverse('admin:agenda')}?of=everybody")
    for model in (Change, Transition):
        view = f"admin:claims_{model._meta.model_name}_change"
        found.extend(reverse(view, args=[row.pk]) for row in model.objects.all())
    for model, asked in QUESTIONS.items():
        base = reverse(f"admin:claims_{model}_changelist")
        for question in asked:
            values = {
                name: value(verdict) if callable(value) else value
                for name, value in question.items()
            }
            found.append(f"{base}?{urlencode(values)}")
    return found


def asked_rating(_verdict):
    """Return the rating that every filter asks for, whichever the verdict has."""
    return Rating.objects.get(slug="false").pk


QUESTIONS = {
    "verdict": [
        {"rating__id__exact": asked_rating},
        {"rating__isnull": "False"},
        {"rating__order__gt": 2},
        {"finding__exact": "confirmed"},
        {"finding": "distorted"},
        {"summary__startswith": "Summary"},
        {"explanation__contains": "zq"},
        {"how_verified__gt": "A"},
        {"as_of__isnull": "True"},
        {"q": CANARY},
        {"q": "harbour"},
        {"queue": "blind"},
        {"person": "nobody"},
        {"o": "2"},
        {"o": "-2"},
    ],
    "change": [
        {"table": "verdict"},
        {"table": "evidence"},
        {"after__rating_id": asked_rating},
        {"after__summary__contains": "zq"},
        {"table": "verdict", "row": lambda verdict: verdict.pk},
    ],
    "transition": [{"comment__contains": "zq"}, {"subject__exact": "verdict"}],
    "secondrating": [
        {"rating": asked_rating},
        {"first_rating": asked_rating},
        {"reason__contains": "zq"},
    ],
    "claim": [{"q": CANARY}],
}


def page_of(verdict, name):
    return f"/admin/claims/verdict/{verdict.pk}/{name}/"


def sent(client, path):
    """Return all that an address sent, without the question echoed in it."""
    response = client.get(path)
    assert response.status_code < 500, path
    heads = "\n".join(f"{name}: {value}" for name, value in response.items())
    body = b"".join(response) if response.streaming else response.content
    return f"{response.status_code} {heads}\n{body.decode()}"


def telling(client, verdict, among=None):
    """Return the addresses that say a word of the verdict, without their numbers."""
    told = set()
    for path in addresses(verdict):
        kind = re.sub(r"\d+", "#", path)
        if kind in told or (among is not None and kind not in among):
            continue
        if CANARY in ECHO.sub("", sent(client, path)):
            told.add(kind)
    return told


# What is closed until then.
CLOSED = {
    "/admin/claims/verdict/#/change/",
    "/admin/claims/verdict/#/preview/",
    "/admin/claims/claim/#/history/",
    "/admin/claims/change/#/change/",
    "/admin/claims/transition/",
    "/admin/claims/transition/#/change/",
    "/admin/claims/claim/#/change/",
    "/admin/claims/article/#/change/",
    "/admin/claims/thread/",
    "/admin/claims/thread/#/change/",
}


@pytest.mark.parametrize(
    "among", [CLOSED, pytest.param(None, marks=pytest.mark.slow)], ids=["few", "every"]
)
def test_nothing_at_the_desk_says_a_word_before_one_has_rated(among):
    verdict = make_waiting()
    reviewer = make_user("Reviewers")
    client = signed_in(reviewer)
    assert len(addresses(verdict)) > 100
    assert telling(client, verdict, among=among) == set()
    # The control: what was closed until then says it afterwards.
    rate_blind(
        verdict, rating=Rating.objects.get(slug="mixed"), finding="", by=reviewer
    )
    assert telling(client, verdict, among=CLOSED) == CLOSED


@pytest.mark.slow
def test_no_page_list_filter_or_order_differs_with_the_rating():
    """Not by a word alone: how many rows, in which order, with which status."""

    def everything(rating, finding):
        with transaction.atomic():
            # Two of another rating, one before and one after, to be sorted among.
            for slug in ("mostly-true", "mostly-false"):
                make_verdict(status=VerdictStatus.PUBLISHED, rating=slug)
            verdict = make_waiting(rating, finding)
            client = signed_in(make_user("Reviewers", username="second"))
            told = [
                (re.sub(r"\d+", "#", path), scrubbed(sent(client, path)))
                for path in addresses(verdict)
            ]
            transaction.set_rollback(True)
        return told

    first, other = everything("false", "confirmed"), everything("true", "distorted")
    assert [path for path, _text in first] == [path for path, _text in other]
    for (path, text), (_path, otherwise) in zip(first, other, strict=True):
        if path.startswith("/admin/claims/rating/"):
            continue
        assert text == otherwise, path


def scrubbed(text):
    return MOMENTARY.sub("#", text)


@pytest.mark.parametrize("name", ["change", "preview", "approve"])
def test_a_closed_page_leads_to_where_one_rates(reviewer, name):
    verdict = make_waiting()
    answer = reviewer.get(page_of(verdict, name))
    assert answer.status_code == 403
    assert page_of(verdict, "blind") in answer.content.decode()
    assert reviewer.get(page_of(verdict, "blind")).status_code == 200


def test_a_closed_page_shows_nothing_to_a_save_either(reviewer):
    verdict = make_waiting()
    answer = reviewer.post(page_of(verdict, "change"), {"summary": "Mine"})
    assert answer.status_code == 403
    assert CANARY not in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/admin/claims/verdict/{verdict}/change/",
        "/admin/claims/verdict/{verdict}/approve/",
        "/admin/claims/verdict/{verdict}/preview/",
        "/admin/claims/claim/{claim}/history/",
    ],
)
def test_an_editor_who_has_looked_rates_no_longer_blind(editor, path):
    verdict = make_waiting()
    assert verdict in to_rate_blind(editor.user)
    path = path.format(verdict=verdict.pk, claim=verdict.claim_id)
    assert CANARY in editor.get(path).content.decode()
    assert verdict not in to_rate_blind(editor.user)
    assert "You have read this verdict" in sent(editor, page_of(verdict, "blind"))
    with pytest.raises(ReviewRefused, match="You have read this verdict"):
        rate_blind(verdict, rating=verdict.rating, finding="", by=editor.user)
    assert VerdictSeen.objects.get().user == editor.user


def test_whoever_has_looked_rates_no_more_blind_in_another_group(annotator):
    verdict = make_waiting()
    assert CANARY in annotator.get(page_of(verdict, "preview")).content.decode()
    annotator.user.groups.set([Group.objects.get(name="Reviewers")])
    promoted = get_user_model().objects.get(pk=annotator.user.pk)
    assert promoted.has_perm("claims.add_secondrating")
    assert verdict not in unseen_by(promoted)
    with pytest.raises(ReviewRefused, match="You have read this verdict"):
        rate_blind(verdict, rating=verdict.rating, finding="", by=promoted)
    # The control: somebody in that group who has not looked.
    assert verdict in unseen_by(make_user("Reviewers"))


def test_the_database_itself_refuses_a_rating_by_whoever_has_looked(editor):
    verdict = make_waiting()
    VerdictSeen.objects.create(verdict=verdict, round=1, user=editor.user)
    with pytest.raises(IntegrityError, match="has read the verdict"):
        SecondRating.objects.create(
            verdict=verdict,
            round=1,
            rating=verdict.rating,
            finding="confirmed",
            by=editor.user,
            first_rating=verdict.rating,
            first_finding="confirmed",
            first_author=verdict.author,
        )


def test_that_somebody_has_looked_cannot_be_taken_back(editor):
    seen = VerdictSeen.objects.create(verdict=make_waiting(), round=1, user=editor.user)
    for change in (seen.delete, lambda: VerdictSeen.objects.update(round=2)):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_list_tells_an_editor_no_rating_that_they_may_still_give(editor):
    verdict = make_waiting("mostly-false")
    html = editor.get("/admin/claims/verdict/").content.decode()
    rows = html.split('id="result_list"')[1].split("</table>")[0]
    assert "Mostly false" not in rows
    assert not VerdictSeen.objects.exists()
    editor.get(page_of(verdict, "change"))
    html = editor.get("/admin/claims/verdict/").content.decode()
    assert "Mostly false" in html.split('id="result_list"')[1].split("</table>")[0]


def test_whoever_has_read_the_draft_gives_no_blind_rating_of_it(reviewer):
    verdict = make_verdict(rating="mostly-false")
    html = reviewer.get("/admin/claims/verdict/").content.decode()
    assert "Mostly false" not in html.split('id="result_list"')[1].split("</table>")[0]
    assert verdict in unseen_by(reviewer.user)
    assert reviewer.get(page_of(verdict, "change")).status_code == 200
    verdict = take_step("submit", verdict, by=verdict.author)
    assert verdict not in to_rate_blind(reviewer.user)
    # There is nothing left to keep from them.
    assert reviewer.get(page_of(verdict, "change")).status_code == 200


def test_an_empty_draft_and_ones_own_words_spoil_no_blind_rating(reviewer):
    empty = begin_verdict(make_claim(), by=make_user("Reviewers"))
    own = make_verdict(author=reviewer.user)
    for verdict in (empty, own):
        assert reviewer.get(page_of(verdict, "change")).status_code == 200
    assert not VerdictSeen.objects.exists()


def test_a_new_round_may_be_rated_by_those_who_saw_the_last_one(editor):
    verdict = make_waiting()
    editor.get(page_of(verdict, "change"))
    verdict = take_step("publish", verdict, by=make_user("Editors"))
    verdict = take_step("revise", verdict, by=verdict.author, comment="A slip.")
    verdict = take_step("submit", verdict, by=verdict.author)
    assert verdict in to_rate_blind(editor.user)
    assert Verdict.objects.get() in unseen_by(editor.user)
