"""Rules of the machine that write a verdict: its words, its evidence, and what others
say to it."""

from django.db import IntegrityError, transaction
from hypothesis import strategies as st
from hypothesis.stateful import rule

from claims.desk.comments import add_comment
from claims.desk.review import rate_blind
from claims.models import Evidence, Rating, acting
from claims.text.visible import visible
from tests.desk.workflow_oracle import REVIEWERS, claims, comments, people, words


class VerdictWriting:
    """What reviewers write, and who thereby is one of a verdict's authors."""

    @rule(who=people, which=claims, rating=st.integers(0, 6), words=words)
    def write(self, who, which, rating, words):
        verdict = self.verdict(which)
        if verdict is None or who not in REVIEWERS:
            return
        changes = {
            "summary": words.strip() or "A summary.",
            "how_verified": "Read the minutes.",
            "not_asked_reason": "The minutes leave no question open.",
            "rating": Rating.objects.all()[rating],
        }
        differs = any(getattr(verdict, name) != new for name, new in changes.items())
        # Characters that nobody can see are refused by the database itself.
        seen = changes["summary"] in (visible(changes["summary"]), verdict.summary)
        open_ = verdict.status == "draft" and seen

        def save():
            with acting(self.users[who]):
                for name, new in changes.items():
                    setattr(verdict, name, new)
                verdict.version += 1
                verdict.save()

        self.attempt_sql(save, open_ or not differs)
        if open_ and differs:
            self.wrote[verdict.claim_id].add(who)

    @rule(who=people, which=claims, drop=st.booleans())
    def change_evidence(self, who, which, drop):
        verdict = self.verdict(which)
        if verdict is None or who not in REVIEWERS:
            return
        touches = not drop or verdict.evidence.exists()

        def change():
            with acting(self.users[who]):
                if drop:
                    verdict.evidence.all().delete()
                else:
                    Evidence.objects.create(
                        verdict=verdict,
                        url="https://council.example/minutes",
                        title="Minutes",
                    )

        self.attempt_sql(change, verdict.status == "draft" or not touches)
        if verdict.status == "draft" and touches:
            self.wrote[verdict.claim_id].add(who)

    @rule(who=people, which=claims, rating=st.integers(0, 6))
    def rate(self, who, which, rating):
        verdict = self.verdict(which)
        if verdict is None:
            return
        current = verdict.claim.current
        rated = verdict.second_ratings.filter(
            by=self.users[who], round=(current.number if current else 0) + 1
        )
        expected = (
            who in REVIEWERS
            and verdict.status == "in_review"
            and who not in self.wrote[verdict.claim_id]
            and not rated.exists()
        )
        self.attempt(
            lambda: rate_blind(
                verdict,
                rating=Rating.objects.all()[rating],
                finding="confirmed",
                by=self.users[who],
            ),
            expected,
        )

    @rule(who=people, which=claims, text=comments)
    def comment(self, who, which, text):
        verdict = self.verdict(which)
        if verdict is not None:
            self.attempt(
                lambda: add_comment(verdict, text, by=self.users[who]),
                bool(text.strip()),
            )

    def attempt_sql(self, action, expected):
        try:
            with transaction.atomic():
                action()
            happened = True
        except IntegrityError:
            happened = False
        assert happened == expected
