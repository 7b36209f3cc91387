"""The articles marked by hand, in whatever language: each can be read and measured."""

from pathlib import Path

import pytest

from claims.attribution.score import read_gold

GOLD = Path(__file__).parent / "gold"
FOLDERS = ["tr", "de", "fr", "es", "en/unseen"]
FILES = [path for folder in FOLDERS for path in sorted((GOLD / folder).glob("*.txt"))]


@pytest.mark.parametrize(
    "path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_an_article_marked_by_hand_can_be_read(path):
    article = read_gold(path)
    assert article.published_on is not None
    assert 150 <= len(article.text.split()) <= 300
    assert len(article.attributions) >= 7
    # a cue in the middle of a word would be a slip of the pen
    for gold in article.attributions:
        cue = article.text[gold.cue.start - 1 : gold.cue.end + 1]
        assert not (cue[0].isalnum() and cue[1].isalnum())
        assert not (cue[-1].isalnum() and cue[-2].isalnum())


@pytest.mark.parametrize("folder", ["tr", "de", "fr", "es"])
def test_a_language_has_ten_articles_of_different_kinds(folder):
    heads = [p.read_text("utf-8").split("\n", 1)[0] for p in (GOLD / folder).glob("*")]
    assert len(set(heads)) == len(heads) >= 10
