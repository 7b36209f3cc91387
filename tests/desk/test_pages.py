"""Pages about the desk: four eyes, kept versions, and nobody's words overwritten."""

import pytest
from django.db import IntegrityError, connection, transaction

from claims.desk.pages import publish_page, return_page, submit_page, write_page
from claims.exceptions import ChangedMeanwhile, Incomplete, NotPermitted, Refused
from claims.models import DeskPage, PageVersion, acting
from claims.models.choices import PageStatus
from tests.factories import make_page, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_user("Reviewers", first_name="Ida", last_name="Falk")


@pytest.fixture
def editor():
    return make_user("Editors", first_name="Ole", last_name="Brandt")


@pytest.fixture
def submitted(author):
    page = DeskPage(slug="funding", language="en", title="Money", body="*All* of it.")
    page = write_page(page, by=author)
    return submit_page(page, by=author, version=page.version)


def revised(page, *, by, body="Half of it.", note="It was half."):
    page.body, page.note = body, note
    return write_page(page, by=by)


def test_a_second_person_publishes_exactly_what_was_submitted(
    submitted, author, editor
):
    version = publish_page(submitted, by=editor, version=submitted.version)
    assert version.body_html == "<p><em>All</em> of it.</p>\n"
    people = version.author, version.author_name, version.approver_name
    assert people == (author, "Ida Falk", "Ole Brandt")
    page = DeskPage.objects.get()
    assert (page.status, page.writers) == (PageStatus.PUBLISHED, [])


def test_whoever_wrote_a_part_publishes_only_with_a_reason_that_readers_see(editor):
    other = make_user("Editors")
    page = make_page(published=False)
    page = revised(page, by=other, note="")
    page = submit_page(page, by=other, version=page.version)
    with pytest.raises(NotPermitted, match="somebody else"):
        publish_page(page, by=other, version=page.version)
    version = publish_page(
        page, by=other, version=page.version, override_reason="Nobody else is here."
    )
    assert version.override_reason == "Nobody else is here."


def test_a_reason_that_nobody_needed_is_not_kept(submitted, editor):
    version = publish_page(
        submitted, by=editor, version=submitted.version, override_reason="Because."
    )
    assert version.override_reason == ""


def test_the_database_refuses_a_version_by_its_own_writer(submitted, author):
    row = {
        **{n: getattr(submitted, n) for n in ("slug", "language", "title", "body")},
        "page": submitted,
        "number": 1,
        "body_html": "<p>x</p>",
        "author": author,
        "author_name": "Ida",
        "approver_name": "Ida",
    }
    other = make_user("Editors")
    with acting(other), transaction.atomic():
        revised_by_other = DeskPage.objects.filter(pk=submitted.pk)
        with pytest.raises(IntegrityError, match="in review"), transaction.atomic():
            revised_by_other.update(body="Mine.", version=submitted.version + 1)
    with (
        acting(author),
        pytest.raises(IntegrityError, match="does not publish it"),
        transaction.atomic(),
    ):
        PageVersion.objects.create(**row, approver=author)
    # The control: the same row by somebody else is taken.
    with acting(other):
        PageVersion.objects.create(**row, approver=other)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"body": "Other words."}, "differs"),
        ({"number": 2}, "differs"),
        ({"body_html": "<script>x</script>"}, "harmless"),
        ({"body_html": '<a href="javascript:x">x</a>'}, "harmless"),
    ],
)
def test_the_database_refuses_a_version_that_nobody_submitted(
    submitted, author, editor, changes, words
):
    row = {
        **{n: getattr(submitted, n) for n in ("slug", "language", "title", "body")},
        "page": submitted,
        "number": 1,
        "body_html": "<p>x</p>",
        "author": author,
        "author_name": "Ida",
        "approver_name": "Ole",
    }
    with acting(editor), pytest.raises(IntegrityError, match=words):
        PageVersion.objects.create(**row | changes, approver=editor)


@pytest.mark.parametrize("sql", ["UPDATE {} SET title = 'x'", "DELETE FROM {}"])
def test_a_published_version_stays(sql):
    make_page()
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="grows"):
        cursor.execute(sql.format("claims_pageversion"))


def test_a_page_can_only_be_published_by_a_version_of_it(submitted, editor):
    with acting(editor), pytest.raises(IntegrityError, match="no version"):
        DeskPage.objects.filter(pk=submitted.pk).update(
            status=PageStatus.PUBLISHED, version=submitted.version + 1
        )


def test_each_version_is_chained_to_the_one_before(editor):
    page = make_page()
    page = revised(page, by=make_user("Reviewers"))
    page = submit_page(page, by=editor, version=page.version)
    publish_page(page, by=editor, version=page.version)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.digest = claims_page_digest(p, coalesce(b.digest, ''))"
            " FROM claims_pageversion p LEFT JOIN claims_pageversion b"
            " ON b.page_id = p.page_id AND b.number = p.number - 1"
        )
        assert cursor.fetchall() == [(True,), (True,)]


def test_a_second_version_needs_a_note_and_a_page_its_words(author):
    page = make_page()
    page = revised(page, by=author, note="")
    with pytest.raises(Incomplete, match="what changes"):
        submit_page(page, by=author, version=page.version)
    empty = write_page(DeskPage(slug="desk", language="en", title="Us"), by=author)
    with pytest.raises(Incomplete, match="Write the page"):
        submit_page(empty, by=author, version=empty.version)


def test_two_people_never_overwrite_each_other(submitted, author, editor):
    with pytest.raises(ChangedMeanwhile):
        publish_page(submitted, by=editor, version=submitted.version - 1)
    page = return_page(
        submitted, by=editor, version=submitted.version, comment="Whose money?"
    )
    assert (page.status, page.returned) == (PageStatus.DRAFT, "Whose money?")
    with pytest.raises(Refused):
        publish_page(page, by=editor, version=page.version)


def test_a_page_in_draft_is_published_by_nobody_without_the_right(submitted):
    for user in (make_user("Reviewers"), make_user("Annotators"), make_user()):
        with pytest.raises(NotPermitted):
            publish_page(submitted, by=user, version=submitted.version)
