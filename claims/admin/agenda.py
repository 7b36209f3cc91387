"""The desk's calendar: a page, and the same as iCalendar under a private address."""

from datetime import timedelta
from functools import partial
from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.desk.agenda import agenda
from claims.desk.calendar_addresses import (
    drop_address,
    may_have_calendar,
    new_address,
    user_of,
)
from claims.desk.publications import display_name
from claims.exchange.icalendar import MIME_TYPE, AllDay, icalendar
from claims.models import CalendarAddress

BACK, AHEAD = timedelta(days=31), timedelta(days=400)


def urls(site):
    """Return the addresses of the calendar on the desk's AdminSite."""
    return [
        path("calendar/", site.admin_view(partial(agenda_view, site)), name="agenda"),
        # Programs have no session: the address itself lets them in.
        path("calendar/<str:secret>.ics", calendar_file, name="agenda_file"),
    ]


def agenda_view(site, request):
    """Show what is due, mine or everybody's (GET); make or drop the address (POST)."""
    if not may_have_calendar(request.user):
        raise PermissionDenied
    address = ""
    if request.method == "POST":
        if "drop" in request.POST:
            drop_address(request.user)
            messages.success(request, _("The address opens your calendar no longer."))
            return HttpResponseRedirect(reverse("admin:agenda"))
        address = reverse("admin:agenda_file", args=[new_address(request.user)])
    today = timezone.localdate()
    everybodys = request.GET.get("of") == "everybody"
    entries = agenda(
        today - BACK, today + AHEAD, of=None if everybodys else request.user
    )
    shown = {
        "title": _("Calendar"),
        "days": _by_day(entries, today),
        "everybodys": everybodys,
        "address": address and request.build_absolute_uri(address),
        "has_address": CalendarAddress.objects.filter(user=request.user).exists(),
    }
    response = TemplateResponse(
        request, "admin/claims/agenda.html", site.each_context(request) | shown
    )
    if address:
        # It is shown once, and to nobody who goes back in the browser.
        response["Cache-Control"] = "no-store"
    return response


def _by_day(entries, today):
    """Return the entries in days, each with whether it is past."""
    return [
        {
            "day": day,
            "is_past": day < today,
            "entries": [
                {
                    "entry": entry,
                    "owner": display_name(entry.owner) if entry.owner else "",
                    "url": _url(entry),
                }
                for entry in rows
            ],
        }
        for day, rows in groupby(entries, key=lambda entry: entry.day)
    ]


def _url(entry):
    return reverse(f"admin:claims_{entry.page}", args=[entry.row])


@require_safe
def calendar_file(request, secret):
    """Return a person's calendar as iCalendar, or 404: to nobody it says why."""
    user = user_of(secret)
    if user is None:
        raise Http404
    today = timezone.localdate()
    everybodys = request.GET.get("of") == "everybody"
    host = request.get_host()
    events = [
        AllDay(
            uid=f"{entry.key}@{host}",
            day=entry.day,
            summary=f"{entry.what}: {entry.title}",
            description=display_name(entry.owner) if entry.owner else "",
            url=request.build_absolute_uri(_url(entry)),
        )
        for entry in agenda(
            today - BACK, today + AHEAD, of=None if everybodys else user
        )
    ]
    name = settings.FACTCHECK["NAME"]
    response = HttpResponse(
        icalendar(name, events, at=timezone.now()), content_type=MIME_TYPE
    )
    response["Content-Disposition"] = 'inline; filename="desk.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
