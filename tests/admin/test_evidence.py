"""A copy of evidence through the desk: sent in, looked at, published or kept back."""

import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.desk.evidence_files import keep
from claims.desk.workflow import take_step
from claims.models import EvidenceFile, PublishedFile
from claims.models.choices import VerdictStatus
from tests.admin.conftest import signed_in, typed
from tests.desk.files_made import PDF, picture
from tests.factories import make_claim, make_user, make_verdict, withdraw

pytestmark = pytest.mark.django_db

CHART = "It fell:\n\n![Crowns a year](chart.png)"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def verdict():
    return make_verdict(explanation=CHART)


def change(client, verdict, **fields):
    at = f"/admin/claims/verdict/{verdict.pk}/change/"
    page = client.get(at)
    assert 'enctype="multipart/form-data"' in page.content.decode()
    return client.post(at, typed(page, **fields))


def upload(name, content):
    return SimpleUploadedFile(name, content, content_type="text/html")


def with_copy(verdict, content=None, *, name="chart.png", public=True):
    row = verdict.evidence.get()
    row.file = keep(content or picture(), by=verdict.author)
    row.file_name, row.file_is_public = name, public
    row.save()
    return row


def published(verdict):
    take_step("submit", verdict, by=verdict.author)
    return take_step("publish", verdict, by=make_user("Editors"))


def test_a_file_sent_in_is_a_copy_of_its_evidence(verdict, reviewer):
    sent = upload("My chart (2).JPG", picture())
    answer = change(reviewer, verdict, **{"evidence-0-upload": sent})
    assert answer.status_code == 302
    row = verdict.evidence.get()
    # By its content it is a PNG.
    assert (row.file_name, row.file.kind) == ("My-chart-2.png", "png")
    assert not row.file_is_public
    assert row.file.added_by == reviewer.user
    page = reviewer.get(f"/admin/claims/verdict/{verdict.pk}/change/").content.decode()
    assert row.file.sha256 in page
    assert f"/admin/claims/evidence/{row.pk}/file/" in page


