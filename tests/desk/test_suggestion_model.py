"""The model of suggestions: learned from this desk's decisions, tried, switched on."""

import json
import random

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from claims.desk.suggestion_model import (
    FEWEST_ARTICLES,
    TooFewDecisions,
    figures,
    fit,
    load_model,
    train,
)
from claims.desk.suggestion_weights import weight_note
from claims.desk.suggestions import suggest_claims
from claims.models import Claim
from claims.models.choices import ClaimStatus
from tests.factories import make_article

SAID = "The ferry will stop in June, Mayor Ida Falk said."
BELIEVED = "Mayor Ida Falk believes that the ferry will stop in June."


@pytest.fixture(scope="module")
def almost_enough(module_db):
    """Make one article less than a model needs, all decided."""
    decide(range(FEWEST_ARTICLES - 1))


@pytest.fixture
def desk(almost_enough, db):
    """Return a function that makes a desk which keeps what was said, not believed."""
    return lambda articles=FEWEST_ARTICLES: decide(range(FEWEST_ARTICLES - 1, articles))


def decide(numbers):
    for number in numbers:
        body = SAID if number % 3 else BELIEVED
        [claim] = suggest_claims(make_article(f"{body}\n\nThis is {number}.")).new
        Claim.objects.filter(pk=claim.pk).update(
            status=ClaimStatus.DRAFT if body == SAID else ClaimStatus.REJECTED,
            version=claim.version + 1,
        )


@pytest.fixture
def switched_on(settings, tmp_path):
    file = tmp_path / "model.json"
    settings.FACTCHECK = settings.FACTCHECK | {"SUGGESTION_MODEL": str(file)}
    return file


# --- The numbers ---------------------------------------------------------------------


def test_what_decides_is_learned_and_what_does_not_counts_little():
    chance = random.Random(7)
    examples = []
    for _number in range(300):
        kept = chance.random() < 0.5
        names = ["always", "good" if kept else "bad", f"noise {chance.randrange(4)}"]
        examples.append((names, kept))
    model = fit(examples)
    assert model.probability(["always", "good"]) > 0.95
    assert model.probability(["always", "bad"]) < 0.05
    noise = [abs(model.weights[f"noise {number}"]) for number in range(4)]
    assert max(noise) < abs(model.weights["good"]) / 2
    # What it never saw, it leaves to the rest.
    assert model.probability(["unseen"]) == 0.5
    assert fit(examples) == model


@pytest.mark.parametrize(
    ("scores", "kept", "expected"),
    [
        ([0.9, 0.8, 0.1], [True, True, False], (1, 1, 1)),
        ([0.1, 0.8, 0.9], [True, True, False], (0.5, 0.5, (1 / 2 + 2 / 3) / 2)),
        # All alike: whoever orders nothing is not rewarded for the order of the rows.
        ([0.7, 0.7], [True, False], (0.5, 1, 0.5)),
        ([0.1, 0.2], [True, True], (0, 0, 1)),
    ],
)
def test_figures_are_those_of_the_order_and_of_what_is_chosen(scores, kept, expected):
    found = figures(scores, kept, least=0.5)
    assert (found.precision, found.recall, found.average_precision) == pytest.approx(
        expected
    )


# --- Training ------------------------------------------------------------------------


@pytest.mark.slow
def test_fewer_decided_articles_than_sixty_teach_nothing(desk):
    desk(FEWEST_ARTICLES - 1)
    # One more, but with a suggestion that waits: its decisions are not all there.
    suggest_claims(make_article(SAID))
    with pytest.raises(TooFewDecisions, match=r"Only 59 articles .* from 60 on"):
        train()


def test_where_nothing_was_rejected_there_is_nothing_to_learn(desk):
    desk()
    Claim.objects.filter(status=ClaimStatus.REJECTED).update(
        status=ClaimStatus.DRAFT, version=F("version") + 1
    )
    with pytest.raises(TooFewDecisions, match="nothing to tell apart"):
        train()


def test_a_model_is_tried_on_articles_that_it_has_not_seen(desk):
    desk(FEWEST_ARTICLES + 4)
    training = train()
    assert (training.articles, training.learned, training.held_out) == (64, 48, 16)
    assert training.before.recall == 1
    assert training.before.precision == pytest.approx(10 / 16)
    assert training.after.precision == training.after.average_precision == 1
    assert training.is_better


def test_the_command_tells_the_figures_and_writes_the_model(desk, tmp_path, capsys):
    desk()
    file = tmp_path / "model.json"
    call_command("train_suggestions", output=str(file))
    printed = capsys.readouterr().out
    assert "Learned from 45 decided suggestions; tried on 15 others" in printed
    assert "Average precision" in printed
    assert f"FACTCHECK_SUGGESTION_MODEL={file} switches it on." in printed
    assert json.loads(file.read_text())["weights"]["cue en believes"] < 0


def test_the_command_says_why_it_does_not_train(desk, tmp_path):
    file = tmp_path / "model.json"
    with pytest.raises(CommandError, match="Only 59 articles"):
        call_command("train_suggestions", output=str(file))
    assert not file.exists()


def test_a_model_that_orders_no_better_is_not_written(desk, tmp_path):
    desk()
    # The rules know it all already.
    for claim in Claim.objects.all():
        score = 0.9 if claim.status == ClaimStatus.DRAFT else 0.1
        Claim.objects.filter(pk=claim.pk).update(
            proposed=claim.proposed | {"score": score}, version=claim.version + 1
        )
    with pytest.raises(CommandError, match="not order them better"):
        call_command("train_suggestions", output=str(tmp_path / "model.json"))
    assert not list(tmp_path.iterdir())


# --- Switched on ---------------------------------------------------------------------


def test_a_model_that_is_switched_on_weighs_new_suggestions(desk, switched_on):
    desk()
    [before] = suggest_claims(make_article(BELIEVED)).new
    Claim.objects.filter(pk=before.pk).update(
        status=ClaimStatus.REJECTED, version=before.version + 1
    )
    call_command("train_suggestions")
    [said] = suggest_claims(make_article(SAID)).new
    [believed] = suggest_claims(make_article(BELIEVED)).new
    assert believed.score < 0.2 < 0.8 < said.score
    assert believed.proposed["score"] == before.score
    assert "learned from this desk" in weight_note(believed)
    assert weight_note(before) == ""


@pytest.mark.parametrize("content", [None, "", "{}", '{"format": 0, "weights": {}}'])
def test_an_unreadable_model_stops_no_article_and_is_logged(
    db, switched_on, caplog, content
):
    if content is not None:
        switched_on.write_text(content)
    assert load_model() is None
    assert "cannot be read" in caplog.text
    assert suggest_claims(make_article(SAID)).new


def test_a_model_trained_anew_is_read_anew(desk, switched_on):
    desk()
    call_command("train_suggestions")
    first = load_model()
    assert load_model() is first
    content = json.loads(switched_on.read_text())
    content["weights"]["always"] = 9.0
    switched_on.write_text(json.dumps(content))
    assert load_model().weights["always"] == 9.0
