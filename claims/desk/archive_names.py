"""The speakers, outlets, articles, topics and ratings that published checks name.

Looked up for many reviews in few statements; what is missing is added.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Q

from claims.models import Article, Outlet, Rating, Speaker, SpeakerRole, Topic
from claims.models.choices import Bucket, SpeakerKind, TextRights
from claims.models.fields import slugify_name

UNNAMED = "Unnamed"
# The speakers of some names: of more than one the first, of a merged one the other.
NAMED = """
SELECT asked.name, claim_fold(asked.name), (
    SELECT coalesce(merged_into_id, id) FROM (
        SELECT id, merged_into_id FROM claims_speaker
        WHERE folded = claim_fold(asked.name)
        UNION ALL
        SELECT s.id, s.merged_into_id FROM claims_speakeralias alias
        JOIN claims_speaker s ON s.id = alias.speaker_id
        WHERE alias.folded = claim_fold(asked.name) AND NOT alias.is_metonym
    ) found ORDER BY merged_into_id IS NOT NULL, id LIMIT 1
) FROM unnest(%s::text[]) AS asked (name)
"""
HEADLINE = Article._meta.get_field("headline").max_length


class ArchiveNames:
    """Finds or adds what a batch of reviews names."""

    def __init__(self, reviews: Sequence, now: datetime):
        self._now = now
        self._new_roles: list[SpeakerRole] = []
        self._speakers = self._find_speakers(
            {named.name: named for review in reviews for named in review.speakers}
        )
        self._unnamed = self._nobody(any(not review.speakers for review in reviews))
        self._outlets = _by_name(Outlet, {_outlet(review) for review in reviews} - {""})
        self._topics = _by_name(
            Topic, {topic for review in reviews for topic in review.topics}
        )
        scale = Rating.objects.order_by("-retired", "-order", "-pk")
        self._by_slug = {rating.slug: rating for rating in scale}
        self._ratings = {
            rating.bucket: rating
            for rating in scale
            if rating.bucket != Bucket.UNRATED and not rating.retired
        }
        self._articles = self._find_articles(reviews)

    def speaker(self, review) -> Speaker:
        """Return the first speaker of a review, who stands for nobody where unnamed."""
        return self.speakers(review)[0]

    def speakers(self, review) -> list[Speaker]:
        """Return all speakers of a review, each once."""
        if not review.speakers:
            return [self._unnamed]
        found = [self._speakers[named.name] for named in review.speakers]
        return list({speaker.pk: speaker for speaker in found}.values())

    def topics(self, review) -> list[Topic]:
        found = [self._topics[name] for name in review.topics]
        return list({topic.pk: topic for topic in found}.values())

    def rating(self, review) -> Rating | None:
        """Return the desk's rating of a bucket; None where it is off the scale."""
        return self._by_slug.get(review.rating) or self._ratings.get(review.bucket)

    def article(self, review) -> Article:
        """Return the page on which the claim appeared, or else the check's own."""
        return self._articles[review.appearance.url or review.url]

    def new_roles(self) -> list[SpeakerRole]:
        """Return the offices of the speakers that were added, each once."""
        roles, self._new_roles = self._new_roles, []
        return roles

    # --- Looking up -----------------------------------------------------------------

    def _find_speakers(self, named):
        with connection.cursor() as cursor:
            cursor.execute(NAMED, [list(named)])
            rows = cursor.fetchall()
        here = Speaker.objects.in_bulk({pk for _name, _folded, pk in rows if pk})
        new: dict[str, Speaker] = {}
        for name, folded, pk in rows:
            if pk is None and folded not in new:
                new[folded] = Speaker(
                    name=name,
                    kind=named[name].kind,
                    wikidata_id=_item(named[name].wikidata_id),
                )
        _give_slugs(Speaker, list(new.values()))
        Speaker.objects.bulk_create(new.values())
        for name, folded, pk in rows:
            if pk is None and new[folded].name == name and named[name].role:
                self._new_roles.append(
                    SpeakerRole(
                        speaker=new[folded],
                        title=named[name].title,
                        organisation=named[name].organisation,
                    )
                )
        return {name: here[pk] if pk else new[folded] for name, folded, pk in rows}

    def _nobody(self, is_needed):
        """Return the one speaker that stands where nobody is named."""
        if not is_needed:
            return None
        nobody = Speaker.objects.filter(
            kind=SpeakerKind.UNNAMED, name=UNNAMED, merged_into=None
        ).order_by("pk")
        if not nobody:
            new = Speaker(kind=SpeakerKind.UNNAMED, name=UNNAMED)
            _give_slugs(Speaker, [new])
            new.save()
            return new
        return nobody[0]

    def _find_articles(self, reviews):
        wanted = {}
        for review in reviews:
            wanted.setdefault(review.appearance.url or review.url, review)
        found = {
            article.url: article
            for article in Article.objects.filter(url__in=wanted).order_by("-pk")
        }
        new = [
            self._article(url, review)
            for url, review in wanted.items()
            if url not in found
        ]
        taken = set(
            Article.objects.filter(
                headline__in=[article.headline for article in new]
            ).values_list("outlet", "published_on", "headline")
        )
        for article in new:
            # Two pages of one name and day are told apart by their address.
            key = (article.outlet_id, article.published_on, article.headline)
            if key in taken:
                article.headline = article.url[-HEADLINE:]
            taken.add((article.outlet_id, article.published_on, article.headline))
        Article.objects.bulk_create(new, batch_size=500)
        return found | {article.url: article for article in new}

    def _article(self, url, review):
        """Return the page of a claim or check: an address, whose text is not here."""
        place = review.appearance
        headline = place.headline if place.url else review.title
        headline = headline or url.split("://")[-1]
        day = place.published_on or review.stated_on or (review.at or self._now).date()
        return Article(
            outlet=self._outlets.get(_outlet(review)),
            headline=headline[:HEADLINE],
            slug=slugify_name(headline),
            url=url,
            archived_url=place.archived_url,
            language=review.language,
            published_on=day,
            text_rights=TextRights.LINK,
        )


def _item(wikidata_id):
    return wikidata_id if re.fullmatch("Q[1-9][0-9]{0,15}", wikidata_id) else ""


def _outlet(review):
    return review.appearance.outlet if review.appearance.url else review.publisher


def _by_name(model, names):
    """Return outlets or topics by the name or slug that is asked; missing are added."""
    rows = model.objects.filter(Q(name__in=names) | Q(slug__in=names))
    found = {row.slug: row for row in rows} | {row.name: row for row in rows}
    new = [model(name=name) for name in sorted(names) if name not in found]
    _give_slugs(model, new)
    model.objects.bulk_create(new)
    return found | {row.name: row for row in new}


def _give_slugs(model, rows):
    """Give new rows slugs that no row has yet; each that is taken costs a query."""
    firsts = [slugify_name(row.name)[:70] for row in rows]
    here = model.objects.filter(slug__in=firsts)
    taken = set(here.values_list("slug", flat=True))
    for row, first in zip(rows, firsts, strict=True):
        row.slug, number = first, 1
        while row.slug in taken or (
            number > 1 and model.objects.filter(slug=row.slug).exists()
        ):
            number += 1
            row.slug = f"{first}-{number}"
        taken.add(row.slug)
