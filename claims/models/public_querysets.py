"""QuerySets of the public record: claims as readers see them."""

from django.apps import apps
from django.db.models import BooleanField, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from claims.models.choices import PublicationKind, PublicState, RelationKind
from claims.models.facets import CHECKED_ELSEWHERE, JOINT, SPEAKER, rating_code
from claims.models.verdict_state import NOT_REVIEWED_KEY

# The first claim of all and those that repeat it, one index lookup each.
SAME_CLAIM = """
SELECT id FROM claims_publicclaim WHERE id = %s
UNION SELECT id FROM claims_publicclaim WHERE repeats_id = %s AND repeats_id IS NOT NULL
"""

# Words of claims that contradict others which readers see: few, with an index.
CONTRADICTING = Q(
    state=PublicState.LISTED,
    relations__contains=[{"kind": RelationKind.CONTRADICTS.value}],
)

# Long columns that stand on the claim's own page alone, or nowhere.
LONG = (
    "search",
    "explanation",
    "how_verified",
    "explanation_html",
    "how_verified_html",
    "note_html",
    "marks",
)
NOT_SHOWN = (
    "facets",
    "words__vector",
    "words__facets",
    "words__relations",
    "speaker__search",
    "speaker__folded",
    "speaker__description",
    "article__search",
    *(
        f"{verdict}__{name}"
        for verdict in ("current", "first_verdict")
        for name in LONG
    ),
    "first_verdict__evidence",
)


class PublicClaimQuerySet(QuerySet):
    """Claims as readers see them now, each with its words in `words`."""

    def listed(self):
        """Claims that stand in lists: not the withdrawn ones."""
        return self.filter(state=PublicState.LISTED)

    def with_codes(self, *codes):
        """Claims that have all of some facet codes."""
        return self.filter(facets__contains=list(codes)) if codes else self

    def with_any(self, codes):
        """Claims that have at least one of some facet codes."""
        return self.filter(facets__overlap=list(codes))

    def by(self, speaker):
        """Claims of one speaker, joint statements too."""
        return self.with_codes(SPEAKER + speaker.pk)

    def with_words(self):
        """Listed claims as their words are searched: by the vector in `words`."""
        return self.listed().filter(words__state=PublicState.LISTED)

    def joint_with(self, speaker):
        """Joint statements of a speaker under which another one is named first."""
        # Joint ones by a condition of its own, as their index has it.
        joint = self.with_codes(JOINT).with_codes(SPEAKER + speaker.pk)
        return joint.exclude(speaker=speaker)

    def in_force(self):
        """Claims with a verdict of this desk in force."""
        rated = self.filter(rating__gt=NOT_REVIEWED_KEY)
        return rated.exclude(facets__contains=[CHECKED_ELSEWHERE])

    def never_reviewed(self):
        """Claims on which no verdict was ever published."""
        return self.with_codes(rating_code(NOT_REVIEWED_KEY))

    def newest_first(self):
        """By the day of the statement; the order that every list can go on in."""
        return self.order_by("-sort_date", "-id")

    def newest_verdicts(self):
        """Claims with a verdict in force, the one last published first."""
        return (
            self.in_force()
            .filter(published_at__isnull=False)
            .order_by("-published_at", "-id")
        )

    def newest_listed(self):
        """Those that readers have seen for the shortest time first."""
        return self.order_by("-listed_at", "-id")

    def for_listing(self, *, marks=False):
        """With what a list shows, in one query; an article needs the marks as well."""
        return self.select_related(
            *("words", "speaker", "article", "article__outlet", "outlet", "via"),
            *("current", "first_verdict"),
        ).defer(*NOT_SHOWN, *([] if marks else ["words__marks"]), "current__evidence")

    def retold_with(self, claim):
        """The listed claims that repeat this one or that it repeats, itself too."""
        first = claim.repeats_id or claim.pk
        # Found first, then looked up: joined, they would be sought in the whole list.
        among = f"claims_publicclaim.id = ANY(ARRAY({SAME_CLAIM}))"
        return self.listed().filter(
            RawSQL(among, [first, first], output_field=BooleanField())  # noqa: S611
        )

    def for_markup(self):
        """With what structured data tells: the verdict, who and where, first times.

        `first_published` is when the first verdict appeared.
        """
        publications = apps.get_model("claims", "PublishedVerdict")._default_manager
        return (
            self.select_related(
                *("words", "speaker", "speaker__picture"),
                *("article", "article__outlet", "current"),
            )
            .defer(
                *(name for name in NOT_SHOWN if not name.startswith("first_verdict")),
                "words__marks",
            )
            .annotate(
                first_published=publications.filter(
                    claim=OuterRef("pk"), kind=PublicationKind.FIRST
                ).values("published_at"),
            )
        )


class PublicWordsQuerySet(QuerySet):
    """The words of claims as readers see them."""

    def contradicting(self, speaker):
        """Those of a speaker's listed claims that contradict others, whoever's."""
        return self.filter(CONTRADICTING, facets__contains=[SPEAKER + speaker.pk])
