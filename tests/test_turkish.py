"""Every word on a Turkish page is Turkish: pages of readers, pages of the desk.

The rows of these pages hold invented words, each with a Q and no U behind it.
So whatever else stands on a page is the interface's, and has to be found in what the
catalogues say in Turkish, or among the few names that are alike in every language.
"""

import gettext
import re
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
from tests.test_catalogue import TURKISH, Visible

HANDBOOK = TURKISH.parents[2] / "handbook"
DJANGO = Path(django.conf.__file__).parents[1]
# Formats, products, keys of the keyboard, abbreviations: the same in Turkish.
NAMES = {
    *("csv", "json", "lines", "jsonl", "csl", "bibtex", "atom", "zip", "html", "pdf"),
    *("word", "docx", "vtt", "srt", "txt", "url", "utc", "utf", "iso", "api", "mcp"),
    *("ifcn", "efcsn"),
    *("wikidata", "claimreview", "schema", "org", "creative", "commons", "openapi"),
    *("ctrl", "enter", "esc", "shift", "command", "mac", "sha", "webhook", "webhooks"),
    *("factcheck", "workbench", "english", "türkçe", "rss", "atom", "mailto", "https"),
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
# Here codes of columns and answers stand among the words that explain them.
FOR_PROGRAMMERS = {"/tr/data/", "/tr/api/"}
WORD = re.compile(r"[^\W\d_]+")
# What is no word: addresses, paths, codes between quotation marks of a program.
INVENTED = re.compile(r"q(?!u)")
NO_TURKISH = re.compile(r"%\(\w+\)|\{\w+\}|<[^>]*>|`[^`]*`|“?/[\w/]+")
NO_WORDS = re.compile(
    r"https?://\S+|\S+@\S+|\S*/\S*\.\w+|[\w-]+\.(csv|jsonl?|zip|atom|rss)"
    r"|[?&]\w+=\w+|\w+\*{5,}|manage\.py \w+"
)


def folded(word):
    """Return a word as it is compared: small letters, also of a Turkish İ."""
    return word.replace("İ", "i").replace("I", "ı").lower().replace("ı", "i")


def turkish_words():
    """Return what the catalogues of the site and of Django say: Turkish, and codes."""
    words, codes = set(), set()
    for file in [
        *TURKISH.glob("*.mo"),
        *DJANGO.glob("conf/locale/tr/LC_MESSAGES/*.mo"),
        *DJANGO.glob("contrib/*/locale/tr/LC_MESSAGES/*.mo"),
    ]:
        with file.open("rb") as opened:
            catalogue = gettext.GNUTranslations(opened)._catalog
        for message, said in catalogue.items():
            if message:
                said = NO_WORDS.sub(" ", NO_TURKISH.sub(" ", said))
                # What stands in both is a name or a code, and no word of Turkish.
                asked = message[0] if isinstance(message, tuple) else message
                both = set(WORD.findall(asked))
                words |= {folded(w) for w in WORD.findall(said) if w not in both}
                codes |= {folded(w) for w in WORD.findall(said) if w in both}
    own, english = (
        {folded(w) for file in HANDBOOK.glob(f"{code}/*.html") for w in words_of(file)}
        for code in ("tr", "en")
    )
    return words | NAMES | (own - english), codes | (own & english)


def words_of(file):
    return WORD.findall(NO_TURKISH.sub(" ", file.read_text(encoding="utf-8")))


def foreign(page, known):
    """Return the words of a page that are neither known nor invented, and where."""
    return [
        (word, words[:50])
        for language, words in Visible(page).words
        if language in {"tr", ""}
        for word in WORD.findall(NO_WORDS.sub(" ", words))
        if len(word) > 2
        and folded(word) not in known
        and not INVENTED.search(folded(word))
    ]


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


def public_addresses():
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
            yield f"/tr/{path}"
        elif "/id/" not in path:
            for key in kinds.get(start, ()):
                own = re.sub(r"<[^>]*>(-<[^>]*>)?", str(key), path, count=1)
                yield "/tr/" + re.sub(r"<int:number>", "1", own)


# A group's own pages say its name as it is stored.
STORED_GROUPS = {"annotators", "reviewers", "editors"}


def words_by_address(client, addresses):
    """Return the foreign words of each page, by word, with an address of one."""
    (turkish, codes), found, pages = turkish_words(), {}, 0
    for address in addresses:
        response = client.get(address, headers={"Accept-Language": "tr"}, follow=True)
        kind = response.headers.get("Content-Type", "")
        if response.status_code in {404, 405} or "text/html" not in kind:
            continue
        assert response.status_code < 500, address
        pages += 1
        with_codes = address in FOR_PROGRAMMERS or "/handbook/" in address
        known = turkish | codes if with_codes else turkish
        if "/auth/group/" in address:
            known = known | STORED_GROUPS
        for word, words in foreign(response.text, known):
            found.setdefault(word, f"{address}: {words}")
    return found, pages


@pytest.mark.slow
@pytest.mark.parametrize("most", [1, pytest.param(10, marks=pytest.mark.long)])
def test_every_word_of_the_desk_is_turkish(desk, most):
    client = Client()
    client.force_login(desk)
    found, pages = words_by_address(client, desk_addresses(most))
    assert pages > 100
    assert found == {}


def test_every_word_that_readers_see_is_turkish(desk):
    found, pages = words_by_address(Client(), public_addresses())
    asked = [
        f"/tr/{path}" for path in ("claims/?speaker=qx", "claims/?q=qx", "nothing/")
    ]
    more, _pages = words_by_address(Client(), asked)
    assert pages > 40
    assert found | more == {}


def test_an_english_word_on_a_turkish_page_is_found():
    page = (
        '<html lang="tr"><h1>Haberler</h1><p title="Summary">Qork: Articles, CLAİMS</p>'
        '<p lang="en">The words of an article.</p></html>'
    )
    found = [word for word, _words in foreign(page, turkish_words()[0])]
    assert sorted(found) == ["Articles", "CLAİMS", "Summary"]
