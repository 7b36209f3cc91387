"""ClaimReview (schema.org) found in JSON-LD of any shape, and read as it is written.

One object, a list, `@graph`, a DataFeed; types and names with or without a prefix;
people and organisations as text, object or list; references by `@id`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claims.exchange.published.address import web_address
from claims.exchange.published.words import plain, printable
from claims.exchange.published.written import Source, Speaker, Written
from claims.models.choices import SpeakerKind

PREFIXES = ("https://schema.org/", "http://schema.org/", "schema:", "sdo:")
DEEPEST = 60
READ = {
    "@context", "@id", "@type", "appearance", "author", "citation", "claimReviewed",
    "correction", "dateCreated", "dateModified", "datePublished", "description",
    "firstAppearance", "headline", "inLanguage", "itemReviewed", "license",
    "mainEntityOfPage", "name", "publisher", "reviewRating", "sameAs", "text", "url",
    "version",
}  # fmt: skip
# What a row can be broken by, as a ClaimReview calls it.
COLUMNS = {
    "url": "url",
    "wording": "claimReviewed",
    "label": "reviewRating",
    "speaker": "itemReviewed.author",
    "role": "itemReviewed.author",
    "explanation": "reviewRating.ratingExplanation",
}
KINDS = {
    "Organization": SpeakerKind.ORGANISATION,
    "GovernmentOrganization": SpeakerKind.GOVERNMENT,
    "PoliticalParty": SpeakerKind.ORGANISATION,
    "Corporation": SpeakerKind.ORGANISATION,
    "NGO": SpeakerKind.ORGANISATION,
    "NewsMediaOrganization": SpeakerKind.ORGANISATION,
}


class Node(dict):
    """A JSON object whose names have no prefix, with the line it begins on."""

    line = 1


def find_reviews(data: Any) -> Iterator[Node]:
    """Yield every ClaimReview of a document, however deep, with references resolved."""
    known = {
        node["@id"]: node
        for node in _nodes(data)
        if isinstance(node.get("@id"), str) and len(node) > 1
    }
    for node in _nodes(data):
        if "ClaimReview" in _types(node):
            yield _resolved(node, known, 0)


def read_review(node: dict, position: str) -> Written:
    """Return what a ClaimReview says, every value as text."""
    item, rating = _first(node.get("itemReviewed")), _first(node.get("reviewRating"))
    item = item if isinstance(item, dict) else {}
    rating = rating if isinstance(rating, dict) else {"alternateName": rating}
    publisher, authors = _who_reviewed(node)
    speakers = [_speaker(each) for each in _list(item.get("author"))]
    first, *others = _appearances(item) or [{}]
    return Written(
        position=position,
        raw=node,
        url=_address(node),
        title=plain(node.get("headline") or node.get("name")),
        publisher=publisher,
        authors=authors,
        wording=plain(node.get("claimReviewed")) or _said(item, node),
        label=plain(_first(rating.get("alternateName")))
        or plain(_first(rating.get("name"))),
        value=plain(_first(rating.get("ratingValue"))),
        best=plain(_first(rating.get("bestRating"))),
        worst=plain(_first(rating.get("worstRating"))),
        published=plain(_first(node.get("datePublished"))),
        modified=plain(_first(node.get("dateModified"))),
        speakers=[each for each in speakers if each.name],
        said=plain(_first(item.get("datePublished") or item.get("dateCreated"))),
        place_url=web_address(_url(first)),
        place_headline=plain(first.get("headline") or first.get("name")),
        place_outlet=_name(_first(first.get("publisher"))),
        place_published=plain(_first(first.get("datePublished"))),
        language=_language(node, first),
        summary=plain(rating.get("ratingExplanation") or node.get("description")),
        note=plain(_correction(node)),
        kind="first" if node.get("version") in (1, "1") else "",
        sources=[_source(each) for each in _list(node.get("citation"))],
        columns=COLUMNS,
        not_read=_not_read(node)
        | ({"itemReviewed.appearance (further ones)"} if others else set()),
    )


def _not_read(node):
    unread = (name for name, value in node.items() if name not in READ and value)
    return {printable(name) for name in unread}


# --- Nodes --------------------------------------------------------------------------


def _nodes(data) -> Iterator[dict]:
    """Yield every object, outermost first, without descending into a ClaimReview."""
    waiting = [(data, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, dict):
            node = _named_plainly(value)
            yield node
            inner = [] if "ClaimReview" in _types(node) else list(node.values())
        elif isinstance(value, list):
            inner = value
        else:
            continue
        if depth < DEEPEST:
            waiting += [(each, depth + 1) for each in reversed(inner)]


def _named_plainly(value):
    node = Node((_bare(name), each) for name, each in value.items())
    node.line = getattr(value, "line", 1)
    return node


def _bare(name):
    for prefix in PREFIXES:
        if isinstance(name, str) and name.startswith(prefix):
            return name[len(prefix) :]
    return name


def _types(node) -> list[str]:
    kinds = [_bare(kind) for kind in _list(node.get("@type", node.get("type")))]
    return [kind for kind in kinds if isinstance(kind, str)]


def _resolved(value, known, depth):
    if depth > 8:
        return value
    if isinstance(value, list):
        return [_resolved(each, known, depth + 1) for each in value]
    if not isinstance(value, dict):
        return value
    node = _named_plainly(value)
    if set(node) == {"@id"} and isinstance(node["@id"], str):
        node = known.get(node["@id"], node)
    resolved = Node(
        (name, _resolved(each, known, depth + 1)) for name, each in node.items()
    )
    resolved.line = node.line
    return resolved


def _list(value) -> list:
    if isinstance(value, list):
        return value
    return [] if value in (None, "") else [value]


def _first(value):
    values = _list(value)
    value = values[0] if values else None
    # JSON-LD's own way to write a value.
    if isinstance(value, dict) and "@value" in value:
        return value["@value"]
    return value


# --- Parts --------------------------------------------------------------------------


def _address(node):
    for value in (node.get("url"), node.get("mainEntityOfPage"), node.get("@id")):
        address = web_address(_url(_first(value)))
        if address:
            return address
    return plain(_first(node.get("url")))


def _url(value):
    if isinstance(value, dict):
        return _first(value.get("url")) or value.get("@id")
    return value


def _name(value) -> str:
    if isinstance(value, dict):
        return plain(_first(value.get("name"))) or plain(_first(value.get("legalName")))
    return plain(value)


def _who_reviewed(node):
    """Return the publisher and the people of a review: an organisation comes first."""
    publisher, people = _name(_first(node.get("publisher"))), []
    for each in _list(node.get("author")):
        is_person = isinstance(each, dict) and "Person" in _types(each)
        if is_person or publisher:
            people.append(_name(each))
        else:
            publisher = _name(each)
    people = [name for name in people if name and name != publisher]
    return publisher, "; ".join(people)


def _speaker(value) -> Speaker:
    if not isinstance(value, dict):
        return Speaker(plain(value))
    kinds = [KINDS[kind] for kind in _types(value) if kind in KINDS]
    links = [each for each in _list(value.get("sameAs")) if isinstance(each, str)]
    wikidata = [link.rsplit("/", 1)[-1] for link in links if "wikidata.org/" in link]
    employers = (
        _name(_first(value.get(name)))
        for name in ("affiliation", "worksFor", "memberOf")
    )
    return Speaker(
        name=_name(value),
        kind=kinds[0] if kinds else SpeakerKind.PERSON,
        title=plain(_first(value.get("jobTitle"))),
        organisation=next(filter(None, employers), ""),
        wikidata_id=wikidata[0] if wikidata else "",
    )


def _said(item, node):
    """Return the claim where the review does not name it: the text of its item."""
    text = plain(item.get("text")) or plain(item.get("name"))
    return text or plain(item.get("headline") or node.get("itemReviewed"))


def _appearances(item) -> list[dict]:
    found: list[dict] = []
    for name in ("appearance", "firstAppearance", "url", "sameAs"):
        for each in _list(item.get(name)):
            place = each if isinstance(each, dict) else {"url": each}
            known = {web_address(_url(other)) for other in found}
            if web_address(_url(place)) not in known | {""} or (
                not found and _name(place)
            ):
                found.append(place)
    return found


def _language(node, place):
    value = _first(place.get("inLanguage")) or _first(node.get("inLanguage"))
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name")
    return plain(value)


def _correction(node):
    value = _first(node.get("correction"))
    return value.get("text") if isinstance(value, dict) else value


def _source(value) -> Source:
    if not isinstance(value, dict):
        return Source(plain(value))
    return Source(
        url=plain(_url(value)),
        title=_name(value) or plain(value.get("headline")),
        publisher=_name(_first(value.get("publisher"))),
        published=plain(_first(value.get("datePublished"))),
        archived_url=plain(value.get("archivedAt")),
    )
