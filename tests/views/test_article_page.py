"""An article's page: its words, its claims in them, and no word beyond its rights."""

import re

import pytest

from claims.models import Article, ArticleText
from claims.models.choices import ClaimStatus, TextRights
from claims.text.canonical import digest
from tests.factories import (
    make_article,
    make_claim,
    make_published,
    make_speaker,
    retract,
)

BODY = (
    "The market opened at noon. Mayor Ida Falk said the bridge cost 40 million crowns "
    "and nobody was hurt, which pleased her. The rain held off.\n\n"
    "A man sold apples.\n\n"
    "The council said Falk had told it that the bridge was free. It did not smile."
)
BRIDGE = "the bridge cost 40 million crowns"
HURT = "crowns and nobody was hurt"
TOLD = "Falk had told it that the bridge was free"
FREE = "the bridge was free"


def page(client, article):
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def reading(html):
    """Return the text shown, without tags, numbers and margin."""
    found = re.findall(r'<p class="text".*?</p>', html, re.DOTALL)
    found = [
        re.sub(r'<a class="ref.*?</a>', "", each, flags=re.DOTALL) for each in found
    ]
    return [re.sub(r"<[^>]+>", "", each) for each in found]


@pytest.fixture
def article(db):
    return make_article(BODY, headline="A bridge and its price")


def test_the_text_is_there_word_for_word(client, article):
    make_claim(BRIDGE, article=article, cue="said", speaker_words="Ida Falk")
    assert reading(page(client, article)) == BODY.split("\n\n")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"byline": "Ana Reyes"}, "Ana Reyes"),
        ({"archived_url": "https://a.example/"}, "Archived copy"),
        (
            {"byline": "Ana Reyes", "archived_url": "https://a.example/"},
            "Ana Reyes · Archived copy",
        ),
        (
            {"url": "https://b.example/", "archived_url": "https://a.example/"},
            "The article at the publisher’s · Archived copy",
        ),
    ],
)
def test_a_dot_stands_between_what_is_told_of_the_source_alone(
    client, article, fields, told
):
    make_claim(BRIDGE, article=article)
    nothing = {"byline": "", "url": "", "archived_url": ""}
    Article.objects.filter(pk=article.pk).update(**nothing | fields)
    html = page(client, article)
    line = re.search(r'<p class="article-source">(.*?)</p>', html, re.DOTALL)[1]
    assert " ".join(re.sub(r"<[^>]+>", "", line).split()) == told


def test_overlapping_claims_keep_every_word_and_both_have_their_own(client, article):
    one = make_claim(BRIDGE, article=article)
    two = make_claim(HURT, article=article)
    html = page(client, article)
    assert reading(html) == BODY.split("\n\n")
    assert _words_of(html, one) == BRIDGE
    assert _words_of(html, two) == HURT


def test_a_nested_claim_stands_inside_the_outer_mark(client, article):
    outer = make_claim(TOLD, article=article)
    inner = make_claim(FREE, article=article)
    html = page(client, article)
    assert _words_of(html, outer) == TOLD
    assert _words_of(html, inner) == FREE
    html = re.sub(r'<a class="ref.*?</a>', "", html, flags=re.DOTALL)
    assert re.search(
        f'<mark class="words is-none lane-0" data-claim="{outer.pk}"[^>]*>'
        f'Falk had told it that <mark class="words is-none lane-1" '
        f'data-claim="{inner.pk}"[^>]*>{FREE}</mark></mark>',
        html,
    )


def test_every_claim_has_a_number_a_note_and_a_way_to_its_neighbours(client, article):
    first = make_claim(BRIDGE, article=article, speaker=make_speaker("Ida Falk"))
    last = make_claim(FREE, article=article)
    make_published(first)
    html = page(client, article)
    for claim in (first, last):
        assert f'id="words-{claim.pk}"' in html
        assert f'id="note-{claim.pk}"' in html
        assert html.count(f'href="#note-{claim.pk}"') == 2
    assert 'aria-label="Claim 1, Ida Falk: False"' in html
    assert "Not yet reviewed" in html


def test_claims_that_are_not_listed_leave_no_trace(client, article):
    make_claim(BRIDGE, article=article)
    for status in (ClaimStatus.DRAFT, ClaimStatus.SUGGESTED, ClaimStatus.REJECTED):
        hidden = make_claim(FREE, article=article, status=status, wording="Hidden.")
        html = page(client, article)
        assert "Hidden." not in html
        assert f"words-{hidden.pk}" not in html
        assert f'data-claim="{hidden.pk}"' not in html


def test_an_article_without_a_listed_claim_looks_like_none(client, article):
    make_claim(BRIDGE, article=article, status=ClaimStatus.DRAFT)
    hidden = client.get(article.get_absolute_url())
    missing = client.get(f"/articles/{article.pk + 1000}-{article.slug}/")
    assert hidden.status_code == missing.status_code == 404
    assert article.headline not in hidden.content.decode()


def test_another_slug_leads_to_the_right_one(client, article):
    make_claim(BRIDGE, article=article)
    for path in (f"/articles/{article.pk}/", f"/articles/{article.pk}-what/"):
        response = client.get(path)
        assert response.status_code == 301
        assert response["Location"] == article.get_absolute_url()


