"""The promises that the database holds, whatever way a write comes in.

Each attack is refused by one named constraint or trigger. The control takes that one
away and sees the same attack succeed, so that no row of the table is vacuous.
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from claims.desk.publications import build_publication, removal_of
from claims.models import (
    Article,
    ArticleText,
    Change,
    Claim,
    Evidence,
    Outlet,
    PublishedVerdict,
    Rating,
    RemovalRequest,
    Span,
    Speaker,
    Transition,
    Verdict,
)
from claims.models.choices import (
    ClaimStatus,
    PublicationKind,
    RemovalKind,
    RemovalOutcome,
    VerdictStatus,
)
from claims.models.constraints import refusal_for
from tests.factories import (
    make_article,
    make_claim,
    make_speaker,
    make_user,
    make_verdict,
)
from tests.guards import allow_truncate, settle, sql, without

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(module_db):
    """A published claim, one in review, and a second article, as raw material."""
    published = make_verdict(
        make_claim("Rents fell", article=make_article("Rents fell. Rents fell.")),
        status=VerdictStatus.PUBLISHED,
    ).claim.publications.get()
    bare = make_claim()
    world = {
        "published": published,
        "claim": Claim.objects.get(pk=published.claim_id),
        "review": make_verdict(make_claim(), status=VerdictStatus.IN_REVIEW),
        "draft": make_verdict(make_claim("Nobody was hurt")),
        "other": make_article("Another article. Its words are its own."),
        "stranger": make_user("Editors"),
        # Listed, and nothing is published on it.
        "bare": bare,
        "span": bare.spans.get(role="content"),
    }
    settle()
    return world


@pytest.fixture
def desk(world, db):
    """The rows of the world as no other test left them."""
    rows = {name: type(row).objects.get(pk=row.pk) for name, row in world.items()}
    return SimpleNamespace(**rows)


def publication(desk, of=None, **changes):
    """Return an unsaved next publication of a verdict, of the one in review if none
    is given."""
    publication = build_publication(
        of or desk.review, approver=desk.stranger, at=timezone.now()
    )
    for name, value in changes.items():
        setattr(publication, name, value)
    return publication


def forged_span(desk, **changes):
    span = Span(
        claim=desk.bare,
        role="content",
        ordinal=7,
        text=desk.span.text,
        start=0,
        end=11,
        exact="The harbour",
    )
    for name, value in changes.items():
        setattr(span, name, value)
    Span.objects.bulk_create([span], ignore_conflicts=True)


def change(claim, **changes):
    Claim.objects.filter(pk=claim.pk).update(version=F("version") + 1, **changes)


def nobodys_verdict(desk):
    """Return a verdict of the stranger's in review that notes no contributor."""
    verdict = Verdict.objects.create(
        claim=desk.bare,
        author=desk.stranger,
        rating=desk.review.rating,
        summary="Wrong.",
        how_verified="Read.",
    )
    Evidence.objects.create(verdict=verdict, url="https://a.example/", title="A")
    verdict.status, verdict.version = VerdictStatus.IN_REVIEW, 2
    verdict.save()
    return verdict


def removal(desk, **changes):
    """Return the publication of a retraction that nobody has asked for."""
    values = {"author": make_user("Editors"), "approver": desk.stranger} | changes
    return removal_of(
        desk.claim,
        PublicationKind.RETRACTED,
        note="Wrong source.",
        at=timezone.now(),
        **values,
    )


def asked(desk, **changes):
    """Return a request to retract that was declined."""
    values = {
        "asked_by": desk.stranger,
        "decided_by": desk.stranger,
        "decided_at": timezone.now(),
        "outcome": RemovalOutcome.DECLINED,
    }
    return RemovalRequest.objects.create(
        claim=desk.claim, kind=RemovalKind.RETRACT, reason="Why not.", **values
    )


