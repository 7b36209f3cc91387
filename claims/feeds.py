"""Atom and RSS: the newest claims of any filtered list, and the newest corrections."""

import re
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import F, Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import (
    Atom1Feed,
    Rss201rev2Feed,
    rfc2822_date,
    rfc3339_date,
)
from django.utils.html import linebreaks
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.http.links import url_builder
from claims.http.responses import allow_any_origin, plain_error, xml_text
from claims.lists.filters import ClaimQuery
from claims.lists.query import InvalidQuery
from claims.models import PublishedHead
from claims.models.verdict_state import NOT_REVIEWED, REPEATED, RETRACTED
from claims.reading.corrections import CorrectionQuery
from claims.reading.repeats import repeat_told
from claims.text.canonical import within_quotes

ENTRIES = 50
MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
PLACE = re.compile(r"(\S{27})~([0-9]{1,18})", re.ASCII)
# A feed must say when it changed last, an empty one too.
NOTHING_YET = datetime(2000, 1, 1, tzinfo=UTC)
ATOM, RSS = "application/atom+xml", "application/rss+xml"


class AtomFeed(Atom1Feed):
    """An Atom feed of plain text with a date even if it is empty, and further links.

    Every text is told as text: what looks like markup was printed so.
    """

    media_type = ATOM

    def latest_post_date(self):
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=NOTHING_YET)

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for link in self.feed.get("links", ()):
            handler.addQuickElement("link", "", link)

    def add_item_elements(self, handler, item):
        def add(name, text, **attributes):
            handler.addQuickElement(name, xml_text(text), attributes)

        add("title", item["title"], type="text")
        add("link", "", href=item["link"], rel="alternate")
        add("published", rfc3339_date(item["pubdate"]))
        add("updated", rfc3339_date(item["updateddate"]))
        handler.startElement("author", {})
        add("name", item["author_name"])
        handler.endElement("author")
        add("id", item["unique_id"])
        add("summary", item["description"], type="text")
        for category in item["categories"]:
            add("category", "", term=xml_text(category))


class RssFeed(Rss201rev2Feed):
    """An RSS feed of the same items; what is told of each is HTML there."""

    media_type = RSS

    def rss_attributes(self):
        creator = {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}
        return super().rss_attributes() | creator

    def latest_post_date(self):
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=NOTHING_YET)

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for link in self.feed.get("links", ()):
            handler.addQuickElement("atom:link", "", link)

    def add_item_elements(self, handler, item):
        told = linebreaks(xml_text(item["description"]), autoescape=True)
        handler.addQuickElement("title", xml_text(item["title"]))
        handler.addQuickElement("link", item["link"])
        handler.addQuickElement("description", told)
        handler.addQuickElement("dc:creator", xml_text(item["author_name"]))
        handler.addQuickElement("pubDate", rfc2822_date(item["updateddate"]))
        handler.addQuickElement("guid", item["unique_id"], {"isPermaLink": "false"})
        for category in item["categories"]:
            handler.addQuickElement("category", xml_text(category))


SHAPES = {"atom": AtomFeed, "rss": RssFeed}


@require_safe
def claims_feed(request, shape):
    """Return the feed of a filtered list: newly listed or newly reviewed claims."""
    asked = request.GET.copy()
    places = asked.pop("after", [])
    try:
        after = _place(places)
        query = ClaimQuery(asked)
        _refuse_order(query)
    except InvalidQuery as refusal:
        return plain_error(str(refusal))
    at, string = url_builder(request), query.string()
    entries, following = _newest(query.matching, after)
    feed = _feed(
        request,
        query,
        SHAPES[shape],
        title=_("Claims"),
        page=at(reverse("claims:claims") + (f"?{string}" if string else "")),
        following=query.string(after=following) if following else "",
    )
    for moment, claim in entries:
        verdict = claim.current if claim.is_in_force else None
        feed.add_item(
            title=claim.wording,
            link=at(claim.get_permanent_url()),
            unique_id=_tag_uri(at, claim.listed_at, f"claim-{claim.pk}"),
            description=_told(claim, verdict),
            author_name="; ".join(claim.speaker_names),
            pubdate=claim.listed_at,
            updateddate=_updated(moment, claim),
            # The same in every language, as in a query string.
            categories=[_category(claim, verdict)],
        )
    return _feed_response(feed)


