"""Topics: deleting one takes it off the claims that readers see under it."""

import pytest

from claims.desk import public_record
from claims.models import FacetCount, PublicClaim
from claims.models.facets import TOPIC
from tests.factories import make_claim, make_published, make_topic
from tests.guards import settle

pytestmark = pytest.mark.django_db


def test_a_deleted_topic_leaves_the_public_record(editor, client):
    topic = make_topic("Ferries")
    claim = make_published(make_claim(topics=[topic])).claim
    make_claim(topics=[topic])
    address = f"/admin/claims/topic/{topic.pk}/delete/"
    assert editor.post(address, {"post": "yes"}).status_code == 302
    settle()
    assert public_record.differences() == []
    assert PublicClaim.objects.get(pk=claim.pk).topics == []
    counted = FacetCount.objects.filter(facet=TOPIC + topic.pk)
    assert [row.count for row in counted] in ([], [0])
    assert client.get("/topics/ferries/").status_code == 404