# The name of an attack, the constraint or (table, trigger) that refuses it, and the
# attack. Several ways to write are tried: update(), bulk_create() and raw SQL.
ATTACKS = {
    # Promise 1: what was published stays.
    "update a publication": (
        ("publishedverdict", "append_only"),
        lambda d: PublishedVerdict.objects.update(summary="Never said."),
    ),
    "delete a publication": (
        ("publishedverdict", "append_only"),
        # The claim shows it, so the attack first has to hide that.
        lambda d: sql("DELETE FROM claims_publishedverdict WHERE number > 0"),
    ),
    "upsert a publication": (
        ("publishedverdict", "append_only"),
        lambda d: sql(
            "WITH gone AS (UPDATE claims_publishedverdict SET note = 'x' RETURNING 1)"
            " SELECT count(*) FROM gone"
        ),
    ),
    "truncate the publications": (
        ("publishedverdict", "append_only_whole"),
        lambda d: sql("TRUNCATE claims_publishedverdict CASCADE"),
    ),
    "rewrite an article's text": (
        ("articletext", "append_only"),
        lambda d: ArticleText.objects.update(reason="Quietly."),
    ),
    "delete a transition": (
        ("transition", "append_only"),
        lambda d: Transition.objects.all()._raw_delete("default"),
    ),
    "update a transition": (
        ("transition", "append_only"),
        lambda d: Transition.objects.update(comment="Never happened."),
    ),
    "delete the log": (
        ("change", "append_only"),
        lambda d: Change.objects.all().delete(),
    ),
    "truncate the log": (
        ("change", "append_only_whole"),
        lambda d: sql("TRUNCATE claims_change"),
    ),
    "truncate the evidence": (
        ("evidence", "no_truncate"),
        lambda d: sql("TRUNCATE claims_evidence"),
    ),
    "truncate the spans": (
        ("span", "no_truncate"),
        lambda d: sql("TRUNCATE claims_span CASCADE"),
    ),
    "publish in the past": (
        ("publishedverdict", "publication_guard"),
        lambda d: PublishedVerdict.objects.bulk_create(
            [
                publication(d, number=5, kind="updated", note="x"),
            ]
        ),
    ),
    "show another rating than the published one": (
        ("claim", "claim_guard"),
        lambda d: Claim.objects.filter(pk=d.claim.pk).update(rating=None),
    ),
    # Promise 2: quotes are the text's words.
    "a quote that the article does not hold": (
        ("span", "quote_matches_text"),
        lambda d: forged_span(d, exact="The HARBOUR"),
    ),
    "a quote at another place": (
        ("span", "quote_matches_text"),
        lambda d: Span.objects.filter(pk=d.span.pk).update(
            start=F("start") + 1, end=F("end") + 1
        ),
    ),
    "a quote past the end": (
        ("span", "quote_matches_text"),
        lambda d: forged_span(d, start=10_000, end=10_011),
    ),
    "a quote of another article": (
        ("span", "quote_matches_text"),
        lambda d: forged_span(
            d, text=d.other.current_text, exact="Another art", start=0, end=11
        ),
    ),
    "an empty quote": (
        "span_is_not_empty",
        lambda d: forged_span(d, start=5, end=5, exact=""),
    ),
    "a quote in reverse": (
        "span_is_not_empty span_is_as_long_as_its_words quote_matches_text",
        lambda d: forged_span(d, start=9, end=5, exact="e ha"),
    ),
    "a claim's quote that its spans do not hold": (
        ("claim", "claim_guard"),
        lambda d: Claim.objects.filter(pk=d.bare.pk).update(quote="Forged."),
    ),
    "a text that is not in normal form": (
        "article_text_is_canonical",
        lambda d: sql(
            "INSERT INTO claims_articletext"
            " (article_id, number, body, sha256, reason, created_at) VALUES"
            " (%s, 9, %s, encode(sha256(convert_to(%s, 'UTF8')), 'hex'), 'x', now())",
            d.other.pk,
            "Erdog\u0306an",
            "Erdog\u0306an",
        ),
    ),
    "a text that turns the reading order": (
        "article_text_is_canonical",
        lambda d: sql(
            "INSERT INTO claims_articletext"
            " (article_id, number, body, sha256, reason, created_at) VALUES"
            " (%s, 9, %s, encode(sha256(convert_to(%s, 'UTF8')), 'hex'), 'x', now())",
            d.other.pk,
            "abc\u202edef",
            "abc\u202edef",
        ),
    ),
    "two texts of one number": (
        "article_text_numbers_are_unique",
        lambda d: ArticleText.objects.bulk_create(
            [
                ArticleText(
                    article=d.other,
                    number=1,
                    body=d.other.current_text.body,
                    sha256=d.other.current_text.sha256,
                )
            ]
        ),
    ),
    "the text of another article": (
        ("article", "current_text_is_own"),
        lambda d: Article.objects.filter(pk=d.other.pk).update(
            current_text=d.claim.article.current_text
        ),
    ),
    "a claim that moves to another article": (
        ("claim", "claim_guard"),
        lambda d: Claim.objects.filter(pk=d.claim.pk).update(
            article=d.other, version=F("version") + 1
        ),
    ),
    "a listed claim without words": (
        ("claim", "claim_guard"),
        lambda d: Claim.objects.bulk_create(
            [
                Claim(
                    article=d.other,
                    speaker=d.bare.speaker,
                    wording="Nothing marked.",
                    status=ClaimStatus.LISTED,
                )
            ]
        ),
    ),
    "a listed claim without a speaker": (
        "claim_listed_has_a_speaker",
        lambda d: change(d.bare, speaker=None),
    ),
    # Promise 3: four eyes.
    "approve one's own verdict": (
        "publication_has_four_eyes",
        # Written while nobody was named: the author is no contributor.
        lambda d: publication(
            d, of=nobodys_verdict(d), approver_id=d.stranger.pk
        ).save(),
    ),
    "approve what one helped to write": (
        ("publishedverdict", "publication_guard"),
        lambda d: (
            d.review.contributors.add(d.stranger),
            publication(d).save(),
        ),
    ),
    "publish under a false author": (
        ("publishedverdict", "publication_guard"),
        lambda d: publication(
            d, author_id=d.stranger.pk, approver_id=d.review.author_id
        ).save(),
    ),
    "take over a verdict in review": (
        ("verdict", "verdict_guard"),
        lambda d: Verdict.objects.filter(pk=d.review.pk).update(
            author=d.stranger, version=F("version") + 1
        ),
    ),
    "change what is in review": (
        ("verdict", "verdict_guard"),
        lambda d: Verdict.objects.filter(pk=d.review.pk).update(
            summary="Slipped in.", version=F("version") + 1
        ),
    ),
    "change evidence in review": (
        ("evidence", "evidence_guard"),
        lambda d: Evidence.objects.filter(verdict=d.review).update(title="Slipped in"),
    ),
    "add evidence in review": (
        ("evidence", "evidence_guard"),
        lambda d: Evidence.objects.bulk_create(
            [Evidence(verdict=d.review, url="https://a.example/", title="Slipped in")]
        ),
    ),
    "move evidence out of a verdict in review": (
        ("evidence", "evidence_guard"),
        lambda d: Evidence.objects.filter(verdict=d.review).update(verdict=d.draft),
    ),
    "move evidence into a verdict in review": (
        ("evidence", "evidence_guard"),
        lambda d: Evidence.objects.filter(verdict=d.draft).update(verdict=d.review),
    ),
    "correct without a note": (
        "publication_after_the_first_has_a_note",
        lambda d: (
            publication(d).save(),
            publication(d, number=2, kind="updated", note="").save(),
        ),
    ),
    "publish without evidence": (
        "publication_has_evidence",
        lambda d: publication(d, evidence=[]).save(),
    ),
    "skip a number": (
        ("publishedverdict", "publication_guard"),
        lambda d: publication(d, number=2, kind="updated", note="x").save(),
    ),
    "publish tomorrow": (
        ("publishedverdict", "publication_guard"),
        lambda d: publication(
            d, published_at=timezone.now() + timedelta(days=1)
        ).save(),
    ),
    "review an empty verdict": (
        "verdict_is_complete_outside_draft",
        lambda d: Verdict.objects.filter(pk=d.draft.pk).update(
            summary="", status="in_review", version=F("version") + 1
        ),
    ),
    "publish another name than the speaker's": (
        ("publishedverdict", "publication_is_approved"),
        lambda d: publication(d, speaker_name="Somebody Else").save(),
    ),
    "publish on a claim that names nobody": (
        ("publishedverdict", "publication_is_approved"),
        lambda d: (
            change(d.review.claim, speaker=None, status="draft"),
            publication(d, of=Verdict.objects.get(pk=d.review.pk)).save(),
        ),
    ),
    "publish another office": (
        ("publishedverdict", "publication_is_approved"),
        lambda d: publication(d, speaker_role="Mayor").save(),
    ),
    "publish another headline": (
        ("publishedverdict", "publication_is_approved"),
        lambda d: publication(d, headline="Other news").save(),
    ),
    "publish other marks": (
        ("publishedverdict", "publication_is_approved"),
        lambda d: publication(d, marks=d.published.marks).save(),
    ),
    "publish with other speakers": (
        ("publishedverdict", "publication_is_approved"),
        lambda d: publication(
            d, speakers=[{"id": d.claim.speaker_id, "name": "Somebody Else"}]
        ).save(),
    ),
    "publish another definition of the rating": (
        ("publishedverdict", "publication_is_approved"),
        lambda d: publication(d, rating_definition="Anything goes.").save(),
    ),
    "make an author of a verdict in review a stranger to it": (
        ("verdict_contributors", "contributor_guard"),
        lambda d: d.review.contributors.clear(),
    ),
    "edit a rating that stands under a verdict": (
        ("rating", "rating_guard"),
        lambda d: Rating.objects.filter(pk=d.review.rating_id).update(
            definition="Anything goes."
        ),
    ),
    # Promise 9: what is published is joined to nothing that nobody approved, and
    # does not disappear.
    "reword a published claim": (
        ("claim", "statement_guard"),
        lambda d: change(d.claim, wording="Rents never fell."),
    ),
    "move a published claim to another day": (
        ("claim", "statement_guard"),
        lambda d: change(d.claim, stated_on="2026-01-01"),
    ),
    "give a published claim to another speaker": (
        ("claim", "statement_guard"),
        lambda d: change(d.claim, speaker=make_speaker()),
    ),
    "give a published claim's speaker another office": (
        ("claim", "statement_guard"),
        lambda d: change(d.claim, printed_role="Mayor"),
    ),
    "add a speaker to a published claim": (
        ("claim_other_speakers", "joint_speakers_guard"),
        lambda d: d.claim.other_speakers.add(make_speaker()),
    ),
    "mark a published claim at another place": (
        ("span", "marks_guard"),
        lambda d: Span.objects.filter(claim=d.claim).update(start=12, end=22),
    ),
    "mark a cue in a published claim": (
        ("span", "marks_guard"),
        lambda d: forged_span(
            d,
            claim=d.claim,
            role="cue",
            text=d.claim.article.current_text,
            start=6,
            end=10,
            exact="fell",
        ),
    ),
    "retract what nobody asked to retract": (
        ("publishedverdict", "removal_is_asked"),
        lambda d: removal(d).save(),
    ),
    "ask twice": (
        "removal_is_asked_once",
        lambda d: [
            RemovalRequest.objects.create(
                claim=d.claim,
                kind=RemovalKind.RETRACT,
                reason="Why not.",
                asked_by=d.stranger,
            )
            for _twice in range(2)
        ],
    ),
    "decide a request again": (
        ("removalrequest", "removal_guard"),
        lambda d: (
            asked(d),
            RemovalRequest.objects.update(outcome=RemovalOutcome.APPROVED),
        ),
    ),
    "delete a request": (
        ("removalrequest", "removal_guard"),
        lambda d: asked(d).delete(),
    ),
    "decide a request as nobody": (
        "removal_is_decided_by_somebody",
        lambda d: RemovalRequest.objects.create(
            claim=d.claim,
            kind=RemovalKind.RETRACT,
            reason="Why not.",
            asked_by=d.stranger,
            outcome=RemovalOutcome.APPROVED,
        ),
    ),
    # Promise 6: nobody overwrites anybody unknowingly.
    "save an old version of a claim": (
        ("claim", "claim_guard"),
        lambda d: Claim.objects.filter(pk=d.bare.pk).update(wording="Mine."),
    ),
    "save an old version of a verdict": (
        ("verdict", "verdict_guard"),
        lambda d: Verdict.objects.filter(pk=d.draft.pk).update(summary="Mine."),
    ),
    # Speakers are merged, never lost.
    "delete a speaker with claims": (
        ("claim", "foreign key to speaker"),
        lambda d: Speaker.objects.filter(pk=d.claim.speaker_id)._raw_delete("default"),
    ),
    "merge a speaker and leave the claims": (
        ("speaker", "speaker_guard"),
        lambda d: Speaker.objects.filter(pk=d.claim.speaker_id).update(
            merged_into=make_speaker()
        ),
    ),
    "give a claim to a merged speaker": (
        ("claim", "claim_guard"),
        lambda d: change(d.bare, speaker=make_speaker(merged_into=make_speaker())),
    ),
    # Links that run a script.
    "a script as evidence": (
        "evidence_url_is_web_address",
        lambda d: Evidence.objects.filter(verdict=d.draft).update(
            url="javascript:alert(1)"
        ),
    ),
    "a script as an archived copy": (
        "evidence_archived_url_is_web_address",
        lambda d: Evidence.objects.filter(verdict=d.draft).update(
            archived_url="data:text/html,x"
        ),
    ),
    "a script as an article": (
        "article_url_is_web_address",
        lambda d: Article.objects.filter(pk=d.other.pk).update(
            url=" https://a.example"
        ),
    ),
    "a script as a homepage": (
        "outlet_homepage_is_web_address",
        lambda d: Outlet.objects.update(homepage="//a.example"),
    ),
}


