"""The preview of a text in CommonMark, as a verdict would show it to readers."""

from django.http import HttpResponseNotAllowed, JsonResponse
from django.urls import path, reverse

from claims.desk.publications import pictures_of
from claims.reading.commonmark import LONGEST, problems, render


def desk_address(row) -> str:
    """Return where the desk sees a row's copy, published or not."""
    return reverse("admin:claims_evidence_file", args=[row.pk])


def with_desk_files(publication, verdict):
    """Return a publication to be looked at before readers are given its files."""
    for row in verdict.evidence.filter(file_is_public=True).select_related("file"):
        here, there = desk_address(row), row.file.get_absolute_url()
        for name in ("explanation_html", "how_verified_html", "note_html"):
            html = getattr(publication, name).replace(f'"{there}"', f'"{here}"')
            setattr(publication, name, html)
        for each in publication.evidence:
            if each.get("file", {}).get("sha256") == row.file.sha256:
                each["file"] |= {"url": here}
    return publication


class CommonMarkMixin:
    """Adds the preview of a verdict's texts to VerdictAdmin."""

    def get_urls(self):
        return [
            path(
                "<path:object_id>/commonmark/",
                self.admin_site.admin_view(self.read_with_care(self.commonmark_view)),
                name="claims_verdict_commonmark",
            ),
            *super().get_urls(),
        ]

    def commonmark_view(self, request, object_id):
        """Return the HTML of `text`, and sentences on what is not shown as meant."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        # A form sends its line ends as two characters and stores them as one.
        text = request.POST.get("text", "").replace("\r\n", "\n")
        verdict = self.verdict_or_404(request, object_id)
        pictures = pictures_of(verdict.evidence.select_related("file"), desk_address)
        return JsonResponse(
            {"html": render(text, pictures), "problems": problems(text, pictures)},
            status=200 if len(text) <= LONGEST else 400,
        )
