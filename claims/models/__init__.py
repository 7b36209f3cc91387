from claims.models.actor import acting
from claims.models.annotation import AnchorCandidate, NoClaims, Presence
from claims.models.articles import Article, ArticleText, Outlet
from claims.models.claims import Claim, Span, Topic
from claims.models.heads import PublishedHead
from claims.models.history import Change, Transition
from claims.models.logins import LoginTry
from claims.models.outbox import Message, Subscription
from claims.models.public import (
    ChangeCounter,
    FacetCount,
    LexemeCount,
    PublicChange,
    PublicClaim,
    PublicWords,
)
from claims.models.publications import PublishedVerdict
from claims.models.redactions import RedactedRow, Redaction
from claims.models.removals import RemovalRequest
from claims.models.reports import ReaderReport
from claims.models.review import SecondRating, VerdictComment, VerdictSeen, WordingCheck
from claims.models.speakers import (
    Speaker,
    SpeakerAlias,
    SpeakerName,
    SpeakerRole,
)
from claims.models.verdicts import Evidence, Rating, Verdict

__all__ = [
    "AnchorCandidate",
    "Article",
    "ArticleText",
    "Change",
    "ChangeCounter",
    "Claim",
    "Evidence",
    "FacetCount",
    "LexemeCount",
    "LoginTry",
    "Message",
    "NoClaims",
    "Outlet",
    "Presence",
    "PublicChange",
    "PublicClaim",
    "PublicWords",
    "PublishedHead",
    "PublishedVerdict",
    "Rating",
    "ReaderReport",
    "RedactedRow",
    "Redaction",
    "RemovalRequest",
    "SecondRating",
    "Span",
    "Speaker",
    "SpeakerAlias",
    "SpeakerName",
    "SpeakerRole",
    "Subscription",
    "Topic",
    "Transition",
    "Verdict",
    "VerdictComment",
    "VerdictSeen",
    "WordingCheck",
    "acting",
]
