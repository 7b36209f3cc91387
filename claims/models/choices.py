"""Choices (TextChoices) of all models: statuses, kinds, precisions, scales."""

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def within_sentence(label) -> str:
    """Return a label as it stands inside a sentence: small, but for German.

    Its nouns keep their capitals.
    """
    words = str(label)
    return words if get_language() == "de" else words.lower()


class TextRights(TextChoices):
    """How much of an article's text readers may see."""

    FULL = "full", _("Full text")
    EXCERPT = "excerpt", _("Sentences with claims only")
    LINK = "link", _("Link only")


class SpeakerKind(TextChoices):
    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")
    GOVERNMENT = "government", _("Government")
    GROUP = "group", _("Group")
    UNNAMED = "unnamed", _("Unnamed")


class AttributionKind(TextChoices):
    """How the article gives the words: direct quotation, indirect speech, or both."""

    DIRECT = "direct", _("Direct quotation")
    INDIRECT = "indirect", _("Indirect speech")
    MIXED = "mixed", _("Partly quoted")


class DatePrecision(TextChoices):
    DAY = "day", _("On this day")
    MONTH = "month", _("In this month")
    YEAR = "year", _("In this year")
    ON_OR_BEFORE = "on_or_before", _("On or before this day")
    UNKNOWN = "unknown", _("Unknown")


class DateBasis(TextChoices):
    """The source of a claim's date."""

    STATED = "stated", _("The article states the date")
    WEEKDAY = "weekday", _("From the weekday named in the article")
    ARTICLE_DATE = "article_date", _("From the article's own date")
    EDITOR = "editor", _("Found out by an editor")
    REVIEW = "review", _("A check published elsewhere states it")


class Checkability(TextChoices):
    CHECKABLE = "checkable", _("Checkable")
    OPINION = "opinion", _("Opinion")
    PREDICTION = "prediction", _("Prediction")
    PROMISE = "promise", _("Promise")
    REPORTED_ACT = "reported_act", _("Reported act")
    VAGUE = "vague", _("Too vague to check")


