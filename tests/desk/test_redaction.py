"""Words taken off the site are gone everywhere, and every chain stays checkable."""

import hashlib

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection

from claims.checks import problems
from claims.desk.comments import add_comment
from claims.desk.heads import publish_heads
from claims.desk.workflow import take_step
from claims.models import (
    Article,
    Claim,
    PublicChange,
    PublishedVerdict,
    ReaderReport,
    RedactedRow,
    Redaction,
    Span,
    acting,
)
from claims.models.choices import AttributionKind
from tests.checks.test_tampering import RECOMPUTE, off
from tests.desk.test_heads import days_ago, sql
from tests.factories import (
    make_article,
    make_claim,
    make_speaker,
    make_user,
    make_verdict,
)

pytestmark = pytest.mark.django_db

WORDS = "40 million crowns"
BLANK = "█" * len(WORDS)


@pytest.fixture(scope="module")
def written(module_db):
    """An article with the words in all that is written on it, published twice."""
    article = make_article(headline=f"A bridge for {WORDS}")
    claim = make_claim(
        f"The bridge cost {WORDS}",
        article=article,
        wording=f"The bridge cost {WORDS}.",
        attribution=AttributionKind.DIRECT,
    )
    # Marked words that end within those to be taken off.
    make_claim("The bridge cost 40 million", article=article, wording="It was dear.")
    verdict = make_verdict(
        claim,
        summary=f"It did cost {WORDS}.",
        explanation=f"The minutes say “{WORDS}”,\nand say so twice: {WORDS}.",
    )
    verdict.evidence.update(title=f"Bill of {WORDS}", excerpt=WORDS)
    author, editor = verdict.author, make_user("Editors")
    add_comment(verdict, f"Why {WORDS}?", by=author)
    verdict = take_step("submit", verdict, by=author)
    verdict = take_step("publish", verdict, by=editor, comment=f"Yes: {WORDS}")
    verdict = take_step("revise", verdict, by=author, comment=f"Not {WORDS} alone.")
    verdict = take_step("submit", verdict, by=author)
    take_step("publish", verdict, by=editor)
    with acting(author):
        ReaderReport.objects.create(claim=claim, message=f"It was not {WORDS}.")
    LogEntry.objects.create(
        user=author,
        content_type=ContentType.objects.get_for_model(Claim),
        object_id=str(claim.pk),
        object_repr=str(claim),
        action_flag=2,
        change_message=f"Changed: {WORDS}",
    )
    days_ago(2)
    publish_heads()
    return article


@pytest.fixture
def desk(written, db):
    """The article, as no other test left it."""
    return Article.objects.get(pk=written.pk)


@pytest.fixture
def people():
    return {
        "by": make_user("Editors", username="ines").username,
        "approved_by": make_user("Editors", username="omar").username,
    }


def order(article, people, **changes):
    options = {"words": WORDS, "reason": "A court ordered it.", **people, **changes}
    call_command("redact", article=article.pk, **options)


