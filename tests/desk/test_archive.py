"""Checks of elsewhere: stored once an address, and never shown as the desk's."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.desk.archive import store_reviews
from claims.desk.archived_reviews import Appearance, NamedSpeaker, PublishedReview
from claims.desk.workflow import take_step
from claims.exceptions import NotPermitted
from claims.models import Claim, PublicClaim, PublishedVerdict, Rating, SpeakerRole
from claims.models.choices import ClaimStatus, PublicationKind
from claims.reading.method import audit
from tests.factories import make_published, make_user, make_verdict, withdraw

pytestmark = pytest.mark.django_db
SOURCE = {
    "url": "https://records.example/canal",
    "title": "Ledger of the canal office",
    "publisher": "",
    "published_on": None,
    "accessed_on": None,
    "archived_url": "",
    "excerpt": "",
    "stance": "context",
    "is_primary": False,
}
REVIEW = PublishedReview(
    url="https://check.example/canal",
    key="check.example/canal",
    publisher="Lantern Checks",
    wording="The canal of Orvik froze in each of the last nine winters.",
    label="Made of ice",
    bucket="false",
    at=datetime(2024, 3, 2, tzinfo=UTC),
    precision="day",
    speakers=(NamedSpeaker("Tove Aldmark", title="Harbour master"),),
    stated_on=date(2024, 2, 1),
    stated_precision="month",
    appearance=Appearance(
        "https://paper.example/ice", "Ice on the canal", "Orvik Echo"
    ),
    evidence=(SOURCE,),
)
DOORS = [
    "/claims/",
    "/claims/?rating=false",
    "/claims.csv",
    "/claims.jsonl",
    "/claims.atom",
    "/speakers/tove-aldmark/",
    "/articles/",
    "/corrections/",
    "/audit/",
    "/claimreview.json",
    "/search/?q=canal",
    "/",
]


@pytest.fixture
def editor():
    return make_user("Editors")


def stored(editor, *reviews):
    """Store some reviews and return how many are new, later and known."""
    done = store_reviews(reviews, by=editor)
    return done.checks, done.later, done.known


def holds_together():
    call_command("check_integrity", verbosity=0)


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    body = b"".join(response) if response.streaming else response.content
    return body.decode()


def test_a_check_of_elsewhere_is_shown_as_such_on_every_door(client, editor):
    assert stored(editor, REVIEW) == (1, 0, 0)
    claim = PublicClaim.objects.get()
    shown = {path: text_of(client, path) for path in DOORS}
    page = text_of(client, claim.get_absolute_url())
    assert "Published elsewhere by Lantern Checks" in page
    assert REVIEW.url in page
    assert "Made of ice" in page
    assert "application/ld+json" not in page
    assert "February 2024" in page
    assert "published elsewhere by Lantern Checks" in shown["/claims/?rating=false"]
    assert "Made of ice" in shown["/claims/?rating=false"]
    assert "Lantern Checks" in shown["/claims.csv"]
    assert "Made of ice" in shown["/claims.atom"]
    assert '"dataFeedElement": []' in shown["/claimreview.json"].replace("\n", "")
    assert "Made of ice" not in shown["/corrections/"]
    for path in ["versions/1/", "card/"]:
        assert "Lantern Checks" in text_of(client, f"/claims/{claim.pk}/{path}")
    holds_together()


def test_a_rating_off_the_scale_is_shown_by_its_own_label(client, editor):
    stored(editor, replace(REVIEW, bucket="unrated", label="Half the story"))
    publication = PublishedVerdict.objects.get()
    assert (publication.rating, publication.rating_bucket) == (None, "unrated")
    assert "Half the story" in text_of(client, "/claims/?rating=elsewhere")
    assert "Half the story" not in text_of(client, "/claims/?rating=none")
    assert "Half the story" in text_of(client, "/speakers/tove-aldmark/")
    holds_together()


def test_a_second_run_adds_nothing(editor):
    reviews = [
        REVIEW,
        replace(REVIEW, at=None, precision="", key="check.example/2"),
        replace(REVIEW, speakers=(), speaker_words="Chain letters", key="x.example/3"),
    ]
    assert stored(editor, *reviews) == (3, 0, 0)
    before = PublishedVerdict.objects.count(), Claim.objects.count()
    assert stored(editor, *reviews) == (0, 0, 3)
    assert (PublishedVerdict.objects.count(), Claim.objects.count()) == before
    assert Claim.objects.count() == 2


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_states_of_one_address_come_in_any_order(editor, order):
    states = [
        REVIEW,
        replace(REVIEW, label="Thawing", bucket="mixed", at=at(2024, 4)),
        replace(REVIEW, label="Water", bucket="true", at=at(2024, 5)),
    ]
    for place in order:
        store_reviews([states[place]], by=editor)
    claim = Claim.objects.get()
    assert claim.current.rating_label == "Water"
    said = claim.publications.order_by("published_at").values_list("rating_label")
    assert [label for (label,) in said] == ["Made of ice", "Thawing", "Water"]
    holds_together()


def at(year, month):
    return datetime(year, month, 1, tzinfo=UTC)


def test_another_address_is_another_check_of_the_same_claim(client, editor):
    other = replace(
        REVIEW,
        key="others.example/ice",
        url="https://others.example/ice",
        publisher="Others",
        label="Hardly",
        bucket="mostly_false",
        at=at(2024, 1),
    )
    assert stored(editor, REVIEW, other) == (2, 0, 0)
    claim = Claim.objects.get()
    assert claim.current.publisher == "Lantern Checks"
    page = text_of(client, claim.get_absolute_url())
    assert "Published elsewhere by Lantern Checks" in page
    assert "Published elsewhere by Others" in page
    assert "<strong>Hardly.</strong>" in page
    holds_together()


def test_another_claim_at_the_same_address_stays_another_claim(editor):
    other = replace(REVIEW, wording="Nobody has ever paid for the bridge of Orvik.")
    assert stored(editor, REVIEW, other) == (2, 0, 0)
    assert Claim.objects.count() == 2
    reworded = replace(
        REVIEW,
        wording="The canal of Orvik froze in each of the last ten winters.",
        at=at(2024, 6),
    )
    assert stored(editor, reworded) == (0, 1, 0)
    assert Claim.objects.count() == 2


def test_the_desks_own_figures_do_not_move(editor):
    make_published()
    today = timezone.now().date()
    before = audit(today)
    stored(editor, REVIEW, replace(REVIEW, label="Thawing", at=at(2024, 4)))
    assert audit(today) == before


def test_the_desks_own_verdict_stands_in_front_and_counts_as_its_first(client, editor):
    stored(editor, REVIEW)
    claim = Claim.objects.get()
    verdict = make_verdict(claim, status="published", rating="true")
    claim.refresh_from_db()
    own = claim.current
    assert (own.number, own.kind, own.publisher) == (2, "first", "")
    later = replace(REVIEW, label="Thawing", bucket="mixed", at=timezone.now())
    assert stored(editor, later) == (0, 1, 0)
    claim.refresh_from_db()
    assert claim.current == own
    assert claim.rating == Rating.objects.get(slug="true")
    page = text_of(client, claim.get_absolute_url())
    assert "application/ld+json" in page
    assert verdict.summary in page
    assert "Made of ice" not in text_of(client, "/corrections/")
    holds_together()


def test_a_withdrawn_check_of_elsewhere_stays_somebody_elses(client, editor):
    stored(editor, REVIEW)
    claim = withdraw(Claim.objects.get())
    assert claim.current.kind == PublicationKind.WITHDRAWN
    assert "410" in str(client.get(f"/claims/{claim.pk}/card/").status_code)
    again = take_step("list", claim, by=editor, comment="It was right after all.")
    assert again.current.is_elsewhere
    assert again.current.author is None
    assert "Lantern Checks" in text_of(client, again.get_absolute_url())
    holds_together()


@pytest.mark.parametrize(
    "forged",
    [
        {"kind": "first"},
        {"kind": "rating_changed", "note": "So."},
        {"publisher": ""},
        {"rating_bucket": "true"},
        {"rating_slug": "true"},
        {"speaker_name": "Somebody Else"},
        {"finding": "confirmed"},
        {"how_verified": "Read the ledger."},
        {"quote": "froze in each"},
        {"override_reason": "Alone here."},
        {"review_url": "javascript:1"},
    ],
)
def test_nothing_passes_as_published_elsewhere_that_is_not(editor, forged):
    """The control: the row as it was made is taken."""
    stored(editor, REVIEW)
    row = PublishedVerdict.objects.get()
    row.pk, row.number, row.published_at = None, 2, timezone.now()
    with transaction.atomic():
        row.save(force_insert=True)
    row.pk, row.number = None, 3
    for name, value in forged.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_user_as_author_of_a_check_of_elsewhere_is_refused(editor):
    stored(editor, REVIEW)
    row = PublishedVerdict.objects.get()
    row.pk, row.number, row.approver = None, 2, editor
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_only_who_may_publish_takes_checks_in():
    with pytest.raises(NotPermitted):
        store_reviews([REVIEW], by=make_user("Reviewers"))
    assert not Claim.objects.exists()


def test_nobody_is_named_where_nobody_was_and_the_words_stay(client, editor):
    stored(editor, replace(REVIEW, speakers=(), speaker_words="Chain letters"))
    claim = Claim.objects.get()
    assert claim.speaker.kind == "unnamed"
    assert claim.current.speaker_words == "Chain letters"
    assert "Chain letters" in text_of(client, claim.get_absolute_url())


def test_an_office_becomes_a_role_of_a_speaker_who_is_new(editor):
    stored(editor, REVIEW)
    assert [str(role) for role in SpeakerRole.objects.all()] == ["Harbour master"]
    assert Claim.objects.get().current.speaker_role == "Harbour master"


def test_a_dry_run_stores_nothing(editor):
    assert store_reviews([REVIEW], by=editor, dry_run=True).checks == 1
    assert not Claim.objects.exists()


def test_claims_of_elsewhere_are_listed_by_a_step(editor):
    stored(editor, REVIEW)
    claim = Claim.objects.get()
    assert claim.status == ClaimStatus.LISTED
    assert [step.step for step in claim.transitions.all()] == ["list"]
