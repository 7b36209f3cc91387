"""Loading the demo: sample articles, their claims and verdicts, and the logins.

Everything is written by the same functions that a desk uses, in the order in which
the days of the story passed.
"""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from claims.demo.pages import load_pages
from claims.desk.annotation import find_mark, mark_claim
from claims.desk.relations import confirm_repeat
from claims.desk.replies import ask, enter_answer, note_outcome
from claims.desk.wording import words_digest
from claims.desk.workflow import begin_verdict, take_step
from claims.exchange.articles import add_article, read_article
from claims.models import (
    Article,
    Claim,
    Evidence,
    Outlet,
    Rating,
    Speaker,
    SpeakerAlias,
    SpeakerRole,
    Topic,
    acting,
)
from claims.models.choices import ClaimStatus, Origin, SpanRole, VerdictStatus
from claims.models.fields import slugify_name

DATES = (
    "published_on",
    "accessed_on",
    "as_of",
    "recheck_on",
    "stated_on",
    "since",
    "until",
    "asked_on",
    "answered_on",
    "happened_on",
)
# Of a verdict for which nobody was asked.
NOT_ASKED = "The records leave no question open that an answer could settle."
VERDICT_FIELDS = ("finding", "summary", "explanation", "how_verified")


def add_logins(folder: Path) -> list[tuple[str, str]]:
    """Create the demo's users if missing; return (login, groups) of each."""
    logins = []
    for entry in _read(folder / "users.json"):
        user, is_new = get_user_model().objects.get_or_create(
            username=entry["username"],
            defaults={
                "first_name": entry["first_name"],
                "last_name": entry["last_name"],
                "is_staff": True,
                "is_superuser": entry["superuser"],
            },
        )
        if is_new:
            user.set_password(f"{entry['username']}-demo")
            user.save()
            user.groups.set(Group.objects.filter(name__in=entry["groups"]))
        logins.append((entry["username"], ", ".join(entry["groups"]) or "superuser"))
    return logins


def load_seeds(folder: Path) -> int:
    """Load the samples into an empty database; return the number of articles.

    All or nothing; a desk that has articles is left as it is.
    """
    if Article.objects.exists():
        return 0
    users = {user.username: user for user in get_user_model().objects.all()}
    with acting(users["aylin"]), transaction.atomic():
        _add_speakers(folder)
        for entry in _read(folder / "topics.json"):
            Topic.objects.get_or_create(slug=entry["slug"], name=entry["name"])
        claims: dict[str, Claim] = {}
        files = sorted((folder / "articles").glob("*.txt"))
        for file in files:
            _add_article(file, claims, users)
        load_pages(folder / "pages", author=users["rana"], approver=users["emeka"])
    return len(files)


def _read(file):
    def with_dates(entry):
        for name in DATES:
            if entry.get(name):
                entry[name] = date.fromisoformat(entry[name])
        return entry

    return json.loads(file.read_text(encoding="utf-8"), object_hook=with_dates)


def _add_speakers(folder):
    entries = _read(folder / "speakers.json")
    plain = ("slug", "name", "kind", "description", "wikidata_id")
    for entry in entries:
        speaker = Speaker.objects.create(**{name: entry[name] for name in plain})
        for role in entry["roles"]:
            SpeakerRole.objects.create(speaker=speaker, **role)
        for alias in entry["aliases"]:
            SpeakerAlias.objects.create(speaker=speaker, **alias)
    for entry in entries:
        for name in ("speaks_for", "merged_into"):
            if entry.get(name):
                speaker = Speaker.objects.get(slug=entry["slug"])
                setattr(speaker, name, Speaker.objects.get(slug=entry[name]))
                speaker.save()


def _outlet(name, homepage=""):
    return Outlet.objects.get_or_create(
        name=name, defaults={"slug": slugify_name(name), "homepage": homepage}
    )[0]


def _add_article(file, claims, users):
    about = _read(file.with_suffix(".json"))
    details = ("byline", "url", "archived_url", "language", "accessed_on")
    article, _is_new = add_article(
        read_article(file.read_bytes(), file.name),
        by=users["aylin"],
        outlet=_outlet(**about["outlet"]),
        text_rights=about["text_rights"],
        **{name: about[name] for name in details},
    )
    for entry in about["claims"]:
        claims[entry["key"]] = _add_claim(article, entry, claims, users)


