"""Speakers: their names, a merge with a preview, and a delete that loses nothing."""

import pytest
from django.db import IntegrityError, transaction

from claims.desk.annotation import change_claim
from claims.desk.naming import readers_know
from claims.desk.workflow import take_step
from claims.models import Speaker, SpeakerAlias
from claims.models.choices import ClaimStatus, VerdictStatus
from claims.models.fields import unique_slug
from tests.admin.conftest import typed
from tests.factories import (
    make_claim,
    make_speaker,
    make_user,
    make_verdict,
    revise,
)

INLINES = ("aliases", "roles", "picture")
pytestmark = pytest.mark.django_db


def change(speaker):
    return f"/admin/claims/speaker/{speaker.pk}/change/"


def merge(speaker):
    return f"/admin/claims/speaker/{speaker.pk}/merge/"


def test_an_alias_is_added_beside_the_name(annotator):
    speaker = make_speaker("Republic of Turkey")
    data = typed(annotator.get(change(speaker)), aliases__0__name="Ankara")
    data["aliases-0-is_metonym"] = "on"
    assert annotator.post(change(speaker), data).status_code == 302
    alias = SpeakerAlias.objects.get()
    assert (alias.speaker, alias.name, alias.is_metonym) == (speaker, "Ankara", True)


def test_the_same_alias_in_other_letters_is_refused_with_all_that_was_typed(annotator):
    speaker = make_speaker("Republic of Turkey", aliases=["Erdogan"])
    page = annotator.get(change(speaker))
    data = typed(page, aliases__1__name="ERDOĞAN", description="Typed.")
    response = annotator.post(change(speaker), data)
    assert response.status_code in {400, 409}
    assert b"already has this alias" in response.content
    assert b"ERDO\xc4\x9eAN" in response.content
    assert b"Typed." in response.content
    assert SpeakerAlias.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"wikidata_id": "43"}, "wikidata_id"),
        ({"kind": "ghost"}, "kind"),
        ({"speaks_for": "own"}, "speaks_for"),
        ({"slug": "no slug!"}, "slug"),
    ],
)
def test_bad_input_is_refused_at_its_field(annotator, changes, field):
    speaker = make_speaker()
    changes = {k: str(speaker.pk) if v == "own" else v for k, v in changes.items()}
    response = annotator.post(
        change(speaker), typed(annotator.get(change(speaker))) | changes
    )
    assert response.status_code in {400, 409}
    assert field in response.context["adminform"].form.errors


def test_a_slug_emptied_on_a_public_speaker_is_refused_at_its_field(annotator):
    speaker = make_claim(status=ClaimStatus.LISTED).speaker
    data = typed(annotator.get(change(speaker)), slug="", seen="x")
    assert annotator.post(change(speaker), data).status_code == 409
    data = typed(annotator.get(change(speaker)), slug="", kind="x")
    assert annotator.post(change(speaker), data).status_code == 400
    assert Speaker.objects.get(pk=speaker.pk).slug == speaker.slug


def test_a_speaker_with_claims_gets_a_page_that_offers_the_merge(editor):
    speaker = make_claim().speaker
    address = f"/admin/claims/speaker/{speaker.pk}/delete/"
    for response in (editor.get(address), editor.post(address, {"post": "yes"})):
        assert response.status_code == 409
        assert merge(speaker).encode() in response.content
    assert Speaker.objects.filter(pk=speaker.pk).exists()


def test_a_speaker_without_claims_is_deleted_by_an_editor_only(annotator, editor):
    speaker = make_speaker(aliases=["Another"])
    address = f"/admin/claims/speaker/{speaker.pk}/delete/"
    assert annotator.post(address, {"post": "yes"}).status_code == 403
    assert editor.post(address, {"post": "yes"}).status_code == 302
    assert not Speaker.objects.filter(pk=speaker.pk).exists()


def test_a_speaker_of_a_published_joint_statement_stays(editor):
    other = make_speaker("Ada Berg")
    claim = make_claim(other_speakers=[other])
    verdict = make_verdict(claim, status=VerdictStatus.PUBLISHED)
    address = f"/admin/claims/speaker/{other.pk}/delete/"
    assert editor.post(address, {"post": "yes"}).status_code == 409
    # Also when the claim is no longer theirs: the old version names them.
    verdict = revise(verdict)
    claim.refresh_from_db()
    change_claim(claim, by=verdict.author, version=claim.version, other_speakers=[])
    verdict = take_step("submit", verdict, by=verdict.author)
    take_step("publish", verdict, by=make_user("Editors"))
    response = editor.post(address, {"post": "yes"})
    assert response.status_code == 409
    assert "a page that was public stays" in response.content.decode()
    assert Speaker.objects.filter(pk=other.pk).exists()
    for guarded in (other.names.all(), Speaker.objects.filter(pk=other.pk)):
        with pytest.raises(IntegrityError), transaction.atomic():
            guarded.delete()


