"""W3C Web Annotations (JSON-LD), written and read: one for each claim.

Every target has a TextPositionSelector and a TextQuoteSelector, both in code points of
the article's canonical text. Which part a target plays is its `role`, a word of ours.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from claims.exchange.parsing import (
    LineDict,
    dump_json,
    limited_list,
    parse_json_with_lines,
    parse_offset,
    parse_role,
    read_text,
)
from claims.exchange.records import (
    ArticleRef,
    InvalidValue,
    MarkedArticle,
    MarkedClaim,
    Unreadable,
    Words,
)
from claims.models.choices import SpanRole

ANNOTATION = "http://www.w3.org/ns/anno.jsonld"
OURS = {
    "fw": "urn:factcheck-workbench:",
    "role": "fw:role",
    "article": {"@id": "fw:article", "@type": "@json"},
    "claim": {"@id": "fw:claim", "@type": "@json"},
}


def annotation_collection(article: MarkedArticle) -> str:
    """Return an article's claims as an AnnotationCollection, an annotation a line."""
    collection = f"{article.ref.url}#claims"
    head = {
        "@context": [ANNOTATION, OURS],
        "id": collection,
        "type": "AnnotationCollection",
        "label": article.ref.headline,
        "article": article.ref.as_json(),
        "total": len(article.claims),
    }
    page = {"id": f"{collection}-page", "type": "AnnotationPage", "startIndex": 0}
    items = ",\n".join(
        dump_json(annotation(article, claim)) for claim in article.claims
    )
    opened = f'{dump_json(head)[:-1]}, "first": {dump_json(page)[:-1]}, "items": ['
    return f"{opened}\n{items}\n]}}}}\n"


def annotation(article: MarkedArticle, claim: MarkedClaim) -> dict[str, Any]:
    """Return one claim as an annotation."""
    bodies = [
        {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "value": claim.details["wording"],
        }
    ]
    bodies += [
        {"type": "TextualBody", "purpose": "tagging", "value": topic}
        for topic in claim.details["topics"]
    ]
    return {
        "id": f"urn:uuid:{claim.details['uuid']}",
        "type": "Annotation",
        "motivation": "describing",
        "body": bodies,
        "claim": dict(claim.details),
        "target": [
            {
                "type": "SpecificResource",
                "source": article.ref.url,
                "role": words.role,
                "selector": [
                    {
                        "type": "TextPositionSelector",
                        "start": words.start,
                        "end": words.end,
                    },
                    {
                        "type": "TextQuoteSelector",
                        "exact": words.exact,
                        "prefix": words.prefix,
                        "suffix": words.suffix,
                    },
                ],
            }
            for words in claim.words
        ],
    }


def read(path: Path) -> Iterator[MarkedClaim]:
    """Yield the claims of a JSON-LD file; raise Unreadable."""
    document = parse_json_with_lines(read_text(path), path)
    about = document.get("article") if isinstance(document, dict) else None
    for item in _items(document, path):
        try:
            yield _claim(item, about, path)
        except InvalidValue as error:
            raise Unreadable(path, item.line, error) from error


def _items(document, path) -> list[LineDict]:
    """Return the annotations of a collection, a page, a list, or a single one."""
    items: Any = document
    if isinstance(document, dict):
        if isinstance(document.get("first"), dict):
            document = document["first"]
        items = document.get("items", [document])
        if isinstance(document.get("next"), str):
            raise Unreadable(
                path, document.line, "the next page is missing: put all in one file."
            )
    try:
        items = limited_list(items, "items")
    except InvalidValue as error:
        raise Unreadable(path, 1, error) from error
    for item in items:
        if not isinstance(item, LineDict) or "target" not in item:
            line = getattr(item, "line", 1)
            raise Unreadable(path, line, "this is no annotation with a target.")
    return items


def _claim(item, about, path):
    targets = item["target"]
    targets = limited_list(
        targets if isinstance(targets, list) else [targets], "target"
    )
    words, sources = [], set()
    for target in targets:
        if not isinstance(target, dict):
            raise InvalidValue("The target names no words: it needs selectors.")
        source = target.get("source")
        if isinstance(source, dict):
            source = source.get("id")
        sources.add(source if isinstance(source, str) else "")
        words.append(_words(target))
    if len(sources) > 1:
        raise InvalidValue("A claim stands in one article; the targets name several.")
    ref = ArticleRef.of(about) if isinstance(about, dict) else ArticleRef()
    if not isinstance(about, dict):
        ref = ArticleRef.of({"url": next(iter(sources), "")})
    details = item.get("claim")
    if not isinstance(details, Mapping):
        details = {"wording": _described(item)}
    return MarkedClaim(ref, tuple(words), details, item.line, str(path))


def _words(target):
    """Return the words of a target's selectors, which must agree."""
    selectors = target.get("selector")
    selectors = selectors if isinstance(selectors, list) else [selectors]
    found = {
        selector.get("type"): selector
        for selector in selectors
        if isinstance(selector, dict)
    }
    quote, position = found.get("TextQuoteSelector"), found.get("TextPositionSelector")
    texts = (
        [quote.get(name, "") for name in ("exact", "prefix", "suffix")]
        if quote
        else [""]
    )
    if not texts[0] or not all(isinstance(text, str) for text in texts):
        raise InvalidValue("Each target needs a TextQuoteSelector with the words.")
    role = parse_role(target.get("role", SpanRole.CONTENT.value))
    exact, prefix, suffix = texts
    start = end = None
    if position:
        start, end = (
            parse_offset(position.get("start")),
            parse_offset(position.get("end")),
        )
    return Words(role, exact, start, end, prefix, suffix)


def _described(item):
    """Return the text of the annotation's "describing" body, or ""."""
    bodies = item.get("body")
    bodies = bodies if isinstance(bodies, list) else [bodies]
    for body in bodies:
        if isinstance(body, dict) and body.get("purpose") in ("describing", None):
            return body.get("value")
    return ""
