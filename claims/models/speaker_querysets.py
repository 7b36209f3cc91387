"""QuerySet of speakers: by name, by the beginning of one, by who they became."""

from django.db.models import (
    BooleanField,
    Count,
    F,
    Func,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Collate
from django.utils import timezone

from claims.models.choices import ClaimStatus
from claims.models.facets import SPEAKER
from claims.models.fulltext import (
    NAME_WORDS,
    WORD,
    KeyFrom,
    Matches,
    any_name_query,
    fold,
    names_query,
    skeleton,
    skeleton_words,
)
from claims.models.querysets import has_listed


class SpeakerQuerySet(QuerySet):
    def public(self):
        """Speakers of at least one listed claim."""
        return self.filter(has_listed(SPEAKER))

    def named(self, words):
        """Speakers with exactly this name or alias, case and accents aside."""
        words = words.strip()
        if not words:
            return self.none()
        same = {"folded": fold(words)}
        aliases = self._aliases().filter(**same)
        return self.filter(Q(**same) | Q(pk__in=aliases.values("speaker_id")))

    def one_named(self, words):
        """The only speaker with exactly this name or alias, or None."""
        rows = self.named(words)[:2]
        return rows[0] if len(rows) == 1 else None

    def starting(self, words):
        """Public speakers with words in a name that begin so, or such an alias."""
        if not WORD.search(words):
            return self.none()
        return self._found(names_query(words), fold(words.strip()))

    def beginning(self, words):
        """Speakers whose name begins so, in the order of their letters."""
        letters = Collate("folded", "C")
        begins = Func(
            *(letters, fold(words.strip())),
            function="starts_with",
            output_field=BooleanField(),
        )
        return self.filter(begins, was_public=True).order_by(letters, "id")

    def mentioned(self, terms):
        """Public speakers with any of these words in their name."""
        return self._found(any_name_query(terms), Value(""))

    def _found(self, asked, beginning):
        return self.filter(KeyFrom("claims_public_speakers", asked, beginning))

    def containing(self, letters, where=None):
        """Speakers with these letters in a name or alias, or words that begin so.

        `where` narrows the names, and the aliases, by which they are found.
        """
        letters = letters.strip()
        if not letters:
            return self.none()
        where = where or (lambda rows: rows)
        names, aliases = self.model.objects.order_by(), self._aliases().order_by()
        holds = {"folded__contains": fold(letters)}
        found = [where(aliases.filter(**holds)).values("speaker_id")]
        if WORD.search(letters):
            asked = Matches(NAME_WORDS, names_query(letters))
            found.append(where(names.filter(asked)).values("pk"))
        # Found first, each in its own way: an OR would make the words of every name.
        named = where(names.filter(**holds)).values("pk")
        return self.filter(pk__in=named.union(*found))

    def resembling(self, name):
        """Speakers with a name or alias that looks like this one: Orlоv; Orlov, Bo."""
        looks = Q(looks=skeleton(Value(name))) | Q(words=skeleton_words(Value(name)))
        shown = {"looks": skeleton(F("name")), "words": skeleton_words(F("name"))}
        named = self.model.objects.order_by().alias(**shown).filter(looks).values("pk")
        aliases = self._aliases().order_by().alias(**shown).filter(looks)
        # Found first, each by its index: an OR of both would read every speaker.
        return self.filter(pk__in=named.union(aliases.values("speaker_id")))

    def with_current_role(self):
        """Each speaker with `current_role`, office and organisation of today or ""."""
        role = Func(
            F("pk"),
            Value(timezone.localdate()),
            function="claims_role_on",
            output_field=TextField(),
        )
        return self.annotate(current_role=role)

    def by_slug(self, slugs):
        """Speakers by slug, as a dict; a former slug leads to whose it was, and a
        merged speaker's to the one it became."""
        rows = self.select_related("merged_into")
        found = {row.slug: row for row in rows.filter(slug__in=slugs)}
        former = set(slugs) - set(found)
        if former:
            named = rows.filter(former_slugs__slug__in=former)
            found |= {
                row.slug_asked: row
                for row in named.annotate(slug_asked=F("former_slugs__slug"))
            }
        return {slug: row.merged_into or row for slug, row in found.items()}

    def _aliases(self):
        return self.model._meta.get_field("aliases").related_model.objects.all()

    def unmerged(self):
        """Speakers that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def with_listed_count(self):
        """Each speaker with `listed_count`, the number of its listed claims."""
        return self.annotate(
            listed_count=Count("claims", filter=Q(claims__status=ClaimStatus.LISTED))
        )
