"""What readers may not see is in no list, count, facet or file, and cannot be told."""

from datetime import date

import pytest

from claims.models.choices import ClaimStatus, VerdictStatus
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_speaker,
    make_topic,
    make_verdict,
)
from tests.views.test_lists import FILES, LISTS, body, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def hidden(module_db):
    """Canaries in everything that is not published, beside one listed claim."""
    listed = make_claim(topics=[make_topic("Roads")])
    make_verdict(
        listed,
        status=VerdictStatus.IN_REVIEW,
        summary="canary summary",
        explanation="canary explanation",
        how_verified="canary verification",
        not_asked_reason="canary reason",
    )
    for status in set(ClaimStatus) - {ClaimStatus.LISTED}:
        make_claim(
            article=make_article(
                headline=f"canary headline {status}",
                outlet=make_outlet(f"canary outlet {status}"),
                byline="canary byline",
            ),
            speaker=make_speaker(f"canary speaker {status}", aliases=["canary alias"]),
            wording=f"canary wording {status}",
            topics=[make_topic(f"canary topic {status}")],
            stated_on=date(1999, 9, 9),
            via=make_outlet(f"canary via {status}"),
            status=status,
        )
    return listed


def test_no_list_count_facet_or_file_holds_a_canary(client, hidden):
    for url in [*LISTS, *FILES, "/suggest/?q=can", "/claims/?order=listed"]:
        response = client.get(url)
        assert response.status_code == 200, url
        data = body(response)
        assert b"canary" not in data.lower(), url
        # Not as a part of another number, such as a key.
        shown = (b"1999-09-09", b"September 1999", b">1999<", b"=1999")
        assert not any(form in data for form in shown), url
    assert text_of(client.get("/claims/")).count("1 claim ") == 1


@pytest.mark.parametrize(
    "url",
    [
        "/claims/?q=WORD",
        "/claims/?speaker=WORD+speaker+draft",
        "/claims/?speaker=WORD-speaker-draft",
        "/claims/?outlet=WORD-outlet-draft",
        "/claims/?topic=WORD-topic-withdrawn",
        "/topics/WORD-topic-draft/",
        "/outlets/WORD-outlet-withdrawn/",
        "/speakers/?q=WORD",
        "/articles/?q=WORD",
        "/articles/?outlet=WORD-outlet-draft",
        "/search/?q=WORD",
        "/search/?q=WORD+harbour",
        "/suggest/?q=WORD",
        "/claims.csv?q=WORD",
        "/claims.csv?speaker=WORD-speaker-draft",
    ],
)
def test_what_is_hidden_is_answered_like_what_is_not_there(client, hidden, url):
    there = client.get(url.replace("WORD", "canary"))
    absent = client.get(url.replace("WORD", "parrot"))
    assert there.status_code == absent.status_code
    assert body(there).replace(b"canary", b"parrot") == body(absent)


def test_the_canaries_would_be_seen_if_they_were_listed(client):
    make_claim(
        article=make_article(headline="canary headline"),
        speaker=make_speaker("canary speaker"),
        wording="canary wording",
        topics=[make_topic("canary topic")],
    )
    urls = [
        "/",
        "/claims/",
        "/speakers/",
        "/articles/",
        "/claims.csv",
        "/suggest/?q=can",
    ]
    for url in urls:
        assert b"canary" in body(client.get(url)), url
