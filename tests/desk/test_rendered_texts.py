"""What is published in CommonMark keeps the form in which readers saw it."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client

from claims.checks import problems
from claims.desk import publications
from claims.desk.redaction import redact
from claims.desk.workflow import take_step
from claims.exceptions import Incomplete, Refused
from claims.models import PublishedVerdict
from claims.models.choices import PublicationKind, VerdictStatus
from tests.checks.test_tampering import RECOMPUTE
from tests.factories import make_article, make_claim, make_published, make_user
from tests.factories import make_verdict as factory_verdict

pytestmark = pytest.mark.django_db

TEXT = "It **fell**:\n\n| Year | Crowns |\n|---|---:|\n| 2024 | 38 |"
BROKEN = "publications changed after the day, or missing from the chain"
STEPS = "Read [the bill](https://town.example/bill)."


def make_verdict(**fields):
    return factory_verdict(explanation=TEXT, how_verified=STEPS, **fields)


@pytest.fixture
def corrected():
    """A verdict published twice, of which the second has a note with a link."""
    verdict = make_verdict(status=VerdictStatus.PUBLISHED)
    author, editor = verdict.author, make_user("Editors")
    take_step(
        "revise",
        verdict,
        by=author,
        kind=PublicationKind.CLARIFIED,
        comment="See [the *new* bill](https://town.example/new).",
    )
    take_step("submit", verdict, by=author)
    take_step("publish", verdict, by=editor)
    return verdict.claim.publications.order_by("number")


@contextmanager
def unguarded():
    """Yield a cursor for which publications have no triggers, to the test's end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE claims_publishedverdict DISABLE TRIGGER USER")
        yield cursor


def page(publication):
    return Client().get(publication.get_absolute_url()).content.decode()


def test_readers_see_it_rendered_and_programs_read_what_was_typed(corrected):
    first, second = corrected
    claim = Client().get(first.claim.get_absolute_url()).content.decode()
    for shown in (page(first), claim):
        assert '<td class="align-right">38</td>' in shown
        assert '<a href="https://town.example/bill"' in shown
    for address in (second.get_absolute_url(), first.claim.get_absolute_url()):
        shown = Client().get(address).content.decode()
        assert '<a href="https://town.example/new"' in shown
    record = Client().get(f"/claims/{first.claim_id}/versions/2.json").json()
    assert record["explanation"] == TEXT
    assert record["note"] == second.note
    corrections = Client().get("/corrections/").content.decode()
    assert "the <em>new</em> bill" in corrections
    file = b"".join(Client().get("/corrections.csv").streaming_content)
    assert second.note in file.decode()


def test_another_renderer_changes_nothing_that_was_published(corrected, monkeypatch):
    before = [page(each) for each in corrected]
    monkeypatch.setattr(publications, "render", lambda *_: "<p>otherwise</p>")
    assert [page(each) for each in corrected] == before
    # The control: what is published from now on is rendered by the other one.
    other = make_verdict(status=VerdictStatus.PUBLISHED).claim.current
    assert other.explanation_html == "<p>otherwise</p>"


@pytest.mark.parametrize("column", ["explanation_html", "how_verified_html"])
def test_the_digest_covers_what_was_shown(corrected, column):
    assert problems() == []
    with unguarded() as cursor:
        cursor.execute(
            f"UPDATE claims_publishedverdict SET {column} = '<p>x</p>' WHERE id = %s",
            [corrected[0].pk],
        )
    assert any(BROKEN in said for said in problems())


def test_a_version_from_before_keeps_its_digest_and_its_paragraphs():
    """As the upgrade leaves it: without a rendered form, under the digest it had."""
    publication = make_published(explanation="One.\n\n* Two * <b> https://a.example")
    with unguarded() as cursor:
        cursor.execute(
            "UPDATE claims_publishedverdict SET explanation_html = '',"
            " how_verified_html = '', note_html = '' WHERE id = %s",
            [publication.pk],
        )
        cursor.execute(RECOMPUTE)
        cursor.execute(
            # What the version before computed, which knew no such columns.
            "SELECT digest, encode(sha256(convert_to((to_jsonb(p) - ARRAY["
            "'id', 'digest', 'search', 'asked_by', 'publisher', 'review_url',"
            " 'review_key', 'review_title', 'source_kind', 'published_precision',"
            " 'source_digest', 'explanation_html', 'how_verified_html', 'note_html',"
            "'replies', 'outcomes'"
            "])::text, 'UTF8')), 'hex')"
            " FROM claims_publishedverdict p WHERE id = %s",
            [publication.pk],
        )
        now, then = cursor.fetchone()
    assert now == then
    shown = page(publication)
    assert "<p>One.</p>\n\n<p>* Two * &lt;b&gt; <a href=" in shown


def test_what_is_taken_back_says_why_in_commonmark(corrected):
    author, editor = make_user("Editors"), make_user("Editors")
    verdict = corrected[0].claim.verdict
    verdict.refresh_from_db()
    why = "The *bill* was forged."
    take_step("ask_retract", verdict, by=author, comment=why)
    take_step("retract", verdict, by=editor, comment=why)
    last = verdict.claim.publications.order_by("-number")[0]
    assert last.kind == PublicationKind.RETRACTED
    assert last.note_html == "<p>The <em>bill</em> was forged.</p>\n"
    assert last.explanation_html == corrected[0].explanation_html
    shown = Client().get(last.claim.get_absolute_url()).content.decode()
    assert last.note_html in shown


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<script>x</script></p>",
        '<p onclick="x">a</p>',
        '<a href="javascript:x">a</a>',
        '<img src="data:x">',
        "<p style='x'>a</p>",
    ],
)
def test_the_database_refuses_html_that_could_do_something(html, monkeypatch):
    monkeypatch.setattr(publications, "render", lambda *_: html)
    with (
        pytest.raises(Refused, match="HTML that could do harm"),
        transaction.atomic(),
    ):
        make_verdict(status=VerdictStatus.PUBLISHED)


def test_words_that_only_look_dangerous_are_published():
    odd = 'The onset = 4, style = old, href="x" `<script>` ![a onload=1](x.png)'
    publication = make_published(explanation=odd, how_verified=odd)
    assert "&lt;script&gt;" in publication.explanation_html


def test_a_text_that_is_too_long_waits_for_somebody_to_shorten_it():
    verdict = factory_verdict(explanation="a" * 20_001)
    with pytest.raises(Incomplete) as refusal:
        take_step("submit", verdict, by=verdict.author)
    assert "1 character too many" in str(refusal.value.missing["explanation"])


def test_a_redaction_blanks_the_rendered_form_too():
    article = make_article(f"{'The bridge cost 40 crowns'}, Mayor Ida Falk said.")
    claim = make_claim("The bridge cost 40 crowns", article=article)
    publication = make_published(
        claim,
        explanation="It was 40 *crowns* in [40 crowns](https://a.example/?q=40%20x).",
        how_verified="Asked & <told>: 40 crowns.",
    )
    redact(
        article,
        "40 crowns",
        by=make_user("Editors"),
        approved_by=make_user("Editors"),
        reason="A court said so.",
    )
    again = PublishedVerdict.objects.get(pk=publication.pk)
    plain = re.sub("<[^>]*>", "", again.explanation_html)
    assert plain == "It was █████████ in █████████.\n"
    assert again.how_verified_html == "<p>Asked &amp; &lt;told&gt;: █████████.</p>\n"
    assert again.explanation.startswith("It was ██ *██████* in")
    assert problems() == []
