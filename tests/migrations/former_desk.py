"""A desk as the version before publications were whole wrote it.

Its rows go in through the models that its migrations describe, in its order of
statements, under its triggers: they make the quotes, the digests and the history.
"""

import hashlib
from contextlib import contextmanager
from datetime import UTC, date, datetime

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

FORMER = ("claims", "0014_verdict_words")

BODY = (
    "The ferry to Gull Island will sail all winter, Runa Holt said on Monday.\n\n"
    "“The new pier cost nine million crowns,” Holt said. The cranes will be electric "
    "by autumn, according to R. Holt.\n\n"
    "Odd Berg pointed out that the old quay was closed in March. The fish market "
    "moves to the hill, Berg added. Nobody was asked about the lighthouse, Berg said."
    "\n\nThe town owns both tugs, Runa Hold said."
)
REASON = "The amount was misread."
CORRECTED = "The harbour office gave the figures.\n\n" + BODY.replace("nine", "ten")
DAY = date(2026, 3, 2)


def at(day, hour=9):
    """Return a time of publication, long before the rows are written."""
    return datetime(2026, 3, day, hour, tzinfo=UTC)


class FormerDesk:
    """The tables of that version, and the steps that its program took."""

    def __init__(self):
        states = MigrationExecutor(connection).loader
        self.apps = states.project_state([FORMER]).apps
        users = self.apps.get_model("auth", "User").objects
        self.annotator, self.author, self.editor = (
            users.create(username=name, is_staff=True)
            for name in ("ann", "rune", "edda")
        )
        self.outlet = self["Outlet"].create(name="The Quay Herald", slug="quay-herald")
        self.radio = self["Outlet"].create(name="Inland Radio", slug="inland-radio")
        self.topic = self["Topic"].create(name="Harbour", slug="harbour")

    def __getitem__(self, name):
        return self.apps.get_model("claims", name).objects

    @contextmanager
    def acting(self, user):
        """Name who acts for the session, as was done then."""
        with transaction.atomic():
            self._name(str(user.pk))
            yield
            self._name("")

    def _name(self, key):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('factcheck.actor', %s, false)", [str(key)]
            )

    def article(self, headline, body):
        made = self["Article"].create(
            headline=headline,
            slug=headline.lower().replace(" ", "-"),
            outlet=self.outlet,
            published_on=DAY,
            url=f"https://herald.example/{len(headline)}",
        )
        self.correct_text(made, body)
        return made

    def correct_text(self, article, body, reason=""):
        article.current_text = self["ArticleText"].create(
            article=article,
            number=article.texts.count() + 1,
            body=body,
            sha256=hashlib.sha256(body.encode()).hexdigest(),
            reason=reason,
        )
        article.save()

    def speaker(self, name, **fields):
        slug = name.lower().replace(". ", "-").replace(" ", "-")
        return self["Speaker"].create(name=name, slug=slug, **fields)

    def claim(self, article, words, speaker, *, listed=True, cue=None, **fields):
        fields = {
            "stated_on": DAY,
            "stated_precision": "day",
            "wording": f"{words}.",
            "created_by": self.annotator,
            **fields,
        }
        with self.acting(self.annotator):
            made = self["Claim"].create(article=article, speaker=speaker, **fields)
            self.mark(made, "content", words)
            if cue:
                self.mark(made, "cue", cue)
            made.topics.add(self.topic)
        if listed:
            self.step(made, "list", "listed", by=self.annotator, at=at(2))
        return made

    def mark(self, claim, role, words):
        text = claim.article.current_text
        start = text.body.index(words)
        self["Span"].create(
            claim=claim,
            role=role,
            text=text,
            start=start,
            end=start + len(words),
            exact=words,
        )

    def move_marks(self, article):
        """Let the marked words follow a corrected text where they still stand."""
        text = article.current_text
        for span in self["Span"].filter(claim__article=article):
            start = text.body.find(span.exact)
            if start < 0:
                span.anchor = "lost"
            else:
                span.text, span.anchor = text, "moved"
                span.start, span.end = start, start + len(span.exact)
            span.save()

    def change(self, row, *, by, **fields):
        with self.acting(by):
            row.refresh_from_db()
            for name, value in fields.items():
                setattr(row, name, value)
            row.version += 1
            row.save()

    def step(self, thing, name, to, *, by, at, comment="", also=None, **fields):
        with self.acting(by):
            thing.refresh_from_db()
            before, thing.status = thing.status, to
            thing.version += 1
            for field, value in fields.items():
                setattr(thing, field, value)
            is_claim = thing._meta.model_name == "claim"
            if name == "list":
                thing.listed_at = thing.listed_at or at
            if also:
                also()
            thing.save()
            self["Transition"].create(
                claim=thing if is_claim else thing.claim,
                subject="claim" if is_claim else "verdict",
                step=name,
                from_status=before,
                to_status=to,
                by=by,
                comment=comment,
                at=at,
            )

    def verdict(self, claim, rating, summary, *, day):
        """Return a verdict that waits to be published."""
        with self.acting(self.author):
            made = self["Verdict"].create(
                claim=claim,
                author=self.author,
                rating=self["Rating"].get(slug=rating),
                finding="confirmed",
                summary=summary,
                how_verified="Read the accounts of the port.",
                explanation=f"The accounts say so: {summary}",
                as_of=DAY,
            )
            self["Evidence"].create(
                verdict=made,
                url="https://port.example/accounts",
                title="Accounts of the port",
                publisher="Port office",
                stance="contradicts",
                is_primary=True,
            )
        self.step(made, "submit", "in_review", by=self.author, at=at(day))
        return made

    def publish(self, verdict, *, day):
        self.step(
            verdict,
            "publish",
            "published",
            by=self.editor,
            at=at(day),
            also=lambda: self._publication(verdict, day),
            correction_kind="",
            correction_note="",
        )

    def _publication(self, verdict, day):
        # As the step found it: the program clears kind and note afterwards.
        stored = self["Verdict"].get(pk=verdict.pk)
        claim, rating = stored.claim, stored.rating
        self["PublishedVerdict"].create(
            claim=claim,
            number=claim.publications.count() + 1,
            kind=stored.correction_kind or "first",
            rating=rating,
            **{
                f"rating_{name}": getattr(rating, name)
                for name in ("label", "slug", "value", "bucket", "definition", "sign")
            },
            finding=stored.finding,
            claim_reviewed=claim.wording,
            quote=claim.quote,
            speaker_name=claim.speaker.name if claim.speaker else "",
            summary=stored.summary,
            explanation=stored.explanation,
            how_verified=stored.how_verified,
            as_of=stored.as_of,
            evidence=[
                {"url": e.url, "title": e.title, "publisher": e.publisher}
                | {"published_on": None, "accessed_on": None, "archived_url": ""}
                | {"excerpt": e.excerpt, "stance": e.stance, "is_primary": True}
                for e in stored.evidence.all()
            ],
            author=stored.author,
            author_name=stored.author.username,
            approver=self.editor,
            approver_name=self.editor.username,
            note=stored.correction_note,
            published_at=at(day),
        )

    def published(self, claim, rating, summary, *, day):
        verdict = self.verdict(claim, rating, summary, day=day)
        self.publish(verdict, day=day)
        return verdict

    def correct(self, verdict, rating, summary, note, *, day):
        """Publish a verdict anew with another rating."""
        self.step(
            verdict, "revise", "draft", by=self.author, at=at(day), comment=note,
            correction_kind="rating_changed", correction_note=note,
            also=verdict.contributors.clear,
        )  # fmt: skip
        rating = self["Rating"].get(slug=rating)
        self.change(verdict, by=self.author, rating=rating, summary=summary)
        self.step(verdict, "submit", "in_review", by=self.author, at=at(day))
        self.publish(verdict, day=day)

    def retract(self, verdict, note, *, day):
        def again():
            last = verdict.claim.publications.order_by("-number").first()
            last.pk, last.number, last.kind = None, last.number + 1, "retracted"
            last.digest, last.note, last.published_at = "", note, at(day)
            last.save(force_insert=True)

        self.step(
            verdict, "retract", "retracted", by=self.editor, at=at(day), comment=note,
            also=again,
        )  # fmt: skip

    def merge(self, speaker, into):
        with self.acting(self.editor):
            self["SpeakerAlias"].create(speaker=into, name=speaker.name)
            for claim in self["Claim"].filter(speaker=speaker):
                claim.speaker, claim.version = into, claim.version + 1
                claim.save()
            speaker.merged_into = into
            speaker.save()


