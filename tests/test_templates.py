"""Templates keep one shape: short lines, `extends` first, blocks closed by name."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parent.parent / "templates"
FILES = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
NAMES = {path.relative_to(TEMPLATES).as_posix() for path in FILES}
LONGEST = 140

BLOCK = re.compile(r"{% (end)?block\b *([\w-]*)")
# What the content security policy refuses. A script of data is not run.
INLINE = {
    "style": re.compile(r"<style\b|\sstyle\s*="),
    "script": re.compile(r"<script(?![^>]*(?:\bsrc=|application/ld\+json))"),
    "handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.DOTALL),
}


def faults(source):
    """Yield what is wrong with a template's source, in words."""
    for number, line in enumerate(source.splitlines(), 1):
        if len(line) > LONGEST:
            yield f"line {number} has {len(line)} characters"
        if line != line.rstrip():
            yield f"line {number} ends with a space"
    if "{% extends" in source and not source.startswith("{% extends"):
        yield "extends is not first"
    open_blocks = []
    for number, line in enumerate(source.splitlines(), 1):
        for is_end, name in BLOCK.findall(line):
            if not is_end:
                open_blocks.append((name, number))
                continue
            opened, at = open_blocks.pop()
            if name != opened and (name or at != number):
                yield f"line {number} closes {opened!r} as {name!r}"
    for kind, pattern in INLINE.items():
        if pattern.search(source):
            yield f"an inline {kind}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_template_keeps_to_the_rules(path):
    assert list(faults(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<p>" + "a" * 138, "line 1 has 141 characters"),
        ("<p>\n<p> \n", "line 2 ends with a space"),
        ('{% load i18n %}{% extends "a.html" %}', "extends is not first"),
        ("{% block main %}\n{% endblock %}", "line 2 closes 'main' as ''"),
        ("{% block a %}{% endblock b %}", "line 1 closes 'a' as 'b'"),
        ("<style>p { color: red }</style>", "an inline style"),
        ('<p lang="en" style="color: red">', "an inline style"),
        ("<script>go()</script>", "an inline script"),
        ('<button\n    type="submit" onclick="go()">', "an inline handler"),
    ],
)
def test_the_rules_notice_what_they_forbid(source, fault):
    assert list(faults(source)) == [fault]


def test_what_is_included_is_named_as_a_part():
    for path in FILES:
        source = path.read_text(encoding="utf-8")
        for name in re.findall(r'{% include "([^"]+)"', source):
            is_ours = name in NAMES
            assert not is_ours or Path(name).name.startswith("_"), (path, name)
            assert is_ours or name.startswith("admin/"), f"{path}: there is no {name}"
