"""The desk's scripts speak the language of the page: Django's JavaScript catalogue."""

import gettext
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from claims.desk.annotation import change_claim
from claims.desk.workflow import begin_verdict
from claims.models import Claim
from claims.models.choices import ClaimStatus, Origin
from tests.factories import make_article, make_claim, make_speaker, make_user

CATALOGUE = Path(settings.BASE_DIR) / "claims/locale/tr/LC_MESSAGES/djangojs.mo"
BODY = (
    "Liman mayısta açılacak, dedi Ida Falk pazartesi günü.\n\n"
    "“Köprü 40 milyona mal oldu,” dedi Falk. “Kimse yaralanmadı.”\n\n"
    "Kurul, vapurun hazirana dek süreceğini söyledi."
)


def catalogue():
    """Return the Turkish of each sentence of the scripts, all its forms in one."""
    with CATALOGUE.open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    known = {}
    for key, words in compiled.items():
        sentence = key[0] if isinstance(key, tuple) else key
        known[sentence] = f"{known.get(sentence, '')} {words}".strip()
    del known[""]
    return known


# --- The catalogue in the page -------------------------------------------------------


def catalogue_sent(client, language):
    """Return the translations that the desk's pages load in a language."""
    answer = client.get(reverse("admin:jsi18n"), headers={"Accept-Language": language})
    assert answer["Content-Type"].startswith("text/javascript")
    found = re.search(r"const newcatalog = (\{.*?\});$", answer.text, re.M | re.S)
    return json.loads(found[1]) if found else {}


@pytest.mark.django_db
def test_the_catalogue_is_sent_in_the_language_that_the_browser_asks_for(client):
    client.force_login(make_user("Editors"))
    turkish = catalogue_sent(client, "tr")
    assert turkish["Nothing here."] == "Burada bir şey yok."
    assert turkish["%(count)s claim"] == ["%(count)s iddia"] * 2
    # Django's own scripts at the desk find their words there too.
    assert turkish["Today"] == "Bugün"
    # English needs none: the scripts say everything in it.
    assert "Nothing here." not in catalogue_sent(client, "en")


@pytest.mark.django_db
def test_the_pages_load_the_catalogue_before_the_scripts_that_need_it(client):
    client.force_login(make_user("Reviewers"))
    claim = make_claim(status=ClaimStatus.DRAFT)
    verdict = begin_verdict(claim, by=make_user("Reviewers"))
    for address, script in (
        (reverse("admin:claims_article_annotate", args=[claim.article_id]), "desk.js"),
        (reverse("admin:claims_verdict_change", args=[verdict.pk]), "back.js"),
    ):
        page = client.get(address).text
        # A module runs after the page is read, any other script at its place.
        # The newest Django writes an attribute more.
        assert re.search(
            rf'<script src="{reverse("admin:jsi18n")}"[^>]*></script>', page
        )
        assert re.search(rf'<script type="module" src="[^"]*{script}">', page)


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
    """Return what stands on a page in the English of the scripts."""
    return {
        each
        for sentence, said in catalogue().items()
        for each in fragments(sentence)
        if each not in said and re.search(rf"(?<!\w){re.escape(each)}(?!\w)", shown)
    }


def shown_on(page):
    """Return all words of the page, those that only a screen reader says too."""
    return page.evaluate(
        """() => [document.getElementById("desk").innerText,
          ...[...document.querySelectorAll("dialog")].map((each) => each.textContent),
          ...[...document.querySelectorAll("#desk [aria-label]")]
            .map((each) => each.getAttribute("aria-label"))].join("\\n")"""
    )


@pytest.mark.slow
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
    known = catalogue().values()
    everything = "\n".join(seen)
    # Whatever is to be filled in has been.
    assert not re.search(r"%\(|\bundefined\b|\bnull\b", everything)
    said = [each for each in known if all(f in everything for f in fragments(each))]
    # The walk comes past a good part of what there is to say.
    assert len(said) > len(known) / 3


@pytest.mark.slow
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
    assert english_words_on(shown) == set()
