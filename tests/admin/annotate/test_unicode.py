"""Random selections over random Unicode, sent as a browser sends them."""

import random

import pytest

from claims.models import Claim
from claims.text.canonical import canonical
from tests.admin.annotate.desk import Desk
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db

SCRIPTS = [
    "abcdefg ,.“”’ ",
    "ğışİçöü g\u0306 e\u0301 o\u0308\u0304 ",
    "🛰️👩🏽‍🚀🇹🇷👨‍👩‍👧‍👦❤️‍🔥 𝔘𝔫𝔦 𒀀 ",
    "שָׁלוֹם עולם ",
    "مرحبا بالعالم ‎ ‏ ",
    "你好世界 日本語 ไทย ",
    "क्षि त्रा ञ  \u00a0\u2028\u200d\u200c\ufeff",
]


def random_text(chance):
    """Return some paragraphs in which everything is mixed with everything."""
    parts = []
    for _paragraph in range(chance.randint(1, 4)):
        letters = "".join(chance.choices(SCRIPTS, k=12))
        words = "".join(chance.choice(letters) for _n in range(chance.randint(20, 120)))
        parts.append(f"{chance.choice(['X', '𝔛', '🛰'])}{words}.")
    return "\n\n".join(parts)


def marked(chance, articles, selections):
    """Send random selections in random texts; return how many were stored wrongly."""
    user, wrong, stored = make_user("Annotators"), 0, 0
    for _article in range(articles):
        text = random_text(chance)
        desk = Desk(make_article(text), user)
        body = desk.article.current_text.body
        assert body == canonical(text)
        for _selection in range(selections):
            start = chance.randrange(len(body))
            end = chance.randint(start + 1, len(body))
            mark = {"role": "content", "start": start, "end": end}
            units = body[:start].encode("utf-16-le"), body[:end].encode("utf-16-le")
            as_units = mark | {"start": len(units[0]) // 2, "end": len(units[1]) // 2}
            exact = body[start:end]
            # Browser units are refused wherever they mean another place.
            if body[as_units["start"] : as_units["end"]] != exact and stored % 5 == 0:
                crooked = desk.create(as_units | {"exact": exact}, wording="x")
                assert crooked.status_code == 422
            answer = desk.create(mark | {"exact": exact}, wording="x")
            assert answer.status_code == 201, (answer.content, exact)
            shown = answer.json()["claim"]
            stored += 1
            quote = Claim.objects.values_list("quote", flat=True).get(pk=shown["id"])
            wrong += quote != exact or shown["quote"] != exact
    return wrong, stored


def test_12_random_selections_are_stored_as_the_words_they_are():
    assert marked(random.Random(7), 4, 3) == (0, 12)


@pytest.mark.slow
def test_50_random_selections_are_stored_as_the_words_they_are():
    assert marked(random.Random(7), 10, 5) == (0, 50)


@pytest.mark.long
def test_10_000_random_selections_are_stored_as_the_words_they_are():
    assert marked(random.Random(11), 100, 100) == (0, 10_000)
