"""The pages on how the desk works: its scale, its corrections and its own figures."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from claims.desk.workflow import take_step
from claims.exchange.columns import COLUMNS
from claims.models import Evidence, Rating, ReaderReport
from claims.models.choices import Finding, PublicationKind, ReportStatus, Stance
from claims.reading.method import audit, rating_records
from claims.views import method
from tests.factories import (
    make_claim,
    make_published,
    make_speaker,
    make_user,
    make_verdict,
    retract,
    withdraw,
)
from tests.views.test_claim_page import correct

pytestmark = pytest.mark.django_db


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def figures():
    return audit(timezone.now().date())


@pytest.mark.parametrize(
    "path", ["/ratings/", "/corrections/", "/policy/", "/audit/", "/data/"]
)
def test_each_page_stands_on_an_empty_site(client, path):
    page(client, path)


def test_each_rating_has_its_sign_and_definition(client):
    html = page(client, "/ratings/")
    for rating in Rating.objects.all():
        assert f'id="{rating.slug}"' in html
        assert rating.definition in html
        assert rating.sign in html
    for finding in Finding:
        assert str(finding.label) in html


def test_a_changed_definition_keeps_its_former_wording_in_view(client):
    rating = Rating.objects.get(slug="mixed")
    former = rating.definition
    rating.definition = "Half of it holds."
    rating.save()
    html = page(client, "/ratings/")
    assert "Half of it holds." in html
    assert former in html
    Rating.objects.filter(slug="mixed").update(order=9)
    [record] = [r for r in rating_records() if r.rating == rating]
    assert [each.definition for each in record.former] == [former]


def test_a_retired_rating_stays_on_the_page_and_is_marked(client):
    Rating.objects.filter(slug="mixed").update(retired=True)
    assert "no longer used for new verdicts" in page(client, "/ratings/")


def test_a_correction_tells_what_was_said_what_is_said_now_and_why(client):
    claim = make_published(rating="false").claim
    mixed = Rating.objects.get(slug="mixed")
    correct(claim, note="Page two was missed.", rating=mixed)
    html = page(client, "/corrections/")
    assert "Page two was missed." in html
    assert "Rating changed" in html
    [line] = re.findall(r'<p class="from-to">(.*?)</p>', html, re.DOTALL)
    assert re.findall(r"</span>(False|Mixed)</span>", line) == ["False", "Mixed"]
    assert f'href="/claims/{claim.pk}/versions/1/"' in html


def test_a_retraction_is_among_the_corrections(client):
    claim = make_published().claim
    retract(claim.verdict, reason="Wrong mayor.")
    html = page(client, "/corrections/")
    assert "Wrong mayor." in html
    assert "Verdict retracted" in html


def test_first_publications_are_no_corrections_and_withdrawals_are(client):
    make_published(make_claim(wording="Only once."))
    withdrawn = make_published(make_claim(wording="It was said.")).claim
    correct(withdrawn, note="It was Falk.", summary="Other.")
    withdrawn.refresh_from_db()
    withdraw(withdrawn, reason="Nobody said it.")
    html = page(client, "/corrections/")
    assert "Only once." not in html
    assert html.count("It was said.") == 2
    assert html.index("Nobody said it.") < html.index("It was Falk.")


def test_corrections_can_be_read_page_by_page_in_both_directions(client, monkeypatch):
    monkeypatch.setattr(method, "CORRECTIONS_PER_PAGE", 2)
    claim = make_published().claim
    for number in range(5):
        correct(claim, note=f"Note {number}.", summary=f"Summary {number}.")
    seen, path, back = [], "/corrections/", ""
    while path:
        html = page(client, path)
        seen += re.findall(r"Note \d\.", html)
        links = dict(re.findall(r'rel="(prev|next)" href="(\?[^"]+)"', html))
        back = links.get("prev", back)
        path = "next" in links and "/corrections/" + links["next"]
    assert seen == [f"Note {number}." for number in (4, 3, 2, 1, 0)]
    assert re.findall(r"Note \d\.", page(client, "/corrections/" + back)) == [
        "Note 2.",
        "Note 1.",
    ]


@pytest.mark.parametrize(
    "query", ["after=nowhere", "before=2026-01-01~x", "colour=red"]
)
def test_a_senseless_place_is_refused_with_its_name(client, query):
    response = client.get(f"/corrections/?{query}")
    assert response.status_code == 400
    assert query.split("=")[0] in response.content.decode()


def test_sources_are_counted_over_the_reviews_in_force(client):
    verdict = make_verdict()
    for number in range(2):
        Evidence.objects.create(
            verdict=verdict,
            url=f"https://source.example/{number}",
            title="Another",
            stance=Stance.CONTEXT,
            archived_url="https://archive.example/1" if number else "",
        )
    take_step("submit", verdict, by=verdict.author)
    verdict.refresh_from_db()
    take_step("publish", verdict, by=make_user("Editors"))
    make_published()
    found = figures()
    assert (found.reviews, found.sources) == (2, 4)
    assert found.sources_per_review == 2.0
    assert found.primary_percent == 50
    assert found.archived_percent == 25
    assert "<dd>50%</dd>" in client.get("/audit/").content.decode()


def test_retracted_reviews_do_not_count_and_withdrawn_ones_go_on_to():
    falk = make_speaker("Ida Falk")
    claims = [make_published(make_claim(speaker=falk)).claim for _n in range(3)]
    retract(claims[0].verdict)
    before = figures()
    assert before.reviews == 2
    withdraw(claims[1])
    assert figures() == before


def test_a_speaker_of_withdrawn_claims_alone_is_counted_and_leads_nowhere(client):
    claim = make_published(make_claim(speaker=make_speaker("Ida Falk"))).claim
    assert f'href="{claim.speaker.get_absolute_url()}"' in page(client, "/audit/")
    withdraw(claim)
    html = page(client, "/audit/")
    assert "Ida Falk" in html
    assert f'href="{claim.speaker.get_absolute_url()}"' not in html


def test_reviews_published_alone_are_counted():
    author = make_user("Editors")
    verdict = make_verdict(author=author)
    verdict = take_step("submit", verdict, by=author)
    take_step("publish", verdict, by=author, override_reason="Alone.")
    make_published()
    assert figures().overrides == 1


def test_the_spread_of_speakers_is_told():
    falk = make_speaker("Ida Falk")
    for speaker in (falk, falk, falk, make_speaker("Another")):
        make_published(make_claim(speaker=speaker))
    found = figures()
    assert found.speakers == 2
    assert [(s.name, s.count, s.percent) for s in found.most_reviewed] == [
        ("Ida Falk", 3, 75),
        ("Another", 1, 25),
    ]


def test_the_time_to_correct_is_the_median_of_mistakes_and_not_of_updates():
    author, editor = make_user("Reviewers"), make_user("Editors")
    start = timezone.now() - timedelta(days=400)

    def publish(claim, days, kind=None):
        verdict = claim.verdict if kind else make_verdict(claim, author=author)
        if kind:
            verdict = take_step("revise", verdict, by=author, kind=kind, comment="So.")
        verdict = take_step("submit", verdict, by=author)
        take_step("publish", verdict, by=editor, at=start + timedelta(days=days))
        claim.refresh_from_db()

    for days, kind in [
        (2, PublicationKind.FACT_CORRECTED),
        (4, PublicationKind.RATING_CHANGED),
        (300, PublicationKind.RATING_CHANGED),
        (50, PublicationKind.UPDATED),
    ]:
        claim = make_claim()
        publish(claim, 0)
        publish(claim, days, kind)
    found = figures()
    assert found.corrections == 3
    assert found.corrections_last_year == 1
    assert found.median_to_correct == timedelta(days=4)


def test_the_time_from_a_readers_report_is_told():
    claim = make_published().claim
    report = ReaderReport.objects.create(
        kind="error", claim=claim, message="Look at page two.", sender="x"
    )
    version = correct(claim, summary="Other.")
    ReaderReport.objects.filter(pk=report.pk).update(
        correction=version,
        status=ReportStatus.CORRECTED,
        created_at=version.published_at - timedelta(days=3),
    )
    assert figures().median_from_report == timedelta(days=3)


def test_the_figures_stand_on_the_page(client):
    make_published(make_claim(speaker=make_speaker("Ida Falk")))
    html = page(client, "/audit/")
    assert "100%" in html
    assert "Ida Falk" in html


def test_every_column_of_the_data_is_explained(client):
    html = page(client, "/data/")
    for column in COLUMNS:
        assert f"<code>{column.name}</code>" in html
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    dataset = json.loads(script)
    assert [v["name"] for v in dataset["variableMeasured"]] == [c.name for c in COLUMNS]
    for download in dataset["distribution"]:
        path = download["contentUrl"].removeprefix("http://testserver")
        assert client.get(path).status_code == 200


@pytest.mark.slow
def test_the_pages_cost_the_same_queries_however_much_there_is(
    client, django_assert_num_queries
):
    claim = make_published().claim
    for _n in range(2):
        correct(claim, summary="Other.")
        correct(make_published().claim, summary="Other.")
        for path, queries in [("/ratings/", 3), ("/corrections/", 2), ("/audit/", 4)]:
            with django_assert_num_queries(queries):
                page(client, path)
