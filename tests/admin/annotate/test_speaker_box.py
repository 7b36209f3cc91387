"""The speaker box: the right speaker of the right kind, in a hurry too."""

import pytest
from django.contrib.auth.models import Permission

from claims.models import Claim, PublicChange, Speaker, SpeakerAlias, SpeakerRole
from claims.models.choices import ClaimStatus
from tests.admin.annotate.desk import Desk
from tests.factories import make_article, make_claim, make_speaker, make_user


@pytest.fixture
def desk(db):
    return Desk(make_article(), make_user("Annotators"))


def fits(desk, typed):
    found = desk.get("names/", data={"kind": "speaker", "q": typed}).json()
    return [(each["name"], each["fit"]) for each in found["found"]]


# --- Found --------------------------------------------------------------------------


def test_whole_words_come_first_and_letters_inside_a_word_last(desk):
    for name in ("Brinecell", "Ines Holt", "Harbour-INE", "INE Dalby", "Old Inesby"):
        make_speaker(name)
    make_speaker("Figures office", aliases=["Line", "INE"])
    assert fits(desk, "ine") == [
        ("Figures office", "exact"),
        ("INE Dalby", "word"),
        ("Ines Holt", "start"),
        ("Harbour-INE", "word"),
        ("Old Inesby", "start"),
        ("Brinecell", "inside"),
    ]


def test_an_alias_is_named_where_it_was_found_and_the_name_was_not(desk):
    make_speaker("Dalby town", aliases=["Old Dalby", "Harbour town"])
    found = desk.get("names/?kind=speaker&q=harb").json()["found"]
    assert [(each["fit"], each["matched"]) for each in found] == [
        ("start", "Harbour town")
    ]
    found = desk.get("names/?kind=speaker&q=dalby").json()["found"]
    assert [(each["fit"], each["matched"]) for each in found] == [("word", "")]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "(", "o'", "-", "  ", "“"])
def test_signs_are_no_patterns(desk, typed):
    make_speaker("Maeve O'Hara-Lund")
    names = [name for name, _fit in fits(desk, typed)]
    assert names == (["Maeve O'Hara-Lund"] if typed in {"o'", "-"} else [])


def test_the_kind_of_a_new_speaker_is_guessed(desk):
    for typed, kind in {"INE": "organisation", "Ada Lund": "person"}.items():
        answer = desk.get("names/", data={"kind": "speaker", "q": typed}).json()
        assert answer == {"found": [], "name": typed, "kind": kind}


def test_a_name_typed_in_small_letters_is_that_of_the_article(db):
    article = make_article("Prices rose, INE said. A line is open, ida Falk said.")
    desk = Desk(article, make_user("Annotators"))
    for typed, name in {"ine": "INE", "ida falk": "ida Falk", "Ine": "Ine"}.items():
        answer = desk.get("names/", data={"kind": "speaker", "q": typed}).json()
        assert answer["name"] == name


# --- Twins --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("Boris Orlov", "Bоris Orlоv"),  # two Cyrillic letters
        ("Maeve O'Hara", "Maeve O´Hara"),
        ("Anna-Lena Berg", "Anna\u2011Lena Berg"),
        ("Ida Falk", "Falk, Ida"),
        ("Ida Falk", "Ida\u2060\u00adFalk"),
    ],
)
def test_a_twin_is_asked_about_and_made_only_deliberately(desk, known, typed):
    speaker = make_speaker(known)
    answer = desk.post("speakers/", name=typed)
    assert answer.status_code == 409
    assert [each["id"] for each in answer.json()["alike"]] == [speaker.pk]
    assert f"“{known}”" in answer.json()["error"]
    assert Speaker.objects.count() == 1
    assert desk.post("speakers/", name=typed, another=True).status_code == 201
    assert Speaker.objects.count() == 2


# --- Filled in, and taken back ------------------------------------------------------


def test_kind_role_alias_and_metonym_are_written_in_place(desk):
    speaker = make_claim(status=ClaimStatus.LISTED).speaker
    here = f"speakers/{speaker.pk}/"
    desk.send("PATCH", here, {"kind": "government"})
    for _time in range(2):
        desk.post(f"{here}roles/", title="Port office", since="2024-05-06")
    desk.post(f"{here}names/", name="Dalby", is_metonym=True)
    shown = desk.get(here).json()
    assert shown["speaker"]["kind"] == "government"
    assert shown["roles"] == [
        {"role": "Port office", "since": "2024-05-06", "until": None}
    ]
    assert shown["names"] == [{"name": "Dalby", "is_metonym": True}]
    assert shown["may"] == {"kind": True, "role": True, "name": True}
    # Readers are told of each.
    assert PublicChange.objects.filter(speaker_id=speaker.pk).count() >= 3