def test_an_excerpt_shows_the_sentences_with_claims_and_no_other(client, article):
    article.text_rights = TextRights.EXCERPT
    article.save()
    make_claim(BRIDGE, article=article)
    response = client.get(article.get_absolute_url())
    html = response.content.decode()
    assert reading(html) == [
        "[…] Mayor Ida Falk said the bridge cost 40 million crowns and nobody was "
        "hurt, which pleased her. […]"
    ]
    for beyond in ("market", "rain held", "apples", "smile", "free"):
        assert beyond not in html


def test_a_link_only_article_shows_its_claims_and_no_text(client, article):
    article.text_rights = TextRights.LINK
    article.save()
    claim = make_claim(BRIDGE, article=article, cue="said")
    html = page(client, article)
    assert BRIDGE in html
    assert f'id="words-{claim.pk}"' in html
    # One list of the claims is enough where there is no text between two.
    assert re.search(r"<h2[^>]*>\s*1 claim in this article\s*</h2>", html)
    assert html.count(f'href="{claim.get_absolute_url()}"') == 1
    assert 'class="claim-index"' not in html
    for beyond in ("market", "Mayor", "rain held", "apples", "smile"):
        assert beyond not in html


def test_the_legend_tells_what_a_taken_back_verdict_looks_like(client, article):
    claim = make_published(make_claim(BRIDGE, article=article)).claim
    legend = re.compile(r'<details class="legend">.*?</details>', re.S)
    assert "⊘" not in legend.search(page(client, article))[0]
    retract(claim.verdict, reason="Wrong.")
    assert "Verdict retracted" in legend.search(page(client, article))[0]


@pytest.mark.parametrize("rights", TextRights)
def test_the_queries_do_not_grow_with_the_claims(
    client, article, rights, django_assert_num_queries
):
    article.text_rights = rights
    article.save()
    make_published(make_claim(BRIDGE, article=article))
    count = 4 if rights == TextRights.LINK else 5
    with django_assert_num_queries(count):
        page(client, article)
    for words in (HURT, TOLD, FREE, "A man sold apples"):
        make_published(make_claim(words, article=article), rating="true")
    with django_assert_num_queries(count):
        page(client, article)


def test_where_only_a_link_is_allowed_the_body_is_not_even_loaded(
    client, article, django_assert_num_queries
):
    article.text_rights = TextRights.LINK
    article.save()
    make_claim(BRIDGE, article=article)
    with django_assert_num_queries(4) as queries:
        page(client, article)
    assert not [q for q in queries if "articletext" in q["sql"]]


def test_words_of_an_earlier_text_are_listed_apart(client, article):
    stays = make_claim(BRIDGE, article=article)
    lost = make_claim(FREE, article=article)
    body = BODY.replace(FREE, "the bridge was cheap")
    text = ArticleText.objects.create(
        article=article, number=2, body=body, sha256=digest(body), reason="A slip."
    )
    stays.spans.update(text=text)
    article.current_text = text
    article.save()
    html = page(client, article)
    assert reading(html) == body.split("\n\n")
    assert "Claims whose words stood in an earlier version of the text" in html
    assert f'id="words-{lost.pk}"' in html
    assert FREE in html


def test_the_text_has_its_language_and_direction(client, db):
    article = make_article("قال المدير لم نقطع الماء.", language="ar")
    make_claim("لم نقطع الماء", article=article)
    assert '<p class="text" lang="ar" dir="auto">' in page(client, article)


def test_markup_in_a_text_stays_text(client, db):
    body = "He wrote <b onclick='x()'>no</b> & left. She said <i>yes</i> twice."
    article = make_article(body)
    make_claim("<i>yes</i>", article=article)
    make_claim("<b onclick='x()'>no</b> & left", article=article)
    html = page(client, article)
    assert "<b onclick" not in html
    assert "<i>yes" not in html
    assert "&lt;i&gt;yes&lt;/i&gt;</mark>" in html


def _words_of(html, claim):
    """Return all words inside a claim's marks, in order."""
    words, depth, inside = "", 0, []
    html = re.sub(r'<a class="ref.*?</a>', "", html, flags=re.DOTALL)
    for tag, text in re.findall(r"<([^>]*)>([^<]*)", html):
        if tag.startswith("mark "):
            depth += 1
            if f'data-claim="{claim.pk}"' in tag:
                inside.append(depth)
        elif tag == "/mark":
            if inside and inside[-1] == depth:
                inside.pop()
            depth -= 1
        if inside:
            words += text
    return words


def test_it_says_who_checked_its_claims_and_when(client, article):
    claims = [make_claim(HURT, article=article), make_claim(FREE, article=article)]
    html = page(client, article)
    assert f"{len(claims)} claims, 0 checked." in " ".join(html.split())
    version = make_published(claims[0])
    words = " ".join(re.sub(r"<[^>]+>", "", page(client, article)).split())
    people = ", ".join(sorted([version.author_name, version.approver_name]))
    day = f"{version.published_at:%-d %B %Y}"
    assert f"{len(claims)} claims, 1 checked. Verdict of {day}, by {people}." in words
    # Whoever checked the claim stands at it, too.
    assert f"checked {day} ({version.author_name}, {version.approver_name})" in words
