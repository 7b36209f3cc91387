"""Kept copies of evidence: PDF and pictures, checked, cleaned, stored by their digest.

What a file is, its content says, not its name. Pictures are written anew, so that
nothing but the picture is left: no place, no camera, no comment. A file is in the
storage before a row tells of it: whatever is killed, no row tells of half a file.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import warnings
from collections.abc import Iterator
from datetime import timedelta
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from claims.exceptions import Refused
from claims.models import EvidenceFile
from claims.models.choices import FileKind
from claims.text.visible import visible

FOLDER = "evidence"
LARGEST = 20 * 1024 * 1024
# More would take the server's memory: a small file can unpack to a huge picture.
MOST_PIXELS = 50_000_000
KINDS = {"PNG": FileKind.PNG, "JPEG": FileKind.JPEG, "WEBP": FileKind.WEBP}
# Longer than any upload or form may take.
GRACE = timedelta(days=1)
END_OF_PDF = 2048
UNFIT = re.compile(r"[\s()<>\[\]\\/:*?\"|]+")


class UnusableFile(Refused):
    """A file that cannot be kept; the message says why."""

    status = 400


def keep(content: bytes, *, by) -> EvidenceFile:
    """Store a file once and return its row; raise UnusableFile."""
    kind, content, size = cleaned(content)
    digest = hashlib.sha256(content).hexdigest()
    known = EvidenceFile.objects.filter(sha256=digest).first()
    if known is not None:
        if known.redactions.exists():
            raise UnusableFile(_("This file was taken off the site for good."))
        if not is_whole(known):
            # The storage has lost or spoilt it, and has it again.
            default_storage.delete(known.path)
            default_storage.save(known.path, ContentFile(content))
        return known
    path = f"{FOLDER}/{digest[:2]}/{digest}-{get_random_string(8).lower()}.{kind}"
    path = default_storage.save(path, ContentFile(content))
    width, height = size or (None, None)
    try:
        with transaction.atomic():
            return EvidenceFile.objects.create(
                sha256=digest,
                kind=kind,
                size=len(content),
                width=width,
                height=height,
                path=path,
                added_by=by,
            )
    except IntegrityError:
        # Somebody else keeps the same file at the same moment.
        return EvidenceFile.objects.get(sha256=digest)


def cleaned(content: bytes) -> tuple[FileKind, bytes, tuple[int, int] | None]:
    """Return kind, bytes to keep and size in pixels; raise UnusableFile."""
    if len(content) > LARGEST:
        raise UnusableFile(_("The file is larger than 20 MB."))
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-END_OF_PDF:]:
            raise UnusableFile(_("The PDF breaks off: its end is missing."))
        return FileKind.PDF, content, None
    return _picture(content)


def _picture(content):
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=list(KINDS)) as picture:
                _refuse_unfit(picture)
                picture.load()
                return _written_anew(picture, content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnusableFile(_too_many_pixels()) from None
    except Image.UnidentifiedImageError:
        raise UnusableFile(
            _("This is no PDF, PNG, JPEG or WebP, whatever its name says.")
        ) from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise UnusableFile(_("The picture is damaged or breaks off.")) from None


def _refuse_unfit(picture):
    if picture.width * picture.height > MOST_PIXELS:
        raise UnusableFile(_too_many_pixels())
    # A phone's JPEG may carry further pictures; the first is the one that is seen.
    if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
        raise UnusableFile(_("A moving picture cannot be kept: choose one of it."))


def _too_many_pixels():
    return _("The picture has more than 50 million pixels: make it smaller.")


def _written_anew(picture, content):
    """Return kind, bytes and size of a picture without all that is not the picture."""
    from PIL import ImageOps

    form = "JPEG" if picture.format == "MPO" else picture.format
    colours = picture.info.get("icc_profile")
    options = {"icc_profile": colours} if colours else {}
    upright = ImageOps.exif_transpose(picture)
    is_turned = upright.size != picture.size or _orientation(picture) != 1
    if is_turned or picture.format == "MPO":
        picture = upright
    transparency = picture.info.get("transparency")
    picture.info = {} if transparency is None else {"transparency": transparency}
    if form == "JPEG":
        # With the tables that it has, next to nothing of it changes.
        options |= {"quality": "keep" if picture.format == "JPEG" else 95}
    elif form == "WEBP":
        is_lossless = b"VP8L" in content[:64]
        options |= {"lossless": is_lossless, "quality": 100 if is_lossless else 95}
        options |= {"exact": True}
    out = io.BytesIO()
    picture.save(out, form, **options)
    return KINDS[form], out.getvalue(), picture.size


def _orientation(picture):
    return picture.getexif().get(0x0112, 1)


def name_for(typed: str, kind: str) -> str:
    """Return the name of a copy, as a text can call it, with the ending of its kind.

    >>> name_for("C:\\\\minutes (2) of May.JPEG", "jpg")
    'minutes-2-of-May.jpg'
    """
    last = unicodedata.normalize("NFC", visible(typed)).replace("\\", "/")
    stem = PurePosixPath(last.rpartition("/")[2] or "copy").stem
    stem = UNFIT.sub("-", stem).strip("-.") or "copy"
    return f"{stem[:100]}.{kind}"


# --- Cleaning up ----------------------------------------------------------------------


def forget_unused(*, older_than: timedelta = GRACE) -> tuple[int, int]:
    """Delete files that no evidence and no publication names; return rows, files.

    Those of half an upload too. Younger ones may still be on their way.
    """
    before = timezone.now() - older_than
    unused = EvidenceFile.objects.filter(
        evidence=None, published=None, added_at__lt=before
    )
    rows = 0
    for file in unused:
        try:
            file.delete()
        except (ProtectedError, IntegrityError):
            # Somebody has just taken it for a copy.
            continue
        rows += 1
    # What was taken off for good goes here too, if it was stopped halfway.
    known = set(
        EvidenceFile.objects.filter(redactions=None).values_list("path", flat=True)
    )
    files = 0
    for path in stored_paths(FOLDER):
        if path not in known and default_storage.get_modified_time(path) < before:
            default_storage.delete(path)
            files += 1
    return rows, files


def missing_files() -> list[EvidenceFile]:
    """Return the rows whose file the storage does not have, or not as it was kept.

    Reads every file: rot changes bytes and leaves name and size as they were.
    """
    rows = EvidenceFile.objects.filter(redactions=None).order_by("pk")
    return [file for file in rows.iterator() if not is_whole(file)]


def is_whole(file: EvidenceFile) -> bool:
    """Return whether the storage has the very bytes that were kept."""
    digest = hashlib.sha256()
    try:
        with default_storage.open(file.path) as stored:
            for chunk in stored.chunks():
                digest.update(chunk)
    except FileNotFoundError:
        return False
    return digest.hexdigest() == file.sha256


def stored_paths(folder: str = "") -> Iterator[str]:
    """Yield the names of all files in a folder of the storage, deeper ones too."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        yield from stored_paths(f"{folder}/{name}" if folder else name)
