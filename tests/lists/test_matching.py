"""Earlier claims are found by likeness, told apart by what differs, counted rightly."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.checks.check import broken_rows
from claims.checks.public import CHECKS
from claims.desk.annotation import change_claim
from claims.desk.workflow import take_step
from claims.lists.matching import similar_claims
from claims.models import Claim, LexemeCount
from claims.models.choices import ClaimStatus
from tests.factories import make_article, make_claim, make_speaker, make_user
from tests.lists import debate_set, matching_set
from tests.lists.matching_set import claims

pytestmark = pytest.mark.django_db

LEXEMES = next(check for check in CHECKS if check.name == "lexeme counts")
PORT = "Erdoğan said that the port of Nordvik will open with 4.5 per cent more cranes."


@pytest.fixture
def port():
    words = "the port of Nordvik will open with 4.5 per cent more cranes"
    return make_claim(words, article=make_article(PORT), wording=PORT)


def files(folder, *, speakers, made=matching_set):
    """Write the claims, queries and judgements as files; return their paths."""
    asked = [(f"q{n}", query) for n, query in enumerate(made.queries())]
    others = getattr(made, "unasked", list)()
    rows = {
        "queries.tsv": [(key, query.text, query.speaker) for key, query in asked],
        "claims.tsv": [(f"c{key}", *row) for key, *row in made.claims()],
        "negatives.tsv": [(f"n{n}", q.text, q.speaker) for n, q in enumerate(others)],
    }
    lines = {
        name: ["\t".join(row if speakers else row[:2]) for row in told]
        for name, told in rows.items()
    }
    lines["judgements.txt"] = [f"{key} 0 c{query.claim} 1" for key, query in asked]
    for name, told in lines.items():
        (folder / name).write_text("\n".join(told) + "\n", encoding="utf-8")
    names = ["queries.tsv", "claims.tsv", "judgements.txt", "negatives.tsv"]
    return [folder / name for name in (names if others else names[:-1])]


# The weights were learnt on the debates: the three hundred claims judge them.
@pytest.mark.parametrize(
    ("made", "speakers", "least"),
    [
        (matching_set, False, 0.92),
        (matching_set, True, 0.96),
        (debate_set, False, 0.9),
        (debate_set, True, 0.93),
    ],
    ids=["judging", "judging, speakers", "choosing", "choosing, speakers"],
)
def test_queries_find_the_claims_that_they_are_about(
    tmp_path, capsys, made, speakers, least
):
    assert (len(claims()), len(matching_set.queries())) == (300, 100)
    call_command("evaluate_matching", *files(tmp_path, speakers=speakers, made=made))
    told = capsys.readouterr().out
    with capsys.disabled():
        print(f"\n{'with' if speakers else 'without'} speakers: {told}", end="")
    assert float(told.split("MAP@5 ")[1][:5]) >= least
    if made is debate_set:
        assert float(told.split("false alarms of 40: ")[1]) >= 0.64
    assert not LexemeCount.objects.exclude(word__in=["", " "]).exists()


def test_another_number_name_or_negation_is_marked_and_never_very_close(port):
    [same] = similar_claims(PORT.replace("Erdoğan", "Erdogan"))
    assert (same.claim.pk, same.tier, same.differences) == (port.pk, "very close", ())
    for old, new, kind in (
        ("will open", "will not open", "negation"),
        ("4.5", "5.4", "number"),
        ("Nordvik", "Eastmark", "name"),
    ):
        text = PORT.replace(old, new)
        [changed] = similar_claims(text)
        assert changed.tier == "similar"
        [difference] = changed.differences
        assert difference.kind == kind
        assert text[slice(*(difference.one))] in new + " per cent"


def test_every_claim_finds_its_own_copy_first():
    speaker = make_speaker()
    made = {
        make_claim(article=make_article(), speaker=speaker, wording=text).pk: text
        for _key, text, _who in claims()[::30]
    }
    for key, text in made.items():
        assert similar_claims(text)[0].claim.pk == key
        assert all(match.claim.pk != key for match in similar_claims(text, but=key))


def test_claims_that_say_the_same_again_do_not_hide_one_another():
    article = make_article()
    said = "Dunsby council has cut the road budget by a third."
    twins = {make_claim(article=article, wording=said).pk for _ in range(3)}
    for place in ("Corvane", "Hartlow"):
        make_claim(article=article, wording=f"{place} has opened a new fire station.")
    found = similar_claims("The council of Dunsby cut its road budget by a third.")
    assert {each.claim.pk for each in found[:3]} == twins
    assert {each.tier for each in found[:3]} == {"very close"}
    assert all(each.margin > 0 for each in found[:3])


def test_the_same_speaker_weighs_more():
    first, second = make_speaker(), make_speaker()
    text = "The bridge cost 40 million crowns"
    one = make_claim(text, speaker=first)
    two = make_claim(text, speaker=second)
    assert [m.claim.pk for m in similar_claims(text, first)] == [one.pk, two.pk]
    assert [m.claim.pk for m in similar_claims(text, second)] == [two.pk, one.pk]


@pytest.mark.parametrize("text", ["", "  ", "the of and", "\0", "'\\ & | !", "zqxv"])
def test_a_text_without_words_that_tell_finds_nothing(port, text):
    assert similar_claims(text) == []


def test_a_long_text_is_searched_by_its_rarest_words(port):
    long = " ".join(f"word{n}" for n in range(500)) + " " + PORT
    assert similar_claims(f"{PORT} {long * 20}")[0].claim.pk == port.pk


def test_a_text_is_read_by_the_stems_of_its_own_language():
    words = "Nordvik pencereleri onarıldı"
    claim = make_claim(words, article=make_article(words, language="tr"), wording=words)
    found = similar_claims("pencereler", language="tr")
    assert [match.claim.pk for match in found] == [claim.pk]
    assert similar_claims("pencereler", language="de") == []
    # A name is found from any language.
    assert similar_claims("Nordvik", language="de")[0].claim.pk == claim.pk


def test_what_readers_do_not_see_is_never_found():
    make_claim("The bridge cost 40 million crowns", status=ClaimStatus.DRAFT)
    assert similar_claims("The bridge cost 40 million crowns") == []


def test_the_counts_of_lexemes_follow_each_change_that_readers_see(port):
    def count(word):
        return LexemeCount.objects.filter(word=word).values_list("count", flat=True)

    assert (*count(""), *count("crane"), broken_rows(LEXEMES)) == (1, 1, [])
    other = make_claim("The bridge cost 40 million crowns")
    assert (*count(""), *count("bridg"), broken_rows(LEXEMES)) == (2, 1, [])
    change_claim(
        other,
        by=make_user("Annotators"),
        version=other.version,
        wording="The ferry cost crowns.",
    )
    assert (*count("ferri"), broken_rows(LEXEMES)) == (1, [])
    withdrawn = Claim.objects.get(pk=port.pk)
    take_step("withdraw", withdrawn, by=make_user("Editors"), comment="No statement.")
    # Words that no reader sees any more are not kept.
    assert (*count(""), *count("crane"), broken_rows(LEXEMES)) == (1, [])


def test_without_its_trigger_the_counts_would_be_wrong():
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE claims_publicwords DISABLE TRIGGER count_lexemes_insert"
        )
    make_claim()
    assert broken_rows(LEXEMES)


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("claims.tsv", "alone\n", "claims.tsv, line 1: give a key, a tab and a text"),
        ("judgements.txt", "q1 c1\n", "line 1: give query, 0, claim and relevance"),
        ("judgements.txt", "x 0 c1 1\n", "No query has a judgement"),
    ],
)
def test_files_of_another_form_are_refused_with_their_line(tmp_path, name, words, told):
    paths = files(tmp_path, speakers=False)
    (tmp_path / name).write_text(words)
    with pytest.raises(CommandError, match=told):
        call_command("evaluate_matching", *paths)


def test_a_file_that_is_not_there_is_named(tmp_path):
    paths = files(tmp_path, speakers=False)
    with pytest.raises(CommandError, match=r"none\.tsv"):
        call_command("evaluate_matching", tmp_path / "none.tsv", *paths[1:])
