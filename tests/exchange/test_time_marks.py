"""The seconds of a recording: kept with its transcript, told of each claim in it."""

import csv
import io
import json
import re

import pytest
from django.test import Client

from claims.desk.annotation import Mark, mark_claim
from claims.desk.text_corrections import correct_text
from claims.desk.workflow import take_step
from claims.exchange.articles import add_article
from claims.exchange.documents import read_document
from claims.models import Article, PublicWords
from claims.models.choices import AttributionKind, SpanRole
from claims.text.time_marks import moved_times
from tests.factories import (
    make_published,
    make_speaker,
    make_user,
)
from tests.reading.test_structured_data import check

pytestmark = pytest.mark.django_db

PAGE = "https://www.youtube.com/watch?v=abc"
TALK = """WEBVTT - The harbour talk

00:00:02.000 --> 00:00:05.000
<v Ida Holt>Good evening from the pier.

00:12:34.000 --> 00:12:37.500
<v Ida Holt>Fees at the harbour doubled

00:12:37.500 --> 00:12:40.000
<v Ida Holt>in a single winter.

01:02:03.000 --> 01:02:06.000
<v Per Lind>Nobody paid more than before.
"""


def talk(**details):
    file = read_document(TALK.encode(), "2026-03-02 talk.vtt")
    by = make_user("Editors")
    article, _is_new = add_article(file, by=by, url=PAGE, language="en", **details)
    return article, by


def listed(article, words, by):
    at = article.current_text.body.index(words)
    claim, _is_new = mark_claim(
        article,
        [Mark(SpanRole.CONTENT, at, at + len(words), words)],
        by=by,
        speaker=make_speaker(),
        wording=f"{words}.",
        attribution=AttributionKind.DIRECT,
    )
    return take_step("list", claim, by=by)


def test_a_claim_in_a_recording_leads_to_the_second_at_which_it_is_spoken():
    article, by = talk()
    claim = listed(article, "doubled in a single winter", by)
    page = Client().get(f"/claims/{claim.pk}/", follow=True).content.decode()
    assert f'href="{PAGE}&amp;t=754"' in page
    assert "at 12:34" in page
    # Approved words keep their second.
    version = make_published(claim)
    assert PublicWords.objects.get(pk=claim.pk).second == 754
    client = Client()
    text = client.get("/claims.csv").getvalue().decode()
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["spoken_second"] == "754.0"
    assert client.get(f"/claims/{claim.pk}.json").json()["spoken_second"] == 754
    page = client.get(f"/claims/{claim.pk}/", follow=True).content.decode()
    markup = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.S)[1])
    check(markup)
    _article, clip = markup["itemReviewed"]["appearance"]
    assert clip["@type"] == "Clip"
    assert clip["startOffset"] == 754
    assert clip["url"] == f"{PAGE}&t=754"
    # And where the text is corrected, its words carry theirs along.
    body = article.current_text.body
    correct_text(article, f"Taped.\n\n{body}", by=by, reason="A line on top.")
    assert PublicWords.objects.get(pk=claim.pk).second == 754
    seconds = {"Good": 2, "Fees": 754, "in a": 757, "Nobody": 3723}
    assert version.text.times == [[body.index(w), s] for w, s in seconds.items()]
    times = Article.objects.get().current_text.times
    assert times == [[place + 8, second] for place, second in version.text.times]


def test_a_printed_article_and_a_recording_without_address_say_no_more_than_they_know():
    printed = make_published().claim
    page = Client().get(f"/claims/{printed.pk}/", follow=True).content.decode()
    assert PublicWords.objects.get(pk=printed.pk).second is None
    assert "t=" not in re.search(r"<figcaption>.*?</figcaption>", page, re.S)[0]
    article, by = talk(outlet=None)
    Article.objects.filter(pk=article.pk).update(url="")
    claim = listed(article, "Nobody paid more", by)
    page = Client().get(f"/claims/{claim.pk}/", follow=True).content.decode()
    assert "at 1:02:03" in page
    assert "t=3723" not in page


def test_the_form_at_the_desk_keeps_the_seconds_of_what_was_edited():
    client = Client()
    client.force_login(make_user("Editors"))
    page = client.post("/admin/claims/article/intake/", {"raw_words": TALK})
    assert page.status_code == 200
    initial = page.context["adminform"].form.initial
    body = initial["body"].replace("Good evening from", "Hello, all, at")
    answer = client.post(
        "/admin/claims/article/add/",
        {
            "headline": "The harbour talk",
            "published_on": "2026-03-02",
            "body": body,
            "raw_subtitles": initial["raw_subtitles"],
            "new_outlet": "Pier Radio",
            "language": "en",
            "text_rights": "full",
        },
    )
    assert answer.status_code == 302
    text = Article.objects.get().current_text
    assert [second for _place, second in text.times] == [754, 757, 3723]
    for place, _second in text.times:
        assert body[place:].startswith(
            ("Fees at", "in a single", "Per Lind: Nob", "Nob")
        )


def test_marks_of_words_that_a_correction_took_out_are_dropped():
    old, new = "One two three. Four five six.", "One 2 three. Four five six."
    assert moved_times([(0, 1), (4, 2), (15, 9)], old, new) == [(0, 1), (13, 9)]
