"""The catalogues of each language: every word that code, pages and scripts mark."""

import ast
import gettext
import html
import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "claims" / "locale"
# A language of the interface is a folder here; English is what the code says.
TRANSLATED = sorted(folder.name for folder in LOCALE.iterdir() if folder.is_dir())
SCRIPTS = sorted(ROOT.glob("claims/static/**/*.js"))
# The domains of gettext: `django` for code and pages, `djangojs` for scripts.
DOMAINS = ("django", "djangojs")
# Names of formats, files and keys, alike in every language.
NAMES = re.compile(
    r"CSV|CSL-JSON|JSON( Lines)?|BibTeX|Atom|RSS|ZIP|Wikidata|ClaimReview"
    r"|Ctrl Enter|Esc"
    r"|\w+\.(csv|jsonl|zip|atom|rss|json)|rating|false"
)
MARKERS = {
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
    "npgettext_lazy",
}
# Attributes whose words a reader sees or hears.
WORDS = {"title", "aria-label", "alt", "placeholder"}
SILENT = {"script", "style", "pre", "code"}


# --- The catalogues -----------------------------------------------------------------


def catalogue_file(language, domain, ending):
    """Return where a catalogue lies."""
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.{ending}"


@cache
def entries(language, domain="django"):
    """Return the rows of a .po file: flags, and its strings by keyword."""
    rows = []
    source = catalogue_file(language, domain, "po").read_text(encoding="utf-8")
    for block in source.split("\n\n"):
        flags = " ".join(re.findall(r"^#,(.*)$", block, re.M))
        row, key = {}, ""
        for line in block.splitlines():
            if found := re.match(r'(msg\w+(?:\[\d\])?) (".*")$', line):
                key = found[1]
                row[key] = ast.literal_eval(found[2])
            elif line.startswith('"'):
                row[key] += ast.literal_eval(line)
        if row:
            rows.append((flags, row))
    return rows


@cache
def catalogue(language, domain="django"):
    """Return the translations: {(context, message): [string, ...]}."""
    return {
        (row.get("msgctxt", ""), row["msgid"]): [
            words for key, words in row.items() if key.startswith("msgstr")
        ]
        for _flags, row in entries(language, domain)
        if row["msgid"]
    }


@cache
def marked_messages(domain):
    """Return every message marked for translation, with the file it stands in."""
    if domain == "djangojs":
        return {
            message: path.name
            for path in SCRIPTS
            for message in _marked_in_script(path.read_text(encoding="utf-8"))
        }
    found = {}
    for path in [*ROOT.glob("claims/**/*.py"), ROOT / "factcheck" / "settings.py"]:
        for message in _marked_in_python(path.read_text(encoding="utf-8")):
            found[message] = path.name
    for path in ROOT.glob("templates/**/*.html"):
        source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        for message in _marked_in_source(source):
            found[message] = path.name
    return found


