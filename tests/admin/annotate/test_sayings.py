"""What the desk's scripts say: all of it marked, and said in the page's language."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from claims.admin.annotate.sayings import (
    COUNTED,
    NUMBERS,
    SENTENCES,
    WAY_BACK,
    desk_sayings,
)
from claims.desk.annotation import change_claim
from claims.models import Claim
from claims.models.choices import ClaimStatus, Origin
from tests.factories import make_article, make_claim, make_speaker, make_user

SCRIPTS = Path(settings.BASE_DIR) / "claims" / "static" / "claims" / "js" / "annotate"
STRING = r'"((?:[^"\\]|\\.)*)"'
CALL = re.compile(rf"\b(n?)gettext\(\s*{STRING}(?:\s*,\s*{STRING})?")
# A sentence given straight to the page, with a word of its own in it.
UNMARKED = re.compile(
    r"(?:\.(?:say|alert|error)\(|textContent(?: =|:) |ariaLabel: "
    r'|\.hint\("\w+", |"aria-label", |new Option\()\s*(?:"(?:[^"]*[a-z]{2}[^"]*)"'
    r"|`(?:[^`$]|\$\{[^}]*\})*?(?<![\w{.])[A-Za-z]{2,}(?![\w}.(])[^`]*`)"
)
BODY = (
    "Liman mayısta açılacak, dedi Ida Falk pazartesi günü.\n\n"
    "“Köprü 40 milyona mal oldu,” dedi Falk. “Kimse yaralanmadı.”\n\n"
    "Kurul, vapurun hazirana dek süreceğini söyledi."
)


def scripts():
    """Return the desk's scripts by name, but for the one that translates."""
    found = {path.name: path.read_text("utf-8") for path in SCRIPTS.glob("*.js")}
    del found["language.js"]
    return found


def said_in(source):
    return {(one, many) for _n, one, many in CALL.findall(source)}


def english(of):
    with override(None):
        return of(1), of(2)


# --- The table and the scripts say the same ------------------------------------------


def test_every_sentence_of_the_scripts_stands_in_the_table_and_no_other_does():
    sources = scripts()
    back = {one for one, _many in said_in(sources.pop("back.js"))}
    assert back == set(WAY_BACK)
    said = set().union(*map(said_in, sources.values()))
    assert {one for one, many in said if not many} == set(SENTENCES)
    assert {pair for pair in said if pair[1]} == {english(of) for of in COUNTED}


@pytest.mark.parametrize("name", sorted(scripts()))
def test_no_script_shows_a_sentence_that_cannot_be_translated(name):
    source = scripts()[name]
    assert UNMARKED.findall(source) == []
    # What is marked is a literal: the table could not hold anything else.
    assert len(CALL.findall(source)) == len(re.findall(r"\bn?gettext\(", source))


def test_a_sentence_that_nobody_marked_would_be_found():
    for source in (
        'this.say("Saved.");',
        "button.textContent = `Accept ${count} shown`;",
        'element("p", { textContent: "Nothing here." })',
        'chip.setAttribute("aria-label", `Remove ${name}`);',
    ):
        assert UNMARKED.search(source), source
    for source in (
        'this.say(gettext("Saved."));',
        "who.textContent = `${claim.speaker.name}?`;",
        'this.say("");',
    ):
        assert not UNMARKED.search(source), source


def test_each_number_has_the_plural_form_of_the_language():
    with override("en"):
        known = desk_sayings()["%(count)s claim"]
    assert known["forms"] == ["%(count)s claims", "%(count)s claim"]
    forms = [known["forms"][known["of"][number]] for number in NUMBERS]
    assert [n for n in NUMBERS if forms[n] == "%(count)s claim"] == [1]
    with override("tr"):
        # One form for all numbers: nothing to choose between.
        assert desk_sayings()["%(count)s claim"] == "%(count)s iddia"


@pytest.mark.django_db
def test_the_page_carries_the_table_of_its_language(client):
    article = make_article()
    client.force_login(make_user("Editors"))
    here = reverse("admin:claims_article_annotate", args=[article.pk])
    for language, words in (("en", "Nothing here."), ("tr", "Burada bir şey yok.")):
        page = client.get(here, headers={"Accept-Language": language})
        sent = re.search(r'<script id="desk-sayings"[^>]*>(.*?)</script>', page.text)
        assert json.loads(sent[1])["Nothing here."] == words


# --- A desk in Turkish --------------------------------------------------------------


def fragments(sentence):
    """Return the pieces of an English sentence between what is filled in.

    >>> fragments("Saved: “%(quote)s”, said by %(name)s.")
    ['Saved', 'said by']
    """
    pieces = re.split(r"%\(\w+\)s", sentence)
    words = (piece.strip(" .,:;?!·“”()") for piece in pieces)
    return [each for each in words if re.search(r"[a-z]{3}", each)]


