from claims.models.actor import acting
from claims.models.annotation import AnchorCandidate, NoClaims, Presence
from claims.models.articles import Article, ArticleText, Outlet
from claims.models.claims import Claim, Span, Topic
from claims.models.comments import Comment, Mention, Thread
from claims.models.heads import PublishedHead
from claims.models.history import Change, Transition
from claims.models.logins import LoginTry
from claims.models.notices import Notice, NoticeChoice
from claims.models.outbox import Message, Subscription
from claims.models.public import (
    ChangeCounter,
    FacetCount,
    PublicChange,
    PublicClaim,
    PublicWords,
)
from claims.models.publications import PublishedVerdict
from claims.models.redactions import RedactedRow, Redaction
from claims.models.removals import RemovalRequest
from claims.models.reports import ReaderReport
from claims.models.review import SecondRating, VerdictSeen
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
    "Comment",
    "Evidence",
    "FacetCount",
    "LoginTry",
    "Mention",
    "Message",
    "NoClaims",
    "Notice",
    "NoticeChoice",
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
    "Thread",
    "Topic",
    "Transition",
    "Verdict",
    "VerdictSeen",
    "acting",
]
