"""Four people do anything in any order; what is promised holds after every step."""

import contextlib
from collections import Counter

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from claims.desk import public_record, workflow
from claims.desk.annotation import change_claim
from claims.desk.merging import merge_speakers
from claims.desk.review import add_comment, rate_blind
from claims.desk.workflow import begin_verdict, take_step
from claims.exceptions import Refused
from claims.models import (
    Claim,
    Evidence,
    PublishedVerdict,
    Rating,
    Speaker,
    Verdict,
    acting,
)
from claims.text.visible import visible
from tests.factories import make_article, make_claim, make_speaker, make_user

# The oracle: who may, from where to where, whether a comment is needed. Written down
# here a second time, so that a slip in the workflow's own table shows.
ANYBODY = {"ann", "rey", "eda", "edo"}
REVIEWERS = {"rey", "eda", "edo"}
EDITORS = {"eda", "edo"}
CLAIM_STEPS = {
    "accept": (ANYBODY, {"suggested"}, "draft", False),
    "reject": (ANYBODY, {"suggested", "draft"}, "rejected", False),
    "restore": (ANYBODY, {"rejected"}, "draft", False),
    "list": (ANYBODY, {"draft", "withdrawn"}, "listed", False),
    "withdraw": (EDITORS, {"listed"}, "withdrawn", True),
    "ask_withdraw": (ANYBODY, {"listed"}, "listed", True),
    "decline_withdraw": (EDITORS, {"listed"}, "listed", False),
}
UNDER_WAY = {"draft", "in_review"}
VERDICT_STEPS = {
    "submit": (REVIEWERS, {"draft"}, "in_review", False),
    "recall": (REVIEWERS, {"in_review"}, "draft", False),
    "return": (EDITORS, {"in_review"}, "draft", True),
    "publish": (EDITORS, {"in_review"}, "published", False),
    "revise": (REVIEWERS, {"published", "retracted"}, "draft", True),
    "retract": (EDITORS, {"published", *UNDER_WAY}, "retracted", True),
    "ask_retract": (REVIEWERS, {"published", *UNDER_WAY}, None, True),
    "decline_retract": (EDITORS, {"published", *UNDER_WAY}, None, False),
    "end_revision": (REVIEWERS, UNDER_WAY, None, False),
}
# What a run has to have tried, or it shows little.
MANY = {"submit", "return", "publish", "revise", "end_revision", "ask_retract"} | {
    "retract", "ask_withdraw", "withdraw",
}  # fmt: skip
# What leads from one state to the next: tried more often than chance would.
ON = ("submit", "recall", "return", "publish", "revise", "retract")
GROUPS = {"ann": "Annotators", "rey": "Reviewers", "eda": "Editors", "edo": "Editors"}

people = st.sampled_from(sorted(GROUPS))
claims = st.integers(0, 1)
comments = st.sampled_from(["", "  ", "Because the minutes say so."])
reasons = st.sampled_from(["", "", " ", "Nobody else is on duty."])
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
stale = st.sampled_from([0, 0, 0, 0, -1, 1])
moves = st.tuples(people, st.integers(0, 3), reasons)


