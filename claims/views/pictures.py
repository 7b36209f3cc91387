"""Pictures of speakers for readers: two sizes of each."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from claims.http.caching import tags_itself
from claims.http.files import HOUR, unchanging
from claims.models import SpeakerPicture
from claims.models.pictures import LARGE, SMALL
from claims.reading.pictures import public_picture, read_picture


@tags_itself
@require_safe
def speaker_picture(request, sha256, size):
    """Return a JPEG, as long as a speaker whom readers know has the picture."""
    if size not in {SMALL, LARGE}:
        raise Http404

    def answer():
        content = read_picture(picture, size)
        headers = {"X-Content-Type-Options": "nosniff"}
        return HttpResponse(content, content_type="image/jpeg", headers=headers)

    try:
        picture = public_picture(sha256)
        return unchanging(request, f"{sha256}-{size}", answer, max_age=HOUR)
    except (SpeakerPicture.DoesNotExist, FileNotFoundError):
        raise Http404 from None