def english_words_on(shown):
    """Return what stands on a page in the English of the table."""
    with override("tr"):
        known = desk_sayings()
    found = set()
    for sentence, said in known.items():
        said = said if isinstance(said, str) else " ".join(said["forms"])
        for each in fragments(sentence):
            if each not in said and re.search(
                rf"(?<!\w){re.escape(each)}(?!\w)", shown
            ):
                found.add(each)
    return found


def shown_on(page):
    """Return all words of the page, those that only a screen reader says too."""
    return page.evaluate(
        """() => [document.getElementById("desk").innerText,
          ...[...document.querySelectorAll("dialog")].map((each) => each.textContent),
          ...[...document.querySelectorAll("#desk [aria-label]")]
            .map((each) => each.getAttribute("aria-label"))].join("\\n")"""
    )


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_desk_in_turkish_says_nothing_in_english(at_desk):
    article = make_article(BODY, headline="Liman haberleri")
    suggested = {
        "article": article,
        "speaker": make_speaker("Ida Falk"),
        "status": ClaimStatus.SUGGESTED,
        "origin": Origin.RULES,
        "rule": "kural 1",
        "score": 0.82,
    }
    for words in ("Liman mayısta açılacak", "Köprü 40 milyona mal oldu"):
        make_claim(words, cue="dedi", **suggested)
    unnamed = make_claim("Kimse yaralanmadı", **suggested)
    proposed = {"speaker_name": "Petra Lund"}
    nobody = {"speaker": None, "proposed": proposed, "version": 2}
    Claim.objects.filter(pk=unnamed.pk).update(**nobody)
    desk = at_desk(article, make_user("Editors"), locale="tr-TR")
    page = desk.page
    walk = [
        ["n"],
        ["a"],
        ["r"],
        # The third one's speaker is asked for.
        ["a"],
        ["Escape"],
        ["q"],
        ["Escape"],
        ["?"],
        ["Escape"],
        ["u"],
        ["u"],
        ["Shift+u"],
        ["p"],
        ["e"],
        ["Escape"],
        ["b", "ArrowRight", "Escape"],
        ["l"],
        ["Escape"],
        ["x"],
        ["x"],
        ["c"],
        ["s", "Enter"],
        ["Escape"],
    ]
    seen = []
    for keys in walk:
        desk.press(*keys)
        page.wait_for_timeout(250)
        seen.append(shown_on(page))
        assert english_words_on(seen[-1]) == set(), keys
    desk.press("q")
    for words in ("dedi", "yok böyle bir söz"):
        page.fill("#w-words", words)
        seen.append(page.text_content("#w-count"))
        assert english_words_on(seen[-1]) == set()
    desk.press("Escape")
    page.click("#correct-open")
    page.fill("#correct-body", BODY.replace("40 milyona", "44 milyona"))
    page.click("#correct-preview")
    page.locator("#plan-counts").wait_for()
    seen.append(page.text_content("#correct"))
    assert english_words_on(seen[-1]) == set()
    page.click("#correct-cancel")
    # A colleague was faster.
    claim = Claim.objects.get(wording="Liman mayısta açılacak")
    page.click(f"#claim-{claim.pk} .an-item")
    page.focus("#text")
    desk.press("e")
    page.fill("#f-wording", "Liman mayıs sonunda açılacak.")
    claim.refresh_from_db()
    change_claim(
        claim,
        by=make_user("Annotators", first_name="Barış"),
        version=claim.version,
        wording="Liman açılıyor.",
        stated_on=None,
        stated_precision="unknown",
    )
    desk.press("Control+Enter")
    page.locator("#form-conflict table").wait_for()
    seen.append(shown_on(page))
    assert english_words_on(seen[-1]) == set()
    assert "Barış" in seen[-1]
    page.click("#keep-theirs")
    with override("tr"):
        known = [each for each in desk_sayings().values() if isinstance(each, str)]
    everything = "\n".join(seen)
    said = [each for each in known if all(f in everything for f in fragments(each))]
    # The walk comes past a good part of what there is to say.
    assert len(said) > len(known) / 3


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_way_back_from_a_verdict_is_in_turkish_too(at_desk):
    claim = make_claim(status=ClaimStatus.DRAFT)
    desk = at_desk(claim.article, make_user("Reviewers"), locale="tr-TR")
    desk.press("n", "d")
    back = desk.page.locator(".desk-back")
    back.filter(has_text="Haberdeki sözlere dön").wait_for()
    shown = back.text_content()
    assert "Rakamlar dereceyi seçer" in shown
    assert not any(each in shown for s in WAY_BACK for each in fragments(s))
