"""Under a link the public role reads the question; the answer is stored for nobody."""

import pytest
from django.db import DatabaseError, connections, transaction
from django.test import Client

from claims.models import ReplyRequest
from claims.views import replies as view

pytestmark = pytest.mark.django_db(databases=["default", "public"])


def test_the_public_role_reads_no_request_but_by_the_hash_of_its_link(desk):
    with connections["public"].cursor() as cursor:
        refused = pytest.raises(DatabaseError, match="permission denied")
        with refused, transaction.atomic(using="public"):
            cursor.execute("SELECT person FROM claims_replyrequest")
        for hashed in ("", "x"):
            cursor.execute("SELECT * FROM claims_question_under(%s)", [hashed])
            assert cursor.fetchall() == []


def test_a_link_is_opened_and_answered_under_the_roles_of_a_server(desk):
    view.buckets.buckets.clear()
    address = f"/reply/{desk.keys['token']}/"
    page = Client().get(address)
    assert page.status_code == 200 and b"Why?" in page.content
    assert Client().post(address, {"answer": "Because."}).status_code == 302
    stored = ReplyRequest.objects.get(pk=desk.keys["asked"])
    assert (stored.answer, stored.entered_by_id) == ("Because.", None)
