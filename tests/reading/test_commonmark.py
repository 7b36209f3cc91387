"""CommonMark of verdicts is HTML that harms nobody, and shows what was typed."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.reading.commonmark import LONGEST, Picture, problems, render

CHART = {"chart one.png": Picture("/evidence/ab.png", 640, 480, "Harbour traffic")}
ALLOWED = {
    *("a", "blockquote", "br", "code", "div", "em", "h3", "h4", "h5", "h6", "hr"),
    *("img", "li", "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead"),
    *("tr", "ul"),
}
ATTRIBUTES = {
    "a": {"href", "rel", "title"},
    "div": {"class", "tabindex"},
    "img": {"src", "alt", "width", "height", "loading"},
    "td": {"class"},
    "th": {"class"},
    "ol": {"start"},
}


class Elements(HTMLParser):
    """Collects what a browser would make of HTML."""

    def __init__(self, html):
        super().__init__()
        self.found, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo\nlines.", "<p>One.</p>\n<p>Two\nlines.</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        # Below the headings of the page.
        ("# Steps\n## Second", "<h3>Steps</h3>\n<h4>Second</h4>\n"),
        # What is of one level stays of one level, whichever the text begins with.
        ("## Steps\n## Second", "<h3>Steps</h3>\n<h3>Second</h3>\n"),
        # A level that is left out would mislead who goes from heading to heading.
        ("### Steps\n###### Second", "<h3>Steps</h3>\n<h4>Second</h4>\n"),
        (
            "[the *minutes*](https://town.example/m?a=1&b=2)",
            '<p><a href="https://town.example/m?a=1&amp;b=2" rel="external nofollow">'
            "the <em>minutes</em></a></p>\n",
        ),
        # An address as it stands, without the full stop that ends the sentence.
        (
            "See https://town.example/a_(b).",
            '<p>See <a href="https://town.example/a_(b)" rel="external nofollow">'
            "https://town.example/a_(b)</a>.</p>\n",
        ),
        (
            "![Ships a year](chart one.png)",
            '<p><img src="/evidence/ab.png" alt="Ships a year" width="640"'
            ' height="480" loading="lazy"></p>\n',
        ),
        ("x<br>y", "<p>x&lt;br&gt;y</p>\n"),
    ],
)
def test_it_is_rendered(text, html):
    assert render(text, CHART) == html


def test_columns_are_aligned_without_a_style():
    html = render("| Year | Ships |\n|---|---:|\n| 2024 | 12 |")
    assert '<td class="align-right">12</td>' in html
    assert '<div class="wide" tabindex="0"><table>' in html
    assert "style" not in html


def test_a_picture_without_words_is_described_by_its_title():
    assert 'alt="Harbour traffic"' in render("![](chart one.png)", CHART)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JAVASCRIPT:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,1)",
        "[x](vbscript:x)",
        "[x](/admin/)",
        "[x](//other.example)",
        "<javascript:alert(1)>",
        "<a@b.example>",
        "[x][y]\n\n[y]: javascript:alert(1)",
        '[x](https://a.example "\\" onclick=alert(1)")',
        "![x](https://elsewhere.example/track.png)",
        "![x](other.png)",
        '![" onerror="alert(1)](chart one.png)',
        "```\" onclick='x'\ncode\n```",
        "https://a.example/\"onmouseover='alert(1)'",
    ],
)
def test_no_link_leads_elsewhere_and_nothing_runs(text):
    for tag, attributes in Elements(render(text, CHART)).found:
        assert tag in ALLOWED
        assert set(attributes) <= ATTRIBUTES.get(tag, set())
        assert attributes.get("href", "https://").startswith(("http://", "https://"))
        assert attributes.get("src", "/evidence/ab.png") == "/evidence/ab.png"


@given(st.text(st.sampled_from("[]()!<>\"'`*_|-:#&;\\ \n\tax1h/") | st.characters()))
def test_whatever_is_typed_only_harmless_elements_come_of_it(text):
    for tag, attributes in Elements(render(text, CHART)).found:
        assert tag in ALLOWED
        assert set(attributes) <= ATTRIBUTES.get(tag, set())


def test_characters_that_nobody_sees_do_not_come_back_as_entities():
    assert render("a&#x202E;b&shy;c&#8203;d") == "<p>abcd</p>\n"


def test_what_was_not_taken_for_a_link_or_a_picture_is_named():
    said = problems("[x](ftp://a.example) and ![y](no.png)", CHART)
    assert said == [
        "No public picture in the evidence has the name “no.png”.",
        "“[x](ftp://a.example)” is no link: http:// or https:// is missing.",
    ]
    assert problems("[x](https://a.example) ![y](chart one.png)", CHART) == []


def test_a_text_that_is_too_long_is_not_parsed():
    assert render("a" * LONGEST) != ""
    assert render("a" * (LONGEST + 1)) == ""
    assert problems("a" * (LONGEST + 7)) == [
        "At most 20,000 characters fit; these are 7 characters too many."
    ]


@pytest.mark.parametrize("part", ["[", "![", "[](", "![a](b", "*_", "<", "`", "https:"])
def test_no_text_of_allowed_length_grows_beyond_measure(part):
    html = render((part * LONGEST)[:LONGEST], CHART)
    assert len(html) < 8 * LONGEST
    assert re.match("<[a-z]", html)
