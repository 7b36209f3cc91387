"""Atom feeds: the newest claims of any filtered list, and the newest corrections."""

import re
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from claims.http.links import url_builder
from claims.http.responses import allow_any_origin, plain_error
from claims.lists.filters import ClaimQuery
from claims.lists.query import InvalidQuery
from claims.models import PublishedHead
from claims.models.verdict_state import NOT_REVIEWED, RETRACTED
from claims.reading.corrections import CorrectionQuery
from claims.text.canonical import within_quotes

ENTRIES = 50
# A feed must say when it changed last, an empty one too.
NOTHING_YET = datetime(2000, 1, 1, tzinfo=UTC)
# Characters that XML cannot hold.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Feed(Atom1Feed):
    """An Atom feed with a date even if it is empty, without control characters."""

    def latest_post_date(self):
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=NOTHING_YET)

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for link in self.feed.get("links", ()):
            handler.addQuickElement("link", "", link)

    def add_item(self, **fields):
        super().add_item(
            **{
                name: CONTROLS.sub("", value) if isinstance(value, str) else value
                for name, value in fields.items()
            }
        )


@require_safe
@conditional_page
def claims_feed(request):
    """Return the feed of a filtered list: newly listed or newly reviewed claims."""
    try:
        query = ClaimQuery(request.GET)
    except InvalidQuery as refusal:
        return plain_error(str(refusal))
    at, string = url_builder(request), query.string()
    feed = _feed(
        request,
        title=_("Claims"),
        page=at(reverse("claims:claims") + (f"?{string}" if string else "")),
    )
    for moment, claim in _newest(query.matching):
        verdict = claim.current if claim.is_in_force else None
        feed.add_item(
            title=claim.wording,
            link=at(claim.get_absolute_url()),
            unique_id=_tag_uri(at, claim.listed_at, f"claim-{claim.pk}"),
            description=_told(claim, verdict),
            author_name="; ".join(claim.speaker_names),
            pubdate=claim.listed_at,
            updateddate=moment,
            # The same in every language, as in a query string.
            categories=[verdict.rating_label if verdict else NOT_REVIEWED.slug],
        )
    return _feed_response(feed)


@require_safe
@conditional_page
def corrections_feed(request):
    """Return the feed of the newest corrections: rating before, rating now, and why."""
    try:
        query = CorrectionQuery(request.GET)
    except InvalidQuery as refusal:
        return plain_error(str(refusal))
    at, string = url_builder(request), query.string()
    feed = _feed(
        request,
        title=_("Corrections"),
        page=at(reverse("claims:corrections") + (f"?{string}" if string else "")),
        links=_newest_head(at),
    )
    for version in query.rows()[:ENTRIES]:
        feed.add_item(
            title=f"{version.get_kind_display()}: {version.claim_reviewed}",
            link=at(version.get_absolute_url()),
            unique_id=_tag_uri(
                at,
                version.published_at,
                f"claim-{version.claim_id}-version-{version.number}",
            ),
            description=version.note,
            author_name=settings.FACTCHECK["NAME"],
            pubdate=version.published_at,
            updateddate=version.published_at,
            categories=[version.kind],
        )
    return _feed_response(feed)


def _newest(matching):
    """Return the newest entries as (moment, claim): newly listed or newly reviewed.

    Two walks along an index each, whatever the length of the list.
    """
    claims = {}
    rows = matching.for_listing()
    for claim in [
        *rows.order_by("-listed_at", "-id")[:ENTRIES],
        *rows.filter(published_at__isnull=False).order_by("-published_at", "-id")[
            :ENTRIES
        ],
    ]:
        claims[claim.pk] = claim
    dated = [(_changed(claim), claim) for claim in claims.values()]
    dated.sort(key=lambda pair: (pair[0], pair[1].pk), reverse=True)
    return dated[:ENTRIES]


def _changed(claim):
    return max(claim.listed_at, claim.published_at or claim.listed_at)


def _told(claim, verdict):
    """Return an entry's words: who, the verdict if there is one, the printed words."""
    said = claim.quote or claim.wording
    lines = [f"{'; '.join(claim.speaker_names)}: “{within_quotes(said)}”"]
    if verdict:
        lines.insert(0, f"{verdict.verdict_state}. {verdict.summary}".rstrip())
    elif claim.verdict_state == RETRACTED:
        lines.insert(0, _("The verdict was retracted."))
    return "\n\n".join(lines)


def _newest_head(at):
    """Return the link to the published heads: whoever keeps the feed keeps a head."""
    head = PublishedHead.objects.order_by("-day").first()
    if head is None:
        return []
    return [
        {
            "rel": "related",
            "type": "application/json",
            "href": at(reverse("claims:heads")),
            "title": str(head),
        }
    ]


def _feed(request, *, title, page, links=()):
    at = url_builder(request)
    return Feed(
        title=f"{settings.FACTCHECK['NAME']}: {title}",
        link=page,
        description=settings.FACTCHECK["TAGLINE"],
        language=get_language(),
        author_name=settings.FACTCHECK["NAME"],
        author_link=at("/"),
        feed_url=at(request.get_full_path()),
        feed_guid=at(request.get_full_path()),
        links=links,
        feed_copyright=settings.FACTCHECK["DATA_LICENCE"],
    )


def _tag_uri(at, moment, name):
    """Return the entry's tag URI (RFC 4151), which never changes."""
    host = re.sub(r"^https?://|[:/].*$", "", at(""))
    return f"tag:{host},{moment:%Y-%m-%d}:{name}"


def _feed_response(feed):
    return allow_any_origin(
        HttpResponse(
            feed.writeString("utf-8"),
            content_type="application/atom+xml; charset=utf-8",
        )
    )
