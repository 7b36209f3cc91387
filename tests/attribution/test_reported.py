"""German, French and Spanish: articles, and sentences of each kind."""

from pathlib import Path

import pytest

from claims.attribution.score import score_folder

PRACTICE = Path(__file__).parent / "practice"


@pytest.mark.parametrize("code", ["de", "fr", "es"])
def test_articles_of_several_kinds_are_read_well_enough(code):
    figures = score_folder(PRACTICE / code)
    assert figures.gold >= 30
    assert figures.f1 >= 0.9
