"""The desk's pages that belong to no model: the front page, and where others are.

Whose work is what, what is waiting, which lists are kept.
"""

from urllib.parse import urlencode

from django.urls import reverse

from claims.admin import agenda, everywhere, saved_filters
from claims.desk.board import board_of
from claims.desk.publications import display_name
from claims.desk.queues import QUEUES, waiting_for


def urls(site):
    """Return the addresses of all pages of the desk that belong to no model."""
    return [*agenda.urls(site), *everywhere.urls(site), *saved_filters.urls(site)]


def front_page(site, user):
    """Return what the front page shows besides Django's own lists."""
    return {
        "queues": _queues(user),
        "board": _board(user),
        "saved_lists": saved_filters.saved_lists(site, user),
    }


def _board(user):
    """Return the short lists of the front page, with addresses and names."""
    sections = board_of(user)
    for section in sections:
        section.links = [
            {"title": QUEUES[name].title, "address": _queue_url(QUEUES[name])}
            for name in section.queues
            if not QUEUES[name].permission or user.has_perm(QUEUES[name].permission)
        ]
        for row in section.shown:
            row.url = reverse(f"admin:claims_{row.page}", args=[row.key])
            row.owner_name = display_name(row.owner) if row.owner else ""
    return sections


def _queues(user):
    """Return the queues that somebody sees, each with its count and address."""
    return [
        {"waiting": each, "address": _queue_url(each.queue)}
        for each in waiting_for(user)
    ]


def _queue_url(queue):
    """Return the URL of the change list of a queue."""
    changelist = reverse(f"admin:claims_{queue.model}_changelist")
    return f"{changelist}?{urlencode({'queue': queue.name})}"
