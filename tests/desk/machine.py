"""The machine: what four people do at the desk, and what the test remembers of it."""

import contextlib
from collections import Counter

from django.db import IntegrityError, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from claims.checks import broken_rows, public
from claims.checks import rows as stored_rows
from claims.desk.workflow import begin_verdict, take_step
from claims.exceptions import Refused
from claims.models import Claim, PublishedVerdict, Verdict
from tests.admin.conftest import signed_in
from tests.desk.promises import Promises, command, everything, rows
from tests.desk.public_doors import Doors
from tests.desk.published import Names, Published
from tests.desk.statement_edits import StatementEdits
from tests.desk.verdict_writing import VerdictWriting
from tests.desk.workflow_oracle import (
    CLAIM_STEPS,
    EDITORS,
    GROUPS,
    ON,
    REVIEWERS,
    UNDER_WAY,
    VERDICT_STEPS,
    claims,
    comments,
    moves,
    people,
    reasons,
    stale,
)
from tests.factories import (
    make_article,
    make_claim,
    make_speaker,
    make_topic,
    make_user,
)
from tests.guards import settle

CHECKS = [*stored_rows.CHECKS, *public.CHECKS]


class Desk(StatementEdits, VerdictWriting, Promises, RuleBasedStateMachine):
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
        # Claim → what was published on it, copied as it was approved.
        self.book = {}
        self.doors = Doors()
        self.steps = self.edits = 0

    def teardown(self):
        broken = {check.name for check in CHECKS if broken_rows(check)}
        self.leave()
        assert broken == set()

    def leave(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize()
    def open_desk(self):
        self.users = {
            name: make_user(group, username=name) for name, group in GROUPS.items()
        }
        self.clients = {name: signed_in(user) for name, user in self.users.items()}
        article = make_article()
        self.topic = make_topic("Ferries")
        self.speakers = [
            make_speaker("Ida Falk", title="Mayor"), make_speaker(), make_speaker(),
        ]  # fmt: skip
        self.names = Names(
            slugs={speaker.pk: speaker.slug for speaker in self.speakers},
            merged={},
            article_page=f"/articles/{article.pk}/",
            article_number=article.pk,
            outlet_slug=article.outlet.slug,
            outlet_number=article.outlet.pk,
            bodies=[article.current_text.body],
            texts={article.current_text.pk: 1},
            topics={self.topic.slug: (self.topic.pk, "Ferries")},
            called={speaker.pk: speaker.name for speaker in self.speakers},
            aliases={speaker.pk: [] for speaker in self.speakers},
            offices={speaker.pk: [] for speaker in self.speakers}
            | {self.speakers[0].pk: ["Mayor"]},
        )
        self.claims = [
            make_claim(
                "The harbour will open in May",
                article=article,
                speaker=self.speakers[0],
                cue="said",
                speaker_words="Mayor Ida Falk",
                status="suggested",
            ),
            make_claim(
                "Nobody was hurt",
                article=article,
                speaker=self.speakers[1],
                status="suggested",
            ),
        ]
        self.book = {claim.pk: Published(claim.pk) for claim in self.claims}
        # Something is published on the second claim, or chance seldom gets there.
        self.move_claim("ann", 1, "accept", "", 0)
        self.move_claim("ann", 1, "list", "", 0)
        self.begin("rey", 1)
        self.write("rey", 1, 4, "Wrong.")
        self.change_evidence("rey", 1, False)
        self.move_verdict("rey", 1, "submit", "", "", 0)
        self.move_verdict("edo", 1, "publish", "", "", 0)

    # --- What anybody may try ------------------------------------------------------

    def attempt(self, action, expected):
        """Do it; a refusal must be expected, and must have changed nothing."""
        before = None if expected else everything()
        try:
            with transaction.atomic():
                action()
                settle()
            happened = True
        except Refused:
            happened = False
        assert happened == expected
        if happened:
            self.remember()
        else:
            assert everything() == before

    def remember(self):
        """Copy what was just published, before anything can change beside it."""
        known = sum(len(claim.versions) for claim in self.book.values())
        if PublishedVerdict.objects.count() == known:
            return
        for row in PublishedVerdict.objects.order_by("number").values():
            del row["search"]
            claim = self.book[row["claim_id"]]
            if row["number"] > len(claim.versions):
                claim.versions.append(row)
                claim.listed_at = Claim.objects.get(pk=claim.pk).listed_at
                self.was_approved(claim)

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
            expected &= who in EDITORS and (who not in wrote or bool(reason.strip()))
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
        self.remember_withdrawal(name, claim, comment)
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

    def remember_withdrawal(self, name, claim, comment):
        book = self.book[claim.pk]
        if name == "list":
            book.gone = None
        elif name == "withdraw" and claim.current_id is not None:
            book.gone = book.newest["note"], book.newest["published_at"]
        elif name == "withdraw":
            moved = claim.transitions.filter(step="withdraw").latest("at")
            book.gone = comment.strip(), moved.at

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
        self.edit(other, which, 0, "wording")
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

    @rule(sql=st.sampled_from([
        "UPDATE claims_publishedverdict SET summary = 'Other.'",
        "DELETE FROM claims_publishedverdict",
        "UPDATE claims_transition SET comment = ''",
        "DELETE FROM claims_secondrating",
        "UPDATE claims_comment SET text = 'Other.'",
        "UPDATE claims_rating SET label = label || '!' WHERE id IN"
        " (SELECT rating_id FROM claims_publishedverdict)",
        "UPDATE claims_claim SET rating_id = (SELECT max(id) FROM claims_rating),"
        " version = version + 1 WHERE rating_id IS NULL AND current_id IS NOT NULL",
    ]))  # fmt: skip
    def attack(self, sql):
        before = everything()
        with contextlib.suppress(IntegrityError), transaction.atomic():
            command(sql)
        assert everything() == before

    def claim(self, which):
        return Claim.objects.get(pk=self.claims[which].pk)

    def verdict(self, which):
        return Verdict.objects.filter(claim=self.claims[which]).first()