@require_safe
def corrections_feed(request, shape):
    """Return the feed of the newest corrections: rating before, rating now, and why."""
    try:
        query = CorrectionQuery(request.GET)
    except InvalidQuery as refusal:
        return plain_error(str(refusal))
    at, string = url_builder(request), query.string()
    page = query.page(ENTRIES)
    feed = _feed(
        request,
        query,
        SHAPES[shape],
        title=_("Corrections"),
        page=at(reverse("claims:corrections") + (f"?{string}" if string else "")),
        following=page.next_query,
        links=_newest_head(at),
    )
    for version in page.rows:
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


def _newest(matching, after):
    """Return a page of entries as (moment, claim), and the place of the next page.

    What changed last comes first: a claim that was listed, or reviewed since. Two
    walks along an index each, whatever the length of the list.
    """
    rows = matching.for_listing()
    since = Q(published_at__gt=F("listed_at"))
    dated = []
    for name, those in (("listed_at", rows.exclude(since)), ("published_at", rows)):
        if name == "published_at":
            those = those.filter(since)
        if after:
            moment, key = after
            earlier = {f"{name}__lt": moment}
            same = {name: moment, "pk__lt": key}
            those = those.filter(Q(**earlier) | Q(**same), **{f"{name}__lte": moment})
        those = those.order_by(f"-{name}", "-id")[: ENTRIES + 1]
        dated += [(getattr(claim, name), claim) for claim in those]
    dated.sort(key=lambda pair: (pair[0], pair[1].pk), reverse=True)
    page = dated[:ENTRIES]
    if len(dated) <= ENTRIES:
        return page, ""
    moment, claim = page[-1]
    return page, f"{moment.astimezone(UTC):{MOMENT}}~{claim.pk}"


def _refuse_order(query):
    """Raise InvalidQuery where the query asks for another order than a feed's."""
    sentence = _("A feed has one order: what changed last comes first.")
    asked = {name: sentence for name in ("order", "before") if query.one(name)}
    if asked:
        raise InvalidQuery(asked)


def _place(values):
    """Return the moment and key after which a feed goes on; raise InvalidQuery."""
    if not any(values):
        return None
    try:
        (value,) = values
        moment, key = PLACE.fullmatch(value).groups()
        return datetime.strptime(moment, MOMENT).replace(tzinfo=UTC), int(key)
    except (AttributeError, ValueError):
        sentence = _("Follow the link to the next page that the feed gives.")
        raise InvalidQuery({"after": sentence}) from None


def _updated(moment, claim):
    """Return when an entry changed last: with the verdict on what it repeats, too."""
    if claim.first_verdict is None:
        return moment
    return max(moment, claim.first_verdict.published_at)


def _category(claim, verdict):
    if verdict:
        return verdict.rating_label
    return REPEATED.slug if claim.repeats_a_verdict else NOT_REVIEWED.slug


def _told(claim, verdict):
    """Return an entry's words: who, the verdict if there is one, the printed words."""
    said = claim.quote or claim.wording
    lines = [f"{'; '.join(claim.speaker_names)}: “{within_quotes(said)}”"]
    if verdict:
        lines.insert(0, f"{verdict.verdict_state}. {verdict.summary}".rstrip())
    elif claim.verdict_state == RETRACTED:
        lines.insert(0, _("The verdict was retracted."))
    elif told := repeat_told(claim):
        lines.insert(0, told)
    if claim.times_said > 1:
        lines.append(_("Said %(count)d times.") % {"count": claim.times_said})
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


def _feed(request, query, made, *, title, page, following, links=()):
    """Return an empty feed, with the links of a page of it (RFC 5005)."""
    at = url_builder(request)
    string = query.string()
    first = at(request.path) + (f"?{string}" if string else "")
    paging = [{"rel": "first", "type": made.media_type, "href": first}]
    if following:
        href = f"{at(request.path)}?{following}"
        paging.append({"rel": "next", "type": made.media_type, "href": href})
    return made(
        title=xml_text(f"{settings.FACTCHECK['NAME']}: {title}"),
        link=page,
        description=settings.FACTCHECK["TAGLINE"],
        language=get_language(),
        author_name=settings.FACTCHECK["NAME"],
        author_link=at("/"),
        feed_url=at(request.get_full_path()),
        # One feed, whichever page of it.
        feed_guid=first,
        links=[*paging, *links],
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
            content_type=f"{feed.media_type}; charset=utf-8",
        )
    )
