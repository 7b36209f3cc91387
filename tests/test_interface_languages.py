"""Every word on a page is in the page's language: pages of readers and of the desk.

The rows of these pages hold invented words, each with a Q and no U behind it.
So whatever else stands on a page is the interface's, and has to be found in what the
catalogues say in that language, or among the few names that are alike in all of them.
A word that stands in a message and in its translation counts as English, unless it is
one of the cognates below; a whole message in English is found by being just that.
No day stands there in numbers that one reader takes for another day than the next.
"""

import gettext
import re
from functools import cache
from pathlib import Path

import django.conf
import pytest
from django.contrib import admin
from django.test import Client
from django.urls import get_resolver

from claims.desk.comments import add_comment
from claims.desk.steps import STEPS
from claims.desk.workflow import take_step
from claims.models import (
    Article,
    Outlet,
    PublicClaim,
    Rating,
    ReaderReport,
    Speaker,
    Topic,
)
from claims.reading.handbook import TITLES
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_speaker,
    make_topic,
    make_user,
    make_verdict,
    retract,
    revise,
    withdraw,
)
from tests.test_catalogue import LOCALE, TRANSLATED, Visible, catalogue

HANDBOOK = LOCALE.parent / "handbook"
DJANGO = Path(django.conf.__file__).parents[1]
# Formats, products, keys of the keyboard, abbreviations: the same in each language.
NAMES = {
    *("csv", "json", "lines", "jsonl", "csl", "bibtex", "atom", "zip", "html", "pdf"),
    *("word", "docx", "vtt", "srt", "txt", "url", "utc", "utf", "iso", "api", "mcp"),
    *("ifcn", "efcsn"),
    *("wikidata", "claimreview", "schema", "org", "creative", "commons", "openapi"),
    *("ctrl", "enter", "esc", "shift", "command", "mac", "sha", "webhook", "webhooks"),
    *(
        "factcheck",
        "workbench",
        "english",
        "türkçe",
        "deutsch",
        "rss",
        "atom",
        "mailto",
        "https",
    ),
    *("standard", "pbkdf", "sha256", "tei", "xml", "http", "etag", "cors", "oembed"),
    # "user1" is a login of the tests.
    *("form", "model", "kappa", "cohen", "tsv", "sorani", "latin", "unicode"),
    # Of Django's pictures for yes and no, and slugs of the ratings.
    *("true", "false"),
    # Names in the examples beside fields.
    *("rood", "daily", "sabah", "ankara", "user"),
    *("commonmark", "icalendar", "totp", "png", "jpeg", "webp"),
    *("gzip", "sql", "post", "get", "curl", "utf8", "windows", "latin", "javascript"),
}
# Words that a language shares with English, in the same sense and all but the same
# letters, where no translation has them without the English word beside them.
COGNATES = {
    "de": {
        *("april", "august", "september", "november"),
        *("afrikaans", "bengali", "hindi", "urdu"),
        *("import", "private"),
    }
}
# A group's own pages say its name as it is stored.
STORED_GROUPS = {"annotators", "reviewers", "editors"}
# Here codes of columns and answers stand among the words that explain them.
FOR_PROGRAMMERS = {"data/", "api/"}
WORD = re.compile(r"[^\W\d_]+")
# What is no word: addresses, paths, codes between quotation marks of a program.
INVENTED = re.compile(r"q(?!u)")
FILLED_IN = re.compile(r"%\(\w+\)|\{\w+\}|<[^>]*>|`[^`]*`|(?<![\w-])/[\w/]+")
NO_WORDS = re.compile(
    r"https?://\S+|\S+@\S+|\S*/\S*\.\w+|[\w-]+\.(csv|jsonl?|zip|atom|rss)"
    r"|[?&]\w+=\w+|\w+\*{5,}|manage\.py \w+"
    # What has its name in English.
    r"|Web Content Accessibility Guidelines|Code of Principles"
    r"|\w+ Fact-Checking (?:Standards )?Network"
)


def folded(word):
    """Return a word as it is compared: small letters, also of a Turkish İ."""
    return word.replace("İ", "i").replace("I", "ı").lower().replace("ı", "i")


