"""Two people at one form: what the page that shows both asks of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.admin import verdicts
from claims.models import Evidence
from tests.admin.conftest import typed
from tests.factories import make_verdict

pytestmark = pytest.mark.django_db


def queries_of_a_conflict(reviewer, editor, rows):
    """Return how many queries answer a save over another's, with so many sources."""
    verdict = make_verdict(author=reviewer.user)
    source = verdict.evidence.get()
    Evidence.objects.bulk_create(
        Evidence(
            verdict=verdict,
            url=source.url,
            title=f"Minutes {number}",
            stance=source.stance,
            order=number,
        )
        for number in range(1, rows)
    )
    page = f"/admin/claims/verdict/{verdict.pk}/change/"
    mine = typed(reviewer.get(page), summary="Mine.", evidence__0__title="My minutes")
    theirs = typed(editor.get(page), summary="Theirs.")
    assert editor.post(page, theirs).status_code == 302
    with CaptureQueriesContext(connection) as queries:
        response = reviewer.post(page, mine)
    assert response.status_code == 409
    html = response.content.decode()
    assert "My minutes" in html and f"Minutes {rows - 1}" in html
    return len(queries)


@pytest.mark.slow
def test_a_conflict_asks_no_more_for_many_sources(reviewer, editor, monkeypatch):
    few = queries_of_a_conflict(reviewer, editor, 4)
    assert queries_of_a_conflict(reviewer, editor, 120) <= few + 2
    # The control: a query of each row would be seen.
    shown = verdicts.EvidenceInline.get_formset

    def asking(self, request, obj=None, **kwargs):
        for row in obj.evidence.all() if request.method == "POST" else ():
            row.refresh_from_db()
        return shown(self, request, obj, **kwargs)

    monkeypatch.setattr(verdicts.EvidenceInline, "get_formset", asking)
    assert queries_of_a_conflict(reviewer, editor, 40) > few + 2
