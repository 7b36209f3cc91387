"""A desk as a test reaches it: an article's addresses, asked in JSON."""

import json
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from claims.text.canonical import occurrences


class Desk:
    """Somebody at one article's desk; each method is one request."""

    def __init__(self, article, user, **client):
        article.refresh_from_db()
        self.article, self.user = article, user
        self.here = reverse("admin:claims_article_annotate", args=[article.pk])
        self.client = Client(**client)
        if user is not None:
            self.client.force_login(user)

    def get(self, address="", **options):
        return self.client.get(self.here + address, **options)

    def send(self, method, address, data=None):
        return self.client.generic(
            method,
            self.here + address,
            json.dumps({} if data is None else data),
            content_type="application/json",
        )

    def post(self, address, **data):
        return self.send("POST", address, data)

    def create(self, *marks, text=None, client_id=None, **fields):
        return self.post(
            "claims/",
            client_id=str(client_id or uuid4()),
            text=text or self.article.current_text_id,
            marks=[*marks],
            fields=fields,
        )

    def mark(self, words, role="content", occurrence=1):
        """Return the mark of words as they stand in the article."""
        body = self.article.current_text.body
        start, end = occurrences(body, words)[occurrence - 1]
        return {"role": role, "start": start, "end": end, "exact": body[start:end]}

    def change(self, claim, version=None, **data):
        data["version"] = version or claim.version
        return self.send("PATCH", f"claims/{claim.pk}/", data)

    def step(self, claim, name, **data):
        data.setdefault("version", claim.version)
        return self.post(f"claims/{claim.pk}/steps/", step=name, **data)