def rows(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def command(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def everything():
    """Return a digest of all that a refused action must leave as it was."""
    parts = [
        f"SELECT '{table}', coalesce(md5(string_agg(t::text, '|' ORDER BY t.id)), '')"
        f" FROM claims_{table} t"
        for table in (
            "claim", "span", "speaker", "verdict", "verdict_contributors",
            "evidence", "publishedverdict", "transition", "change",
            "verdictcomment", "secondrating", "removalrequest", "publicclaim",
            "publicwords",
        )
    ]  # fmt: skip
    # In order: a union read by parallel workers comes in any.
    return rows(" UNION ALL ".join(parts) + " ORDER BY 1")


class Desk(RuleBasedStateMachine):
    """What people do, and what the test itself remembers of it."""

    done = Counter()

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.published = {}
        # Claim → logins that touched it or its verdict since the last publication.
        self.wrote = {}
        # (claim, what it is asked for) → who asks to take it off the site.
        self.asked = {}
        self.steps = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize()
    def open_desk(self):
        self.users = {
            name: make_user(group, username=name) for name, group in GROUPS.items()
        }
        article = make_article()
        self.speakers = [make_speaker(), make_speaker()]
        self.claims = [
            make_claim(words, article=article, speaker=speaker, status="suggested")
            for words, speaker in zip(
                ["The harbour will open in May", "Nobody was hurt"],
                self.speakers,
                strict=True,
            )
        ]
        # The second claim's verdict is well under way, or chance seldom gets there.
        self.move_claim("ann", 1, "accept", "", 0)
        self.move_claim("ann", 1, "list", "", 0)
        self.begin("rey", 1)
        self.write("rey", 1, 4, "Wrong.")
        self.change_evidence("rey", 1, False)
        self.move_verdict("rey", 1, "submit", "", "", 0)

    # --- What anybody may try ------------------------------------------------------

    def attempt(self, action, expected):
        """Do it; a refusal must be expected, and must have changed nothing."""
        before = None if expected else everything()
        try:
            with transaction.atomic():
                action()
            happened = True
        except Refused:
            happened = False
        assert happened == expected
        if not happened:
            assert everything() == before

    @rule(who=people, which=claims, name=st.sampled_from(sorted(CLAIM_STEPS)),
          comment=comments, off=stale, reason=reasons)  # fmt: skip
    def move_claim(self, who, which, name, comment, off, reason=""):
        claim, verdict = self.claim(which), self.verdict(which)
        may, sources, target, needs_comment = CLAIM_STEPS[name]
        comes_back = claim.status == "withdrawn" and claim.current_id is not None
        needs_comment |= name == "list" and comes_back
        expected = (
            who in may
            and claim.status in sources
            and off == 0
            and (not needs_comment or bool(comment.strip()))
            and self.is_decided(name, claim, who, reason)
        )
        if name == "list" and comes_back:
            wrote = {self.author_of(claim), *self.wrote[claim.pk]}
            expected &= who not in wrote or bool(reason.strip())
        details = {"override_reason": reason} if name in {"list", "withdraw"} else {}
        self.attempt(
            lambda: take_step(
                name,
                claim,
                by=self.users[who],
                version=claim.version + off,
                comment=comment,
                **details,
            ),
            expected,
        )
        if not expected:
            return
        self.done[name] += 1
        assert self.claim(which).status == target
        self.remember_request(name, claim, who)
        if name == "withdraw" and claim.current_id is not None:
            assert self.verdict(which).status == "retracted"
            if verdict.status in UNDER_WAY:
                self.wrote[claim.pk] = {self.author_of(claim)}

    def is_decided(self, name, claim, who, reason=""):
        """Return whether what was published may go, be asked to go, or stay."""
        word, _, kind = name.rpartition("_")
        asker = self.asked.get((claim.pk, kind))
        if word == "ask":
            subject = claim.current_id if kind == "withdraw" else claim.rating_id
            return subject is not None and asker is None
        if word == "decline":
            return asker is not None
        if name == "retract" and claim.rating_id is None:
            return False
        if name == "retract" or (name == "withdraw" and claim.current_id is not None):
            return asker not in {None, who} or bool(reason.strip())
        return True

    def remember_request(self, name, claim, who):
        word, _, kind = name.rpartition("_")
        if word == "ask":
            self.asked[claim.pk, kind] = who
        else:
            self.asked.pop((claim.pk, kind), None)
        if name == "withdraw" and claim.current_id is not None:
            self.asked.pop((claim.pk, "retract"), None)

    def author_of(self, claim):
        """Return who wrote what was last in force on a claim."""
        ((name,),) = rows(
            "SELECT u.username FROM claims_publishedverdict p"
            " JOIN auth_user u ON u.id = p.author_id WHERE claim_id = %s"
            " AND kind NOT IN ('retracted', 'withdrawn') ORDER BY number DESC LIMIT 1",
            claim.pk,
        )
        return name

    @rule(who=people, which=claims)
    def begin(self, who, which):
        claim = self.claim(which)
        there = Verdict.objects.filter(claim=claim).exists()
        expected = who in REVIEWERS and (there or claim.status in {"draft", "listed"})
        self.attempt(lambda: begin_verdict(claim, by=self.users[who]), expected)
        if expected and not there:
            self.wrote[claim.pk] = {who}

    @rule(who=people, which=claims, name=st.sampled_from(sorted(VERDICT_STEPS)),
          comment=comments, reason=reasons, off=stale)  # fmt: skip
    def move_verdict(self, who, which, name, comment, reason, off):
        verdict = self.verdict(which)
        if verdict is None:
            return
        may, sources, target, needs_comment = VERDICT_STEPS[name]
        expected = (
            who in may
            and verdict.status in sources
            and off == 0
            and (not needs_comment or bool(comment.strip()))
        )
        if name == "submit":
            expected &= bool(
                verdict.rating_id
                # Dots and invisible characters alone say nothing.
                and any(letter.isalnum() for letter in verdict.summary)
                and verdict.how_verified
                and verdict.evidence.exists()
            )
        wrote = who in self.wrote[verdict.claim_id]
        claim = self.claim(which)
        expected &= self.is_decided(name, claim, who, reason)
        if name == "recall":
            expected &= wrote
        if name == "publish":
            expected &= not wrote or bool(reason.strip())
        if name == "end_revision":
            expected &= claim.current_id is not None and (wrote or who in EDITORS)
        details = {}
        if name in {"publish", "retract"}:
            details["override_reason"] = reason
        self.attempt(
            lambda: take_step(
                name,
                verdict,
                by=self.users[who],
                version=verdict.version + off,
                comment=comment,
                **details,
            ),
            expected,
        )
        if not expected:
            return
        self.done[name] += 1
        if name == "end_revision":
            target = "published" if claim.rating_id else "retracted"
        assert self.verdict(which).status == (target or verdict.status)
        self.remember_request(name, claim, who)
        if name == "revise":
            self.wrote[claim.pk] = {who}
        ends = name in {"end_revision", "retract"} and verdict.status in UNDER_WAY
        if ends:
            self.wrote[claim.pk] = {self.author_of(claim)}

    @rule(which=claims, moves=st.lists(moves, min_size=2, max_size=6))
    def go_on(self, which, moves):
        """Try steps that the verdict's state allows; chance alone seldom would."""
        for who, pick, reason in moves:
            verdict = self.verdict(which)
            if verdict is None:
                self.begin(who, which)
                continue
            open_ = [n for n in ON if verdict.status in VERDICT_STEPS[n][1]]
            name = open_[pick % len(open_)]
            if name == "submit" and who in REVIEWERS:
                self.write(who, which, pick, "Checked.")
                self.change_evidence(who, which, False)
            self.move_verdict(who, which, name, "Because.", reason, 0)

    @rule(which=claims, who=st.sampled_from(sorted(EDITORS)))
    def see_through(self, which, who):
        """Bring a verdict into force: what follows is then tried on one."""
        for status, name in {"suggested": "accept", "draft": "list"}.items():
            if self.claim(which).status == status:
                self.move_claim("ann", which, name, "", 0)
        self.begin("rey", which)
        verdict = self.verdict(which)
        if verdict is not None and verdict.status == "draft":
            self.write("rey", which, 4, "Wrong.")
            self.change_evidence("rey", which, False)
            self.move_verdict("rey", which, "submit", "", "", 0)
        if verdict is not None:
            reason = "Nobody else is on duty."
            self.move_verdict(who, which, "publish", "", reason, 0)

    @rule(which=claims, one=people, other=people)
    def give_up(self, which, one, other):
        """Begin a revision of claim and verdict, and end it again."""
        self.move_verdict(one, which, "revise", "New minutes.", "", 0)
        self.reword(other, which, 0)
        self.move_verdict(other, which, "end_revision", "", "", 0)

    @rule(which=claims, kind=st.sampled_from(["withdraw", "retract"]),
          one=people,
          other=st.sampled_from(sorted(EDITORS)), declined=st.booleans())  # fmt: skip
    def take_off(self, which, kind, one, other, declined):
        """Ask for a withdrawal or a retraction, and decide on it."""
        for who, name in [
            (one, f"ask_{kind}"),
            (other, f"decline_{kind}" if declined else kind),
        ]:
            if kind == "withdraw":
                self.move_claim(who, which, name, "Forged.", 0)
            else:
                self.move_verdict(who, which, name, "Forged.", "", 0)

    @rule(who=people, which=claims, rating=st.integers(0, 6), words=words)
    def write(self, who, which, rating, words):
        verdict = self.verdict(which)
        if verdict is None or who not in REVIEWERS:
            return
        changes = {
            "summary": words.strip() or "A summary.",
            "how_verified": "Read the minutes.",
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

    @rule(who=people, which=claims, off=stale)
    def reword(self, who, which, off):
        claim, verdict = self.claim(which), self.verdict(which)
        is_open = claim.current_id is None or verdict.status == "draft"
        self.attempt(
            lambda: change_claim(
                claim,
                by=self.users[who],
                version=claim.version + off,
                wording=f"Wording {self.steps}.",
            ),
            off == 0 and is_open,
        )
        under_way = verdict is not None and verdict.status in UNDER_WAY
        if off == 0 and is_open and under_way:
            self.wrote[claim.pk].add(who)

    @rule(who=people, one=claims, other=claims)
    def merge(self, who, one, other):
        speaker, into = self.speakers[one], self.speakers[other]
        merged = Speaker.objects.filter(merged_into__isnull=False).exists()
        expected = one != other and not merged
        self.attempt(
            lambda: merge_speakers(speaker, into, by=self.users[who]), expected
        )
        for which in (0, 1) if expected else ():
            verdict = self.verdict(which)
            if verdict is not None and verdict.status in UNDER_WAY:
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

    @rule(sql=st.sampled_from([
        "UPDATE claims_publishedverdict SET summary = 'Other.'",
        "DELETE FROM claims_publishedverdict",
        "UPDATE claims_transition SET comment = ''",
        "DELETE FROM claims_secondrating",
        "UPDATE claims_verdictcomment SET text = 'Other.'",
        "UPDATE claims_claim SET rating_id = (SELECT max(id) FROM claims_rating),"
        " version = version + 1 WHERE rating_id IS NULL AND current_id IS NOT NULL",
    ]))  # fmt: skip
    def attack(self, sql):
        def change():
            with connection.cursor() as cursor:
                cursor.execute(sql)

        before = everything()
        with contextlib.suppress(IntegrityError), transaction.atomic():
            change()
        assert everything() == before

    def attempt_sql(self, action, expected):
        try:
            with transaction.atomic():
                action()
            happened = True
        except IntegrityError:
            happened = False
        assert happened == expected

    # --- What holds after every step -------------------------------------------------

    @invariant()
    def deferred_promises_hold_too(self):
        self.steps += 1
        self.done["steps"] += 1
        command("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    @invariant()
    def nothing_published_changes(self):
        now = dict(rows("SELECT id, p::text FROM claims_publishedverdict p"))
        for number, row in self.published.items():
            assert now.get(number) == row
        self.published = now

    @invariant()
    def nobodys_own_verdict_is_public_without_an_override_that_shows(self):
        assert not rows(
            "SELECT id FROM claims_publishedverdict"
            " WHERE author_id = approver_id AND override_reason = ''"
        )

    @invariant()
    def every_correction_carries_a_note(self):
        assert not rows(
            "SELECT id FROM claims_publishedverdict"
            " WHERE number > 1 AND btrim(note) = ''"
            " OR number = 1 AND kind <> 'first' OR number > 1 AND kind = 'first'"
        )

    @invariant()
    def versions_are_numbered_without_a_gap_and_carry_evidence(self):
        assert not rows(
            "SELECT claim_id FROM claims_publishedverdict GROUP BY claim_id"
            " HAVING max(number) <> count(*)"
            " OR bool_or(jsonb_array_length(evidence) = 0)"
        )

    @invariant()
    def the_claim_shows_what_its_newest_publication_says(self):
        assert not rows(
            "SELECT c.id FROM claims_claim c LEFT JOIN LATERAL ("
            " SELECT id, kind, rating_id FROM claims_publishedverdict"
            " WHERE claim_id = c.id ORDER BY number DESC LIMIT 1) p ON true"
            " WHERE c.current_id IS DISTINCT FROM p.id OR c.rating_id IS DISTINCT FROM"
            " CASE WHEN p.kind NOT IN ('retracted', 'withdrawn') THEN p.rating_id END"
        )

    @invariant()
    def readers_see_what_the_newest_publication_says(self):
        assert public_record.differences() == []
        assert not rows(
            "SELECT p.claim_id FROM claims_publishedverdict p"
            " JOIN claims_publicclaim f ON f.current_id = p.id"
            " JOIN claims_publicwords w ON w.id = f.id"
            " WHERE (w.wording, w.quote, w.marks, f.stated_on)"
            " IS DISTINCT FROM (p.claim_reviewed, p.quote, p.marks, p.stated_on)"
        )

    @invariant()
    def every_status_is_where_the_last_step_led(self):
        for table, subject, key in (
            ("claim", "claim", "x.id"),
            ("verdict", "verdict", "x.claim_id"),
        ):
            assert not rows(
                f"SELECT x.id FROM claims_{table} x JOIN LATERAL ("
                f" SELECT to_status FROM claims_transition WHERE claim_id = {key}"
                f" AND subject = '{subject}' ORDER BY id DESC LIMIT 1) t ON true"
                " WHERE x.status <> t.to_status"
            )
        assert not rows(
            "SELECT id FROM (SELECT id, from_status, lag(to_status) OVER"
            " (PARTITION BY claim_id, subject ORDER BY id) AS before"
            " FROM claims_transition) t WHERE before <> from_status"
        )

    @invariant()
    def listed_claims_have_a_speaker_and_the_words_of_the_print(self):
        assert not rows(
            "SELECT c.id FROM claims_claim c WHERE c.status = 'listed'"
            " AND (c.speaker_id IS NULL OR c.quote = '')"
        )
        assert not rows(
            "SELECT s.id FROM claims_span s JOIN claims_articletext t"
            ' ON t.id = s.text_id WHERE substr(t.body, s.start + 1, s."end" - s.start)'
            " <> s.exact"
        )

    @invariant()
    def a_merged_speaker_has_no_claims(self):
        assert not rows(
            "SELECT c.id FROM claims_claim c JOIN claims_speaker s"
            " ON s.id = c.speaker_id WHERE s.merged_into_id IS NOT NULL"
        )

    def claim(self, which):
        return Claim.objects.get(pk=self.claims[which].pk)

    def verdict(self, which):
        return Verdict.objects.filter(claim=self.claims[which]).first()


def run(examples, steps, **options):
    """Run the machine and return how many steps were tried in all, and how often each
    step of a verdict was taken."""
    Desk.done.clear()
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            **options,
        ),
    )
    return Desk.done


@pytest.mark.django_db
def test_the_promises_hold_whatever_four_people_do():
    done = run(examples=15, steps=30, derandomize=True)
    assert set(done) >= MANY, done


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("half", ["first", "second"])
def test_the_promises_hold_through_thousands_of_steps(half):
    """At least 2,000 steps in two halves, so that two cores can share them."""
    done = run(examples=30, steps=60)
    assert done["steps"] >= 1000
    assert {*MANY, "decline_withdraw", "decline_retract"} <= set(done), done


@pytest.mark.django_db
def test_the_machine_notices_when_four_eyes_are_not_guarded(monkeypatch):
    """The control: with the rule taken out of the workflow and of the database,
    a verdict published by its author must fail the machine."""
    monkeypatch.setattr(workflow, "is_author", lambda verdict, user: False)
    command(
        "ALTER TABLE claims_publishedverdict"
        " DROP CONSTRAINT publication_has_four_eyes; "
        "ALTER TABLE claims_publishedverdict DISABLE TRIGGER publication_guard"
    )
    desk = Desk()
    try:
        desk.open_desk()
        desk.move_claim("ann", 0, "accept", "", 0)
        desk.begin("eda", 0)
        desk.write("eda", 0, 4, "Wrong.")
        desk.change_evidence("eda", 0, False)
        desk.move_verdict("eda", 0, "submit", "", "", 0)
        with pytest.raises(AssertionError):
            desk.move_verdict("eda", 0, "publish", "", "", 0)
        assert PublishedVerdict.objects.count() == 1
        with pytest.raises(AssertionError):
            desk.nobodys_own_verdict_is_public_without_an_override_that_shows()
    finally:
        desk.teardown()
