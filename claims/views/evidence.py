"""Kept copies of evidence for readers: those that a publication names."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims.http.caching import tags_itself
from claims.http.files import HOUR, send_apart, unchanging
from claims.reading.evidence_files import public_files, read_file
from claims.reading.redactions import redactions_of_file


@tags_itself
@require_safe
def evidence_file(request, sha256, kind):
    """Return the bytes of a published copy; nothing in them runs on this site.

    Of one that was taken off for good, a page with day and reason (410).
    """
    file = get_object_or_404(public_files(), sha256=sha256, kind=kind)
    if redactions := list(redactions_of_file(file)):
        told = {"file": file, "redactions": redactions}
        return render(request, "claims/evidence_gone.html", told, status=410)

    def answer():
        try:
            response = FileResponse(read_file(file))
        except FileNotFoundError:
            raise Http404 from None
        send_apart(response, file)
        return response

    return unchanging(request, file.sha256, answer, max_age=HOUR)
