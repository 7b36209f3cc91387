"""Correcting an article's text, and re-anchoring the marks of its claims.

A correction is a new text; every span goes with it in the same transaction. Words
that are unchanged and beyond doubt move by themselves. The others stay on the text
in which they were marked until a person has looked: none is dropped. Where a verdict
is in force on such words, its revision begins; readers see nothing of that yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from claims import attribution
from claims.desk import public_record
from claims.desk.workflow import begin_revisions
from claims.exceptions import ChangedMeanwhile, Incomplete, NotPermitted, Refused
from claims.models import (
    AnchorCandidate,
    Article,
    ArticleText,
    Claim,
    NoClaims,
    Span,
    acting,
)
from claims.models.choices import Anchor, ClaimStatus, PublicChangeKind, SpanRole
from claims.models.constraints import refuse_as
from claims.text.canonical import TextRefused, canonical, context, digest, visible_text
from claims.text.diff import matches
from claims.text.reanchor import Anchored, Correction
from claims.text.time_marks import moved_times

OPEN = (Anchor.REVIEW, Anchor.LOST)


class CorrectionRefused(Refused):
    """The database refused the new text; the message says why."""


@dataclass(frozen=True)
class AffectedSpan:
    """A span with its re-anchored place."""

    span: Span
    found: Anchored


@dataclass(frozen=True)
class AffectedClaim:
    """A claim with its re-anchored spans; `outcome` is the worst of its content."""

    claim: Claim
    spans: tuple[AffectedSpan, ...]

    @cached_property
    def outcome(self) -> str:
        content = {
            one.found.outcome for one in self.spans if one.span.role == SpanRole.CONTENT
        }
        everything = {one.found.outcome for one in self.spans}
        if content == {Anchor.LOST}:
            return Anchor.LOST
        if everything & set(OPEN):
            return Anchor.REVIEW
        return Anchor.MOVED if Anchor.MOVED in content else Anchor.EXACT


@dataclass(frozen=True)
class CorrectionPlan:
    """A corrected text, and what it does to the article's claims."""

    body: str
    affected: tuple[AffectedClaim, ...]
    paragraphs_moved: int

    def count(self, outcome: str) -> int:
        """Return the number of claims with an outcome, rejected ones left out."""
        return sum(one.outcome == outcome for one in self.standing)

    @property
    def standing(self) -> list[AffectedClaim]:
        """The affected claims without rejected ones."""
        return [f for f in self.affected if f.claim.status != ClaimStatus.REJECTED]

    @property
    def published(self) -> list[Claim]:
        """The claims with words in doubt on which a verdict is in force."""
        return [one.claim for one in self.doubtful if one.claim.rating_id is not None]

    @property
    def doubtful(self) -> list[AffectedClaim]:
        """The affected claims whose words an editor has to confirm."""
        return [one for one in self.standing if one.outcome in OPEN]


def plan_correction(
    article: Article, body: str, *, by, number: int | None = None
) -> CorrectionPlan:
    """Return what a corrected text would do to each claim (a dry run).

    `number` is the text that was corrected. Raises ChangedMeanwhile when that is not
    the current one any more, Incomplete for a body that cannot be one.
    """
    if not by.has_perm("claims.change_article"):
        raise NotPermitted(_("You may not correct an article's text."))
    current = article.current_text
    if current is None:
        raise Incomplete({"body": _("The article has no text yet.")})
    if number is not None and number != current.number:
        raise ChangedMeanwhile(
            _("Somebody else has corrected this text meanwhile."), current=current
        )
    try:
        body = canonical(body)
    except TextRefused as refusal:
        raise Incomplete({"body": str(refusal)}) from refusal
    if body == current.body:
        raise Incomplete({"body": _("Nothing is changed in the text.")})
    return CorrectionPlan(
        body, _affected_claims(article, body), _paragraphs_moved(current.body, body)
    )


def correct_text(
    article: Article, body: str, *, by, reason: str, number: int | None = None
) -> tuple[ArticleText, CorrectionPlan]:
    """Store a corrected text and re-anchor all claims; return text and plan.

    Refuses what plan_correction() refuses, and a correction without a reason. Begins
    a revision of each verdict in force on words that are in doubt.
    """
    reason = visible_text(reason)
    if not reason:
        raise Incomplete({"reason": _("Say why the text is corrected.")})
    if len(reason) > 300:
        raise Incomplete({"reason": _("The reason has over 300 characters.")})
    try:
        with transaction.atomic(), acting(by):
            # Nobody marks a claim in this article until its text is corrected.
            article = Article.objects.select_for_update().get(pk=article.pk)
            plan = plan_correction(article, body, by=by, number=number)
            current = article.current_text
            text = ArticleText.objects.create(
                article=article,
                number=current.number + 1,
                body=plan.body,
                sha256=digest(plan.body),
                reason=reason,
                times=moved_times(current.times, current.body, plan.body),
                made_by=by,
            )
            article.current_text = text
            article.save(update_fields=["current_text"])
            _move_spans(plan, text)
            begin_revisions(plan.published, by=by, note=_correction_note(reason))
            public_record.write_article(article, PublicChangeKind.TEXT_CORRECTED)
    except IntegrityError as error:
        refuse_as(CorrectionRefused, error)
    return text, plan


