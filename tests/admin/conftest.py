"""Somebody of each group, signed in at the desk."""

import pytest
from django.test import Client

from tests.factories import make_user

GROUPS = ("Annotators", "Reviewers", "Editors")


def signed_in(user):
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def annotator(db):
    return signed_in(make_user("Annotators"))


@pytest.fixture
def reviewer(db):
    return signed_in(make_user("Reviewers"))


@pytest.fixture
def editor(db):
    return signed_in(make_user("Editors"))


def approval(client, verdict):
    """Return what the button of the page sends on which a verdict is approved."""
    shown = client.get(f"/admin/claims/verdict/{verdict.pk}/approve/")
    form = shown.context["forms"]["publish"]
    return {name: form[name].value() for name in ("version", "seen")}


def typed(response, **changes):
    """Return what a browser would send for a form as it was shown, with changes."""
    form = response.context["adminform"].form
    data = {}
    for bound in form:
        value = bound.value()
        if hasattr(value, "all"):
            value = [each.pk for each in value.all()]
        if isinstance(value, list | tuple):
            data[bound.html_name] = [getattr(each, "pk", each) for each in value]
        elif isinstance(value, dict):
            data |= {f"{bound.html_name}_{part}": n for part, n in value.items()}
        elif value is not None:
            data[bound.html_name] = str(value)
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        for bound in formset.management_form:
            data[bound.html_name] = bound.value()
        for row in formset.forms:
            for bound in row:
                value = bound.value()
                if value is not None and value is not False:
                    data[bound.html_name] = str(value)
    data |= {name.replace("__", "-"): value for name, value in changes.items()}
    return {name: value for name, value in data.items() if value is not None}
