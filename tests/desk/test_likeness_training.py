"""The desk's own pairs teach what counts for likeness; few pairs teach nothing."""

import json

import pytest
from django.core.management import CommandError, call_command

from claims.desk import likeness_training
from claims.desk.relations import confirm_repeat, reject, suggest
from claims.lists.likeness_weights import weights_in_force, write_weights
from claims.lists.matching import similar_claims
from claims.models.choices import RelationKind
from claims.text.likeness import BIAS, SIGNS, WEIGHTS
from claims.text.training import Example, loss, train
from tests.factories import make_article, make_claim, make_speaker, make_user

THINGS = ["bridge", "ferry", "clinic", "mill"]


def a_pair(right: bool) -> Example:
    """Return two claims: of like words, and of the same names, one of them right."""
    words = {"words": -0.2, "letters": 0.9}
    names = {"words": -0.9, "name same": 1.0}
    rows = [tuple(each.get(sign, 0.0) for sign in SIGNS) for each in (words, names)]
    return Example(rows, 1) if right else Example(rows[:1])


def test_weights_follow_the_examples_and_stay_near_where_they_were_without_many():
    few, many = ([a_pair(n % 2 > 0) for n in range(count)] for count in (2, 200))
    learnt = train(many, WEIGHTS)
    assert learnt["name same"] > WEIGHTS["name same"] + 1
    assert loss(many, learnt) < 0.5 * loss(many, WEIGHTS)
    near = train(few, WEIGHTS)
    assert abs(near["name same"] - WEIGHTS["name same"]) < 0.2
    assert learnt.keys() == {*SIGNS, BIAS}


@pytest.fixture
def decided():
    """Claims of two towns: repeats confirmed in one, and of the other rejected."""
    editor, speaker, article = make_user("Editors"), make_speaker(), make_article()

    def said(wording, by=None):
        return make_claim(article=article, speaker=by, wording=wording)

    for thing in THINGS:
        first = said(f"The {thing} of Hartlow has cost 40 million crowns.", speaker)
        again = said(f"Forty million were spent on Hartlow's {thing}.", speaker)
        other = said(f"The {thing} of Dunsby has cost 12 million crowns.")
        confirm_repeat(again, first, by=editor)
        reject(suggest(RelationKind.REPEATS, other, first, by=editor), by=editor)


@pytest.mark.django_db
def test_the_desks_own_repeats_teach_and_their_file_is_in_force(
    decided, tmp_path, settings, monkeypatch, capsys
):
    with pytest.raises(CommandError, match="8 of listed claims, and at least 40"):
        call_command("train_matching")
    monkeypatch.setattr(likeness_training, "FEWEST", 8)
    # Both kinds among those that judge.
    monkeypatch.setattr(likeness_training, "HELD_OUT", 3)
    file = tmp_path / "weights.json"
    call_command("train_matching", output=str(file))
    told = capsys.readouterr().out
    assert f"FACTCHECK_LIKENESS_WEIGHTS={file} switches them on." in told
    assert "Learned from 5 decided repeats; tried on 3 others" in told
    text = "Forty million were spent on Hartlow's mill."
    before = similar_claims(text)[0].share
    settings.FACTCHECK = settings.FACTCHECK | {"LIKENESS_WEIGHTS": str(file)}
    assert weights_in_force() == json.loads(file.read_text())["weights"] != WEIGHTS
    assert similar_claims(text)[0].share != before


@pytest.mark.parametrize("content", ["", "{}", '{"format": "likeness-weights-1"}'])
def test_a_file_that_is_none_leaves_the_shipped_weights(tmp_path, settings, content):
    file = tmp_path / "weights.json"
    settings.FACTCHECK = settings.FACTCHECK | {"LIKENESS_WEIGHTS": str(file)}
    assert weights_in_force() == WEIGHTS
    file.write_text(content)
    assert weights_in_force() == WEIGHTS
    write_weights(file, {"words": 1.0})
    assert weights_in_force() == WEIGHTS
