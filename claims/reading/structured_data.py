"""schema.org markup (JSON-LD): ClaimReview, Claim, NewsArticle, DataFeed, Dataset.

Terms are schema.org's. `at` turns a path of this site into an absolute address.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from claims.models import (
    Article,
    Outlet,
    PublicClaim,
    PublishedVerdict,
    SpeakerPicture,
)
from claims.models.choices import DatePrecision, SpeakerKind
from claims.models.pictures import LARGE
from claims.models.public_querysets import PublicClaimQuerySet

Address = Callable[[str], str]
Node = dict[str, Any]

CONTEXT = "https://schema.org"
BEST, WORST = 5, 1
FEED_CHUNK = 500
SPEAKER_TYPES = {
    SpeakerKind.PERSON: "Person",
    SpeakerKind.ORGANISATION: "Organization",
    SpeakerKind.GOVERNMENT: "GovernmentOrganization",
    SpeakerKind.GROUP: "Organization",
    SpeakerKind.UNNAMED: "Person",
}
_ESCAPES = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def json_for_script(data: Node) -> SafeString:
    """Return JSON that is safe inside a <script> element."""
    return mark_safe(to_json(data).translate(_ESCAPES))  # noqa: S308


def to_json(data: Any) -> str:
    """Return JSON, not ASCII-escaped, with ISO 8601 datetimes."""
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)


def claim_review(
    verdict: PublishedVerdict,
    claim: PublicClaim,
    *,
    at: Address,
    first_published: datetime,
    first: PublicClaim | None = None,
) -> Node:
    """Return the ClaimReview of a verdict in force.

    `first` is the earliest listed claim that this one repeats, if there is one.
    """
    url = at(claim.get_permanent_url())
    rating: Node = {"@type": "Rating", "alternateName": verdict.rating_label}
    if verdict.rating_value is not None:
        rating |= {
            "ratingValue": verdict.rating_value,
            "bestRating": BEST,
            "worstRating": WORST,
        }
    rating["ratingExplanation"] = verdict.summary
    review: Node = {
        "@type": "ClaimReview",
        "@id": f"{url}#review",
        "url": url,
        "claimReviewed": verdict.claim_reviewed,
        "reviewRating": rating,
        "author": publisher_node(at),
        "publisher": {"@id": desk_id(at)},
        "datePublished": _time(first_published),
        "dateModified": _time(verdict.published_at),
        "version": verdict.number,
        "itemReviewed": claim_node(claim, at=at, first=first)
        | {"text": verdict.claim_reviewed},
        "citation": [_source(row) for row in verdict.evidence],
    }
    if verdict.is_correction:
        review["correction"] = {
            "@type": "CorrectionComment",
            "text": verdict.note,
            "datePublished": _time(verdict.published_at),
        }
    if settings.FACTCHECK["DATA_LICENCE_URL"]:
        review["license"] = settings.FACTCHECK["DATA_LICENCE_URL"]
    return review


def claim_node(
    claim: PublicClaim, *, at: Address, first: PublicClaim | None = None
) -> Node:
    """Return the schema.org Claim: who is reported to have said what, where."""
    node: Node = {
        "@type": "Claim",
        "@id": f"{at(claim.get_permanent_url())}#claim",
        "text": claim.wording,
        "author": _authors(claim, at),
        "appearance": _appearances(claim, at),
        "firstAppearance": _appearance(first or claim, at),
    }
    said = partial_date(claim.stated_on, claim.stated_precision)
    if said:
        node["datePublished"] = said
    return node


def speaker_node(
    *,
    name: str,
    kind: str,
    role: str,
    key: int,
    wikidata_id: str = "",
    picture: SpeakerPicture | None = None,
    at: Address,
) -> Node:
    """Return the schema.org Person or Organization of a speaker, as of one day."""
    node: Node = {
        "@type": SPEAKER_TYPES[SpeakerKind(kind)],
        "name": name,
        "url": at(reverse("claims:speaker_number", args=[key])),
    }
    if role and node["@type"] == "Person":
        node["jobTitle"] = role
    if wikidata_id:
        node["sameAs"] = f"https://www.wikidata.org/wiki/{wikidata_id}"
    if picture:
        node["image"] = image_node(picture, at=at)
    return node


def image_node(picture: SpeakerPicture, *, at: Address) -> Node:
    """Return the schema.org ImageObject of a speaker's picture, with its credit."""
    return {
        "@type": "ImageObject",
        "contentUrl": at(picture.large_url),
        "width": LARGE,
        "height": LARGE,
        "caption": picture.alternative_text,
        "creditText": picture.author,
        "license": picture.licence_url,
        "acquireLicensePage": picture.source_url,
    }


def _authors(claim, at):
    """Return the speaker of a claim, or all speakers of a joint statement."""
    first = speaker_node(
        name=claim.speaker_name,
        kind=claim.speaker_kind,
        role=claim.speaker_role,
        key=claim.speaker_id,
        wikidata_id=claim.speaker.wikidata_id,
        picture=claim.speaker.shown_picture,
        at=at,
    )
    others = [
        speaker_node(
            name=row["name"],
            kind=row["kind"],
            role=row["role"],
            key=row["id"],
            at=at,
        )
        for row in claim.words.speakers
    ]
    return [first, *others] if others else first


def _appearances(claim, at):
    """Return the article of a claim; of a recording also where in it the words are."""
    article = _appearance(claim, at)
    if not claim.spoken_url:
        return article
    clip = {
        "@type": "Clip",
        "name": claim.spoken_at,
        "startOffset": claim.words.second,
        "url": claim.spoken_url,
    }
    return [article, clip]


