"""Pictures of speakers that readers may see, and how one is read."""

from django.core.files.storage import default_storage

from claims.models import Speaker, SpeakerPicture


def public_picture(sha256: str) -> SpeakerPicture:
    """Return the picture of a public speaker by its digest; raise DoesNotExist."""
    speakers = Speaker.objects.public().values("pk")
    found = SpeakerPicture.objects.filter(sha256=sha256, speaker__in=speakers).first()
    if found is None:
        raise SpeakerPicture.DoesNotExist
    return found


def read_picture(picture: SpeakerPicture, size: int) -> bytes:
    """Return the bytes of one size; raise FileNotFoundError."""
    with default_storage.open(picture.stored_name(size)) as file:
        return file.read()
