"""The sample content as readers find it: every markup valid and told in the page."""

import html
import json
import re
from pathlib import Path

import pytest

from claims.demo.seeding import add_logins, load_seeds
from claims.models import Article, Claim
from tests.reading.test_structured_data import check

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def demo(db):
    add_logins(SEEDS)
    load_seeds(SEEDS)


def test_the_samples_pages_keep_their_promises(client, demo):
    """One walk, because loading the samples takes longer than all the checks."""
    reviewed = 0
    for claim in Claim.objects.listed().select_related("current"):
        page = client.get(claim.get_absolute_url()).content.decode()
        assert len(page.encode()) < 100_000
        scripts = re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL
        )
        if claim.rating_id is None:
            assert scripts == []
            continue
        reviewed += 1
        [script] = scripts
        review = json.loads(script)
        check(review)
        text = shown(page)
        rating, item = review["reviewRating"], review["itemReviewed"]
        for words in [
            review["claimReviewed"],
            rating["alternateName"],
            rating["ratingExplanation"],
            item["author"]["name"],
            item["appearance"]["headline"],
            *(source["name"] for source in review["citation"]),
        ]:
            assert " ".join(words.split()) in text, (claim, words)
    assert reviewed > 30

    for article in Article.objects.public().select_related("current_text"):
        page = client.get(article.get_absolute_url()).content.decode()
        assert len(page.encode()) < 100_000
        found = re.sub(r'<a class="ref.*?</a>', "", page, flags=re.DOTALL)
        found = re.findall(r'<p class="text".*?</p>', found, re.DOTALL)
        words = [html.unescape(re.sub(r"<[^>]+>", "", each)) for each in found]
        body = article.current_text.body
        if article.text_rights == "full":
            assert "\n\n".join(words) == body
        else:
            for each in words:
                for part in each.split("[…]"):
                    assert part.strip() in body
        for claim in article.claims.listed():
            assert f'id="words-{claim.pk}"' in page


def shown(page):
    body = re.sub(r"<script.*?</script>", "", page.split("<body>")[1], flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
