"""Two presses of one button at the same moment, with real transactions."""

import threading

import pytest
from django.db import connection
from django.test import Client

from claims.models import Claim
from tests.admin.conftest import signed_in, typed
from tests.admin.test_sent_forms import named, words_of
from tests.factories import make_article, make_user


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_claim():
    article, client = make_article(), signed_in(make_user("Annotators"))
    page = "/admin/claims/claim/add/"
    data = typed(client.get(page), article=str(article.pk), quote=words_of(article))
    data = named(data)
    barrier, answers = threading.Barrier(2, timeout=30), []

    def press():
        one = Client()
        one.cookies = client.cookies
        barrier.wait()
        try:
            answers.append(one.post(page, data).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert answers == [302, 302]
    assert Claim.objects.count() == 1
