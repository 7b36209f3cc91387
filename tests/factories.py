"""What a test needs, with everything filled in that the test does not name."""

import itertools
from datetime import date
from io import BytesIO

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from PIL import Image

from claims.desk.annotation import find_mark, mark_claim
from claims.desk.pages import publish_page, submit_page, write_page
from claims.desk.relations import confirm_repeat
from claims.desk.speaker_pictures import store_picture
from claims.desk.wording import words_digest
from claims.desk.workflow import begin_verdict, take_step
from claims.exchange.articles import ArticleFile, add_article
from claims.models import (
    Article,
    Claim,
    DeskPage,
    Evidence,
    Outlet,
    PublishedVerdict,
    Rating,
    Speaker,
    SpeakerAlias,
    SpeakerPicture,
    SpeakerRole,
    Topic,
    Verdict,
    acting,
)
from claims.models.choices import (
    AttributionKind,
    ClaimStatus,
    DatePrecision,
    Finding,
    SpanRole,
    Stance,
    VerdictStatus,
)
from claims.models.fields import slugify_name

BODY = (
    "The harbour will open in May, Mayor Ida Falk said on Monday.\n\n"
    "“The bridge cost 40 million crowns,” Falk said. “Nobody was hurt.”\n\n"
    "The town council pointed out that the ferry runs until June, adding that the "
    "fare stays the same."
)
_numbers = itertools.count(1)
_somebody = {}


def make_user(group=None, *, username=None, superuser=False, **fields):
    """Return a login; `group` is Annotators, Reviewers or Editors, None a visitor."""
    username = username or f"user{next(_numbers)}"
    if superuser or group:
        fields |= {"is_staff": True, "is_superuser": superuser}
    make = get_user_model().objects.create_user
    user = make(username, password=f"{username}-demo", **fields)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def make_outlet(name=None):
    name = name or f"Outlet {next(_numbers)}"
    return Outlet.objects.get_or_create(
        name=name, defaults={"slug": slugify_name(name)}
    )[0]


def make_article(body=BODY, *, headline=None, outlet=None, published_on=None, **fields):
    file = ArticleFile(
        published_on or date(2026, 5, 4), headline or f"Article {next(_numbers)}", body
    )
    return add_article(
        file, outlet=outlet or make_outlet("The Harbour Post"), **fields
    )[0]


def make_speaker(name=None, *, aliases=(), title="", **fields) -> Speaker:
    speaker = Speaker.objects.create(name=name or f"Speaker {next(_numbers)}", **fields)
    if title:
        SpeakerRole.objects.create(speaker=speaker, title=title)
    for alias in aliases:
        SpeakerAlias.objects.create(speaker=speaker, name=alias)
    return speaker


# What a picture of a speaker is shown with.
CREDIT = {
    "alternative_text": "Somebody on a quay",
    "author": "Bo Lind",
    "licence": "CC BY 4.0",
    "licence_url": "https://licences.example/by",
    "source_url": "https://pictures.example/7",
}


def photograph(size=(400, 500), colour="navy"):
    """Return a JPEG that says with which camera it was made."""
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def make_picture(speaker, content=None, **fields):
    """Return a speaker's picture, stored in both sizes."""
    stored = store_picture(content or photograph())._asdict()
    with acting(_anybody("Editors")):
        return SpeakerPicture.objects.create(
            speaker=speaker, **CREDIT | fields | stored
        )


def make_topic(name=None):
    name = name or f"Topic {next(_numbers)}"
    return Topic.objects.create(name=name, slug=slugify_name(name))


def make_claim(
    words="The harbour will open in May",
    *,
    article: Article | None = None,
    speaker: Speaker | None = None,
    status=ClaimStatus.LISTED,
    cue=None,
    speaker_words=None,
    occurrence=1,
    topics=(),
    repeats=None,
    **fields,
) -> Claim:
    """Return a claim; `words` is one stretch of the article's text, or several."""
    article = article or make_article()
    text = article.current_text
    parts = [words] if isinstance(words, str) else words
    marks = [
        find_mark(text, part, role=SpanRole.CONTENT, ordinal=n, occurrence=occurrence)
        for n, part in enumerate(parts)
    ]
    for role, printed in [(SpanRole.CUE, cue), (SpanRole.SPEAKER, speaker_words)]:
        if printed:
            marks.append(find_mark(text, printed, role=role))
    fields.setdefault("stated_on", article.published_on)
    fields.setdefault(
        "stated_precision",
        DatePrecision.DAY if fields["stated_on"] else DatePrecision.UNKNOWN,
    )
    fields.setdefault("attribution", AttributionKind.INDIRECT)
    first = ClaimStatus.SUGGESTED if status == ClaimStatus.SUGGESTED else "draft"
    claim, _is_new = mark_claim(
        article,
        marks,
        by=None,
        speaker=speaker or make_speaker(),
        topics=topics,
        status=first,
        **fields,
    )
    if repeats is not None:
        confirm_repeat(claim, repeats, by=_anybody("Annotators"))
        claim.refresh_from_db()
    steps = {
        ClaimStatus.LISTED: ["list"],
        ClaimStatus.WITHDRAWN: ["list", "withdraw"],
        ClaimStatus.REJECTED: ["reject"],
    }
    for step in steps.get(status, []):
        ticked = words_confirmed(claim) if step == "list" else {}
        claim = take_step(
            step, claim, by=_anybody("Editors"), comment="Why not.", **ticked
        )
    return claim