def _add_claim(article, entry, claims, users):
    text = article.current_text
    is_guess = entry["status"] in {ClaimStatus.SUGGESTED, ClaimStatus.REJECTED}
    speaker = entry["speaker"] and Speaker.objects.get(slug=entry["speaker"])
    claim, _is_new = mark_claim(
        article,
        _marks(text, entry),
        by=users["aylin"],
        status=ClaimStatus.SUGGESTED if is_guess else ClaimStatus.DRAFT,
        origin=Origin.RULES if is_guess else Origin.EDITOR,
        rule="cue verb" if is_guess else "",
        score=0.5 if is_guess else None,
        topics=Topic.objects.filter(slug__in=entry["topics"]),
        speaker=speaker or None,
        via=_outlet(entry["via"]) if entry["via"] else None,
        wording=entry["wording"],
        attribution=entry["attribution"],
        stated_on=entry["stated_on"],
        stated_precision=entry["precision"],
        stated_basis=entry["basis"],
        checkability=entry["checkability"],
    )
    if entry["repeats"]:
        said_first, hour = claims[entry["repeats"]], _hour(article.published_on, 10)
        confirm_repeat(claim, said_first, by=users["aylin"], at=hour)
    day = article.published_on
    if entry["status"] == ClaimStatus.REJECTED:
        take_step("reject", claim, by=users["aylin"], at=_hour(day, 9))
    if entry["status"] in {ClaimStatus.LISTED, ClaimStatus.WITHDRAWN}:
        claim = take_step(
            "list",
            claim,
            by=users["aylin"],
            at=_hour(day, 11),
            words_checked=words_digest(claim.wording, claim.quote),
        )
    if entry["status"] == ClaimStatus.WITHDRAWN:
        take_step(
            "withdraw",
            claim,
            by=users["emeka"],
            comment=entry["withdraw_reason"],
            at=_hour(day + timedelta(days=1), 9),
        )
    if entry["verdict"]:
        _add_verdict(claim, entry["verdict"], users)
    return claim


def _marks(text, entry):
    marks = [
        find_mark(text, words, role=SpanRole.CONTENT, ordinal=n, occurrence=which)
        for n, (words, which) in enumerate(
            zip(entry["content"], entry["occurrence"], strict=True)
        )
    ]
    for role, name in ((SpanRole.CUE, "cue"), (SpanRole.SPEAKER, "speaker_words")):
        if entry[name]:
            which = entry[f"{name}_occurrence"]
            marks.append(find_mark(text, entry[name], role=role, occurrence=which))
    return marks


def _add_verdict(claim, entry, users):
    # The seeds were read by people: figures that the wording adds are right.
    ticked = words_digest(claim.wording, claim.quote)
    verdict = None
    for version in entry["history"]:
        author, approver = users[version["by"]], users[version["approver"]]
        day = date.fromisoformat(version["on"])
        if version["kind"] == "retracted":
            verdict = take_step(
                "ask_retract",
                verdict,
                by=author,
                comment=version["note"],
                at=_hour(day, 14),
            )
            verdict = take_step(
                "retract",
                verdict,
                by=approver,
                comment=version["note"],
                asked_by=version["asked_by"],
                at=_hour(day, 15),
            )
            continue
        verdict = _write(claim, verdict, version, author, day)
        verdict = take_step(
            "submit", verdict, by=author, at=_hour(day, 13), words_checked=ticked
        )
        verdict = take_step(
            "publish",
            verdict,
            by=approver,
            override_reason=version["override_reason"],
            at=_hour(day, 15),
            words_checked=ticked,
        )
    working = entry["working"]
    if working:
        author, day = users[working["by"]], working["as_of"] or claim.stated_on
        verdict = _write(claim, verdict, working, author, day)
        if working["status"] == VerdictStatus.IN_REVIEW:
            take_step(
                "submit", verdict, by=author, at=_hour(day, 13), words_checked=ticked
            )


def _write(claim, verdict, words, author, day):
    """Write words and evidence into the verdict's draft and return it."""
    if verdict is None:
        verdict = begin_verdict(claim, by=author)
    else:
        verdict = take_step(
            "revise",
            verdict,
            by=author,
            kind=words["kind"],
            comment=words["note"],
            at=_hour(day, 10),
        )
    with acting(author):
        for name in VERDICT_FIELDS:
            setattr(verdict, name, words[name])
        verdict.rating = Rating.objects.filter(slug=words["rating"]).first()
        verdict.as_of, verdict.recheck_on = words["as_of"], words["recheck_on"]
        is_asked = "replies" in words or verdict.reply_requests.exists()
        verdict.not_asked_reason = "" if is_asked else NOT_ASKED
        verdict.version += 1
        verdict.save()
        verdict.evidence.all().delete()
        for order, source in enumerate(words["evidence"]):
            Evidence.objects.create(verdict=verdict, order=order, **source)
    for entry in words.get("replies", ()):
        answered = {name: entry.pop(name) for name in ("answer", "answered_on")}
        asked = ask(verdict, by=author, **entry)
        if answered["answer"]:
            enter_answer(asked, by=author, **answered)
    for entry in words.get("outcomes", ()):
        note_outcome(verdict, by=author, client_id=uuid4(), **entry)
    return verdict


def _hour(day, hour):
    return datetime.combine(day, time(hour), tzinfo=UTC)