@pytest.mark.parametrize(
    ("method", "address", "sent", "status"),
    [
        ("PATCH", "", {"kind": "ghost"}, 400),
        ("PATCH", "", {}, 400),
        ("POST", "roles/", {}, 422),
        ("POST", "roles/", {"title": 7}, 400),
        ("POST", "roles/", {"title": "x", "since": "2024-02-31"}, 422),
        ("POST", "roles/", {"title": "x", "since": "2024-02-03", "until": "2024"}, 422),
        ("POST", "names/", {"name": " "}, 422),
        ("POST", "names/", {"name": "x" * 201}, 422),
        ("POST", "names/", {"name": ["x"]}, 400),
    ],
)
def test_bad_particulars_are_refused_and_nothing_is_stored(
    desk, method, address, sent, status
):
    speaker = make_speaker()
    answer = desk.send(method, f"speakers/{speaker.pk}/{address}", sent)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert not SpeakerRole.objects.exists() and not SpeakerAlias.objects.exists()


def test_the_same_alias_twice_is_refused_with_a_sentence(desk):
    speaker = make_speaker(aliases=["Dalby"])
    answer = desk.post(f"speakers/{speaker.pk}/names/", name="DALBY")
    assert answer.status_code in {409, 422}
    assert "already has this alias" in answer.json()["error"]


def test_a_speaker_just_made_is_taken_back_by_who_made_it_while_nothing_needs_it(desk):
    made = desk.post("speakers/", name="INE", kind="organisation").json()["speaker"]
    here = f"speakers/{made['id']}/"
    other = Desk(desk.article, make_user("Annotators"))
    assert other.send("DELETE", here).status_code == 403
    claim = make_claim(speaker=Speaker.objects.get(), status=ClaimStatus.DRAFT)
    assert desk.send("DELETE", here).status_code == 409
    assert Speaker.objects.filter(pk=made["id"]).exists()
    type(claim).objects.filter(pk=claim.pk).update(
        speaker=None, version=claim.version + 1
    )
    assert desk.send("DELETE", here).status_code == 200
    assert not Speaker.objects.exists()
    for method in ("GET", "PATCH", "DELETE"):
        assert desk.send(method, here, {"kind": "person"}).status_code == 404
    assert desk.send("GET", "speakers/99999999999/").status_code == 404


def test_who_may_not_write_speakers_reads_them_only(desk):
    speaker = make_speaker()
    reader = Desk(desk.article, make_user("Reviewers"))
    reader.user.groups.clear()
    for name in ("view_article", "view_claim"):
        reader.user.user_permissions.add(Permission.objects.get(codename=name))
    here = f"speakers/{speaker.pk}/"
    assert not any(reader.get(here).json()["may"].values())
    for method, address, sent in [
        ("PATCH", here, {"kind": "group"}),
        ("POST", f"{here}roles/", {"title": "x"}),
        ("POST", f"{here}names/", {"name": "x"}),
        ("DELETE", here, {}),
    ]:
        assert reader.send(method, address, sent).status_code == 403, address


# --- In the browser -----------------------------------------------------------------

browser = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODY = (
    "Prices rose by 2 per cent, INE said on Monday. The grid was safe, REN Lusa said. "
    "The line to Dalby holds, Red Ibérica said.\n\nNobody was hurt, she said."
)


def opened(at_desk, words="Nobody was hurt"):
    """Return a desk with the form open on some words, nothing typed yet."""
    desk = at_desk(make_article(BODY), make_user("Annotators"))
    desk.drag(words)
    desk.press("Enter")
    desk.page.locator("#f-speaker:focus").wait_for()
    return desk


