"""The scale: a rating in use stays as it is, and is replaced by a new one."""

import pytest

from claims.desk.ratings import is_in_use
from claims.models import Change, Rating
from claims.models.choices import VerdictStatus
from tests.admin.conftest import typed
from tests.factories import make_published, make_verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def used():
    return make_published(rating="false").rating


def page(rating, name="change"):
    return f"/admin/claims/rating/{rating.pk}/{name}/"


def replacement(client, rating, **changes):
    form = client.get(page(rating, "replace")).context["form"]
    data = {bound.html_name: bound.value() or "" for bound in form}
    return client.post(page(rating, "replace"), data | changes)


def test_a_rating_in_use_shows_its_words_and_offers_another(editor, used):
    html = editor.get(page(used)).content.decode()
    assert page(used, "replace") in html
    for name in ("label", "definition", "value", "bucket", "sign", "slug"):
        assert f'name="{name}"' not in html
    for name in ("order", "retired"):
        assert f'name="{name}"' in html


def test_one_that_no_verdict_has_is_edited_as_before(editor):
    unused = Rating.objects.get(slug="unproven")
    assert not is_in_use(unused)
    shown = editor.get(page(unused))
    assert "replace/" not in shown.content.decode()
    assert editor.post(page(unused), typed(shown, label="Open")).status_code == 302
    unused.refresh_from_db()
    assert unused.label == "Open"


def test_words_typed_before_it_was_used_are_refused_and_kept(editor):
    rating = Rating.objects.get(slug="false")
    data = typed(editor.get(page(rating)), definition="Anything goes.")
    make_verdict(rating="false", status=VerdictStatus.IN_REVIEW)
    response = editor.post(page(rating), data)
    assert response.status_code == 409
    assert "Retire it and add" in response.content.decode()
    assert "Anything goes." in response.content.decode()
    rating.refresh_from_db()
    assert rating.definition != "Anything goes."


def test_order_and_retirement_of_one_in_use_are_saved(editor, used):
    data = typed(editor.get(page(used)), retired="on", order="9")
    assert editor.post(page(used), data).status_code == 302
    used.refresh_from_db()
    assert (used.retired, used.order, used.label) == (True, 9, "False")


def test_a_new_wording_is_a_new_rating_and_the_old_one_retires(editor, used):
    before = used.definition
    response = replacement(editor, used, label="Wrong", definition="The facts differ.")
    new = Rating.objects.get(label="Wrong")
    assert response.url == page(new)
    assert (new.slug, new.value, new.bucket) == ("wrong", used.value, used.bucket)
    assert (new.order, new.retired) == (used.order, False)
    used.refresh_from_db()
    assert (used.retired, used.label, used.definition) == (True, "False", before)
    # The verdict that has the old one, and what was published with it, keep it.
    published = used.claims.get().current
    assert (published.rating, published.rating_label) == (used, "False")
    rows = Change.objects.filter(table="rating", actor=editor.user)
    assert {row.operation for row in rows} == {"insert", "update"}


def test_the_same_label_is_refused_at_its_field(editor, used):
    response = replacement(editor, used, definition="The facts differ.")
    assert response.status_code == 400
    assert response.context["form"].errors["label"]
    used.refresh_from_db()
    assert not used.retired


def test_a_retired_rating_is_not_replaced_again(editor, used):
    replacement(editor, used, label="Wrong")
    assert replacement(editor, used, label="Wrong again").status_code == 409
    assert "replace/" not in editor.get(page(used)).content.decode()


@pytest.mark.parametrize("name", ["change", "replace"])
def test_only_editors_touch_the_scale(annotator, reviewer, used, name):
    for client in (annotator, reviewer):
        assert client.post(page(used, name), {"label": "Oh"}).status_code == 403
        assert Rating.objects.filter(label="Oh").count() == 0
