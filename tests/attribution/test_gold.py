"""The finder on articles marked by hand, and on the sample article of the seeds."""

from datetime import date
from pathlib import Path

import pytest

from claims.attribution import LANGUAGES, find_attributions, propose
from claims.attribution.score import Figures, GoldError, main, read_gold, score

GOLD = Path(__file__).parent / "gold"
SAMPLE = """\
US to continue pursuing dialogue with Turkey over S-400s, defense official says

The U.S. will continue to engage in dialogue with Turkey to convince it to give up \
the Russian-made S-400 missile defense system, Under Secretary of Defense for Policy \
John Rood said Wednesday, Daily Sabah reported.

The S-400 system has been a sticking point between Turkey and the U.S. for some time \
now. Washington has argued that it would be incompatible with NATO systems and would \
expose its advanced fifth-generation F-35 jets to possible Russian subterfuge.

Turkey, however, has rejected calls to back out of the deal, emphasizing that the \
S-400 would not be integrated into NATO systems and would therefore pose no threat to \
the alliance.

Ankara also pointed out that the U.S. decision against selling Patriots led Turkey to \
seek out other sellers, adding that Russia offered it a better deal, including \
technology transfers.

Turkey even proposed setting up a commission to clarify any technical issues. But the \
U.S. has so far not responded to the proposal.

The acquisition of the Russian system prompted the Trump administration to remove \
Turkey from the F-35 Joint Strike Fighter program in July. Ankara was formerly a major \
buyer and manufacturer in the program.

Tensions deepened in the following months, especially after Turkey received its first \
shipment of the Russian equipment. Washington warned it would impose sanctions beyond \
removing Turkey from the F-35 program.

The Ankara-Moscow S-400 deal was inked in December 2017, when the parties signed a \
$2.5-billion agreement for two batteries of the S-400, which is Russia's most advanced \
long-range anti-aircraft missile system, in use since 2007.

The deliveries of the S-400s began in July and were completed in mid-September.

President Recep Tayyip Erdoğan said the systems would be fully deployed by April 2020.
"""
# Who, by which words, said what, in the order of the article.
EXPECTED = [
    ("defense official", "says", "US to continue pursuing dialogue", "over S-400s"),
    (
        "Under Secretary of Defense for Policy John Rood",
        "said",
        "The U.S. will continue",
        "missile defense system",
    ),
    ("Washington", "has argued", "that it would", "Russian subterfuge"),
    ("Turkey", "has rejected", "calls to back out", "of the deal"),
    ("Turkey", "emphasizing", "that the S-400", "to the alliance"),
    ("Ankara", "pointed out", "that the U.S. decision", "other sellers"),
    ("Ankara", "adding", "that Russia", "technology transfers"),
    ("Turkey", "proposed", "setting up", "technical issues"),
    ("Washington", "warned", "it would impose", "F-35 program"),
    ("President Recep Tayyip Erdoğan", "said", "the systems", "by April 2020"),
]


def test_articles_of_many_kinds_are_read_well_enough(capsys):
    total = main(str(GOLD))["en"]
    print(capsys.readouterr().out)
    assert len(list(GOLD.glob("en/*.txt"))) >= 12
    assert total.gold >= 140
    assert total.precision >= 0.94
    assert total.recall >= 0.94
    assert total.speakers >= 0.95
    assert total.via_right == total.via == 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_has_articles_marked_by_hand(code):
    assert len(list((GOLD / code).glob("*.txt"))) >= 2


def test_italian_quotations_are_read_well_enough():
    total = main(str(GOLD / "it"))["it"]
    assert total.gold >= 12
    assert total.precision >= 0.9
    assert total.recall >= 0.9


def test_turkish_articles_are_read_well_enough():
    total = main(str(GOLD / "tr"))["tr"]
    assert len(list(GOLD.glob("tr/*.txt"))) >= 10
    assert total.gold >= 110
    assert total.precision >= 0.95
    assert total.recall >= 0.94
    assert total.speakers >= 0.97


def test_the_scorer_sees_a_missing_and_a_false_attribution():
    article = read_gold(GOLD / "en" / "court.txt")
    proposals = propose(article.text, article.published_on)
    whole = score(article, proposals)
    assert score(article, proposals[1:]).recall < whole.recall
    assert score(article, []) == Figures(gold=len(article.attributions))
    other = propose(article.text.replace("Reuss", "Truss"), article.published_on)
    assert score(article, other).resolved < whole.resolved


def test_a_gold_line_with_words_that_are_not_in_the_article_is_refused(tmp_path):
    path = tmp_path / "wrong.txt"
    path.write_text(
        "kind: x\npublished: 2031-01-01\n\nA said b.\n====\nC | C | said | b\n",
        encoding="utf-8",
    )
    with pytest.raises(GoldError, match="'C'"):
        read_gold(path)


@pytest.mark.parametrize(
    "text",
    [
        SAMPLE,
        # as it comes in, with its dateline and the headline twice
        " date 2019-12-05 " + SAMPLE.split("\n")[0] + "\n\n" + SAMPLE,
        # the body alone, as it is stored
        SAMPLE.split("\n\n", 1)[1],
    ],
    ids=["headline", "dateline", "body"],
)
def test_the_sample_article_is_read_like_a_careful_editor_reads_it(text):
    expected = EXPECTED if text.count("defense official") else EXPECTED[1:]
    found = find_attributions(text)
    seen = [
        (a.speaker.of(text), a.cue.of(text), a.words(text)) for a in found if a.speaker
    ]
    assert len(found) == len(expected) == len(seen)
    for (speaker, cue, words), (who, how, begin, end) in zip(
        seen, expected, strict=True
    ):
        assert (speaker, cue) == (who, how)
        assert words.startswith(begin)
        assert words.endswith(end)


def test_the_sample_article_names_its_speakers_outlet_and_day():
    proposals = propose(SAMPLE, date(2019, 12, 5))
    rood = proposals[1]
    assert rood.speaker_name == "John Rood"
    assert rood.via_name == "Daily Sabah"
    assert (rood.stated_on, rood.precision, rood.basis) == (
        date(2019, 12, 4),
        "day",
        "weekday",
    )
    names = {p.speaker_words: p.speaker_name for p in proposals}
    assert names["Turkey"] == names["Ankara"] == "Turkey"
    assert names["Washington"] == "United States"
    assert {p.precision for p in proposals if p is not rood} == {"on_or_before"}