def dump():
    """Return every row of every table as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += [f"{table}: {row}" for (row,) in cursor.fetchall()]
    return rows


PAGES = (
    "/claims/",
    "/claims.csv",
    "/claims.jsonl",
    "/claims.atom",
    "/corrections.atom",
    "/corrections/",
    "/claimreview.json",
)


def pages(client, article):
    claim = article.claims.order_by("pk").first()
    article.refresh_from_db()
    addresses = [
        *PAGES,
        article.get_absolute_url(),
        f"/claims/{claim.pk}.json",
        f"/claims/{claim.pk}/card/",
        f"/claims/{claim.pk}/cite.bib",
        *(version.get_absolute_url() for version in claim.publications.all()),
        f"/claims/{claim.pk}/",
    ]
    told = {}
    for address in addresses:
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        told[address] = b"".join(response).decode()
    return told


def test_the_words_are_gone_from_every_table_page_export_and_feed(client, desk, people):
    # The control: they are there, in many a place.
    assert len([row for row in dump() if WORDS in row]) > 20
    before = pages(client, desk)
    assert all(WORDS in before[name] for name in before if "corrections" not in name)
    order(desk, people)
    assert [row for row in dump() if WORDS in row] == []
    assert [row for row in dump() if "40 million" in row] == []
    for address, page in pages(client, desk).items():
        assert WORDS not in page, address
    # Nor is anything found by them.
    assert "It was dear" not in client.get("/claims/?q=crowns").content.decode()
    assert "40-million-crowns" not in desk.slug


def test_every_place_stays_and_nothing_else_changes(desk, people):
    body = desk.current_text.body
    claims = {claim.pk: claim for claim in desk.claims.all()}
    spans = {span.pk: span for span in Span.objects.filter(claim__article=desk)}
    publications = list(PublishedVerdict.objects.order_by("pk"))
    order(desk, people)
    desk = Article.objects.get(pk=desk.pk)
    assert desk.current_text.body == body.replace(WORDS, BLANK)
    assert desk.headline == f"A bridge for {BLANK}"
    for span in Span.objects.filter(claim__article=desk):
        old = spans[span.pk]
        assert (span.start, span.end) == (old.start, old.end)
        assert span.exact == desk.current_text.body[span.start : span.end]
    for claim in desk.claims.all():
        assert len(claim.quote) == len(claims[claim.pk].quote)
        assert claim.status == claims[claim.pk].status
    for new, old in zip(
        PublishedVerdict.objects.order_by("pk"), publications, strict=True
    ):
        # What others may have kept is still what it was.
        assert (new.digest, new.published_at) == (old.digest, old.published_at)
        assert new.summary == old.summary.replace(WORDS, BLANK)
        assert new.note == old.note.replace(WORDS, BLANK)
        assert new.how_verified == old.how_verified
    # Whoever has the claim open with the words in it cannot save them again.
    claim = desk.claims.order_by("pk").first()
    assert claim.version == claims[claim.pk].version + 1


def test_other_articles_are_left_alone_and_named(desk, people, capsys):
    other = make_claim(f"The bridge cost {WORDS}", article=make_article())
    order(desk, people)
    other.refresh_from_db()
    assert WORDS in other.quote
    printed = capsys.readouterr().out
    assert "The words still stand, outside this article, in claims_span: 1" in printed
    assert problems() == []


def test_the_page_says_when_and_why(client, desk, people):
    order(desk, people)
    claim = desk.claims.order_by("pk").first()
    shown = pages(client, desk)
    desk.refresh_from_db()
    for address in (
        f"/claims/{claim.pk}/",
        claim.publications.first().get_absolute_url(),
        desk.get_absolute_url(),
    ):
        assert "Words were taken off this page on" in shown[address]
        assert "A court ordered it." in shown[address]


def test_a_digest_of_what_stood_there_remains(desk, people):
    order(desk, people)
    redaction = Redaction.objects.get()
    assert (
        redaction.digest
        == hashlib.sha256((redaction.salt + WORDS).encode()).hexdigest()
    )
    assert {redaction.by.username, redaction.approved_by.username} == {"ines", "omar"}
    tables = set(redaction.rows.values_list("table", flat=True))
    assert tables >= {"articletext", "claim", "publishedverdict", "change", "evidence"}
    assert "summary" in redaction.rows.filter(table="publishedverdict").first().fields


def test_mirrors_hear_of_it(desk, people):
    number = PublicChange.objects.latest("number").number
    order(desk, people)
    told = PublicChange.objects.filter(number__gt=number)
    assert {change.kind for change in told} == {"redacted"}
    assert {change.claim_id for change in told} == {
        claim.pk for claim in desk.claims.all()
    }


def test_the_chains_and_heads_stay_checkable_and_others_go_on(desk, people, client):
    kept = client.get("/corrections/heads.json").json()["heads"]
    assert problems() == []
    order(desk, people)
    assert problems() == []
    # Twice, and then again with a head over the redaction itself.
    order(desk, people, words="Nobody was hurt", reason="Another order.")
    assert problems() == []
    sql(
        *off(
            "publishedhead",
            "UPDATE claims_publishedhead SET day = day - 1",
            "UPDATE claims_publishedhead h SET digest = claims_head_digest(h)",
        )
    )
    days_ago(1)
    assert len(publish_heads()) == 1
    assert problems() == []
    order(desk, people, words="Falk said", reason="A third one.")
    assert problems() == []
    [head] = kept
    now = client.get("/corrections/heads.json").json()["heads"][0]
    assert now["publications_digest"] == head["publications_digest"]
    assert now["changes_digest"] == head["changes_digest"]
    # The desk works on: the claim is revised and published once more.
    verdict = desk.claims.order_by("pk").first().verdict
    verdict = take_step("revise", verdict, by=verdict.author, comment="New figures.")
    verdict = take_step("submit", verdict, by=verdict.author)
    take_step("publish", verdict, by=make_user("Editors"))
    assert problems() == []


AFTERWARDS = {
    "a redacted publication rewritten": (
        off("publishedverdict", "UPDATE claims_publishedverdict SET note = 'Forged.'"),
        "publications changed after the day",
    ),
    "a redacted publication rewritten and computed again": (
        off(
            "publishedverdict",
            "UPDATE claims_publishedverdict SET how_verified = 'Forged.'",
            RECOMPUTE,
        ),
        "publications up to",
    ),
    "the redacted history rewritten": (
        off(
            "change",
            'UPDATE claims_change SET after = after || \'{"note": "Forged."}\''
            " WHERE \"table\" = 'publishedverdict'",
        ),
        "the change history up to",
    ),
    "a redaction taken from the record": (
        off("redactedrow", "DELETE FROM claims_redactedrow"),
        "publications changed after the day",
    ),
    "a redaction made up": (
        [
            *off(
                "publishedverdict",
                "UPDATE claims_publishedverdict SET summary = 'Forged.', note = '.',"
                " evidence = '[{}]', explanation = '', claim_reviewed = 'Forged.',"
                " quote = '', marks = '[]', headline = '', explanation_html = '',"
                " how_verified_html = '', note_html = ''",
            ),
            "INSERT INTO claims_redactedrow"
            ' (redaction_id, "table", row, fields, before, after)'
            " SELECT 1, 'publishedverdict', id, '{summary}', digest, digest"
            " FROM claims_publishedverdict",
        ],
        "rows said to be redacted in which no word is blanked",
    ),
}


@pytest.mark.parametrize("name", AFTERWARDS)
def test_a_tampering_afterwards_is_still_named(desk, people, name):
    order(desk, people)
    assert problems() == []
    statements, words = AFTERWARDS[name]
    key = Redaction.objects.get().pk
    sql(*(statement.replace("SELECT 1,", f"SELECT {key},") for statement in statements))
    told = problems()
    assert any(words in problem for problem in told), told


def test_the_guards_are_up_again(desk, people):
    with connection.cursor() as cursor:
        modes = (
            "SELECT tgrelid, tgname, tgenabled FROM pg_trigger"
            " WHERE NOT tgisinternal ORDER BY 1, 2"
        )
        cursor.execute(modes)
        before = cursor.fetchall()
        order(desk, people)
        cursor.execute(modes)
        assert cursor.fetchall() == before


REFUSED = {
    "one person twice": ({"approved_by": "ines"}, "Somebody else has to approve"),
    "a reviewer": ({"approved_by": "reviewer"}, "may not take words off the site"),
    "nobody of that name": ({"by": "nobody"}, "There is no login"),
    "no reason": ({"reason": " "}, "Say why"),
    "a reason with the words": ({"reason": f"About {WORDS}"}, "Say why"),
    "words that stand nowhere": ({"words": "Never said"}, "stand nowhere in it"),
    "no words": ({"words": " "}, "Name the words exactly"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with(desk, people, name):
    make_user("Reviewers", username="reviewer")
    changes, sentence = REFUSED[name]
    with pytest.raises(CommandError, match=sentence):
        order(desk, {**people, **changes})
    assert not Redaction.objects.exists()
    assert not RedactedRow.objects.exists()
    assert any(WORDS in row for row in dump())
    assert problems() == []


def test_a_speaker_of_that_name_is_named_to_the_operator(people, capsys):
    speaker = make_speaker("Ida Falk")
    article = make_article()
    make_claim(article=article, speaker=speaker)
    order(article, people, words="Ida Falk")
    assert "in claims_speaker: 1" in capsys.readouterr().out
