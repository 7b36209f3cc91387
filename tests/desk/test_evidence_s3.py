"""Kept copies in a bucket of S3: sent in, shown, found spoilt or gone, taken off."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client

from claims.desk.evidence_files import forget_unused, keep, stored_paths
from claims.desk.workflow import take_step
from tests.admin.conftest import signed_in, typed
from tests.desk.files_made import picture
from tests.factories import make_user, make_verdict

NEEDED = "pip install 'django-storages[s3]' 'moto[server]'"
pytest.importorskip("storages.backends.s3", reason=NEEDED)
moto_server = pytest.importorskip("moto.server", reason=NEEDED)

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
WHY = "A court ordered it on 3 June 2026."


@pytest.fixture(scope="module")
def endpoint():
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint, settings):
    """A bucket that holds the desk's files in place of a folder, empty again after."""
    options = {
        "bucket_name": "evidence",
        "default_acl": "private",
        "endpoint_url": endpoint,
        "access_key": "desk",
        "secret_key": "desk-of-tests",
        "region_name": "eu-north-1",
    }
    backend = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    place = {"LocationConstraint": options["region_name"]}
    made = default_storage.connection.create_bucket(
        Bucket=options["bucket_name"], CreateBucketConfiguration=place
    )
    yield default_storage.bucket
    default_storage.bucket.objects.all().delete()
    made.delete()


@pytest.fixture
def published(bucket):
    """A published verdict, the copy of whose evidence came through the desk's form."""
    verdict = make_verdict()
    client = signed_in(verdict.author)
    at = f"/admin/claims/verdict/{verdict.pk}/change/"
    sent = ContentFile(picture(), name="chart.png")
    fields = {"evidence-0-upload": sent, "evidence-0-file_is_public": "on"}
    assert client.post(at, typed(client.get(at), **fields)).status_code == 302
    verdict.refresh_from_db()
    take_step("submit", verdict, by=verdict.author)
    return take_step("publish", verdict, by=make_user("Editors"))


def body(response):
    return b"".join(response.streaming_content)


def test_a_copy_is_put_into_the_bucket_and_shown_from_it(published, bucket):
    row = published.evidence.get()
    [stored] = bucket.objects.all()
    assert stored.key == row.file.path
    content = stored.get()["Body"].read()
    # To readers by the site's own address: the bucket stays closed.
    answer = Client().get(row.file.get_absolute_url())
    assert (answer.status_code, body(answer)) == (200, content)
    page = Client().get(published.claim.get_absolute_url()).content.decode()
    assert row.file.get_absolute_url() in page
    assert not re.search("amazonaws|X-Amz", page)
    desk = signed_in(make_user("Reviewers"))
    assert body(desk.get(f"/admin/claims/evidence/{row.pk}/file/")) == content
    assert list(stored_paths()) == [row.file.path]


@pytest.mark.parametrize("spoil", ["lose", "change"])
def test_what_the_bucket_lost_or_spoilt_is_named_and_made_good(
    published, bucket, spoil
):
    file = published.evidence.get().file
    call_command("forget_files")
    stored = bucket.Object(file.path)
    if spoil == "lose":
        stored.delete()
    else:
        content = stored.get()["Body"].read()
        stored.put(Body=content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(CommandError, match="1 files are missing"):
        call_command("forget_files")
    if spoil == "lose":
        assert Client().get(file.get_absolute_url()).status_code == 404
    assert keep(picture(), by=published.author) == file
    call_command("forget_files")


def test_a_copy_taken_off_leaves_the_bucket_and_the_page_says_so(
    published, bucket, django_capture_on_commit_callbacks
):
    file = published.evidence.get().file
    by, other = make_user("Editors"), make_user("Editors")
    with django_capture_on_commit_callbacks(execute=True):
        call_command(
            "redact",
            file=file.sha256,
            reason=WHY,
            by=by.username,
            approved_by=other.username,
        )
    assert list(bucket.objects.all()) == []
    page = Client().get(file.get_absolute_url())
    assert (page.status_code, WHY in page.content.decode()) == (410, True)
    call_command("forget_files")


def test_half_an_upload_in_the_bucket_is_deleted_and_nothing_else(published, bucket):
    default_storage.save("evidence/ab/half.png", ContentFile(b"\x89PNG"))
    assert forget_unused() == (0, 0)
    # What nothing names, and is no longer on its way.
    assert forget_unused(older_than=timedelta(0)) == (0, 1)
    assert list(stored_paths()) == [published.evidence.get().file.path]
