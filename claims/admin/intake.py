"""Taking an article in at the desk: read from a file or page, confirmed by hand."""

from copy import copy
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.translation import gettext as _

from claims.desk.articles import find_outlet
from claims.desk.duplicates import articles_with_words
from claims.desk.languages import language_choices
from claims.exchange.documents import repair_name
from claims.forms.intake import IntakeForm

BOOKMARKLET = Path(__file__).parent.parent / "static/claims/js/bookmarklet.js"


class IntakeMixin:
    """Adds to ArticleAdmin the page that reads an article for its form."""

    def get_urls(self):
        intake = self.admin_site.admin_view(self.intake_view)
        return [
            path("intake/", intake, name="claims_article_intake"),
            *super().get_urls(),
        ]

    def intake_view(self, request):
        """Read a file, pasted words or a page, and show what it tells in the form."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = IntakeForm(*((request.POST, request.FILES) if is_sent else ()))
        if form.is_valid():
            return self.confirm(request, form.article)
        address = request.build_absolute_uri(reverse("admin:claims_article_intake"))
        return self.desk_page(
            request,
            "article/intake.html",
            {
                "title": _("Take an article in"),
                "form": form,
                "bookmarklet": bookmarklet(address),
                "name": settings.FACTCHECK["NAME"],
            },
            status=400 if form.is_bound else 200,
        )

    def confirm(self, request, file):
        """Return the form of a new article with all that a file tells filled in."""
        asked = copy(request)
        asked.method = "GET"  # nothing is saved yet
        asked.proposed = proposals(file)
        context = {
            "title": _("Confirm the article"),
            "repairs": [(repair_name(each), each.shown()) for each in file.repairs],
            "same": articles_with_words(file.body),
            "is_read": True,
        }
        return self.changeform_view(
            asked, None, reverse("admin:claims_article_add"), context
        )

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        return getattr(request, "proposed", initial)


def proposals(file):
    """Return what a file tells of its article, as the fields of the form have it."""
    outlet = find_outlet(file.outlet, file.url)
    told = {name: getattr(file, name) for name in ("headline", "published_on", "body")}
    told |= file.details() | {"raw_subtitles": file.subtitles}
    if told.get("language") not in dict(language_choices()):
        told.pop("language", None)
    return told | ({"outlet": outlet.pk} if outlet else {"new_outlet": file.outlet})


def bookmarklet(address):
    """Return the address of a bookmark that sends a page's article to this desk."""
    script = BOOKMARKLET.read_text(encoding="utf-8").replace("DESK_ADDRESS", address)
    return "javascript:" + quote(script, safe="")