class ClaimStatus(TextChoices):
    SUGGESTED = "suggested", _("Suggested")
    DRAFT = "draft", _("Draft")
    LISTED = "listed", _("Listed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REJECTED = "rejected", _("Rejected")


# On these a verdict can be begun.
ACCEPTED = frozenset({ClaimStatus.DRAFT, ClaimStatus.LISTED})


class Origin(TextChoices):
    EDITOR = "editor", _("Editor")
    RULES = "rules", _("Program")
    IMPORT = "import", _("Import")


class SpanRole(TextChoices):
    CONTENT = "content", _("What is claimed")
    CUE = "cue", _("Cue")
    SPEAKER = "speaker", _("Speaker as printed")


class Anchor(TextChoices):
    """How certain a span's place is after text corrections."""

    EXACT = "exact", _("As marked")
    MOVED = "moved", _("Moved with the text")
    REVIEW = "review", _("Needs an eye")
    LOST = "lost", _("No longer in the text")


class Bucket(TextChoices):
    """Rating groups that are the same for every desk, for comparisons."""

    TRUE = "true", _("True")
    MOSTLY_TRUE = "mostly_true", _("Mostly true")
    MIXED = "mixed", _("Mixed")
    MOSTLY_FALSE = "mostly_false", _("Mostly false")
    FALSE = "false", _("False")
    UNRATED = "unrated", _("Unrated")


class Finding(TextChoices):
    """Whether the speaker said it, apart from whether it is true."""

    CONFIRMED = "confirmed", _("They said it")
    DISTORTED = "distorted", _("The wording distorts what was said")
    MISATTRIBUTED = "misattributed", _("Somebody else said it")
    NOT_FOUND = "not_found", _("No record that it was said")
    NOT_CHECKED = "not_checked", _("Not checked")


class VerdictStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    RETRACTED = "retracted", _("Retracted")


class Stance(TextChoices):
    SUPPORTS = "supports", _("Supports the claim")
    CONTRADICTS = "contradicts", _("Contradicts the claim")
    CONTEXT = "context", _("Gives context")


class PublicationKind(TextChoices):
    """The kind of a published version: first, correction, retraction."""

    FIRST = "first", _("First published")
    RATING_CHANGED = "rating_changed", _("Rating changed")
    FACT_CORRECTED = "fact_corrected", _("Fact corrected")
    ATTRIBUTION_CORRECTED = "attribution_corrected", _("Attribution corrected")
    CLARIFIED = "clarified", _("Clarified")
    UPDATED = "updated", _("Updated")
    RETRACTED = "retracted", _("Retracted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RELISTED = "relisted", _("Listed again")
    ARCHIVE = "archive", _("Published elsewhere")


# The first that is known of a check: nobody has to say what it corrects.
FIRSTS = (PublicationKind.FIRST, PublicationKind.ARCHIVE)
# Publications after which no verdict is in force.
NOT_IN_FORCE = (PublicationKind.RETRACTED, PublicationKind.WITHDRAWN)


class AskedBy(TextChoices):
    """Who asked for a correction."""

    DESK = "desk", _("The desk itself")
    READER = "reader", _("A reader")
    SPEAKER = "speaker", _("The speaker")


class WordingOccasion(TextChoices):
    """When somebody confirmed that a wording is right though its words differ."""

    EDITED = "edited", _("Edited")
    SUBMITTED = "submitted", _("Submitted")
    APPROVED = "approved", _("Approved")


class ReplyKind(TextChoices):
    """Why somebody outside the desk is asked."""

    REPLY = "reply", _("Right of reply")
    EXPERT = "expert", _("Outside expert")


class ReplyChannel(TextChoices):
    """Through what somebody was asked."""

    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("telephone")
    LETTER = "letter", _("letter")
    IN_PERSON = "in_person", _("in person")
    FORM = "form", _("form on a website")
    SOCIAL = "social", _("message on a social network")


class ReplyState(TextChoices):
    """What became of a request for reply, as of the day of a publication."""

    ANSWERED = "answered", _("Answered")
    NO_REPLY = "no_reply", _("No reply in time")
    AWAITED = "awaited", _("Answer awaited")


class OutcomeKind(TextChoices):
    """Who put a statement right after a verdict on it."""

    SPEAKER = "speaker", _("Corrected by the speaker")
    OUTLET = "outlet", _("Corrected by the outlet")


class StatementBasis(TextChoices):
    """How the statement of a publication is known."""

    RECORDED = "recorded", _("Recorded when it was published")
    RECONSTRUCTED = "reconstructed", _("Filled in later from the desk's history")


class PublicState(TextChoices):
    """What readers see of a claim: the claim, or that it was withdrawn."""

    LISTED = "listed", _("Listed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PublicChangeKind(TextChoices):
    """What changed for readers, as the change feed tells it."""

    LISTED = "listed", _("Claim listed")
    EDITED = "edited", _("Claim edited")
    PUBLISHED = "published", _("Verdict published")
    CORRECTED = "corrected", _("Verdict corrected")
    RETRACTED = "retracted", _("Verdict retracted")
    WITHDRAWN = "withdrawn", _("Claim withdrawn")
    RELISTED = "relisted", _("Claim listed again")
    TEXT_CORRECTED = "text_corrected", _("Article text corrected")
    RENAMED = "renamed", _("Speaker renamed")
    MERGED = "merged", _("Speaker merged")
    REDACTED = "redacted", _("Words redacted")


class Channel(TextChoices):
    """How something goes out."""

    WEBHOOK = "webhook", _("Webhook")
    MAIL = "mail", _("Mail")


class NoticeKind(TextChoices):
    """What somebody at the desk is told of."""

    MENTION = "mention", _("Somebody named you in a comment")
    REPLY = "reply", _("A comment in a thread or on a verdict of yours")
    ASSIGNED = "assigned", _("Assigned to you")
    SUBMITTED = "submitted", _("A verdict waits for approval")
    RETURNED = "returned", _("A verdict of yours was returned")
    PUBLISHED = "published", _("A verdict of yours was published")
    TAKEN_OFF = "taken_off", _("Something of yours was retracted or withdrawn")
    REMOVAL_ASKED = "removal_asked", _("A removal is asked for")
    DECLINED = "declined", _("What you asked for was declined")
    CORRECTION = "correction", _("A correction is asked for")
    REPORT = "report", _("A report of a reader arrived")
    ANSWER = "answer", _("An answer to a request arrived")
    DEADLINE = "deadline", _("A deadline is near")
    DEAD_LINK = "dead_link", _("A source of yours no longer answers")


class MailWhen(TextChoices):
    """When somebody is told by mail."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("In the digest of the day")
    NEVER = "never", _("Never")


class FollowPace(TextChoices):
    """When somebody who follows a list is told of what is published in it."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, what came together")


class MessageState(TextChoices):
    """What has become of a message of the outbox."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    DEAD = "dead", _("Given up")


class RemovalKind(TextChoices):
    """What somebody asks to take off the site."""

    WITHDRAW = "withdraw", _("Withdraw the claim")
    RETRACT = "retract", _("Retract the verdict")


class RemovalOutcome(TextChoices):
    OPEN = "open", _("Open")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")


class Subject(TextChoices):
    """The model that a transition is about."""

    CLAIM = "claim", _("Claim")
    VERDICT = "verdict", _("Verdict")


class ThreadSubject(TextChoices):
    """What a thread of comments is about."""

    ARTICLE = "article", _("Article")
    CLAIM = "claim", _("Claim")
    VERDICT = "verdict", _("Verdict")


class ReportKind(TextChoices):
    ERROR = "error", _("An error in a verdict or claim")
    SUGGESTION = "suggestion", _("A claim to check")


class ReportStatus(TextChoices):
    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    CORRECTED = "corrected", _("Led to a correction")
    DISMISSED = "dismissed", _("Dismissed")
    TAKEN_UP = "taken_up", _("Taken up as a claim")
    KNOWN = "known", _("Known as a claim already")


class FileKind(TextChoices):
    """What a kept file is; the value is the ending of its name."""

    PDF = "pdf", "PDF"
    PNG = "png", "PNG"
    JPEG = "jpg", "JPEG"
    WEBP = "webp", "WebP"


class LinkState(TextChoices):
    """What is known of an address after it was asked for."""

    ALIVE = "alive", _("answers")
    GONE = "gone", _("gone")
    UNCLEAR = "unclear", _("no clear answer")


class PageSlug(TextChoices):
    """The pages in which a desk says who it is."""

    DESK = "desk", _("About this desk")
    PEOPLE = "people", _("People")
    FUNDING = "funding", _("Funding")
    LEGAL = "legal", _("Legal form and contact")
    NEUTRALITY = "neutrality", _("Neutrality")
    METHODOLOGY = "methodology", _("Methodology")
    CORRECTIONS = "corrections", _("Corrections policy")
    COMPLAINTS = "complaints", _("Complaints")
    PRIVACY = "privacy", _("Privacy")
    DIVERSITY = "diversity", _("Diversity")


# No code asks for it.
OPTIONAL_PAGES = frozenset({PageSlug.DIVERSITY})


class PageStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")


class RelationKind(TextChoices):
    """What a claim is to another one."""

    REPEATS = "repeats", _("Repeats")
    CONTRADICTS = "contradicts", _("Contradicts")
    SUPPORTS = "supports", _("Supports")
    PART_OF = "part_of", _("Is part of")


class RelationState(TextChoices):
    SUGGESTED = "suggested", _("Suggested")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")


class LikenessTier(TextChoices):
    """How the likeness of two claims is called."""

    VERY_CLOSE = "very close", _("Very close")
    SIMILAR = "similar", _("Similar")