@cache
def words_of_language(language):
    """Return what the catalogues of the site and of Django say: words, and codes."""
    words, codes = set(), set()
    folder = f"locale/{language}/LC_MESSAGES/*.mo"
    for file in [
        *LOCALE.glob(f"{language}/LC_MESSAGES/*.mo"),
        *DJANGO.glob(f"conf/{folder}"),
        *DJANGO.glob(f"contrib/*/{folder}"),
    ]:
        with file.open("rb") as opened:
            messages = gettext.GNUTranslations(opened)._catalog
        for message, said in messages.items():
            if message:
                said = NO_WORDS.sub(" ", FILLED_IN.sub(" ", said))
                # What stands in both is a name or a code, and no word of its own.
                asked = message[0] if isinstance(message, tuple) else message
                both = set(WORD.findall(asked))
                words |= {folded(w) for w in WORD.findall(said) if w not in both}
                codes |= {folded(w) for w in WORD.findall(said) if w in both}
    own, english = (
        {folded(w) for file in HANDBOOK.glob(f"{code}/*.html") for w in words_of(file)}
        for code in (language, "en")
    )
    words |= NAMES | COGNATES.get(language, set()) | (own - english)
    return words, codes | (own & english)


@cache
def messages_in_english(language):
    """Return the messages that a translation says otherwise, word for word."""
    said = {words for one in catalogue(language).values() for words in one}
    return {message for _context, message in catalogue(language)} - said


def words_of(file):
    return WORD.findall(FILLED_IN.sub(" ", file.read_text(encoding="utf-8")))


# 06/05/2024 and 6.5.24 are two days, 2024-05-06 is one.
AMBIGUOUS = re.compile(r"(?<![\w./-])\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?![\w/-])")


def foreign(page, language, known):
    """Return what of a page is neither known nor invented nor one day, and where."""
    pieces = [words for code, words in Visible(page).words if code in {language, ""}]
    strange = [
        (word, words[:50])
        for words in pieces
        for word in WORD.findall(NO_WORDS.sub(" ", words))
        if len(word) > 2
        and folded(word) not in known
        and not INVENTED.search(folded(word))
    ]
    whole = [
        (words, words)
        for words in pieces
        if words in messages_in_english(language)
        and not {folded(word) for word in WORD.findall(words)} <= NAMES | STORED_GROUPS
    ]
    days = [(day[0], words) for words in pieces for day in AMBIGUOUS.finditer(words)]
    return strange + whole + days


# --- A desk whose own words are nobody's ---------------------------------------------


BODY = (
    "Qarvo qimel “qonder qast,” Qelda Qork qaid. Qander qol qorte qin qavel.\n\n"
    "Qaster qimble qort qevel, Qelda Qork qaid qin qorp."
)


@pytest.fixture(scope="module")
def desk(module_db):
    """Some of everything that a desk has, in invented words."""
    for rating in Rating.objects.all():
        Rating.objects.filter(pk=rating.pk).update(
            label=f"Qating{'q' * rating.order}", definition="Qefin qition."
        )
    chief = make_user(
        username="qadmin", superuser=True, first_name="Qa", last_name="Qchief"
    )
    writer = make_user("Reviewers", username="qwriter", first_name="Qwri")
    outlet = make_outlet("Qoutlet")
    outlet.homepage = "https://qoutlet.example/"
    outlet.save()
    article = make_article(
        BODY, headline="Qeadline qone", outlet=outlet, byline="Qyline"
    )
    speaker = make_speaker(
        "Qelda Qork", aliases=["Qork"], title="Qitle", description="Qescribed."
    )
    make_speaker("Qelda Qorc")
    topic = make_topic("Qopic")
    made = {"article": article, "speaker": speaker, "topics": [topic]}

    def claim(words, **fields):
        given = {"wording": f"Qording: {words}.", "cue": "qaid", "status": "draft"}
        row = make_claim(words, **made | given | fields)
        if "status" in fields:
            return row
        return take_step("list", row, by=chief, comment="Qisted.")

    def verdict(words, **fields):
        texts = {
            "summary": "Qammary.",
            "explanation": "Qexplained qat qength.",
            "how_verified": "Qerified.",
            "source": "Qinutes",
            "publisher": "Qablisher",
            "not_asked_reason": "Qeason.",
        }
        return make_verdict(claim(words), author=writer, **texts | fields)

    claim("qonder qast", status="suggested")
    claim("Qander qol", status="draft")
    listed = claim("qorte qin qavel")
    verdict("qin qavel")
    verdict("Qaster qimble", status="in_review")
    shown = verdict("qort qevel", status="published")
    again = verdict("qimble qort", status="published")
    again = revise(again, by=writer, note="Qnote.")
    again.summary, again.version = "Qammary qnew.", again.version + 1
    again.save()
    retract(verdict("qimble", status="published"), reason="Qreason.")
    gone = verdict("qin qorp", status="published")
    withdraw(gone.claim, reason="Qreason.")
    ReaderReport.objects.create(kind="error", claim=listed, message="Qessage")
    add_comment(shown, "Qomment", by=chief)
    return chief


# --- The pages ------------------------------------------------------------------------

ONE_ROW = re.compile(r"<(path:object_id|id|int:article_id)>")