class TestInTheBrowser:
    pytestmark = browser

    @pytest.mark.slow
    def test_a_hurried_editor_gets_the_right_speaker_of_the_right_kind(self, at_desk):
        for name in ("Brinecell", "Brenner Works", "Renata Lusa", "Fred Ibérica"):
            make_speaker(name)
        desk = at_desk(make_article(BODY), make_user("Annotators"))
        for words, typed in [
            ("Prices rose by 2 per cent", "INE"),
            ("The grid was safe", "REN Lusa"),
            ("The line to Dalby holds", "Red Ibérica"),
        ]:
            desk.drag(words)
            desk.press("Enter")
            desk.type(typed)
            desk.press("Enter", "Control+Enter")
            desk.says("Saved", typed)
        said = dict(Claim.objects.values_list("speaker__name", "speaker__kind"))
        assert said == dict.fromkeys(("INE", "REN Lusa", "Red Ibérica"), "organisation")
        # The second time they are known.
        desk.drag("Nobody was hurt")
        desk.press("Enter")
        desk.type("REN")
        desk.press("Enter", "Control+Enter")
        desk.says("Saved", "REN Lusa")
        assert Speaker.objects.count() == 7

    @pytest.mark.slow
    def test_letters_inside_a_word_are_offered_last_and_never_highlighted(
        self, at_desk
    ):
        make_speaker("Brinecell")
        desk = opened(at_desk)
        desk.type("ine")
        options = desk.page.locator(".an-options li")
        options.filter(has_text="Brinecell").wait_for()
        # The article prints it in capitals.
        assert "Create “INE” organisation" in options.first.text_content()
        assert options.first.get_attribute("aria-selected") == "true"
        assert "Brinecell" in options.last.text_content()
        assert desk.accessible() == []

    @pytest.mark.slow
    def test_the_kind_is_in_view_and_one_key_changes_it(self, at_desk):
        desk = opened(at_desk)
        desk.type("Hafenrat")
        option = desk.page.locator(".an-options li")
        option.filter(has_text="person").wait_for()
        desk.press("ArrowRight")
        desk.says("Kind: organisation")
        option.filter(has_text="organisation").wait_for()
        desk.press("ArrowRight", "Enter")
        desk.says("“Hafenrat” created: government", "Esc takes it back")
        assert Speaker.objects.get().kind == "government"

    @pytest.mark.slow
    def test_the_last_choice_is_said_and_taken_back_with_one_key(self, at_desk):
        make_speaker("Ida Falk")
        desk = opened(at_desk)
        desk.type("fal")
        desk.press("Enter")
        desk.says("Speaker: Ida Falk, person")
        desk.press("Escape")
        desk.says("“Ida Falk” is taken back")
        assert desk.page.input_value("#f-speaker") == "fal"
        desk.page.locator(".an-options li[aria-selected=true]").wait_for()
        desk.page.fill("#f-speaker", "")
        desk.type("INE")
        desk.press("Enter")
        desk.says("created: organisation")
        desk.press("Escape")
        desk.says("taken back, and deleted")
        assert Speaker.objects.get().name == "Ida Falk"
        # The list that is open first, then the form.
        desk.page.locator(".an-options li[aria-selected=true]").wait_for()
        desk.press("Escape", "Escape")
        assert desk.page.locator(".an-form").count() == 0

    @pytest.mark.slow
    def test_a_name_that_looks_alike_is_asked_about(self, at_desk):
        falk = make_speaker("Ida Falk")
        desk = opened(at_desk)
        desk.type("Falk, Ida")
        desk.press("Enter")
        desk.says("That looks like “Ida Falk”")
        options = desk.page.locator(".an-options li")
        assert options.first.get_attribute("aria-selected") == "true"
        assert options.count() == 2
        assert desk.accessible() == []
        desk.press("Enter", "Control+Enter")
        desk.says("Saved", "Ida Falk")
        assert Claim.objects.get().speaker == falk
        assert Speaker.objects.count() == 1

    @pytest.mark.slow
    def test_role_alias_and_metonym_are_added_in_the_box(self, at_desk):
        town = make_speaker("Dalby town", kind="organisation")
        desk = opened(at_desk)
        desk.type("Dalby")
        desk.press("Enter")
        desk.says("Speaker: Dalby town")
        desk.press("Tab", "Enter")
        desk.page.locator("#p-title").wait_for()
        desk.page.select_option("#p-kind", "government")
        desk.says("Kind: government")
        desk.page.fill("#p-title", "Port authority")
        desk.page.press("#p-title", "Enter")
        desk.says("Role added: Port authority")
        assert "Port authority" in desk.page.text_content("#p-roles")
        desk.page.fill("#p-other", "The quay")
        desk.page.check("#p-metonym")
        desk.page.press("#p-other", "Enter")
        desk.says("Name added: The quay")
        assert desk.accessible() == []
        desk.page.press("#p-other", "Enter")
        desk.says("This field is required")
        desk.press("Escape")
        desk.page.locator("#p-title").wait_for(state="hidden")
        desk.press("Control+Enter")
        desk.says("Saved", "Dalby town")
        town.refresh_from_db()
        assert town.kind == "government"
        assert town.roles.get().title == "Port authority"
        assert town.aliases.get().is_metonym

    @pytest.mark.slow
    def test_whom_the_text_leaves_open_is_offered_and_not_filled_in(self, at_desk):
        make_speaker("Ola Berg")
        body = "Ola Berg met Nils Dahl on Monday. He said the harbour will open in May."
        desk = at_desk(make_article(body), make_user("Annotators"))
        desk.drag("the harbour will open in May")
        desk.press("Enter")
        hint = desk.page.locator("#guess-speaker", has_text="Perhaps Ola Berg")
        hint.wait_for()
        assert desk.page.input_value("#f-speaker") == ""
        desk.press("ArrowDown", "Enter")
        desk.says("Speaker: Ola Berg")
