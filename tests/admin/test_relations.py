"""The page of a claim's relations at the desk: side by side, decided, added."""

import pytest
from django.urls import reverse

from claims.desk.relations import suggest
from claims.models import Claim, ClaimRelation
from tests.admin.conftest import signed_in
from tests.factories import make_article, make_claim, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims():
    article = make_article()
    wordings = [
        "It will cost 40 crowns.",
        "It will cost 50 crowns.",
        "Nobody was hurt.",
    ]
    return [make_claim(article=article, wording=wording) for wording in wordings]


def page_of(claim):
    return reverse("admin:claims_claim_relations", args=[claim.pk])


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def client_of_annotator():
    return signed_in(make_user("Annotators", username="ann"))


def test_suggestions_stand_side_by_side_and_are_decided(claims, client_of_annotator):
    client, (one, two, three) = client_of_annotator, claims
    relation = suggest("repeats", two, one, score=2, tier="very close")
    later = suggest("repeats", three, one)
    html = text(client.get(page_of(two)))
    assert "Suggested by the program" in html
    assert ">50<" in html
    assert ">40<" in html
    queue = client.get("/admin/claims/claim/?queue=relations").content.decode()
    assert page_of(two) in queue
    sent = {"relation": relation.pk, "do": "reject"}
    answer = client.post(page_of(two), sent)
    # On to the next one that waits.
    assert answer["Location"] == page_of(three)
    relation.refresh_from_db()
    assert (relation.is_rejected, relation.decided_by.username) == (True, "ann")
    client.post(page_of(three), {"relation": later.pk, "do": "confirm"})
    assert Claim.objects.get(pk=three.pk).repeats == one
    html = text(client.get(reverse("admin:claims_claim_change", args=[three.pk])))
    assert "Relations to other claims" in html
    assert "Confirmed" in html
    client.post(page_of(three), {"relation": later.pk, "do": "undo"})
    assert Claim.objects.get(pk=three.pk).repeats is None


def test_a_relation_is_added_by_number_or_search(claims, client_of_annotator):
    client, (one, two, _three) = client_of_annotator, claims
    found = client.get(
        reverse("admin:autocomplete"),
        {
            "app_label": "claims",
            "model_name": "claimrelation",
            "field_name": "to",
            "term": str(one.pk),
        },
    ).json()
    assert [row["id"] for row in found["results"]] == [str(one.pk)]
    client.post(page_of(two), {"add": 1, "kind": "contradicts", "to": one.pk})
    assert ClaimRelation.objects.get().is_confirmed
    refused = client.post(page_of(two), {"add": 1, "kind": "repeats", "to": two.pk})
    assert refused.status_code == 409
    assert "no relation to itself" in text(refused)
    for bad in ({"kind": "x", "to": one.pk}, {"kind": "repeats", "to": "x"}):
        assert client.post(page_of(two), {"add": 1} | bad).status_code == 400
    for bad in ({"do": "confirm"}, {"relation": 1, "do": "x"}, {"relation": "٣"}):
        assert client.post(page_of(two), bad).status_code == 404
    assert ClaimRelation.objects.count() == 1


def test_who_may_only_look_decides_nothing(claims):
    from django.contrib.auth.models import Permission

    one, two, _three = claims
    relation = suggest("repeats", two, one)
    user = make_user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_claim"))
    client = signed_in(user)
    assert "Add a relation" not in text(client.get(page_of(two)))
    sent = {"relation": relation.pk, "do": "confirm"}
    assert client.post(page_of(two), sent).status_code == 403
    relation.refresh_from_db()
    assert relation.is_suggested
