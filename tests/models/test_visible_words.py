"""Characters that nobody can see are stored by no way of writing."""

import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from claims.models import Claim, ReaderReport, Speaker, Topic
from claims.models.constraints import refusal_for
from tests.factories import make_article, make_claim, make_speaker, make_user

pytestmark = pytest.mark.django_db
UNSEEN = "\u200b\u202e\u3164\ufeff\x07"


@pytest.mark.parametrize(
    "sign", ["\u200b", "\u2060", "\u3164", "\u202e", "\x07", "\ufffe"]
)
@pytest.mark.parametrize("column", ["name", "description"])
def test_the_database_refuses_them_in_a_name(sign, column):
    speaker = make_speaker("Mara Ilves")
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Speaker.objects.filter(pk=speaker.pk).update(**{column: f"Mara{sign}Ilves"})
    assert refusal_for(error.value).rule == "words_are_visible"


def test_without_its_trigger_the_same_name_is_stored():
    speaker = make_speaker("Mara Ilves")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE claims_speaker DISABLE TRIGGER words_are_visible")
    Speaker.objects.filter(pk=speaker.pk).update(name="Mara\u200bIlves")
    assert Speaker.objects.get(pk=speaker.pk).name == "Mara\u200bIlves"


def test_what_was_stored_before_keeps_nobody_from_other_changes():
    speaker = make_speaker("Mara Ilves")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE claims_speaker DISABLE TRIGGER words_are_visible")
        cursor.execute("UPDATE claims_speaker SET description = %s", ["Mayor\u200b"])
        cursor.execute("ALTER TABLE claims_speaker ENABLE TRIGGER words_are_visible")
    Speaker.objects.filter(pk=speaker.pk).update(wikidata_id="Q12")
    assert Speaker.objects.get(pk=speaker.pk).description == "Mayor\u200b"


def test_a_form_of_the_desk_is_stored_without_them():
    client = Client()
    client.force_login(make_user("Editors"))
    sent = {"name": f"Har{UNSEEN}bours", "slug": "harbours", "seen": ""}
    client.post("/admin/claims/topic/add/", sent)
    assert Topic.objects.get(slug="harbours").name == "Harbours"


def test_a_readers_report_is_stored_without_them():
    Client().post(
        "/report/", {"kind": "suggestion", "message": f"Look{UNSEEN} at this."}
    )
    assert ReaderReport.objects.get().message == "Look at this."


def test_the_annotation_desk_stores_them_in_no_wording():
    article = make_article()
    words = "The harbour will open in May"
    client = Client()
    client.force_login(make_user("Editors"))
    response = client.post(
        f"/admin/claims/article/{article.pk}/annotate/claims/",
        json.dumps(
            {
                "client_id": "8d9d5a3c-6f0e-4c55-9b0e-1f3f4b9b8a10",
                "text": article.current_text.pk,
                "marks": [{"role": "content", "start": 0, "end": 28, "exact": words}],
                "fields": {"wording": f"The harbour{UNSEEN} opens."},
            }
        ),
        content_type="application/json",
    )
    assert response.status_code in {200, 201}, response.content
    assert Claim.objects.get().wording == "The harbour opens."


def test_a_claim_made_of_old_words_gets_a_wording_without_them():
    assert make_claim().wording == "The harbour will open in May"
