"""Pictures of speakers for readers: two sizes of each."""

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from claims.http.caching import tags_itself
from claims.models import SpeakerPicture
from claims.models.pictures import LARGE, SMALL
from claims.reading.pictures import public_picture, read_picture


@tags_itself
@require_safe
def speaker_picture(request, sha256, size):
    """Return a JPEG, as long as a speaker whom readers know has the picture."""
    if size not in {SMALL, LARGE}:
        raise Http404
    try:
        picture = public_picture(sha256)
        etag = f'"{sha256}-{size}"'
        if request.headers.get("If-None-Match") == etag:
            response = HttpResponseNotModified()
        else:
            content = read_picture(picture, size)
            response = HttpResponse(content, content_type="image/jpeg")
            response.headers["X-Content-Type-Options"] = "nosniff"
    except (SpeakerPicture.DoesNotExist, FileNotFoundError):
        raise Http404 from None
    response.headers["ETag"] = etag
    # The bytes never change; whether they may still be shown may.
    patch_cache_control(response, public=True, max_age=3600)
    return response
