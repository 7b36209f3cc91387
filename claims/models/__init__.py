from claims.models.actor import acting
from claims.models.annotation import AnchorCandidate, NoClaims, Presence
from claims.models.articles import Article, ArticleText, Outlet
from claims.models.claims import Claim, Span, Topic
from claims.models.comments import Comment, Mention, Thread
from claims.models.counts import FacetCount, LexemeCount
from claims.models.evidence import EvidenceFile, LinkCheck, PublishedFile
from claims.models.followers import Follower
from claims.models.heads import PublishedHead
from claims.models.history import Change, Transition
from claims.models.logins import LoginTry
from claims.models.notices import Notice, NoticeChoice
from claims.models.outbox import Message, Subscription
from claims.models.own_desk import CalendarAddress, SavedFilter
from claims.models.pages import DeskPage, PageVersion
from claims.models.pictures import SpeakerPicture
from claims.models.public import PublicClaim, PublicWords
from claims.models.public_changes import ChangeCounter, PublicChange
from claims.models.publications import PublishedVerdict
from claims.models.redactions import RedactedRow, Redaction
from claims.models.relations import ClaimRelation
from claims.models.removals import RemovalRequest
from claims.models.replies import Outcome, ReplyRequest
from claims.models.reports import ReaderReport, ReporterContact
from claims.models.review import SecondRating, VerdictSeen, WordingCheck
from claims.models.sent_forms import SentForm
from claims.models.speakers import (
    FormerSlug,
    Speaker,
    SpeakerAlias,
    SpeakerName,
    SpeakerRole,
)
from claims.models.verdicts import Evidence, Rating, Verdict
from claims.models.work import WorkItem

__all__ = [
    "AnchorCandidate",
    "Article",
    "ArticleText",
    "CalendarAddress",
    "Change",
    "ChangeCounter",
    "Claim",
    "ClaimRelation",
    "Comment",
    "DeskPage",
    "Evidence",
    "EvidenceFile",
    "FacetCount",
    "Follower",
    "FormerSlug",
    "LexemeCount",
    "LinkCheck",
    "LoginTry",
    "Mention",
    "Message",
    "NoClaims",
    "Notice",
    "NoticeChoice",
    "Outcome",
    "Outlet",
    "PageVersion",
    "Presence",
    "PublicChange",
    "PublicClaim",
    "PublicWords",
    "PublishedFile",
    "PublishedHead",
    "PublishedVerdict",
    "Rating",
    "ReaderReport",
    "RedactedRow",
    "Redaction",
    "RemovalRequest",
    "ReplyRequest",
    "ReporterContact",
    "SavedFilter",
    "SecondRating",
    "SentForm",
    "Span",
    "Speaker",
    "SpeakerAlias",
    "SpeakerName",
    "SpeakerPicture",
    "SpeakerRole",
    "Subscription",
    "Thread",
    "Topic",
    "Transition",
    "Verdict",
    "VerdictSeen",
    "WordingCheck",
    "WorkItem",
    "acting",
]