def _appearance(claim, at):
    """Return the article of a claim under the headline that was published with it."""
    node = article_node(claim.article, at=at)
    node["headline"] = claim.headline
    node["url"] = claim.article_url or at(claim.article.get_permanent_url())
    # Of where a claim stood that was checked elsewhere, the day may be unknown.
    if claim.article_published_on:
        node["datePublished"] = claim.article_published_on.isoformat()
    else:
        del node["datePublished"]
    if "publisher" in node:
        node["publisher"]["name"] = claim.outlet_name or node["publisher"]["name"]
    return node


def article_node(article: Article, *, at: Address) -> Node:
    """Return the schema.org NewsArticle in which a claim stands."""
    node: Node = {
        "@type": "NewsArticle",
        "url": article.url or at(article.get_permanent_url()),
        "headline": article.headline,
        "datePublished": article.published_on.isoformat(),
        "inLanguage": article.language,
    }
    if article.byline:
        node["author"] = {"@type": "Person", "name": article.byline}
    if article.outlet:
        node["publisher"] = outlet_node(article.outlet)
    return node


def outlet_node(outlet: Outlet) -> Node:
    """Return the schema.org NewsMediaOrganization of an outlet."""
    node: Node = {"@type": "NewsMediaOrganization", "name": outlet.name}
    if outlet.homepage:
        node["url"] = outlet.homepage
    return node


def desk_id(at: Address) -> str:
    """Return the @id of the desk: its policies are told of it on the page about it."""
    return at(reverse("claims:about")) + "#desk"


def publisher_node(at: Address) -> Node:
    """Return the schema.org Organization of the desk."""
    return {
        "@type": "Organization",
        "@id": desk_id(at),
        "name": settings.FACTCHECK["NAME"],
        "url": at("/"),
    }


def partial_date(day: date | None, precision: str) -> str:
    """Return an ISO 8601 date of the precision known, or "".

    >>> partial_date(date(2026, 5, 1), "month")
    '2026-05'
    """
    if day is None or precision == DatePrecision.ON_OR_BEFORE:
        return ""
    length = {DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}.get(precision, 10)
    return day.isoformat()[:length]


def data_feed(claims: PublicClaimQuerySet, *, at: Address) -> Iterator[str]:
    """Yield a DataFeed with the ClaimReview of each claim's verdict in force.

    In pieces of JSON: what breaks off in the middle is no valid JSON.
    """
    head = {
        "@context": CONTEXT,
        "@type": "DataFeed",
        "name": settings.FACTCHECK["NAME"],
        "url": at("/claimreview.json"),
        "license": settings.FACTCHECK["DATA_LICENCE_URL"],
        "publisher": publisher_node(at),
    }
    # A cursor would need a transaction that lasts as long as somebody's download. Asked
    # before anything is sent: where there is no database, nothing is begun.
    keys = list(claims.values_list("pk", flat=True))
    yield to_json(head)[:-1] + ', "dataFeedElement": ['
    between = ""
    for start in range(0, len(keys), FEED_CHUNK):
        chunk = claims.for_markup().filter(pk__in=keys[start : start + FEED_CHUNK])
        first = first_made(chunk)
        for claim in chunk:
            review = claim_review(
                claim.current,
                claim,
                at=at,
                first_published=claim.first_published,
                first=first.get(claim.pk),
            )
            item = {
                "@type": "DataFeedItem",
                "dateCreated": review["datePublished"],
                "dateModified": review["dateModified"],
                "url": review["url"],
                "item": [review],
            }
            yield between + to_json(item)
            between = ",\n"
    yield "]}\n"


def dataset(columns: Iterable, formats: Iterable, *, at: Address) -> Node:
    """Return the schema.org Dataset of the downloads, with what their columns mean."""
    desk_name = settings.FACTCHECK["NAME"]
    # What machines read is the same in every reader's language.
    with override("en"):
        meanings = [(column.name, str(column.meaning)) for column in columns]
    return {
        "@type": "Dataset",
        "name": f"{desk_name}: claims and verdicts",
        "description": settings.FACTCHECK["TAGLINE"],
        "url": at("/data/"),
        "license": settings.FACTCHECK["DATA_LICENCE_URL"],
        "isAccessibleForFree": True,
        "creator": publisher_node(at),
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "name": name,
                "description": meaning,
            }
            for name, meaning in meanings
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": at(form.path),
                "encodingFormat": form.media_type,
            }
            for form in formats
        ],
    }


def first_made(claims: Iterable[PublicClaim]) -> dict[int, PublicClaim]:
    """Return, for claims read for_markup(), the claim that each of them repeats.

    One query for any number.
    """
    first = {claim.pk: claim.repeats_id for claim in claims if claim.repeats_id}
    known = PublicClaim.objects.listed().for_markup().in_bulk(set(first.values()))
    return {pk: known[other] for pk, other in first.items() if other in known}


def _source(row):
    node: Node = {
        "@type": "CreativeWork",
        "name": row["title"],
        "url": row["url"],
    }
    if row.get("publisher"):
        node["publisher"] = {"@type": "Organization", "name": row["publisher"]}
    if row.get("published_on"):
        node["datePublished"] = row["published_on"]
    if row.get("archived_url"):
        node["archivedAt"] = row["archived_url"]
    return node


def _time(moment):
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
