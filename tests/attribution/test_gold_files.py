"""The articles marked by hand, in whatever language: each can be read and measured."""

from pathlib import Path

import pytest

from claims.attribution.score import read_gold
from claims.text.language import detect_language

GOLD = Path(__file__).parent / "gold"
FOLDERS = ["tr", "de", "fr", "es", "en/unseen"]
SECOND = ["tr/second", "de/second", "fr/second", "es/second"]
THIRD = ["de/third", "es/third"]
FILES = [
    path
    for folder in FOLDERS + SECOND + THIRD
    for path in sorted((GOLD / folder).glob("*.txt"))
]


@pytest.mark.parametrize(
    "path", FILES, ids=lambda path: path.relative_to(GOLD).with_suffix("").as_posix()
)
def test_an_article_marked_by_hand_can_be_read(path):
    article = read_gold(path)
    short = path.parent.name in {"second", "third"}
    assert article.published_on is not None
    shortest, longest = (120, 220) if short else (150, 300)
    assert shortest <= len(article.text.split()) <= longest
    assert len(article.attributions) >= (6 if short else 7)
    # a cue in the middle of a word would be a slip of the pen
    for gold in article.attributions:
        cue = article.text[gold.cue.start - 1 : gold.cue.end + 1]
        assert not (cue[0].isalnum() and cue[1].isalnum())
        assert not (cue[-1].isalnum() and cue[-2].isalnum())


@pytest.mark.parametrize("folder", ["tr", "de", "fr", "es"])
def test_a_language_has_ten_articles_of_different_kinds(folder):
    heads = _kinds(GOLD / folder)
    assert len(set(heads)) == len(heads) >= 10


@pytest.mark.parametrize("folder", SECOND + THIRD)
def test_a_further_set_has_six_articles_of_different_kinds(folder):
    heads = _kinds(GOLD / folder)
    assert len(set(heads)) == len(heads) >= 6


def _kinds(folder: Path) -> list[str]:
    """Return the line with the kind of every article in a folder."""
    return [p.read_text("utf-8").split("\n", 1)[0] for p in folder.glob("*.txt")]


@pytest.mark.parametrize("folder", ["en", "tr", "de", "fr", "es", "it"])
def test_an_article_is_read_by_the_rules_of_its_own_language_alone(folder):
    """Told by its text, so that no other language's rules are asked."""
    for path in sorted((GOLD / folder).rglob("*.txt")):
        assert detect_language(read_gold(path).text) == folder, path.name