def _marked_in_python(source):
    """Return (context, message) of each call of a marking function, by any name."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in MARKERS
    }
    for node in ast.walk(tree):
        name = isinstance(node, ast.Call) and getattr(node.func, "id", None)
        if name in names:
            words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            in_context = "pgettext" in names[name]
            if words:
                yield (words[0], words[1]) if in_context else ("", words[0])


def _marked_in_source(source):
    """Return (context, message) of each call in what templatize() made of a page."""
    string = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
    pattern = rf"\b(n?p?gettext|_)\(\s*{string}(?:\s*,\s*{string})?"
    for name, first, second in re.findall(pattern, source):
        words = [ast.literal_eval(each) for each in (first, second) if each]
        yield (words[0], words[1]) if "pgettext" in name else ("", words[0])


def _marked_in_script(source):
    """Return (context, message) of each call in a script; all of them are literals."""
    string = r'"(?:[^"\\]|\\.)*"'
    pattern = rf"\b(n?p?gettext)\(\s*({string})(?:\s*,\s*({string}))?"
    calls = re.findall(pattern, source)
    assert len(calls) == len(re.findall(r"\bn?p?gettext\(", source))
    for name, *strings in calls:
        words = [json.loads(each) for each in strings if each]
        yield (words[0], words[1]) if "pgettext" in name else ("", words[0])


def test_each_language_of_the_interface_is_a_folder():
    assert {*dict(settings.LANGUAGES)} == {"en", *TRANSLATED}


in_each_language = pytest.mark.parametrize("language", TRANSLATED)
in_each_domain = pytest.mark.parametrize("domain", DOMAINS)


@in_each_language
@in_each_domain
def test_every_marked_message_is_translated(language, domain):
    known = catalogue(language, domain)
    missing = {
        message: path
        for message, path in marked_messages(domain).items()
        if not all(known.get(message, [""]))
    }
    assert not missing, f"run makemessages -l {language}, translate, compilemessages"


@in_each_language
def test_the_scripts_catalogue_holds_nothing_that_no_script_says(language):
    # Each page of the desk takes all of it along.
    said = marked_messages("djangojs").keys()
    assert catalogue(language, "djangojs").keys() == said


def test_a_message_that_nobody_translated_would_be_found():
    source = (
        "from django.utils.translation import gettext as _now\n"
        "from django.utils.translation import pgettext\n"
        "_now('Not a word of this')\npgettext('a month', 'May')\nother('No')\n"
    )
    found = list(_marked_in_python(source))
    assert found == [("", "Not a word of this"), ("a month", "May")]
    page = templatize(
        '{% load i18n %}{% translate "A" %}{{ _("B") }}'
        "{% blocktranslate count n=n %}one{% plural %}many{% endblocktranslate %}"
    )
    assert set(_marked_in_source(page)) == {("", "A"), ("", "B"), ("", "one")}
    script = (
        'say(gettext("A")); ngettext(\n  "one", "many", n); pgettext("mood", "May")'
    )
    assert list(_marked_in_script(script)) == [("", "A"), ("", "one"), ("mood", "May")]
    with pytest.raises(AssertionError):
        # No catalogue could hold what is only known when it is said.
        list(_marked_in_script("gettext(`${count} claims`)"))


@in_each_language
@in_each_domain
def test_no_translation_is_a_guess(language, domain):
    rows = entries(language, domain)
    assert not [row["msgid"] for flags, row in rows if "fuzzy" in flags]


@in_each_language
@in_each_domain
def test_translations_keep_their_placeholders_and_tags(language, domain):
    pattern = r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w+"
    for _flags, row in entries(language, domain):
        if not row["msgid"]:
            continue
        asked = sorted(re.findall(pattern, row.get("msgid_plural", row["msgid"])))
        for key, words in row.items():
            if key.startswith("msgstr"):
                assert sorted(re.findall(pattern, words)) == asked, row["msgid"]


PLURALS = {"de": "plural=(n != 1)", "tr": "plural=(n > 1)"}


@in_each_language
@in_each_domain
def test_the_compiled_catalogue_holds_what_the_readable_one_holds(language, domain):
    with catalogue_file(language, domain, "mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)
    assert PLURALS[language] in compiled.pop("")
    expected = {}
    for _flags, row in entries(language, domain):
        context = f"{row['msgctxt']}\x04" if "msgctxt" in row else ""
        for key, words in row.items():
            if not row["msgid"] or not words:
                continue
            if key == "msgstr":
                expected[context + row["msgid"]] = words
            elif key.startswith("msgstr["):
                expected[context + row["msgid"], int(key[7])] = words
    assert compiled == expected


# --- Words that nobody marked -------------------------------------------------------

# What a script gives straight to the page, with a word of its own in it.
UNMARKED = re.compile(
    r"(?:\.(?:say|alert|error)\(|textContent(?: =|:) |ariaLabel: "
    r'|\.hint\("\w+", |"aria-label", |new Option\()\s*(?:"(?:[^"]*[a-z]{2}[^"]*)"'
    r"|`(?:[^`$]|\$\{[^}]*\})*?(?<![\w{.])[A-Za-z]{2,}(?![\w}.(])[^`]*`)"
)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.stem)
def test_no_script_shows_a_sentence_that_cannot_be_translated(script):
    assert UNMARKED.findall(script.read_text(encoding="utf-8")) == []


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


class Visible(HTMLParser):
    """The words of a page that readers see or hear, each with its language."""

    VOID = {"meta", "link", "input", "br", "hr", "img", "source", "wbr"}

    def __init__(self, page):
        super().__init__()
        self.languages, self.silent, self.words = [""], 0, []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        language = attrs.get("lang") or self.languages[-1]
        if tag in {"title", "bdi"}:
            # A title cannot say where its language changes, and a name has none.
            language = ""
        for name in WORDS & attrs.keys() if tag != "link" else ():
            self.words.append((language, attrs[name]))
        if tag in self.VOID:
            return
        self.languages.append(language)
        self.silent += tag in SILENT

    def handle_startendtag(self, tag, attrs):
        # Of an SVG: nothing opens.
        pass

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.languages.pop()
            self.silent -= tag in SILENT

    def handle_data(self, data):
        words = " ".join(data.split())
        if words and not self.silent:
            self.words.append((self.languages[-1], words))

    def in_language(self, code):
        return [words for language, words in self.words if language == code]


@pytest.mark.parametrize(
    "page", [*ROOT.glob("templates/**/*.html")], ids=lambda p: p.stem
)
def test_no_word_in_a_template_is_left_unmarked(page):
    assert not unmarked(page.read_text(encoding="utf-8"))


def test_a_word_that_somebody_forgot_to_mark_is_found():
    page = (
        '{% load i18n %}<p title="Forgotten">{% translate "Marked" %} and {{ name }}'
        "{% blocktranslate %}also marked{% endblocktranslate %}"
        '{% if a == "b" %}left{% endif %}</p>'
    )
    assert unmarked(page) == ["Forgotten", "and", "left"]


def unmarked(template):
    """Return the words of a template that stand outside every translation tag."""
    for pattern in (
        r"{% comment.*?{% endcomment %}",
        r"{% block bodyclass %}.*?{% endblock.*?%}",
        r"{% blocktranslate.*?{% endblocktranslate %}",
        r"{%.*?%}",
    ):
        template = re.sub(pattern, "", template, flags=re.S)
    template = (
        re.sub(r"{{.*?}}", "0", template).replace("<0", "<p").replace("</0", "</p")
    )
    words = " ".join(text for _language, text in Visible(template).words)
    words = re.sub(r"\?rating=false|\?columns=1", "", html.unescape(words))
    found = re.findall(r"[^\W\d_]{2,}(?:[.-]\w+)?(?: Enter| Lines)?", words)
    return [word for word in found if not NAMES.fullmatch(word)]
