"""QuerySets of all models; no other module filters by status."""

from django.apps import apps
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)

from claims.models.choices import (
    FIRSTS,
    NOT_IN_FORCE,
    Anchor,
    AskedBy,
    ClaimStatus,
    Origin,
    RemovalOutcome,
    VerdictStatus,
)
from claims.models.facets import OUTLET, TOPIC
from claims.models.fulltext import (
    HEADLINE_WORDS,
    MOST_RANKED,
    KeyFrom,
    Matches,
    desk_query,
)


class OutletQuerySet(QuerySet):
    def public(self):
        """Outlets in whose articles readers can see a claim."""
        return self.filter(has_listed(OUTLET))


class ArticleQuerySet(QuerySet):
    def public(self):
        """Articles in which at least one claim is listed."""
        return self.filter(Exists(_public_claims(article=OuterRef("pk")).listed()))

    def with_claims_in(self, statuses):
        """Articles with a claim in one of some statuses."""
        claims = apps.get_model("claims", "Claim")._default_manager
        chosen = claims.using(self.db).in_status(statuses)
        return self.filter(Exists(chosen.filter(article=OuterRef("pk"))))

    def with_words(self, asked):
        """Public articles with these words in the headline."""
        if not asked:
            return self.none()
        found = self.model._default_manager.using(self.db).filter(
            KeyFrom("claims_public_articles", asked.query, Value(MOST_RANKED + 1))
        )
        keys = list(found.order_by().values_list("pk", flat=True))
        if len(keys) > MOST_RANKED:
            # So many that the order of the list soon leads to them.
            return self.filter(Matches(HEADLINE_WORDS, asked.query))
        return self.filter(pk__in=keys)

    def for_listing(self):
        """With the relations that a list shows, without the body."""
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


class ArticleTextQuerySet(QuerySet):
    def with_public_body(self):
        """Each text with `public_body`: the body as far as readers see any of it.

        The public role may read no other; whoever may read all texts gets each.
        """
        body = Func("pk", function="claims_public_text", output_field=TextField())
        return self.annotate(public_body=body)


class TopicQuerySet(QuerySet):
    def public(self):
        """Topics of at least one listed claim."""
        return self.filter(has_listed(TOPIC))


class ClaimQuerySet(QuerySet):
    def listed(self):
        """Claims that readers see, reviewed or not."""
        return self.filter(status=ClaimStatus.LISTED)

    def in_status(self, statuses):
        """Claims in one of some statuses."""
        return self.filter(status__in=statuses)

    def suggested(self):
        """Suggested claims that nobody has decided on."""
        return self.filter(status=ClaimStatus.SUGGESTED)

    def proposed_by_rules(self):
        """Claims that extraction proposed, in any status."""
        return self.filter(origin=Origin.RULES)

    def drafts(self):
        """Accepted claims that readers do not see yet."""
        return self.filter(status=ClaimStatus.DRAFT)

    def undecided(self):
        """Claims that are not rejected."""
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

    def never_reviewed(self):
        """Claims on which no verdict was ever published, not even a retracted one."""
        return self.filter(rating__isnull=True, current__isnull=True)

    def with_doubtful_words(self):
        """Claims with words in doubt or lost since the text was corrected, until
        somebody has looked."""
        spans = self.model._meta.get_field("spans").related_model.objects
        open_spans = spans.filter(
            claim=OuterRef("pk"),
            anchor__in=[Anchor.REVIEW, Anchor.LOST],
            confirmed_by__isnull=True,
        )
        return self.undecided().filter(Exists(open_spans))

    def newest_first(self):
        """By the date of the statement, newest first."""
        return self.order_by("-sort_date", "-id")

    def newest_verdicts(self):
        """Claims with a verdict in force, last published first."""
        # The second condition lets the index on publications lead.
        return (
            self.reviewed()
            .filter(current__published_at__isnull=False)
            .order_by("-current__published_at", "-id")
        )

    def newest_listed(self):
        """Last listed first."""
        return self.order_by("-listed_at", "-id")

    def for_listing(self):
        """With everything that a list shows, in one query, without article bodies."""
        return self.select_related(
            "speaker", "article", "article__outlet", "current", "via"
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
            "repeats",
            "speaker__name",
            "speaker__slug",
            "speaker__kind",
            "article__headline",
            "article__slug",
            "article__published_on",
            "article__language",
            "article__outlet__name",
            "article__outlet__slug",
            "via__name",
            "via__slug",
            "rating__order",
            "current__kind",
            "current__number",
            "current__rating_label",
            "current__rating_slug",
            "current__rating_sign",
            "current__kind",
            "current__publisher",
            "current__rating_bucket",
            "current__finding",
            "current__summary",
            "current__published_at",
        )