def write_desk():
    """Write a small desk, and return the keys of its claims by what became of them."""
    desk = FormerDesk()
    claims = _claims(desk)
    _publish(desk, claims)
    _change_later(desk, claims)
    return {name: claim.pk for name, claim in claims.items()}


def _claims(desk):
    claims = {}
    article = desk.article("Winter at the port", BODY)
    holt = desk.speaker("Runa Holt", title="Harbour master")
    desk["SpeakerAlias"].create(speaker=holt, name="The harbour master")
    berg = desk.speaker("Odd Berg")
    same, wrong = desk.speaker("R. Holt", title="Official"), desk.speaker("Runa Hold")
    claims["listed"] = desk.claim(
        article,
        "The ferry to Gull Island will sail all winter",
        holt,
        cue="said on Monday",
    )
    claims["corrected"] = desk.claim(
        article, "The new pier cost nine million crowns", holt
    )
    claims["merged"] = desk.claim(
        article, "The cranes will be electric by autumn", same, via=desk.radio
    )
    claims["retracted"] = desk.claim(
        article, "the old quay was closed in March", berg, cue="pointed out that"
    )
    claims["withdrawn"] = desk.claim(article, "The fish market moves to the hill", berg)
    claims["unread"] = desk.claim(
        article, "Nobody was asked about the lighthouse", berg
    )
    claims["draft"] = desk.claim(article, "the lighthouse", None, listed=False)
    claims["deleted"] = desk.claim(
        article, "The town owns both tugs", wrong, repeats=claims["listed"]
    )
    claims["named"] = desk.claim(article, "the old quay", None, listed=False)
    claims["nameless"] = desk.claim(article, "will be electric", None, listed=False)
    return claims


