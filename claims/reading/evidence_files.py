"""Kept copies of evidence that readers may see, and how one is read."""

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, QuerySet

from claims.models import EvidenceFile, PublicClaim, PublishedFile


def public_files() -> QuerySet[EvidenceFile]:
    """Return the files that a publication names of which readers may read."""
    named = PublishedFile.objects.filter(
        file=OuterRef("pk"), claim_id__in=PublicClaim.objects.values("pk")
    )
    return EvidenceFile.objects.filter(Exists(named)).only(
        "sha256", "kind", "size", "path"
    )


def read_file(file: EvidenceFile):
    """Return a file of the storage, open for reading; raise FileNotFoundError."""
    return default_storage.open(file.path)
