"""manage.py suggestion_report: the table it prints, and what it says of weak rules."""

import pytest
from django.core.management import call_command

from claims.desk.suggestion_statistics import ENOUGH
from claims.desk.suggestions import suggest_claims
from claims.desk.workflow import take_step
from tests.desk.test_suggestion_statistics import FERRY, rejected
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


def test_the_report_has_a_row_for_each_rule_and_says_which_are_left_out(
    settings, capsys
):
    [claim] = suggest_claims(make_article(FERRY)).new
    take_step("accept", claim, by=make_user("Annotators"))
    rejected(ENOUGH, rule="guess")
    call_command("suggestion_report")
    head, weak, good = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["Rule", "Language", "Waiting"]
    never = ["0", "%", "0", "%"]
    # All of them were proposed as ready, which is counted once more.
    assert weak.split() == ["guess", "en", "0", "0", "0", "20", *never, "20", *never]
    assert good.startswith(claim.rule)
    assert good.split()[-9:] == ["100", "%", "100", "%", "1", "100", "%", "100", "%"]
    settings.FACTCHECK = settings.FACTCHECK | {
        "SUGGESTION_PRECISION": 50,
        "SUGGESTION_WEAK": "omit",
    }
    call_command("suggestion_report")
    _head, weak, _good, sentence = capsys.readouterr().out.splitlines()
    assert weak.endswith("left out")
    assert (
        sentence == "Rules right in fewer than 50 % of 20 decisions or more: left out."
    )
