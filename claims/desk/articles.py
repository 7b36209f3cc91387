"""Articles with open decisions, the outlet of one, and editors present at it."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from claims.models import Article, Claim, NoClaims, Outlet, Presence

STAYS = timedelta(seconds=30)


def open_articles() -> QuerySet[Article]:
    """Return articles with something to decide: a suggestion, doubtful words, or
    no claim yet and nobody's word that there is none."""
    claims = Claim.objects.filter(article=OuterRef("pk"))
    empty = NoClaims.objects.filter(text=OuterRef("current_text"))
    return Article.objects.filter(
        Exists(claims.suggested())
        | Exists(claims.with_doubtful_words())
        | (~Exists(claims) & ~Exists(empty)),
        current_text__isnull=False,
    )


def next_open_article(after: Article, *, by) -> Article | None:
    """Return the next open article in the list, wrapping around at the end.

    One at which somebody else is at work comes only when there is no other.
    """
    waiting = open_articles().exclude(pk=after.pk).only("pk")
    taken = Presence.objects.filter(
        article=OuterRef("pk"), seen_at__gt=timezone.now() - STAYS
    ).exclude(user=by)
    older = Q(published_on__lt=after.published_on) | Q(
        published_on=after.published_on, pk__lt=after.pk
    )
    for rows in (waiting.filter(~Exists(taken)), waiting):
        for part in (rows.filter(older), rows):
            found = part.order_by("-published_on", "-pk").first()
            if found is not None:
                return found
    return None


def find_outlet(name: str, url: str) -> Outlet | None:
    """Return the outlet with a name, or at whose homepage an address lies, or None."""
    if name and (found := Outlet.objects.filter(name__iexact=name).first()):
        return found
    host = _host(url)
    if not host:
        return None
    homepages = Outlet.objects.filter(homepage__icontains=host)
    return next((each for each in homepages if _host(each.homepage) == host), None)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def note_presence(article: Article, *, of) -> None:
    """Record that a user has an article open now."""
    Presence.objects.bulk_create(
        [Presence(article=article, user=of, seen_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["article", "user"],
        update_fields=["seen_at"],
    )


def note_absence(article: Article, *, of) -> None:
    """Record that a user has left an article."""
    Presence.objects.filter(article=article, user=of).delete()


def present_users(article: Article, *, but) -> list:
    """Return the other users who have an article open, by name."""
    present = Presence.objects.filter(
        article=article, seen_at__gt=timezone.now() - STAYS
    ).exclude(user=but)
    return list(
        get_user_model()
        .objects.filter(pk__in=present.values("user"))
        .order_by("first_name", "username")
    )
