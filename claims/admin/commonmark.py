"""The preview of a text in CommonMark, as a verdict would show it to readers."""

from django.http import HttpResponseNotAllowed, JsonResponse
from django.urls import path

from claims.reading.commonmark import LONGEST, problems, render


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
        return JsonResponse(
            {"html": render(text), "problems": problems(text)},
            status=200 if len(text) <= LONGEST else 400,
        )
