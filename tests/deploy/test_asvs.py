"""The file on OWASP's ASVS has each requirement once, and what it names is there."""

import re
from collections import Counter

import pytest
from django.conf import settings

from tests.deploy.proxies import DEPLOY

TEXT = (DEPLOY / "ASVS.md").read_text("utf-8")
# Those of 5.0.0; the ones of level 3 come last in each section.
LEVELS_1_AND_2 = """
1.1.1-2 1.2.1-9 1.3.1-11 1.4.1-3 1.5.1-2
2.1.1-3 2.2.1-3 2.3.1-4 2.4.1
3.2.1-2 3.3.1-4 3.4.1-6 3.5.1-5 3.7.1-2
4.1.1-3 4.2.1 4.3.1-2 4.4.1-4
5.1.1 5.2.1-3 5.3.1-2 5.4.1-3
6.1.1-3 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-5 6.6.1-3 6.8.1-4
7.1.1-3 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2 7.6.1-2
8.1.1-2 8.2.1-3 8.3.1 8.4.1
9.1.1-3 9.2.1-4
10.1.1-2 10.2.1-2 10.3.1-4 10.4.1-11 10.5.1-5 10.6.1-2 10.7.1-3
11.1.1-2 11.2.1-3 11.3.1-3 11.4.1-4 11.5.1 11.6.1
12.1.1-3 12.2.1-2 12.3.1-4
13.1.1 13.2.1-5 13.3.1-2 13.4.1-5
14.1.1-2 14.2.1-4 14.3.1-3
15.1.1-3 15.2.1-3 15.3.1-7
16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3
17.1.1 17.2.1-4 17.3.1-2
"""
ROW = re.compile(r"^\| (\d[\d.-]+) \| (.+?) \| (.+?) \| (.*?) ?\|$", re.M)
STANDINGS = {"holds": "hold", "part": "hold in part", "operator": "are the operator's",
             "no": "are not met", "n/a": "concern nothing here"}  # fmt: skip


def numbers(span):
    """Return the numbers of a span such as 1.2.1-9, or of one number."""
    first, _dash, last = span.partition("-")
    section, _dot, number = first.rpartition(".")
    return [f"{section}.{n}" for n in range(int(number), int(last or number) + 1)]


def rows():
    """Return for each requirement: its number, how it stands, where that is shown."""
    found = []
    for cell, _what, standing, where in ROW.findall(TEXT):
        found += [(each, standing, where) for each in numbers(cell)]
    return found


def test_each_requirement_of_levels_1_and_2_is_there_once():
    asked = [n for span in LEVELS_1_AND_2.split() for n in numbers(span)]
    assert len(asked) == 253
    assert [number for number, *_rest in rows()] == asked


def test_each_says_where_it_is_shown_and_that_is_there():
    bare = [
        number
        for number, standing, where in rows()
        if not where and standing not in ("n/a", "operator")
    ]
    paths = re.findall(r"`((?:tests|claims|factcheck)/[^`]+)`", TEXT)
    gone = [path for path in paths if not (settings.BASE_DIR / path).exists()]
    readme = (DEPLOY / "README.md").read_text("utf-8")
    headings = {
        re.sub(r"[^\w -]", "", title).lower().replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", readme, re.M)
    }
    astray = set(re.findall(r"README\.md#([\w-]+)", TEXT)) - headings
    assert (bare, gone, astray) == ([], [], set())
    assert len(paths) > 100


@pytest.mark.parametrize("standing", STANDINGS)
def test_the_figures_are_those_of_the_tables(standing):
    count = Counter(each for _number, each, _where in rows())
    assert set(count) == set(STANDINGS)
    assert f"{count[standing]} {STANDINGS[standing]}" in TEXT.replace("\n", " ")