def _publish(desk, claims):
    verdict = desk.published(
        claims["corrected"], "false", "It cost eight million.", day=3
    )
    report = desk["ReaderReport"].create(
        kind="error",
        claim=claims["corrected"],
        message="The accounts say nine.",
        sender="x",
    )
    desk.correct(verdict, "true", "It cost nine million.", "The sum was old.", day=5)
    report.status, report.answer = "corrected", "Thank you."
    report.answered_by = desk.editor
    report.correction = claims["corrected"].publications.get(number=2)
    report.save()
    desk.published(claims["merged"], "unproven", "No plan says so.", day=3)
    verdict = desk.published(claims["retracted"], "true", "It was closed.", day=3)
    desk.retract(verdict, "It was another quay.", day=6)
    desk.published(claims["withdrawn"], "false", "No market moves.", day=4)
    desk.published(claims["deleted"], "mixed", "It owns one of them.", day=4)
    # Both were published before anybody was named.
    desk.published(claims["named"], "true", "It is of stone.", day=4)
    desk.published(claims["nameless"], "true", "It will.", day=4)
    waiting = desk.verdict(claims["listed"], "false", "It pauses in March.", day=7)
    with desk.acting(desk.editor):
        desk["SecondRating"].create(
            verdict=waiting,
            by=desk.editor,
            round=1,
            rating=desk["Rating"].get(slug="mixed"),
            finding="confirmed",
            first_rating=waiting.rating,
            first_finding="confirmed",
            first_author=desk.author,
        )


def _change_later(desk, claims):
    """Do what could be done then beside the verdict that stood on the page."""
    article = claims["listed"].article
    holt, berg = claims["listed"].speaker, claims["withdrawn"].speaker
    same, wrong = claims["merged"].speaker, claims["deleted"].speaker
    desk.change(
        claims["corrected"],
        by=desk.annotator,
        wording="The pier was dear.",
        stated_on=date(2026, 2, 1),
        stated_precision="month",
        checkability="vague",
    )
    desk.change(claims["named"], by=desk.annotator, speaker=berg)
    # A chain, and two that repeat each other.
    desk.change(claims["draft"], by=desk.editor, repeats=claims["deleted"])
    ring = [claims["unread"], claims["merged"]]
    for claim, other in (ring, ring[::-1]):
        desk.change(claim, by=desk.editor, repeats=other)
    desk.step(claims["named"], "list", "listed", by=desk.annotator, at=at(5))
    desk.merge(same, into=holt)
    desk.change(claims["deleted"], by=desk.annotator, speaker=berg)
    wrong.delete()
    desk.correct_text(article, CORRECTED, REASON)
    desk.move_marks(article)
    for claim, reason in [
        (claims["withdrawn"], "It was a joke."),
        (claims["unread"], "Said by nobody."),
    ]:
        desk.step(
            claim, "withdraw", "withdrawn", by=desk.editor, at=at(8), comment=reason
        )