def test_a_speaker_whom_a_publication_names_stays_before_anybody_reads_it():
    other = make_speaker("Ada Berg")
    claim = make_claim(other_speakers=[other], status=ClaimStatus.DRAFT)
    make_verdict(claim, status=VerdictStatus.PUBLISHED)
    other.refresh_from_db()
    assert not other.was_public
    assert readers_know(other)
    with pytest.raises(IntegrityError), transaction.atomic():
        other.delete()


def test_an_edited_address_leads_on_once_readers_know_it(annotator, client):
    speaker = make_claim(status=ClaimStatus.LISTED).speaker
    old, page = speaker.slug, annotator.get(change(speaker))
    assert annotator.post(change(speaker), typed(page, slug="new")).status_code == 302
    for address, there in [
        (f"/speakers/{old}/", "/speakers/new/"),
        (f"/speakers/{old}.json", "/speakers/new.json"),
    ]:
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (301, there)
        assert client.get(there).status_code == 200
    for name in ("new", old):
        found = client.get("/claims.jsonl", {"speaker": name})
        assert found.status_code == 200
        assert found.getvalue().count(b'"wording"') == 1
    assert client.get("/claims/", {"speaker": "newer"}).status_code == 400
    # Back again, the first one is no former one any more.
    data = typed(annotator.get(change(speaker)), slug=old)
    assert annotator.post(change(speaker), data).status_code == 302
    assert client.get(f"/speakers/{old}/").status_code == 200
    assert client.get("/speakers/new/").url == f"/speakers/{old}/"


def test_an_address_that_readers_know_is_no_other_speakers(annotator):
    speaker = make_claim(status=ClaimStatus.LISTED).speaker
    old = speaker.slug
    Speaker.objects.filter(pk=speaker.pk).update(slug="new")
    other = make_speaker()
    page = annotator.get(change(other))
    response = annotator.post(change(other), typed(page, slug=old))
    assert response.status_code == 409
    assert "slug" in response.context["adminform"].form.errors
    assert unique_slug(Speaker, old) == f"{old}-2"
    # The control: what nobody has read leads nowhere, and is free.
    hidden = make_claim(status=ClaimStatus.DRAFT).speaker
    free = hidden.slug
    Speaker.objects.filter(pk=hidden.pk).update(slug="newer")
    assert annotator.post(change(other), typed(page, slug=free)).status_code == 302


def test_two_bearers_of_one_name_have_each_their_own_address(annotator):
    data = {"name": "Ola Twin", "kind": "person", "not_the_same": "on", "slug": ""}
    data |= {f"{rows}-TOTAL_FORMS": "0" for rows in INLINES}
    data |= {f"{rows}-INITIAL_FORMS": "0" for rows in INLINES}
    for _time in range(2):
        assert annotator.post("/admin/claims/speaker/add/", data).status_code == 302
    slugs = Speaker.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["ola-twin", "ola-twin-2"]
    # Emptied later, it stays what it is.
    twin = Speaker.objects.get(slug="ola-twin-2")
    page = annotator.get(change(twin))
    assert annotator.post(change(twin), typed(page, slug="")).status_code == 302
    twin.refresh_from_db()
    assert twin.slug == "ola-twin-2"


def test_the_preview_says_what_a_merge_moves_and_moves_nothing(annotator):
    old = make_speaker("Recep Erdogan", aliases=["The president"])
    new = make_speaker("Recep Tayyip Erdoğan")
    claim = make_claim(speaker=old)
    page = annotator.get(merge(old), {"into": new.pk})
    assert page.status_code == 200
    assert page.context["preview"]["count"] == 1
    assert page.context["preview"]["names"] == ["The president", "Recep Erdogan"]
    assert claim.wording in page.content.decode()
    claim.refresh_from_db()
    assert claim.speaker == old


def test_the_merge_moves_the_claims_and_leads_to_the_other(annotator):
    old, new = make_speaker(), make_speaker()
    claim = make_claim(speaker=old)
    response = annotator.post(merge(old), {"into": new.pk})
    assert response.status_code == 302
    assert response.url == change(new)
    claim.refresh_from_db()
    assert claim.speaker == new