class RatingQuerySet(QuerySet):
    def in_use(self):
        """Ratings that a new verdict may have."""
        return self.filter(retired=False)


UNDER_WAY = (VerdictStatus.DRAFT, VerdictStatus.IN_REVIEW)


class VerdictQuerySet(QuerySet):
    def drafts(self):
        """Verdicts that are being written."""
        return self.filter(status=VerdictStatus.DRAFT)

    def in_review(self):
        """Verdicts that wait for approval."""
        return self.filter(status=VerdictStatus.IN_REVIEW)

    def under_way(self):
        """Working copies that say something else than what readers see, or may."""
        return self.filter(status__in=UNDER_WAY)

    def written_without(self, user):
        """Working copies of which somebody is neither author nor contributor."""
        parts = self.model.contributors.through.objects.filter(
            verdict=OuterRef("pk"), user=user
        )
        return self.exclude(author=user).exclude(Exists(parts))

    def locked(self):
        """Working copies of which nothing changes now: all that are no draft."""
        return self.exclude(status=VerdictStatus.DRAFT)


class RemovalRequestQuerySet(QuerySet):
    def undecided(self):
        """Requests that wait for a second person."""
        return self.filter(outcome=RemovalOutcome.OPEN)


class PublishedVerdictQuerySet(QuerySet):
    def public(self):
        """Publications of claims that readers see or saw, old versions too."""
        return self.filter(Exists(_public_claims(id=OuterRef("claim"))))

    def of_listed(self):
        """Publications of claims that stand in lists, old versions too."""
        return self.filter(Exists(_public_claims(id=OuterRef("claim")).listed()))

    def in_force(self):
        """The newest publication of each listed claim, unless it takes back."""
        claims = _public_claims(id=OuterRef("claim"), current=OuterRef("pk")).listed()
        return self.filter(Exists(claims)).exclude(kind__in=NOT_IN_FORCE)

    def corrections(self):
        """Every publication of the desk after the first, newest first."""
        changed = self.public().exclude(kind__in=FIRSTS)
        return changed.order_by("-published_at", "-id")

    def with_who_asked(self):
        """With `who_asked`: a reader, where a report led to it, or else `asked_by`."""
        by_a_reader = Func(
            "pk", function="claims_asked_by_reader", output_field=BooleanField()
        )
        return self.annotate(
            who_asked=Case(
                When(by_a_reader, then=Value(AskedBy.READER)), default=F("asked_by")
            )
        )

    def with_words(self, words):
        """The newest publications with these words, among very many."""
        asked = desk_query(words), Value(MOST_RANKED)
        return self.filter(KeyFrom("claims_public_verdicts", *asked))

    def newest_first(self):
        return self.order_by("-published_at", "-id")


def _public_claims(**conditions):
    """Return the rows of the public record that match."""
    rows = apps.get_model("claims", "PublicClaim")._default_manager
    return rows.filter(**conditions)


def has_listed(facet):
    """Return the condition that some listed claim has the row's code of a facet."""
    counts = apps.get_model("claims", "FacetCount")._default_manager
    return Exists(counts.filter(facet=OuterRef("pk") + facet, count__gt=0))
