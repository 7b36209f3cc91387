"""At the desk a text in CommonMark is shown as readers will see it."""

import pytest

from tests.admin.conftest import signed_in
from tests.factories import make_user, make_verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """Return a function that asks for the preview of a text as a reviewer."""
    client = signed_in(make_user("Reviewers"))
    verdict = make_verdict()
    at = f"/admin/claims/verdict/{verdict.pk}/commonmark/"
    return lambda text: client.post(at, {"text": text})


def test_a_text_is_shown_as_readers_will_see_it(asked):
    answer = asked("It *fell*.\r\n\r\n[x](gopher://a.example)")
    assert answer.status_code == 200
    assert answer.json() == {
        "html": "<p>It <em>fell</em>.</p>\n<p>[x](gopher://a.example)</p>\n",
        "problems": [
            "“[x](gopher://a.example)” is no link: http:// or https:// is missing."
        ],
    }


def test_a_text_that_is_too_long_is_refused_with_a_sentence(asked):
    answer = asked("a" * 20_002)
    assert answer.status_code == 400
    assert answer.json()["problems"] == [
        "At most 20,000 characters fit; these are 2 characters too many."
    ]


def test_a_verdict_with_a_text_too_long_is_not_saved():
    verdict = make_verdict()
    client = signed_in(make_user("Reviewers"))
    at = f"/admin/claims/verdict/{verdict.pk}/change/"
    page = client.get(at).content.decode()
    assert 'data-commonmark=""' in page
    assert f'data-url="/admin/claims/verdict/{verdict.pk}/commonmark/"' in page
    answer = client.post(
        at,
        {
            "seen": verdict.version,
            "finding": verdict.finding,
            "how_verified": "b" * 20_001,
            "evidence-TOTAL_FORMS": 0,
            "evidence-INITIAL_FORMS": 0,
        },
    )
    assert "this is 1 character too many" in answer.content.decode()
    verdict.refresh_from_db()
    assert "bb" not in verdict.how_verified