def test_a_file_that_is_none_is_refused_at_its_field_and_the_rest_stays(
    verdict, reviewer
):
    sent = upload("chart.png", b"<script>x</script>")
    answer = change(
        reviewer, verdict, summary="A new summary.", **{"evidence-0-upload": sent}
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "This is no PDF, PNG, JPEG or WebP, whatever its name says." in page
    assert "A new summary." in page
    assert not EvidenceFile.objects.exists()


def test_a_file_need_not_be_chosen_again_when_the_form_is_refused(verdict, reviewer):
    sent = upload("minutes.pdf", PDF)
    fields = {"evidence-0-upload": sent, "evidence-0-url": "no address"}
    answer = change(reviewer, verdict, **fields)
    assert answer.status_code == 400
    assert verdict.evidence.get().file is None
    again = typed(answer, **{"evidence-0-url": "https://town.example/minutes"})
    at = f"/admin/claims/verdict/{verdict.pk}/change/"
    assert reviewer.post(at, again).status_code == 302
    row = verdict.evidence.get()
    assert (row.file_name, row.file.kind) == ("minutes.pdf", "pdf")
    # The control: what was not signed here is no file.
    forged = typed(reviewer.get(at), **{"evidence-0-kept": f"[{row.file.pk}, 'x']"})
    page = reviewer.post(at, forged).content.decode()
    assert "The file chosen before is no longer here: choose it again." in page


def test_a_copy_is_taken_away_again(verdict, reviewer):
    with_copy(verdict)
    answer = change(reviewer, verdict, **{"evidence-0-remove_copy": "on"})
    assert answer.status_code == 302
    row = verdict.evidence.get()
    assert (row.file, row.file_name, row.file_is_public) == (None, "", False)


def test_two_copies_of_one_name_are_refused_with_a_sentence(verdict, reviewer):
    with_copy(verdict)
    second = {
        "title": "Another",
        "url": "https://other.example/",
        "stance": "context",
        "order": "1",
        "upload": upload("chart.png", picture(size=(9, 9))),
    }
    fields = {f"evidence-1-{name}": value for name, value in second.items()}
    answer = change(reviewer, verdict, **fields, **{"evidence-TOTAL_FORMS": "2"})
    # The forms of Django 6.1 find it; before, the database does.
    assert answer.status_code in (400, 409)
    said = "Another copy of this verdict has the same name."
    assert said in answer.content.decode()
    assert verdict.evidence.count() == 1


@pytest.mark.parametrize("group", ["Annotators", "Reviewers", "Editors"])
def test_the_desk_looks_at_a_private_copy_and_a_visitor_does_not(verdict, group):
    row = with_copy(verdict, PDF, name="minutes.pdf", public=False)
    at = f"/admin/claims/evidence/{row.pk}/file/"
    answer = signed_in(make_user(group)).get(at)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="minutes.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in answer["Cache-Control"]
    for visitor in (Client(), signed_in(make_user())):
        refused = visitor.get(at)
        assert refused.status_code == 302
        assert PDF not in refused.content


def test_a_private_copy_reaches_nobody_when_its_verdict_is_published(verdict):
    row = with_copy(verdict, public=False)
    publication = published(verdict).claim.publications.get()
    page = Client().get(publication.get_absolute_url()).content.decode()
    record = Client().get(f"/claims/{publication.claim_id}/versions/1.json").content
    for text in (page, record.decode(), str(publication.evidence)):
        assert row.file.sha256 not in text
    # What a text calls it by is shown as it was typed.
    assert "![Crowns a year](chart.png)" in page
    assert Client().get(row.file.get_absolute_url()).status_code == 404


def test_a_public_copy_reaches_readers_with_its_publication_and_not_before(verdict):
    row = with_copy(verdict)
    address = row.file.get_absolute_url()
    assert address == f"/evidence/{row.file.sha256}.png"
    assert Client().get(address).status_code == 404
    publication = published(verdict).claim.publications.get()
    answer = Client().get(address)
    stored = default_storage.open(row.file.path).read()
    assert b"".join(answer.streaming_content) == stored
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Length"] == str(len(stored))
    assert answer["Content-Disposition"].startswith("inline; filename=")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert not answer.cookies
    again = Client().get(address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    for other in (f"/evidence/{row.file.sha256}.pdf", f"/evidence/{'0' * 64}.png"):
        assert Client().get(other).status_code == 404
    page = Client().get(publication.get_absolute_url()).content.decode()
    assert f'<img src="{address}" alt="Crowns a year" width="64" height="48"' in page
    assert re.search(rf'<a href="{address}">chart.png</a> \(PNG, \d+', page)
    assert row.file.sha256 in page
    record = Client().get(f"/claims/{publication.claim_id}/versions/1.json").json()
    assert record["markup"] == "commonmark"
    assert record["evidence"][0]["kept_copy"] == {
        "url": f"http://testserver{address}",
        "name": "chart.png",
        "kind": "png",
        "size": len(stored),
        "sha256": row.file.sha256,
    }
    turkish = Client().get(f"/tr{publication.get_absolute_url()}").content.decode()
    assert f'<img src="{address}"' in turkish


def test_a_copy_of_a_claim_that_is_not_listed_yet_is_not_public():
    verdict = make_verdict(make_claim(status="draft"))
    row = with_copy(verdict)
    claim = published(verdict).claim
    assert PublishedFile.objects.filter(file=row.file).exists()
    assert Client().get(row.file.get_absolute_url()).status_code == 404
    claim.refresh_from_db()
    take_step("list", claim, by=make_user("Editors"))
    assert Client().get(row.file.get_absolute_url()).status_code == 200


def test_a_copy_stays_readable_with_the_versions_of_a_withdrawn_claim(verdict):
    row = with_copy(verdict)
    withdraw(published(verdict).claim)
    assert Client().get(row.file.get_absolute_url()).status_code == 200


def test_the_preview_shows_what_readers_cannot_see_yet(verdict, reviewer):
    row = with_copy(verdict)
    here = f"/admin/claims/evidence/{row.pk}/file/"
    page = reviewer.get(f"/admin/claims/verdict/{verdict.pk}/preview/").content.decode()
    assert f'<img src="{here}" alt="Crowns a year"' in page
    assert f'<a href="{here}">chart.png</a>' in page
    at = f"/admin/claims/verdict/{verdict.pk}/commonmark/"
    assert f'src="{here}"' in reviewer.post(at, {"text": CHART}).json()["html"]
    row.file_is_public = False
    row.save()
    assert reviewer.post(at, {"text": CHART}).json()["problems"] == [
        "No public picture in the evidence has the name “chart.png”."
    ]


@pytest.mark.parametrize("group", ["Annotators", "Reviewers", "Editors"])
def test_the_desk_lists_evidence_that_may_not_last(group):
    claim = published(make_verdict()).claim
    make_verdict()
    client = signed_in(make_user(group))
    page = client.get("/admin/claims/evidence/?health=copy").content.decode()
    assert "1 evidence" in page
    assert "No copy is kept, here or elsewhere." in page
    assert claim.wording in page
    none = client.get("/admin/claims/evidence/?health=dead").content.decode()
    assert "0 evidence" in none
    row = claim.verdict.evidence.get()
    answer = client.get(f"/admin/claims/evidence/{row.pk}/change/")
    assert answer.url == f"/admin/claims/verdict/{claim.verdict.pk}/change/"


def test_what_is_approved_on_the_page_can_be_published(verdict, editor):
    """The page shows the desk's own addresses, and publishes the public ones."""
    with_copy(verdict)
    take_step("submit", verdict, by=verdict.author)
    page = editor.get(f"/admin/claims/verdict/{verdict.pk}/approve/")
    form = page.context["forms"]["publish"]
    sent = {name: form[name].value() for name in ("version", "seen")}
    answer = editor.post(f"/admin/claims/verdict/{verdict.pk}/step/publish/", sent)
    assert answer.status_code == 302
    verdict.refresh_from_db()
    assert verdict.status == VerdictStatus.PUBLISHED
    assert "/admin/" not in verdict.claim.publications.get().explanation_html
