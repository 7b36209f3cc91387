"""Models: Outlet, Article, ArticleText (a version of an article's text)."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.http.reversing import address_of
from claims.models.choices import TextRights
from claims.models.fields import (
    is_web_address,
    search_words,
    slugify_name,
    without_login,
)
from claims.models.querysets import (
    ArticleQuerySet,
    ArticleTextQuerySet,
    OutletQuerySet,
)


class Outlet(models.Model):
    """A publication that prints articles [schema.org NewsMediaOrganization]."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    homepage = models.URLField(max_length=500, blank=True, validators=[without_login])
    # Once readers have seen it, the public role of the database may read it.
    was_public = models.BooleanField(default=False, db_default=False, editable=False)

    objects = OutletQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(homepage="") | is_web_address("homepage"),
                name="outlet_homepage_is_web_address",
                violation_error_message=_(
                    "The homepage must start with http:// or https://."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("claims:outlet", self.slug)


class Article(models.Model):
    """One printed article [schema.org NewsArticle]; its words are in its texts."""

    outlet = models.ForeignKey(
        Outlet, models.PROTECT, null=True, blank=True, related_name="articles"
    )
    headline = models.CharField(max_length=300)
    slug = models.SlugField(max_length=80, allow_unicode=True, blank=True)
    byline = models.CharField(max_length=200, blank=True)
    url = models.URLField(
        _("web address"), max_length=1000, blank=True, validators=[without_login]
    )
    archived_url = models.URLField(
        _("archived copy"), max_length=1000, blank=True, validators=[without_login]
    )
    language = models.CharField(max_length=12, default="en")
    published_on = models.DateField()
    accessed_on = models.DateField(null=True, blank=True)
    text_rights = models.CharField(
        max_length=8, choices=TextRights, default=TextRights.FULL
    )
    current_text = models.ForeignKey(
        "ArticleText",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Once readers have seen it, the public role of the database may read it.
    was_public = models.BooleanField(default=False, db_default=False, editable=False)
    search = search_words("headline")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["outlet", "published_on", "headline"],
                nulls_distinct=False,
                name="article_is_stored_once",
                violation_error_message=_(
                    "This outlet's article of that day and headline is already here."
                ),
            ),
            models.CheckConstraint(
                condition=Q(url="") | is_web_address("url"),
                name="article_url_is_web_address",
                violation_error_message=_(
                    "The web address must start with http:// or https://."
                ),
            ),
            models.CheckConstraint(
                condition=Q(archived_url="") | is_web_address("archived_url"),
                name="article_archived_url_is_web_address",
                violation_error_message=_(
                    "The archived copy's address must start with http:// or https://."
                ),
            ),
        ]
        indexes = [
            models.Index(
                F("published_on").desc(), F("id").desc(), name="article_newest"
            ),
            # Which languages there are, the lists of the desk ask.
            models.Index(fields=["language"], name="article_language"),
            GinIndex(fields=["search"], name="article_search"),
            GinIndex(
                Func("language", "headline", function="claim_vector"),
                name="article_words",
            ),
        ]

    def __str__(self):
        return self.headline

    def save(self, **kwargs):
        self.slug = self.slug or slugify_name(self.headline)
        super().save(**kwargs)

    def get_absolute_url(self):
        return address_of("claims:article", self.pk, self.slug)

    def get_permanent_url(self):
        """Return the path that no change of the headline moves, for programs."""
        return address_of("claims:article_number", self.pk)


class ArticleText(models.Model):
    """One version of an article's text. Immutable: a correction is a new version."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="texts")
    number = models.PositiveIntegerField(default=1)
    body = models.TextField()
    sha256 = models.CharField(max_length=64, editable=False)
    reason = models.CharField(max_length=300, blank=True)
    # Of a recording's transcript: pairs of a place and the second it is spoken at.
    times = models.JSONField(
        default=list, db_default=Value([], models.JSONField()), editable=False
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ArticleTextQuerySet.as_manager()

    class Meta:
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"],
                name="article_text_numbers_are_unique",
                violation_error_message=_("Somebody has just corrected this text."),
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""),
                name="article_text_correction_has_a_reason",
                violation_error_message=_("Say why the text is corrected."),
            ),
            models.CheckConstraint(
                condition=~Q(body=""),
                name="article_text_is_not_empty",
                violation_error_message=_("The text is empty."),
            ),
        ]
        indexes = [
            GinIndex(
                Func("body", function="claim_sentences"), name="article_text_sentences"
            ),
            GinIndex(Func("body", function="claim_terms"), name="article_text_terms"),
            models.Index(
                fields=["article"], condition=Q(number__gt=1), name="text_corrected"
            ),
        ]

    def __str__(self):
        return gettext("%(article)s, text %(number)d") % {
            "article": self.article,
            "number": self.number,
        }
