from claims.models.actor import acting
from claims.models.annotation import AnchorCandidate, NoClaims, Presence
from claims.models.articles import Article, ArticleText, Outlet
from claims.models.claims import Claim, Span, Topic
from claims.models.history import Change, Transition
from claims.models.logins import LoginTry
from claims.models.reports import ReaderReport
from claims.models.review import SecondRating, VerdictComment
from claims.models.speakers import Speaker, SpeakerAlias
from claims.models.verdicts import Evidence, PublishedVerdict, Rating, Verdict

__all__ = [
    "AnchorCandidate",
    "Article",
    "ArticleText",
    "Change",
    "Claim",
    "Evidence",
    "LoginTry",
    "NoClaims",
    "Outlet",
    "Presence",
    "PublishedVerdict",
    "Rating",
    "ReaderReport",
    "SecondRating",
    "Span",
    "Speaker",
    "SpeakerAlias",
    "Topic",
    "Transition",
    "Verdict",
    "VerdictComment",
    "acting",
]
