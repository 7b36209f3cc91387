"""Pictures of speakers: checked, cut square, written anew in two sizes, and stored.

As with copies of evidence, the content says what a file is, and nothing but the picture
is left of it.
"""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from claims.desk.evidence_files import GRACE, UnusableFile, cleaned, stored_paths
from claims.models import SpeakerPicture
from claims.models.choices import FileKind
from claims.models.pictures import LARGE, SMALL

FOLDER = "speakers"
# Made larger, less would be a blur.
LEAST_PIXELS = 192
# Heads are in the upper part of most pictures.
CENTRE = (0.5, 0.35)
QUALITY = 85


class Stored(NamedTuple):
    """What a row keeps of the files of a picture."""

    sha256: str
    path: str


def store_picture(content: bytes) -> Stored:
    """Store a picture in both sizes; raise UnusableFile."""
    large, small = (squared(content, size) for size in (LARGE, SMALL))
    digest = hashlib.sha256(large).hexdigest()
    path = f"{FOLDER}/{digest[:2]}/{digest}-{get_random_string(8).lower()}"
    for size, made in ((LARGE, large), (SMALL, small)):
        default_storage.save(f"{path}-{size}.jpg", ContentFile(made))
    return Stored(digest, path)


def squared(content: bytes, size: int) -> bytes:
    """Return a picture as a square JPEG of so many pixels; raise UnusableFile."""
    from PIL import Image, ImageOps

    kind, content, measured = cleaned(content)
    if kind == FileKind.PDF or measured is None:
        raise UnusableFile(_("This is no picture: choose a PNG, JPEG or WebP."))
    if min(measured) < LEAST_PIXELS:
        raise UnusableFile(
            _("The picture is too small: it needs %(least)d pixels on each side.")
            % {"least": LEAST_PIXELS}
        )
    with Image.open(io.BytesIO(content)) as picture:
        seen = picture.convert("RGBA")
    # What can be seen through stands on white.
    paper = Image.new("RGBA", seen.size, "white")
    flat = Image.alpha_composite(paper, seen).convert("RGB")
    square = ImageOps.fit(flat, (size, size), centering=CENTRE)
    out = io.BytesIO()
    square.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def forget_replaced(*, older_than: timedelta = GRACE) -> int:
    """Delete files of pictures that no speaker has any more; return how many."""
    before = timezone.now() - older_than
    known = {
        picture.stored_name(size)
        for picture in SpeakerPicture.objects.all()
        for size in (LARGE, SMALL)
    }
    gone = 0
    for path in stored_paths(FOLDER):
        if path not in known and default_storage.get_modified_time(path) < before:
            default_storage.delete(path)
            gone += 1
    return gone
