"""Published checks taken in from the admin: dry run first, then with progress."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError
from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.desk.archive import stored_in_batches
from claims.desk.archived_reviews import Stored
from claims.exceptions import Refused
from claims.exchange.reviews import MOST_SHOWN, propose_mapping, read_reviews
from claims.forms.review_import import ReviewImportForm, packed
from claims.http.unavailable import reason_of

# A page has to be answered before a server gives it up.
MOST = 5_000
PROGRESS = "<!-- progress -->"


class ReviewImportMixin:
    """Adds the page that takes in published checks to PublishedVerdictAdmin."""

    change_list_template = "admin/claims/publication_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.import_view)
        return [
            path("import/", view, name="claims_publishedverdict_import"),
            *super().get_urls(),
        ]

    def import_view(self, request):
        """Show the form; what a file would bring; or take it in and tell how far."""
        if not request.user.has_perm("claims.publish_verdict"):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, ReviewImportForm())
        form = ReviewImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form, status=400)
        with _as_file(form.cleaned_data) as file:
            return self._answer(request, form, file)

    def _answer(self, request, form, file):
        asked = form.cleaned_data
        report, reviews = read_reviews([file], asked["mapping"])
        found = {
            "report": report,
            "reviews": reviews[:20],
            "count": len(reviews),
            "problems": _without(file, report.problems),
            "warnings": _without(file, report.warnings),
            "is_too_long": len(reviews) > MOST,
            "most": MOST,
            "not_read": report.not_read.most_common(),
        }
        is_good = reviews and not report.files and not found["is_too_long"]
        may_take = is_good and (asked["keep_going"] or not report.problems)
        if may_take and "take" in request.POST:
            return self._progress(request, reviews)
        if not request.POST.get("mapping", "").strip():
            try:
                found["proposal"] = _indented(propose_mapping([file]))
            except Refused:
                found["proposal"] = ""
        again = ReviewImportForm(
            initial={
                "packed": packed(asked["content"]),
                "name": asked["name"],
                "mapping": request.POST.get("mapping") or found.get("proposal", ""),
                "keep_going": asked["keep_going"],
            }
        )
        return self._page(request, again, found=found, may_take=may_take)

    def _page(self, request, form, *, status=200, **context):
        context |= {"title": _("Take in published checks"), "form": form}
        return self.desk_page(request, "review_import.html", context, status=status)

    def _progress(self, request, reviews):
        """Return a page that grows while the checks are stored, all or nothing."""
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": _("Take in published checks"),
            "progress": PROGRESS,
        }
        page = render_to_string(
            "admin/claims/review_import.html", context, request=request
        )
        head, tail = page.split(PROGRESS)
        return StreamingHttpResponse(_told(head, reviews, request.user, tail))


def _told(head, reviews, by, tail) -> Iterator[str]:
    yield head
    stored = Stored()
    try:
        for done in stored_in_batches(reviews, stored, by=by):
            sentence = ngettext(
                "%(done)d of %(count)d review", "%(done)d of %(count)d reviews", done
            )
            words = sentence % {"done": done, "count": len(reviews)}
            yield format_html("<li>{}</li>\n", words)
        yield format_html(
            "<li><strong>{}</strong></li>\n",
            _(
                "Taken in: %(checks)d checks of %(claims)d new claims, %(later)d later "
                "versions; %(known)d were here already."
            )
            % vars(stored),
        )
    except (Refused, IntegrityError) as problem:
        yield format_html(
            "<li><strong>{}</strong> {}</li>\n",
            _("Nothing was taken in."),
            str(problem).split("\n", 1)[0],
        )
    except DatabaseError as problem:
        # The page is half sent: it says so itself.
        if not reason_of(problem):
            raise
        yield format_html(
            "<li><strong>{}</strong> {}</li>\n",
            _("Nothing was taken in."),
            _("The site cannot do this just now. Please try again in a moment."),
        )
    yield tail


@contextmanager
def _as_file(asked):
    """Give a form's content as a file of its name, as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / (Path(asked["name"] or "reviews").name[-80:] or "reviews")
        file.write_bytes(asked["content"])
        yield file


def _without(file, sentences):
    """Return sentences about a file without the folder that it is in."""
    return [each.replace(f"{file.parent}/", "") for each in sentences[:MOST_SHOWN]]


def _indented(proposal):
    return json.dumps(proposal, ensure_ascii=False, indent=1)