def walk(routes, before=""):
    for each in routes:
        path = before + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from walk(each.url_patterns, path)
        else:
            yield path, each


def desk_addresses(most):
    """Return every address of the desk, with the first rows of each list."""
    addresses = ["/admin/", "/admin/claims/", "/admin/auth/"]
    addresses += [f"/admin/handbook/{page}/" for page in TITLES]
    addresses += ["/admin/handbook/?q=iddia"]
    rows = {
        f"{model._meta.app_label}/{model._meta.model_name}/": model
        for model in admin.site._registry
    }
    for path, _route in walk(admin.site.urls[0]):
        model = next((rows[start] for start in rows if path.startswith(start)), None)
        if "<" not in path and "(" not in path:
            addresses.append(f"/admin/{path}")
        elif model is not None:
            # What these say depends on their state.
            is_work = path.endswith("/change/") and model.__name__ in {
                "Claim",
                "Verdict",
            }
            keys = model._default_manager.order_by("pk").values_list("pk", flat=True)
            for key in keys[: 10 if is_work else most]:
                own = ONE_ROW.sub(str(key), path, count=1)
                steps = STEPS if "<slug:name>" in own else [""]
                addresses += [f"/admin/{own}".replace("<slug:name>", s) for s in steps]
    return [each for each in addresses if "<" not in each]


def public_addresses(language):
    """Return every address of the public site that ends as a page does."""
    claims = PublicClaim.objects.order_by("pk").values_list("pk", flat=True)
    kinds = {
        "claims/": claims,
        "articles/": Article.objects.values_list("pk", flat=True),
        "speakers/": Speaker.objects.public().values_list("slug", flat=True),
        "topics/": Topic.objects.values_list("slug", flat=True),
        "outlets/": Outlet.objects.values_list("slug", flat=True),
    }
    for path, _route in walk(get_resolver("claims.urls").url_patterns):
        if not path.endswith("/") and path:
            continue
        start = path.split("/")[0] + "/"
        if "<" not in path:
            yield f"/{language}/{path}"
        elif "/id/" not in path:
            for key in kinds.get(start, ()):
                own = re.sub(r"<[^>]*>(-<[^>]*>)?", str(key), path, count=1)
                yield f"/{language}/" + re.sub(r"<int:number>", "1", own)


def words_by_address(client, language, addresses):
    """Return the foreign words of each page, by word, with an address of one."""
    (own, codes), found, pages = words_of_language(language), {}, 0
    asked = {"Accept-Language": language}
    for address in addresses:
        response = client.get(address, headers=asked, follow=True)
        kind = response.headers.get("Content-Type", "")
        if response.status_code in {404, 405} or "text/html" not in kind:
            continue
        assert response.status_code < 500, address
        pages += 1
        with_codes = address.removeprefix(f"/{language}/") in FOR_PROGRAMMERS
        known = own | codes if with_codes or "/handbook/" in address else own
        if "/auth/group/" in address:
            known = known | STORED_GROUPS
        for word, words in foreign(response.text, language, known):
            found.setdefault(word, f"{address}: {words}")
    return found, pages


in_each_language = pytest.mark.parametrize("language", TRANSLATED)


@pytest.mark.slow
@in_each_language
@pytest.mark.parametrize("most", [1, pytest.param(10, marks=pytest.mark.long)])
def test_every_word_of_the_desk_is_in_its_language(desk, language, most):
    client = Client()
    client.force_login(desk)
    found, pages = words_by_address(client, language, desk_addresses(most))
    assert pages > 100
    assert found == {}, "\n".join(map(str, found.items()))


@pytest.mark.slow
@in_each_language
def test_every_word_that_readers_see_is_in_their_language(desk, language):
    asked = ("claims/?speaker=qx", "claims/?q=qx", "nothing/")
    addresses = [
        *public_addresses(language),
        *(f"/{language}/{path}" for path in asked),
    ]
    found, pages = words_by_address(Client(), language, addresses)
    assert pages > 40
    assert found == {}, "\n".join(map(str, found.items()))


@in_each_language
def test_an_english_word_and_an_ambiguous_day_are_found(language):
    page = (
        f'<html lang="{language}"><h1>Q</h1><p title="Summary">Qork: Articles, CLAIMS'
        "</p><p>Search</p><p>06.05.2024, 6/5/24, 2024-05-06, 4.5 q, 10.0.0.1</p>"
        '<p lang="en">The words of an article.</p></html>'
    )
    known, _codes = words_of_language(language)
    found = [word for word, _words in foreign(page, language, known)]
    words = {"Articles", "CLAIMS", "Search", "Summary"}
    assert {*found} == words | {"06.05.2024", "6/5/24"}
