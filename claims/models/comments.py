"""Models of the desk's comments: Thread, Comment and whom it names, Mention."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.articles import Article
from claims.models.choices import ThreadSubject
from claims.models.claims import Claim


class Thread(models.Model):
    """Comments on an article, a claim or its verdict, open or resolved.

    Its place is for good; who resolved it when is in the history of changes.
    """

    about = models.CharField(_("about"), max_length=7, choices=ThreadSubject)
    # That of the claim is filled in by the database.
    article = models.ForeignKey(
        Article, models.PROTECT, related_name="threads", verbose_name=_("article")
    )
    claim = models.ForeignKey(
        Claim,
        models.PROTECT,
        null=True,
        related_name="threads",
        verbose_name=_("claim"),
    )
    resolved_at = models.DateTimeField(_("resolved"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(about=ThreadSubject.ARTICLE, claim=None)
                | Q(
                    about__in=[ThreadSubject.CLAIM, ThreadSubject.VERDICT],
                    claim__isnull=False,
                ),
                name="thread_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="thread_is_resolved_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.get_about_display()} {self.claim_id or self.article_id}"


class Comment(models.Model):
    """What somebody said in a thread, or said better: other words for a comment.

    Append-only. Readers never see it.
    """

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="comments")
    # The comment for which these are the words from now on.
    edits = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="edited_as"
    )
    text = models.TextField(max_length=4000)
    # The version of the claim or verdict, or the number of the article's text.
    about_version = models.PositiveIntegerField()
    # Whom it names, of those who may see it.
    mentions = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Mention", related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="comment_says_something",
                violation_error_message=_("Write a comment."),
            ),
            models.CheckConstraint(
                condition=Q(edits=None) | ~Q(edits=F("id")),
                name="comment_edits_another",
            ),
        ]

    def __str__(self):
        return self.text[:80]


class Mention(models.Model):
    """That a comment names somebody. Append-only; whoever is named stays."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "user"], name="mention_is_stored_once"
            ),
        ]

    def __str__(self):
        return f"{self.comment_id}: {self.user}"
