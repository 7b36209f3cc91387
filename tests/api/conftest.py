"""Rows of each kind for the doors for programs."""

from dataclasses import dataclass

import pytest

from claims.api import doors
from claims.desk.merging import merge_speakers
from claims.desk.workflow import take_step
from claims.models import Claim, PublishedVerdict, Speaker
from claims.models.choices import VerdictStatus
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
    revise,
    withdraw,
)


@pytest.fixture(autouse=True)
def full_buckets():
    """Let no test be refused for what others have asked within the minute."""
    doors.buckets.buckets.clear()


@dataclass
class World:
    """What readers see: claims in each state, and a speaker that became another."""

    reviewed: Claim
    corrected: Claim
    unreviewed: Claim
    retracted: Claim
    withdrawn: Claim
    draft: Claim
    falk: Speaker
    merged: Speaker


def correct(publication: PublishedVerdict, *, summary: str) -> None:
    """Publish a correction of a verdict."""
    author = make_user("Reviewers")
    verdict = revise(publication.claim.verdict, by=author, note="The figure was old.")
    verdict.summary = summary
    verdict.version += 1
    verdict.save()
    verdict = take_step("submit", verdict, by=author)
    take_step("publish", verdict, by=make_user("Editors"))


@pytest.fixture(scope="module")
def world(module_db):
    return make_world()


def make_world():
    falk = make_speaker("Ida Falk", aliases=["The mayor"], title="Mayor")
    article = make_article(headline="Harbour opens", url="https://harbour.example/a")
    reviewed = make_claim(
        article=article,
        speaker=falk,
        topics=[make_topic("Harbour")],
        via=make_outlet("Far Gazette"),
        cue="said on Monday",
        speaker_words="Ida Falk",
    )
    make_published(reviewed)
    corrected = make_claim("Nobody was hurt", article=article, speaker=falk)
    correct(make_published(corrected, rating="true"), summary="Two were hurt.")
    unreviewed = make_claim("the ferry runs until June", article=article, speaker=falk)
    retracted = make_claim(article=make_article(headline="Ferry"), repeats=reviewed)
    make_verdict(retracted, status=VerdictStatus.RETRACTED)
    withdrawn = make_claim(article=make_article(headline="Fare"))
    make_published(withdrawn)
    merged = make_speaker("I. Falk")
    make_claim(article=make_article(headline="Bridge"), speaker=merged)
    merge_speakers(merged, falk, by=make_user("Editors"))
    return World(
        reviewed=reviewed,
        corrected=corrected,
        unreviewed=unreviewed,
        retracted=retracted,
        withdrawn=withdraw(withdrawn, reason="He said it of another town."),
        draft=make_claim(article=make_article(headline="Draft"), status="draft"),
        falk=falk,
        merged=merged,
    )
