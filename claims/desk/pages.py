"""Pages about the desk: written, submitted, and published by a second person."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.desk.publications import display_name
from claims.exceptions import ChangedMeanwhile, Incomplete, NotPermitted, Refused
from claims.models import DeskPage, PageVersion, acting
from claims.models.choices import PageStatus
from claims.models.constraints import refuse_as
from claims.reading.commonmark import render
from claims.text.canonical import visible_text

# A page's title is its one heading of the first level.
BELOW_THE_TITLE = 1


class PageStepRefused(Refused):
    """The step is not possible with the page as it is."""


def write_page(page: DeskPage, *, by) -> DeskPage:
    """Store a page's words as its draft, and return it."""
    if page.pk:
        page.version += 1
    page.status = PageStatus.DRAFT
    with transaction.atomic(), acting(by):
        page.save()
    # The database keeps who wrote it.
    page.refresh_from_db(fields=["writers"])
    return page


def missing_for_publication(page: DeskPage) -> dict[str, object]:
    """Return a sentence for each field that a page in draft lacks."""
    missing: dict[str, object] = {}
    if not visible_text(page.body):
        missing["body"] = _("Write the page.")
    if not page.note and page.versions.exists():
        missing["note"] = _("Say what changes: readers see it beside the new version.")
    return missing


def submit_page(page: DeskPage, *, by, version: int) -> DeskPage:
    """Lock a draft until a second person publishes or returns it."""

    def submit(page):
        if missing := missing_for_publication(page):
            raise Incomplete(missing)
        page.status, page.returned = PageStatus.IN_REVIEW, ""
        page.save()

    return _step(page, submit, by, version, "change", PageStatus.DRAFT)


def return_page(page: DeskPage, *, by, version: int, comment: str) -> DeskPage:
    """Give a page in review back to those who wrote it, with what is to be changed."""

    def give_back(page):
        if not visible_text(comment):
            raise Incomplete({"comment": _("Say what is to be changed.")})
        page.status, page.returned = PageStatus.DRAFT, comment.strip()
        page.save()

    return _step(page, give_back, by, version, "change", PageStatus.IN_REVIEW)


def publish_page(
    page: DeskPage, *, by, version: int, override_reason: str = "", at=None
) -> PageVersion:
    """Publish a page in review as its next version, and return that.

    Whoever wrote a part of it gives a reason, which readers see. `at` is for the days
    of a story.
    """
    made: list[PageVersion] = []

    def publish(page):
        if is_writer(page, by) and not visible_text(override_reason):
            raise NotPermitted(
                _("You wrote a part of this page, so somebody else should publish it.")
            )
        newest = page.versions.order_by("-number").first()
        writers = get_user_model().objects.in_bulk(page.writers)
        people = [writers[pk] for pk in page.writers]
        made.append(
            PageVersion.objects.create(
                page=page,
                slug=page.slug,
                language=page.language,
                number=newest.number + 1 if newest else 1,
                title=page.title,
                body=page.body,
                body_html=render(page.body, deeper=BELOW_THE_TITLE),
                note=page.note,
                author=people[-1],
                author_name=", ".join(map(display_name, people))[:500],
                approver=by,
                approver_name=display_name(by),
                # Of a second person no reason is asked.
                override_reason=override_reason.strip() if by in people else "",
                published_at=at or timezone.now(),
            )
        )
        page.status, page.note = PageStatus.PUBLISHED, ""
        page.save()

    _step(page, publish, by, version, "publish", PageStatus.IN_REVIEW)
    return made[0]


def is_writer(page: DeskPage, user) -> bool:
    """Return whether somebody wrote a part of a page since its last version."""
    return user.pk in page.writers


def _step(
    page: DeskPage,
    take: Callable[[DeskPage], None],
    by,
    version: int,
    right: str,
    status: PageStatus,
) -> DeskPage:
    """Take a step with a page as it is now, if it is as somebody saw it."""
    if not by.has_perm(f"claims.{right}_deskpage"):
        raise NotPermitted(_("You may not do this with pages about the desk."))
    try:
        with transaction.atomic(), acting(by):
            page = DeskPage.objects.select_for_update().get(pk=page.pk)
            if page.version != version:
                raise ChangedMeanwhile(
                    _("Somebody changed this first. Nothing of yours is saved yet."),
                    current=page,
                )
            if page.status != status:
                raise PageStepRefused(
                    _("This page is “%(status)s” now.")
                    % {"status": page.get_status_display()}
                )
            page.version += 1
            take(page)
    except IntegrityError as error:
        refuse_as(PageStepRefused, error)
    page.refresh_from_db()
    return page