def attack(name, desk):
    ATTACKS[name][1](desk)
    sql("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("name", ATTACKS)
def test_the_database_refuses_to(name, desk):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        attack(name, desk)
    refusal = refusal_for(refused.value)
    assert refusal is not None
    assert refusal.sentence.endswith(".")


@pytest.mark.parametrize("name", ATTACKS)
def test_without_its_guard_the_attack_succeeds_to(name, desk):
    with without(ATTACKS[name][0]):
        if name == "delete a publication":
            sql("ALTER TABLE claims_claim DISABLE TRIGGER USER")
            sql("ALTER TABLE claims_publicclaim DISABLE TRIGGER USER")
            sql("UPDATE claims_claim SET current_id = NULL, rating_id = NULL")
            sql("UPDATE claims_publicclaim SET current_id = NULL")
        if name.startswith("truncate"):
            # CASCADE reaches other tables, which refuse on their own account.
            allow_truncate()
        attack(name, desk)
        transaction.set_rollback(False)


def test_the_log_misses_no_update_and_names_who_acted(desk):
    from claims.models import acting

    rows = Change.objects.filter(table="speaker", operation="update")
    before = rows.count()
    with acting(desk.stranger):
        Speaker.objects.update(description="Mayor")
    assert rows.count() - before == Speaker.objects.count()
    assert {row.actor for row in rows[: Speaker.objects.count()]} == {desk.stranger}
    sql("UPDATE claims_outlet SET homepage = 'https://new.example/'")
    assert Change.objects.filter(
        table="outlet", after__homepage="https://new.example/", actor=None
    ).exists()


def test_the_digests_chain_the_publications(desk):
    def intact():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT bool_and(digest = claims_publication_digest(p, coalesce(("
                " SELECT digest FROM claims_publishedverdict b"
                " WHERE b.claim_id = p.claim_id AND b.number = p.number - 1), '')))"
                " FROM claims_publishedverdict p"
            )
            return cursor.fetchone()[0]

    assert intact() is True
    with without(("publishedverdict", "append_only")):
        PublishedVerdict.objects.update(summary="Tampered with.")
        assert intact() is False


def test_the_server_does_not_let_the_application_in_as_a_superuser():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


def test_a_user_with_publications_cannot_be_deleted(desk):
    with pytest.raises(IntegrityError), transaction.atomic():
        get_user_model().objects.filter(pk=desk.published.approver_id)._raw_delete(
            "default"
        )
        sql("SET CONSTRAINTS ALL IMMEDIATE")
