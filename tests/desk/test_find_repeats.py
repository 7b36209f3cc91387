"""manage.py find_repeats: what it suggests over an archive, once, and again."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims.desk.relations import confirm_repeat, next_to_decide, reject
from claims.models import ClaimRelation
from tests.factories import make_article, make_claim, make_speaker, make_user

pytestmark = pytest.mark.django_db
SAME = "The Talvik ferry carries nine thousand passengers a year."


def run(*args, **options):
    out = StringIO()
    call_command("find_repeats", *args, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def archive():
    """Two that say the same, one with another number, others about other things."""
    article, speaker = make_article(), make_speaker()

    def said(wording):
        return make_claim(article=article, speaker=speaker, wording=wording)

    for n, about in enumerate(["library", "orchard", "tramway", "bakery", "lagoon"]):
        said(f"Our {about} was painted in the year 190{n}.")
    first, again = said(SAME), said(SAME)
    other = said("The Talvik ferry carries two thousand passengers a year.")
    return first, again, other


def pairs():
    return list(ClaimRelation.objects.values_list("claim", "to"))


def test_the_likest_earlier_claim_is_suggested_once(archive):
    first, again, other = archive
    told = run()
    assert "8 claims looked at" in told
    assert "1 suggested, 0 known already" in told
    # Another number is never the same claim.
    assert pairs() == [(again.pk, first.pk)]
    relation = ClaimRelation.objects.get()
    assert (relation.suggested_by, relation.tier) == (None, "very close")
    assert relation.score > 0
    assert "0 suggested, 1 known already" in run()
    assert next_to_decide() == again
    reject(relation, by=make_user("Annotators"))
    assert "0 suggested" in run()
    assert next_to_decide() is None
    run("--least", "similar")
    assert (other.pk, first.pk) in pairs() or (other.pk, again.pk) in pairs()


def test_it_goes_on_where_it_was_broken_off(archive):
    first, again, _other = archive
    assert "6 claims looked at" in run("--limit", "6")
    assert pairs() == []
    assert "2 claims looked at" in run("--after", str(first.pk))
    assert pairs() == [(again.pk, first.pk)]
    assert "0 claims looked at" in run("--since", "2999-01-01")


def test_what_repeats_one_already_waits_for_nobody(archive):
    first, again, _other = archive
    run()
    confirm_repeat(again, first, by=make_user("Annotators"))
    assert next_to_decide() is None
    assert "0 suggested, 0 known already" in run()


@pytest.mark.parametrize(
    "options", [["--limit", "0"], ["--after", "-1"], ["--since", "May"], ["--by", "no"]]
)
def test_a_senseless_option_is_told(options):
    with pytest.raises(CommandError):
        run(*options)
