"""A speaker's page: honest counts, the charts that show them, and merged speakers."""

import re
from datetime import date

import pytest

from claims.desk.merging import merge_speakers
from claims.models import Rating, SpeakerAlias
from claims.models.choices import ClaimStatus
from claims.models.verdict_state import NOT_REVIEWED
from claims.reading import speaker_dossier
from claims.reading.charts import RatingCount, YearCount, bars, year_chart, year_table
from tests.factories import (
    make_article,
    make_claim,
    make_published,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
    retract,
)

pytestmark = pytest.mark.django_db


def page(client, speaker):
    response = client.get(speaker.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def rows(html):
    """Return the numbers of the table of ratings: label, claims, share."""
    table = re.search(r'<table class="rating-chart">(.*?)</table>', html, re.DOTALL)[1]
    found = {}
    for row in re.findall(r"<tr class.*?</tr>", table, re.DOTALL):
        label = re.sub(r"<[^>]+>", "", re.search(r"<th.*?</th>", row, re.DOTALL)[0])
        numbers = re.findall(r'<td class="number">([^<]*)</td>', row)
        found[" ".join(label.split()[1:])] = numbers
    return found


def test_names_role_and_description_are_told(client):
    speaker = make_speaker(
        "Ida Falk",
        title="Mayor",
        description="Mayor since 2022.",
        wikidata_id="Q42",
        aliases=["Mayor Falk"],
    )
    SpeakerAlias.objects.create(speaker=speaker, name="The Quay", is_metonym=True)
    make_claim(speaker=speaker)
    html = page(client, speaker)
    for words in ["Ida Falk", "Mayor since 2022.", "Mayor Falk", "The Quay", "Q42"]:
        assert words in html


def test_counts_are_of_listed_claims_by_their_rating_in_force(client):
    speaker = make_speaker("Ida Falk")
    make_published(make_claim(speaker=speaker), rating="true")
    make_published(make_claim(speaker=speaker), rating="true")
    make_published(make_claim(speaker=speaker), rating="false")
    retracted = make_published(make_claim(speaker=speaker), rating="mixed").claim
    retract(retracted.verdict, reason="Wrong.")
    make_claim(speaker=speaker)
    make_claim(speaker=speaker, status=ClaimStatus.DRAFT)
    found = rows(page(client, speaker))
    assert found["True"] == ["2"]
    assert found["False"] == ["1"]
    assert found["Mixed"] == ["0"]
    assert found["Not yet reviewed"] == ["1"]
    assert found["Verdict retracted"] == ["1"]


def test_no_share_is_shown_below_ten_reviews_and_shares_are_of_the_reviewed(client):
    speaker = make_speaker("Ida Falk")
    article = make_article()
    for _n in range(9):
        make_published(make_claim(speaker=speaker, article=article), rating="true")
    make_claim(speaker=speaker, article=article)
    html = page(client, speaker)
    assert "%" not in re.sub(r'(width|href)="[^"]*"', "", html)
    assert "Shares are shown from ten reviews on." in html
    make_published(make_claim(speaker=speaker, article=article), rating="false")
    found = rows(page(client, speaker))
    assert found["True"] == ["9", "90%"]
    assert found["False"] == ["1", "10%"]
    assert found["Not yet reviewed"] == ["1", ""]


def test_the_page_says_how_claims_are_chosen(client):
    html = page(client, make_claim().speaker)
    assert "they do not measure how truthful a speaker is" in html


def test_claims_are_counted_by_year_and_unknown_years_apart(client):
    speaker = make_speaker("Ida Falk")
    make_claim(speaker=speaker, stated_on=date(2024, 5, 1))
    make_published(make_claim(speaker=speaker, stated_on=date(2026, 5, 1)))
    make_claim(speaker=speaker, stated_on=None)
    html = page(client, speaker)
    years = re.findall(r'<tr>\s*<th scope="row">(\w+)</th>', html)
    assert years == ["2024", "2026", "unknown"]


def test_charts_are_drawn_alike_in_every_language(client):
    speaker = make_speaker("Ida Falk")
    for rating in ("true", "false", "false", "false"):
        claim = make_claim(speaker=speaker, stated_on=date(2024, 5, 1))
        make_published(claim, rating=rating)

    def drawn(before):
        html = client.get(before + speaker.get_absolute_url()).content.decode()
        return re.findall(r' (?:x|y|width|height)="([^"]*)"', html)

    english = drawn("")
    assert "33.3" in english
    assert {language: drawn(f"/{language}") for language in ("tr", "de")} == {
        "tr": english,
        "de": english,
    }


def test_search_csv_and_feed_stay_within_the_speaker(client):
    claim = make_claim(speaker=make_speaker("Gülşen Iğdır"))
    html = page(client, claim.speaker)
    slug = claim.speaker.slug
    assert f'<input type="hidden" name="speaker" value="{slug}">' in html
    for path in ("claims.csv", "claims.atom"):
        [link] = set(re.findall(rf'href="(/{path}\?speaker=[^"]+)"', html))
        assert client.get(link).status_code == 200


def test_a_merged_speaker_leads_to_the_one_it_is_part_of(client):
    old, new = make_speaker("Falk, I."), make_speaker("Ida Falk")
    make_claim(speaker=old)
    merge_speakers(old, new, by=make_user("Editors"))
    response = client.get(old.get_absolute_url())
    assert response.status_code == 301
    assert response["Location"] == new.get_absolute_url()


def test_a_speaker_without_a_listed_claim_is_not_there(client):
    draft = make_claim(status=ClaimStatus.DRAFT).speaker
    merged = make_speaker("Merged away")
    merge_speakers(merged, draft, by=make_user("Editors"))
    for path in (
        draft.get_absolute_url(),
        merged.get_absolute_url(),
        "/speakers/nobody/",
    ):
        assert client.get(path).status_code == 404


def test_nobody_without_a_listed_claim_is_named_as_a_spokesperson(client):
    state = make_claim(speaker=make_speaker("Velmarra")).speaker
    known = make_claim(speaker=make_speaker("Known One", speaks_for=state)).speaker
    make_speaker("Hidden One", speaks_for=state)
    html = page(client, state)
    assert "Known One" in html
    assert "Hidden One" not in html
    assert "Velmarra" in page(client, known)
    secret = make_speaker("Secret Body")
    other = make_claim(speaker=make_speaker("Third One", speaks_for=secret)).speaker
    assert "Secret Body" not in page(client, other)


@pytest.mark.slow
def test_the_queries_do_not_grow_with_the_claims(client, django_assert_num_queries):
    state = make_speaker("Velmarra")
    speaker = make_speaker("Ida Falk", speaks_for=state)
    make_claim(speaker=speaker)
    # The speaker, other names, former names, roles and who speaks for it; the scale and
    # the counts; the keys of the newest claims and then what is shown of them; topics;
    # whether any contradict each other.
    with django_assert_num_queries(12):
        page(client, speaker)
    for year in range(2000, 2012):
        make_published(make_claim(speaker=speaker, stated_on=date(year, 1, 1)))
    make_claim(speaker=make_speaker("Other", speaks_for=speaker))
    make_claim(speaker=state)
    with django_assert_num_queries(12):
        page(client, speaker)


# --- Charts ------------------------------------------------------------------------


def states():
    return [rating.verdict_state for rating in Rating.objects.all()]


def test_the_longest_bar_fills_its_width_and_the_others_are_in_proportion():
    scale = states()[:2]
    found = bars([RatingCount(scale[0], 4), RatingCount(scale[1], 1)])
    assert [bar.width for bar in found] == [100, 25]
    assert [bar.width for bar in bars([RatingCount(NOT_REVIEWED, 0)])] == [0]


def test_a_year_without_claims_leaves_a_gap_in_the_chart():
    rating = states()[0]
    years = [YearCount(n, [RatingCount(rating, 2)]) for n in (2020, 2023)]
    years.append(YearCount(None, [RatingCount(NOT_REVIEWED, 1)]))
    chart = year_chart(years)
    assert [column.year for column in chart.columns] == [2020, 2021, 2022, 2023, None]
    assert [column.total for column in chart.columns] == [2, 0, 0, 2, 1]


def test_blocks_stack_up_from_the_axis_without_overlap():
    scale = states()
    year = YearCount(2024, [RatingCount(r, n + 1) for n, r in enumerate(scale)])
    chart = year_chart([year])
    [column] = chart.columns
    floor = chart.base
    for block in column.blocks:
        assert block.y + block.height == pytest.approx(floor, abs=0.2)
        floor = block.y
    assert column.top < floor


def test_the_table_of_years_adds_up():
    scale = states()
    counts = [RatingCount(r, 0) for r in scale] + [RatingCount(NOT_REVIEWED, 0)]
    years = [YearCount(2024, [RatingCount(scale[2], 3), RatingCount(NOT_REVIEWED, 1)])]
    [(year, cells, total)] = year_table(years, counts)
    assert year == 2024
    assert sum(cells) == total == 4
    assert cells[2] == 3
    assert cells[-1] == 1


def test_a_retracted_verdict_is_counted_apart_and_as_the_list_counts_it(client):
    speaker = make_speaker("Ida Falk")
    make_verdict(make_claim(speaker=speaker), status="retracted")
    make_claim("Nobody was hurt", speaker=speaker)
    dossier = speaker_dossier(speaker.slug)
    assert (dossier.reviewed, dossier.retracted, dossier.unreviewed) == (0, 1, 1)
    page = client.get(speaker.get_absolute_url()).content.decode()
    assert "1 verdict was retracted." in page
    for value in ("retracted", "none"):
        address = f"/claims/?speaker={speaker.slug}&rating={value}"
        assert address.replace("&", "&amp;") in page
        assert client.get(address).content.decode().count("<article") == 1


def test_topics_are_counted_and_claims_stand_under_their_year(client):
    falk, other = make_speaker("Ida Falk"), make_speaker("Jo Lind")
    roads, boats = make_topic("Roads"), make_topic("Boats")
    make_claim(speaker=falk, topics=[roads, boats], stated_on=date(2026, 1, 1))
    make_claim(speaker=falk, topics=[roads], stated_on=date(2024, 1, 1))
    make_claim(speaker=falk, stated_on=None)
    make_claim(speaker=other, topics=[boats])
    html = page(client, falk)
    topics = re.findall(r"&amp;topic=(\w+)\"[^>]*>[^<]*</a>\s*<span[^>]*>(\d+)", html)
    assert topics == [("roads", "2"), ("boats", "1")]
    years = re.findall(r'class="timeline-year">([^<]+)<', html)
    assert years == ["2026", "2024", "Year unknown"]
    assert "of the newest 500 claims" not in html
