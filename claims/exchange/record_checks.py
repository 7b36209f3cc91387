"""Claims without printed words in records and rows: of checks published elsewhere.

No article here holds them; they come in as import_reviews takes such checks in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from claims.desk.archive import store_reviews
from claims.desk.archive_names import UNNAMED
from claims.desk.archived_reviews import Appearance, NamedSpeaker, PublishedReview
from claims.desk.archived_versions import ArchivedVersion
from claims.desk.many_claims import store_in_halves
from claims.exchange.published.address import review_key
from claims.exchange.record_claims import inner, items
from claims.exchange.record_ties import Ties
from claims.exchange.record_versions import versions_of
from claims.exchange.records import Details, InvalidValue, MarkedClaim, text_value
from claims.exchange.references import NameLookup
from claims.models import PublishedVerdict
from claims.models.choices import PublicationKind, SpeakerKind

# What tells a state of a check: address, claim, rating, and the second of the moment.
State = tuple[str, str, str, datetime]
Check = tuple[MarkedClaim, list[PublishedReview]]

CHECK_ALONE = (
    "The claim of a check that was published elsewhere has no printed words: "
    "--verdicts takes it in."
)
NOT_IN_FORCE_THERE = (
    "no verdict is in force where it was published; its versions stay there."
)
OF_THAT_DESK = (
    "what that desk itself has found stays there, for the claim has no printed words."
)


@dataclass
class ChecksTakenIn:
    """The claims that are new or were here, the versions that are new, refused rows."""

    new: int = 0
    known: int = 0
    versions: int = 0
    problems: list[tuple[MarkedClaim, InvalidValue]] = field(default_factory=list)
    # What stays where it was published, and why.
    left: list[tuple[MarkedClaim, str]] = field(default_factory=list)


def is_check_alone(row: MarkedClaim) -> bool:
    """Return whether a claim stands in a check of elsewhere, without printed words."""
    versions = (row.record or {}).get("versions")
    if row.words or not isinstance(versions, list):
        return False
    return any(isinstance(one, dict) and _is_elsewhere(one) for one in versions)


def take_checks_in(
    rows: Sequence[MarkedClaim],
    *,
    wanted: bool,
    by,
    add_missing: bool,
    publisher: str,
    ties: Ties,
) -> ChecksTakenIn:
    """Store the checks of some rows; of refused ones, each is told in the result.

    Where they are not `wanted` all are refused. What is here already is left as it is.
    Within the caller's transaction.
    """
    taken = ChecksTakenIn()
    if not wanted:
        taken.problems = [(row, InvalidValue(CHECK_ALONE, "quote")) for row in rows]
        return taken
    checks = list(_read(rows, taken, by, add_missing, publisher, ties))
    here = _states_here(checks)
    fresh = []
    for row, reviews in checks:
        new = [review for review in reviews if _state(review) not in here]
        taken.known += not new
        if new:
            fresh.append((row, new))

    def store(some: Iterable[Check]) -> None:
        stored = store_reviews([one for _row, each in some for one in each], by=by)
        taken.new += stored.claims
        taken.versions += stored.checks + stored.later

    for (row, _reviews), sentence in store_in_halves(fresh, store):
        taken.problems.append((row, InvalidValue(sentence)))
    here = _states_here(checks)
    for row, reviews in checks:
        if _state(reviews[-1]) in here:
            ties.find(row.record or {}, here[_state(reviews[-1])])
    return taken


def _read(rows, taken, by, add_missing, publisher, ties):
    """Yield rows with their reviews, the first one first."""
    found = []
    for row in rows:
        try:
            found.append((row, Details.of(row.details)))
            ties.read(row.record)
        except InvalidValue as problem:
            taken.problems.append((row, problem))
    names = NameLookup(
        (details for _row, details in found),
        by=by,
        add_missing=add_missing,
        spoken_for=ties.spoken_for,
    )
    for row, details in found:
        try:
            versions = versions_of(row.record, publisher)
            given = items(row.record, "versions")
            reviews = [
                _review(version, row.record, details, names)
                for version, one in zip(versions, given, strict=False)
                if _is_elsewhere(one)
            ]
        except InvalidValue as problem:
            taken.problems.append((row, problem))
            continue
        if len(reviews) < len(given):
            sentence = OF_THAT_DESK if versions else NOT_IN_FORCE_THERE
            taken.left.append((row, sentence))
        if reviews:
            yield row, reviews


def _is_elsewhere(version):
    return bool(version.get("published_elsewhere"))


def _review(
    version: ArchivedVersion, record, details: Details, names: NameLookup
) -> PublishedReview:
    said = version.said
    if not said["claim_reviewed"] or not said["rating_label"]:
        raise InvalidValue("A check needs what is claimed and its rating.", "versions")
    return PublishedReview(
        url=version.url,
        key=review_key(version.url),
        publisher=version.publisher,
        wording=said["claim_reviewed"],
        label=said["rating_label"],
        bucket=said["bucket"],
        rating=said["slug"],
        at=version.published_at,
        precision=version.precision,
        speakers=_speakers(said, details, names),
        speaker_words=said["speaker_words"],
        stated_on=said["stated_on"],
        stated_precision=said["stated_precision"],
        appearance=_appearance(version, inner(record, "article")),
        language=text_value(inner(record, "article"), "language", 20) or "en",
        title=version.title,
        authors=said["author_name"],
        summary=said["summary"],
        explanation=said["explanation"],
        evidence=tuple(said["evidence"]),
        kind=version.kind,
        note=said["note"],
        topics=tuple(topic.name for topic in names.topics(details)),
    )


def _speakers(said, details, names) -> tuple[NamedSpeaker, ...]:
    """Return who is named, each with the office that was printed."""
    speaker = names.speaker(details)
    is_nobody = speaker is None or (
        speaker.kind == SpeakerKind.UNNAMED and speaker.name == UNNAMED
    )
    if is_nobody:
        return ()
    roles = {one["name"]: one["role"] for one in said["speakers"] or ()}
    return (
        NamedSpeaker(speaker.name, speaker.kind, said["speaker_role"]),
        *(
            NamedSpeaker(other.name, other.kind, roles.get(other.name, ""))
            for other in names.other_speakers(details)
        ),
    )


def _appearance(version: ArchivedVersion, article: dict[str, Any]) -> Appearance:
    said = version.said
    if said["article_url"] == version.url:
        # It stood in the check alone.
        return Appearance(published_on=said["article_published_on"])
    return Appearance(
        url=said["article_url"],
        headline=said["headline"],
        outlet=said["outlet_name"],
        published_on=said["article_published_on"],
        archived_url=text_value(article, "archived_url", 1000),
    )


def _state(review: PublishedReview) -> State:
    at = review.at or datetime.max
    return review.key, review.wording, review.label, at.replace(microsecond=0)


def _states_here(checks: Iterable[Check]) -> dict[State, int]:
    """Return the claims here by the states of checks that are stored."""
    keys = {review.key for _row, reviews in checks for review in reviews}
    rows = PublishedVerdict.objects.filter(
        kind=PublicationKind.ARCHIVE, review_key__in=keys
    ).values_list(
        "review_key", "claim_reviewed", "rating_label", "published_at", "claim"
    )
    return {
        (key, wording, label, at.replace(microsecond=0)): claim
        for key, wording, label, at, claim in rows
    }
