"""Models: Speaker, its roles, names, aliases and former slugs."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from claims.http.reversing import address_of
from claims.models.choices import SpeakerKind
from claims.models.fields import folded_name, search_words, slugify_name
from claims.models.speaker_querysets import SpeakerQuerySet


class Speaker(models.Model):
    """A person, organisation or government that is quoted [schema.org Person,
    Organization, GovernmentOrganization]."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True, blank=True)
    kind = models.CharField(
        max_length=12, choices=SpeakerKind, default=SpeakerKind.PERSON
    )
    description = models.TextField(blank=True)
    wikidata_id = models.CharField(_("Wikidata id"), max_length=20, blank=True)
    speaks_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="spokespeople"
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_speakers",
    )
    # Once readers have seen it, the public role of the database may read it.
    was_public = models.BooleanField(default=False, db_default=False, editable=False)
    folded = folded_name("name")
    search = search_words("name", configuration="simple")

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")),
                name="speaker_is_not_merged_into_itself",
                violation_error_message=_("A speaker cannot be merged into itself."),
            ),
            models.CheckConstraint(
                condition=~Q(speaks_for=F("id")),
                name="speaker_does_not_speak_for_itself",
                violation_error_message=_("A speaker cannot speak for itself."),
            ),
            models.CheckConstraint(
                condition=Q(wikidata_id="") | Q(wikidata_id__regex=r"^Q[1-9][0-9]*$"),
                name="speaker_wikidata_id_is_an_item",
                violation_error_message=_("A Wikidata id looks like Q43."),
            ),
        ]
        indexes = [
            models.Index("folded", name="speaker_folded"),
            models.Index(
                Collate("folded", "C"),
                "id",
                condition=Q(was_public=True),
                name="speaker_beginning",
            ),
            GinIndex(fields=["search"], name="speaker_search"),
            GinIndex(
                Func(Value("simple"), "name", function="claim_lexemes"),
                name="speaker_words",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.slug = self.slug or slugify_name(self.name)
        super().save(**kwargs)

    def get_absolute_url(self):
        return address_of("claims:speaker", self.slug)

    @property
    def shown_picture(self):
        """Return its picture, where the query asked for pictures and there is one."""
        return self._state.fields_cache.get("picture")


class SpeakerRole(models.Model):
    """An office or membership of a speaker for a time [jobTitle, affiliation].

    An empty day leaves the time open on that side; both days belong to it.
    """

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="roles")
    title = models.CharField(
        max_length=200, blank=True, help_text=_("Office, as readers know it.")
    )
    organisation = models.CharField(
        max_length=200, blank=True, help_text=_("Body, party or company.")
    )
    since = models.DateField(_("first day"), null=True, blank=True)
    until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        ordering = ["speaker", F("since").desc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") | ~Q(organisation=""),
                name="speaker_role_says_something",
                violation_error_message=_("Give an office or an organisation."),
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True)
                | Q(until__isnull=True)
                | Q(until__gte=F("since")),
                name="speaker_role_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first one."),
            ),
        ]

    def __str__(self):
        return ", ".join(part for part in (self.title, self.organisation) if part)


class SpeakerName(models.Model):
    """A name that a speaker has or had, with the moment it began. Append-only.

    Written by the database when a speaker is stored or renamed.
    """

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    since = models.DateTimeField()

    class Meta:
        ordering = ["speaker", "-since", "-id"]

    def __str__(self):
        return self.name


class FormerSlug(models.Model):
    """A slug under which readers knew a speaker: its addresses lead on. Append-only.

    Written by the database when the slug of a public speaker is changed.
    """

    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="former_slugs")
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    until = models.DateTimeField()

    class Meta:
        ordering = ["speaker", "-until", "-id"]

    def __str__(self):
        return self.slug


class SpeakerAlias(models.Model):
    """Another name of a speaker: spelling, former name, metonym."""

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    is_metonym = models.BooleanField(
        default=False,
        help_text=_("A place that stands for its government, as “Ankara” does."),
    )
    folded = folded_name("name")

    class Meta:
        verbose_name_plural = "speaker aliases"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["speaker", "folded"],
                name="speaker_alias_is_stored_once",
                violation_error_message=_("The speaker already has this alias."),
            ),
        ]
        indexes = [models.Index("folded", name="speaker_alias_folded")]

    def __str__(self):
        return self.name
