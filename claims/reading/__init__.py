"""The content of public pages: dossiers of claims, articles, speakers; markup.

Each function raises DoesNotExist alike for what is not there and what is not public.
"""

from claims.reading.articles import ArticleDossier, article_dossier
from claims.reading.claims import (
    ClaimDossier,
    VersionDossier,
    claim_dossier,
    claim_version,
)
from claims.reading.speakers import SpeakerDossier, moved_speaker, speaker_dossier

__all__ = [
    "ArticleDossier",
    "ClaimDossier",
    "SpeakerDossier",
    "VersionDossier",
    "article_dossier",
    "claim_dossier",
    "claim_version",
    "moved_speaker",
    "speaker_dossier",
]