def mark_words_lost(claim: Claim, *, by, version: int) -> Claim:
    """Mark a claim's doubtful words as no longer in the text; return the claim.

    It keeps its quote, and the text in which that was printed.
    """
    if not by.has_perm("claims.annotate_claim"):
        raise NotPermitted(_("You may not decide on a claim's words."))
    with transaction.atomic(), acting(by):
        Article.objects.select_for_update().get(pk=claim.article_id)
        claim = Claim.objects.select_for_update().get(pk=claim.pk)
        if claim.version != version:
            raise ChangedMeanwhile(
                _("Somebody changed this claim first."), current=claim
            )
        claim.version += 1
        claim.save()
        spans = claim.spans.filter(anchor__in=OPEN)
        AnchorCandidate.objects.filter(span__in=spans).delete()
        spans.update(anchor=Anchor.LOST, confirmed_by=by)
    claim.refresh_from_db()
    return claim


def confirm_no_claims(article: Article, *, by) -> None:
    """Record that an article's text holds no claim, so that it leaves the queue."""
    if not by.has_perm("claims.annotate_claim"):
        raise NotPermitted(_("You may not decide on an article's claims."))
    if article.claims.undecided().exists():
        raise Refused(_("There are claims in this article."))
    with transaction.atomic(), acting(by):
        NoClaims.objects.get_or_create(text=article.current_text, defaults={"by": by})


def _affected_claims(article, body):
    spans = (
        Span.objects.filter(claim__article=article)
        .select_related("text", "claim", "claim__speaker")
        .order_by("claim_id", "role", "ordinal")
    )
    corrections: dict[int, Correction] = {}
    affected = []
    for _claim, group in groupby(spans, key=lambda span: span.claim_id):
        found = []
        for span in group:
            # Words that stayed behind are looked for from the text they stood in.
            if span.text_id not in corrections:
                corrections[span.text_id] = Correction(span.text.body, body)
            place = attribution.Span(span.start, span.end)
            found.append(AffectedSpan(span, corrections[span.text_id].of(place)))
        affected.append(AffectedClaim(found[0].span.claim, tuple(found)))
    return tuple(affected)


def _move_spans(plan, text):
    spans, candidates = [], []
    for one in (each for claim in plan.affected for each in claim.spans):
        span, found = one.span, one.found
        if found.place is not None:
            moved = span.anchor == Anchor.MOVED or found.outcome == Anchor.MOVED
            span.anchor = Anchor.MOVED if moved else Anchor.EXACT
            span.text, span.confirmed_by = text, None
            span.start, span.end = found.place.start, found.place.end
            span.prefix, span.suffix = context(text.body, span.start, span.end)
        elif span.confirmed_by_id is None:
            span.anchor = found.outcome
            candidates += [
                AnchorCandidate(
                    span=span,
                    text=text,
                    start=each.start,
                    end=each.end,
                    how=each.how,
                    score=each.score,
                )
                for each in found.candidates
            ]
        spans.append(span)
    AnchorCandidate.objects.filter(span__in=spans).delete()
    Span.objects.bulk_update(
        spans,
        ["text", "start", "end", "prefix", "suffix", "anchor", "confirmed_by"],
        batch_size=200,
    )
    AnchorCandidate.objects.bulk_create(candidates)


def _correction_note(reason):
    """Return what readers will read of a correction, in the desk's own language."""
    with override(settings.LANGUAGE_CODE):
        return _("The article's text was corrected: %(reason)s") % {"reason": reason}


def _paragraphs_moved(old, new):
    """Return the number of unchanged paragraphs that stand in another order."""
    before, after = old.split("\n\n"), new.split("\n\n")
    common = set(before) & set(after)
    before = [paragraph for paragraph in before if paragraph in common]
    after = [paragraph for paragraph in after if paragraph in common]
    kept = sum(block.length for block in matches(before, after))
    return min(len(before), len(after)) - kept
