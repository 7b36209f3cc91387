"""Sets of rows in the desk's own words. No view filters by a status itself."""

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from claims.choices import (
    Anchor,
    ClaimStatus,
    PublicationKind,
    VerdictStatus,
)


class OutletQuerySet(QuerySet):
    def public(self):
        """Outlets in whose articles readers can see a claim."""
        return self.filter(Exists(_listed_claims(self, article__outlet=OuterRef("pk"))))


class ArticleQuerySet(QuerySet):
    def public(self):
        """Articles in which at least one claim is listed."""
        return self.filter(Exists(_listed_claims(self, article=OuterRef("pk"))))

    def for_listing(self):
        """With what a list shows, and never the body."""
        return self.select_related("outlet").only(
            "headline", "slug", "byline", "published_on", "language", "outlet"
        )

    def with_listed_count(self):
        """Each article with `listed_count`, the number of its listed claims."""
        return self.annotate(
            listed_count=Count(
                "claims", filter=Q(claims__status=ClaimStatus.LISTED), distinct=True
            )
        )


class SpeakerQuerySet(QuerySet):
    def public(self):
        """Speakers of at least one listed claim."""
        return self.filter(Exists(_listed_claims(self, speaker=OuterRef("pk"))))

    def unmerged(self):
        """Speakers that still stand for themselves."""
        return self.filter(merged_into__isnull=True)

    def with_listed_count(self):
        """Each speaker with `listed_count`, the number of its listed claims."""
        return self.annotate(
            listed_count=Count("claims", filter=Q(claims__status=ClaimStatus.LISTED))
        )


class TopicQuerySet(QuerySet):
    def public(self):
        """Topics of at least one listed claim."""
        return self.filter(Exists(_listed_claims(self, topics=OuterRef("pk"))))


class ClaimQuerySet(QuerySet):
    def listed(self):
        """Claims that readers see, reviewed or not."""
        return self.filter(status=ClaimStatus.LISTED)

    def suggested(self):
        """Proposals of the program that nobody has decided on."""
        return self.filter(status=ClaimStatus.SUGGESTED)

    def drafts(self):
        """Accepted claims that readers do not see yet."""
        return self.filter(status=ClaimStatus.DRAFT)

    def undecided(self):
        """Claims that an editor may still have to touch: not rejected."""
        return self.exclude(status=ClaimStatus.REJECTED)

    def by(self, speaker):
        """Claims of one speaker."""
        return self.filter(speaker=speaker)

    def reviewed(self):
        """Claims on which a verdict is published and not retracted."""
        return self.filter(rating__isnull=False)

    def unreviewed(self):
        """Claims without a published verdict in force."""
        return self.filter(rating__isnull=True)

    def needing_an_eye(self):
        """Claims with words that a text correction has moved or lost."""
        return self.filter(spans__anchor__in=[Anchor.REVIEW, Anchor.LOST]).distinct()

    def newest_first(self):
        """By the day of the statement; the order that every list can go on in."""
        return self.order_by("-sort_date", "-id")

    def for_listing(self):
        """With what a list shows, in one query, and never an article's body."""
        return self.select_related(
            "speaker", "article", "article__outlet", "rating", "current", "via"
        ).only(
            "wording",
            "quote",
            "attribution",
            "stated_on",
            "stated_precision",
            "stated_basis",
            "checkability",
            "status",
            "listed_at",
            "sort_date",
            "speaker__name",
            "speaker__slug",
            "speaker__title",
            "speaker__kind",
            "article__headline",
            "article__slug",
            "article__published_on",
            "article__language",
            "article__outlet__name",
            "article__outlet__slug",
            "via__name",
            "via__slug",
            "rating__label",
            "rating__slug",
            "rating__sign",
            "rating__bucket",
            "current__kind",
            "current__number",
            "current__finding",
            "current__summary",
            "current__published_at",
        )


class RatingQuerySet(QuerySet):
    def in_use(self):
        """Ratings that a new verdict may have."""
        return self.filter(retired=False)


class VerdictQuerySet(QuerySet):
    def drafts(self):
        """Working copies that are being written."""
        return self.filter(status=VerdictStatus.DRAFT)

    def in_review(self):
        """Working copies that wait for a second pair of eyes."""
        return self.filter(status=VerdictStatus.IN_REVIEW)

    def written_by(self, user):
        """Working copies of one author."""
        return self.filter(author=user)


class PublishedVerdictQuerySet(QuerySet):
    def public(self):
        """Publications of claims that readers can see, old versions too."""
        return self.filter(claim__status=ClaimStatus.LISTED)

    def in_force(self):
        """The newest publication of each public claim, retractions left out."""
        return (
            self.public()
            .filter(claim__current=F("pk"))
            .exclude(kind=PublicationKind.RETRACTED)
        )

    def corrections(self):
        """Every publication after the first, newest first."""
        return self.public().filter(number__gt=1).order_by("-published_at", "-id")

    def newest_first(self):
        return self.order_by("-published_at", "-id")


def _listed_claims(queryset, **conditions):
    """Return the listed claims that match, wherever the model is registered."""
    claims = apps.get_model("claims", "Claim")._default_manager
    return claims.using(queryset.db).listed().filter(**conditions)
