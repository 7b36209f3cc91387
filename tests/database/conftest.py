"""A desk that is committed, for logins that see nothing else."""

from dataclasses import dataclass

import pytest
from django.utils import timezone

from claims.desk.replies import ask, enter_answer, make_link
from claims.desk.workflow import take_step
from claims.models import Claim, PublishedVerdict, Rating, Span, Verdict
from claims.models.choices import VerdictStatus
from tests.database.logins import committed, three_roles
from tests.factories import make_article, make_claim, make_user, make_verdict


@dataclass
class Desk:
    """Keys of what is there, by name, as SQL takes them."""

    keys: dict[str, int | str]

    def sql(self, statement):
        """Return a statement with the keys put in where it names them."""
        return statement.format_map(self.keys)


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker):
    """A verdict published twice, one in review, and who is at work; as three roles."""
    with django_db_blocker.unblock(), committed():
        made = _made()
        with three_roles():
            yield made


def _made():
    author, editor = make_user("Reviewers"), make_user("Editors")
    published = make_verdict(
        make_claim(), author=author, status=VerdictStatus.PUBLISHED
    )
    published = take_step(
        "revise", published, by=author, kind="clarified", comment="Said more clearly."
    )
    published.summary = "The record says otherwise, at length."
    published.version += 1
    published.save()
    answered, asked = (
        ask(
            published,
            by=author,
            kind="reply",
            person="Ida Falk",
            channel="email",
            question="Why?",
            asked_on=timezone.localdate(),
            until=timezone.localdate(),
        )
        for _each in range(2)
    )
    enter_answer(answered, by=author, answer="No.", answered_on=timezone.localdate())
    published = take_step("submit", published, by=author)
    published = take_step("publish", published, by=editor)
    review = make_verdict(make_claim(), author=author, status=VerdictStatus.IN_REVIEW)
    claim = Claim.objects.get(pk=published.claim_id)
    first, second = PublishedVerdict.objects.filter(claim=claim).order_by("number")
    other = make_article("Another article. Its words are its own.")
    return Desk(
        {
            "claim": claim.pk,
            "speaker": claim.speaker_id,
            "stranger": make_claim(article=other, words="Its words").speaker_id,
            "article": claim.article_id,
            "text": claim.article.current_text_id,
            "othertext": other.current_text_id,
            "span": Span.objects.get(claim=claim).pk,
            "verdict": published.pk,
            "first": first.pk,
            "second": second.pk,
            "rating": second.rating_id,
            "otherrating": Rating.objects.exclude(pk=second.rating_id)[0].pk,
            "author": author.pk,
            "editor": editor.pk,
            "answered": answered.pk,
            "asked": asked.pk,
            "token": make_link(asked, by=author),
            "outsider": make_user("Editors").pk,
            "review": review.pk,
            "reviewed": review.claim_id,
            "reviewversion": Verdict.objects.get(pk=review.pk).version,
        }
    )
