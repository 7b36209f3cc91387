"""A transcript is checked line by line, and a line of it becomes a claim."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.models import Article, Claim, Outlet
from claims.text.canonical import canonical
from tests.conftest import sign_in
from tests.factories import make_article, make_claim, make_speaker, make_user

TRANSCRIPT = "/admin/claims/article/transcript/"
SAID = "The port of Nordvik will open with 4.5 per cent more cranes."
LINES = """WEBVTT - Debate in Nordvik

00:01.000 --> 00:04.000
<v Ida Holt>Good evening to all of you.</v>

01:02.000 --> 01:05.000
<v Ida Holt>The port of Nordvik will open with 5.4 per cent more cranes.</v>

01:10.000 --> 01:13.000
<v Arne Falk>Not one of our buses was late this winter.</v>
"""
WHERE = {"headline": "Debate", "outlet": "The Post", "published_on": "2026-05-04"}
pytestmark = pytest.mark.django_db


def read(client, words=LINES):
    file = SimpleUploadedFile("debate.vtt", words.encode())
    return client.post(TRANSCRIPT, {"file": file})


def carried(shown, **fields):
    """Return what the page's form sends, with what is chosen or typed."""
    told = shown.context["form"].data
    return {"body": told["body"], "times": told["times"]} | WHERE | fields


def test_lines_are_shown_with_speaker_time_and_what_differs_and_nothing_is_stored(
    annotator,
):
    earlier = make_claim(article=make_article(), wording=SAID)
    articles = Article.objects.count()
    page = read(annotator)
    assert page.status_code == 200
    first, second, third = page.context["rows"]
    assert (second.line.speaker, second.line.clock) == ("Ida Holt", "1:02")
    assert (third.line.speaker, third.line.clock) == ("Arne Falk", "1:10")
    [found] = second.found
    assert found.claim.pk == earlier.pk
    pieces = [(each.text, each.kind) for each in found.compared.pieces_before]
    assert ("4.5 per cent", "number") in pieces
    assert (first.found, third.found) == ([], [])
    assert ">4.5 per cent</mark>" in page.text
    assert (Article.objects.count(), Claim.objects.count()) == (articles, 1)


def test_a_line_becomes_a_claim_and_the_transcript_is_stored_with_the_first(annotator):
    speaker = make_speaker("Arne Falk")
    sent = carried(read(annotator))
    page = annotator.post(TRANSCRIPT, sent | {"line": "3"})
    claim = Claim.objects.get()
    assert claim.wording == "Not one of our buses was late this winter."
    assert (claim.speaker, str(claim.stated_on)) == (speaker, "2026-05-04")
    assert claim.status == "draft"
    article = Article.objects.get()
    assert article.current_text.body == canonical(sent["body"])
    assert page.context["rows"][2].claim == claim
    # Twice is once, and the next line goes to the same article.
    again = sent | {"article": article.pk}
    annotator.post(TRANSCRIPT, again | {"line": "3"})
    annotator.post(TRANSCRIPT, again | {"line": "2"})
    assert Claim.objects.filter(article=article).count() == 2
    assert Article.objects.count() == Outlet.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"line": "99"}, "no such line"),
        ({"line": "²"}, "no such line"),
        ({"line": "3", "outlet": ""}, "give headline, outlet and day first"),
        ({"line": "3", "published_on": "soon"}, "Write the day with its month"),
        ({"times": "1:x"}, "no times of a transcript"),
        ({"body": ""}, "This field is required"),
    ],
)
def test_what_makes_no_sense_is_refused_and_stores_nothing(annotator, fields, told):
    page = annotator.post(TRANSCRIPT, carried(read(annotator)) | fields)
    assert (page.status_code, told in page.text) == (400, True)
    assert not Claim.objects.exists()
    assert not Article.objects.exists()


def test_two_thousand_lines_come_page_by_page(annotator):
    words = "\n\n".join(f"We have built school number {n}." for n in range(2000))
    page = annotator.post(TRANSCRIPT, {"raw_words": f"Debate\n\n4 May 2026\n\n{words}"})
    assert page.context["lines"] == 2000
    assert len(page.context["rows"]) == 40
    last = annotator.post(TRANSCRIPT, carried(page, page="50"))
    assert [row.line.number for row in last.context["rows"]] == [*range(1961, 2001)]


def test_plain_text_names_its_speakers_and_a_file_that_is_none_is_refused(annotator):
    page = annotator.post(
        TRANSCRIPT,
        {"raw_words": "Debate\n\n4 May 2026\n\nIDA HOLT: We pay. All do.\n\nThey lie."},
    )
    told = [(row.line.speaker, row.line.clock) for row in page.context["rows"]]
    assert told == [("IDA HOLT", "")] * 3
    assert read(annotator, "WEBVTT\n").status_code == 400
    assert annotator.post(TRANSCRIPT, {}).status_code == 400
    assert annotator.get(TRANSCRIPT).status_code == 200


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_keys_go_from_line_to_line_and_make_a_claim_of_one(open_window, live_server):
    earlier = make_claim(article=make_article(), wording=SAID)
    page = open_window()
    sign_in(page.context, live_server, make_user("Editors"))
    page.goto(live_server.url + TRANSCRIPT)
    file = {"name": "debate.vtt", "mimeType": "text/vtt", "buffer": LINES.encode()}
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Read it").click()
    for name, value in WHERE.items():
        page.fill(f"[name={name}]", value)
    # A key that is typed into a field is a letter there, and nothing else.
    page.focus("[name=headline]")
    page.keyboard.press("c")
    assert page.input_value("[name=headline]").endswith("c")
    page.evaluate("document.activeElement.blur()")
    for key in "jjjkj":
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == "line-3"
    page.keyboard.press("c")
    page.wait_for_selector("#line-3 a[href*='/claims/claim/']")
    assert page.evaluate("document.activeElement.id") == "line-3"
    said = Claim.objects.exclude(pk=earlier.pk).get()
    assert said.wording == "Not one of our buses was late this winter."
    page.keyboard.press("k")
    assert "4.5 per cent" in page.inner_text("#line-2 .transcript-found mark")