def make_verdict(
    claim=None,
    *,
    status=VerdictStatus.DRAFT,
    author=None,
    rating="false",
    source="Minutes of the council",
    publisher="Town council",
    **fields,
) -> Verdict:
    """Return a complete working copy in the given state."""
    claim = claim or make_claim()
    author = author or _anybody("Reviewers")
    verdict = begin_verdict(claim, by=author)
    verdict.rating = Rating.objects.get(slug=rating)
    verdict.finding = Finding.CONFIRMED
    verdict.summary = "The record says otherwise."
    verdict.how_verified = "Read the council's minutes."
    verdict.explanation = "The minutes give another figure."
    verdict.not_asked_reason = "The minutes leave no question open."
    for name, value in fields.items():
        setattr(verdict, name, value)
    verdict.version += 1
    verdict.save()
    Evidence.objects.create(
        verdict=verdict,
        url="https://council.example/minutes",
        title=source,
        publisher=publisher,
        stance=Stance.CONTRADICTS,
        is_primary=True,
    )
    # Whatever a test gives as wording, its author finds right.
    checked = words_digest(verdict.claim.wording, verdict.claim.quote)
    if status != VerdictStatus.DRAFT:
        verdict = take_step("submit", verdict, by=author, words_checked=checked)
    if status in {VerdictStatus.PUBLISHED, VerdictStatus.RETRACTED}:
        verdict = take_step(
            "publish", verdict, by=_anybody("Editors"), words_checked=checked
        )
    if status == VerdictStatus.RETRACTED:
        verdict = retract(verdict)
    return verdict


def checked(verdict) -> dict:
    """Return what confirms a verdict's wording though its printed words differ."""
    return words_confirmed(Claim.objects.get(pk=verdict.claim_id))


def words_confirmed(claim) -> dict:
    """Return what confirms a claim's wording though its printed words differ."""
    return {"words_checked": words_digest(claim.wording, claim.quote)}


def retract(verdict, *, reason="Wrong source.") -> Verdict:
    """Retract a verdict: one person asks, another one decides."""
    verdict = take_step(
        "ask_retract", verdict, by=_anybody("Reviewers"), comment=reason
    )
    return take_step("retract", verdict, by=_anybody("Editors"), comment=reason)


def withdraw(claim, *, reason="Not a statement.") -> Claim:
    """Withdraw a published claim: one person asks, another one decides."""
    claim = take_step("ask_withdraw", claim, by=_anybody("Reviewers"), comment=reason)
    return take_step("withdraw", claim, by=_anybody("Editors"), comment=reason)


def revise(verdict, *, by=None, kind="updated", note="New minutes.") -> Verdict:
    """Begin a revision of a published verdict."""
    by = by or make_user("Reviewers")
    return take_step("revise", verdict, by=by, kind=kind, comment=note)


def make_published(claim=None, **fields) -> PublishedVerdict:
    """Return the publication of a claim's first verdict."""
    verdict = make_verdict(claim, status=VerdictStatus.PUBLISHED, **fields)
    return verdict.claim.publications.get()


def _anybody(group):
    """Return one and the same user of a group, as long as the database has them."""
    user = _somebody.get(group)
    # By name: after a test with real transactions keys are given out once more.
    known = user and get_user_model().objects.filter(username=user.username).exists()
    if not known:
        user = _somebody[group] = make_user(group)
    return user


def make_page(
    slug="funding", *, language="en", title="Money", body="All of it.", published=True
):
    """Return a page about the desk, published by a second person or in draft."""
    author = _anybody("Reviewers")
    page = write_page(
        DeskPage(slug=slug, language=language, title=title, body=body), by=author
    )
    if published:
        page = submit_page(page, by=author, version=page.version)
        publish_page(page, by=_anybody("Editors"), version=page.version)
        page.refresh_from_db()
    return page