def test_speakers_of_different_kinds_are_merged_only_deliberately(annotator):
    person = make_speaker("Ida Falk")
    council = make_speaker("Town council", kind="organisation")
    claim = make_claim(speaker=person)
    shown = annotator.get(merge(person), {"into": council.pk}).content.decode()
    assert "“Ida Falk” is of the kind “Person”" in shown
    assert 'name="across_kinds"' in shown
    refused = annotator.post(merge(person), {"into": council.pk})
    assert refused.status_code == 409
    assert "Nothing was merged." in refused.content.decode()
    assert 'name="across_kinds"' in refused.content.decode()
    claim.refresh_from_db()
    assert claim.speaker == person
    ticked = {"into": council.pk, "across_kinds": "on"}
    assert annotator.post(merge(person), ticked).url == change(council)
    claim.refresh_from_db()
    assert claim.speaker == council


def test_speakers_of_one_kind_are_merged_without_a_further_question(annotator):
    shown = annotator.get(merge(make_speaker()), {"into": make_speaker().pk})
    assert 'name="across_kinds"' not in shown.content.decode()


@pytest.mark.parametrize("into", ["", "x", "999999", "self", "gone", "9" * 30])
def test_a_merge_into_nobody_is_refused(annotator, editor, into):
    speaker = make_speaker()
    gone = make_speaker(merged_into=make_speaker())
    into = {"self": speaker.pk, "gone": gone.pk}.get(into, into)
    response = annotator.post(merge(speaker), {"into": into})
    assert response.status_code in {400, 409}
    assert annotator.get(merge(speaker), {"into": into}).status_code == 200
    speaker.refresh_from_db()
    assert speaker.merged_into is None


def test_a_merged_speaker_is_not_offered_in_forms(annotator):
    make_speaker("Gone Falk", merged_into=make_speaker("Ida Falk"))
    found = annotator.get(
        "/admin/autocomplete/",
        {
            "term": "falk",
            "app_label": "claims",
            "model_name": "claim",
            "field_name": "speaker",
        },
    ).json()
    assert [row["text"] for row in found["results"]] == ["Ida Falk"]


def test_a_box_of_a_form_offers_no_letters_inside_a_word(annotator):
    for name in ("Brinecell", "Old INE", "Ines Holt"):
        make_speaker(name)
    make_speaker("Figures office", aliases=["INE"])
    asked = {"app_label": "claims", "model_name": "claim", "field_name": "speaker"}
    found = annotator.get("/admin/autocomplete/", {"term": "INE", **asked}).json()
    names = [row["text"] for row in found["results"]]
    assert names == ["Figures office", "Ines Holt", "Old INE"]
    # The list of speakers searches everywhere.
    page = annotator.get("/admin/claims/speaker/", {"q": "INE"})
    assert page.context["cl"].result_count == 4


def test_a_name_that_looks_like_anothers_needs_a_deliberate_word(annotator):
    make_speaker("Boris Orlov")
    data = {
        "name": "Bоris Orlоv",  # two Cyrillic letters
        "kind": "person",
        "aliases-TOTAL_FORMS": "0",
        "aliases-INITIAL_FORMS": "0",
        "roles-TOTAL_FORMS": "0",
        "roles-INITIAL_FORMS": "0",
        "picture-TOTAL_FORMS": "0",
        "picture-INITIAL_FORMS": "0",
    }
    response = annotator.post("/admin/claims/speaker/add/", data)
    assert response.status_code == 400
    assert "looks like “Boris Orlov”" in str(
        response.context["adminform"].form.errors["name"]
    )
    assert Speaker.objects.count() == 1
    data["not_the_same"] = "on"
    assert annotator.post("/admin/claims/speaker/add/", data).status_code == 302
    twin = Speaker.objects.latest("pk")
    page = annotator.get(change(twin))
    assert [each.name for each in page.context["lookalikes"]] == ["Boris Orlov"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Ida Falk", "ldа FаIk", True),
        ("Erdoğan", "ERDOGAN", True),
        ("Anna-Lena Berg", "Anna Lena Berg", True),
        ("Anna-Lena Berg", "Berg, Anna\u2011Lena", True),
        ("Maeve O'Hara", "OʼHara Maeve", True),
        ("Ida Falk", "Falk Id\u00ada", True),
        ("Ida Falk", "Falk, Ada", False),
        ("Ida Falk", "Ida Falke", False),
        ("Müller", "Möller", False),
    ],
)
def test_only_names_that_look_alike_are_warned_about(db, one, other, alike):
    make_speaker(one)
    assert Speaker.objects.resembling(other).exists() == alike
