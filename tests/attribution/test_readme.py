"""The README's example does what the README says."""

import re
from pathlib import Path

import claims.attribution
from claims.attribution import LANGUAGES, SpeakerIndex
from claims.attribution.engine import Language
from claims.attribution.languages.en.cues import CUES

README = Path(claims.attribution.__file__).with_name("README.md")


def test_the_first_example_prints_what_stands_below_it(capsys):
    blocks = re.findall(r"(?:^    .*\n|^\n(?=    ))+", README.read_text("utf-8"), re.M)
    code, output = "\n".join(blocks[0].splitlines()), ""
    lines = [line[4:] for line in code.splitlines()]
    first = next(n for n, line in enumerate(lines) if line.startswith("Ida Holt |"))
    exec("\n".join(lines[:first]), {})  # noqa: S102 the example is the project's own
    output = capsys.readouterr().out.strip()
    assert output == "\n".join(lines[first:]).strip()


def test_the_line_shown_for_a_cue_is_a_line_of_the_table():
    shown = re.search(r"^    (retort) (\S+) (.*)$", README.read_text("utf-8"), re.M)
    cue = next(cue for cue in CUES if cue.words == shown[1])
    assert (cue.frames, cue.example) == (shown[2], shown[3])


def blocks_after(heading):
    """Return the indented blocks of a section, without their indent."""
    section = README.read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", section, re.M)
    return ["\n".join(line[4:] for line in block.splitlines()) for block in found]


def test_the_language_added_on_the_page_works_as_the_page_says():
    tables, text, expected, _commands = blocks_after("How to add a language")
    names = {}
    exec(tables, names)  # noqa: S102 the example is the project's own
    rules = names["RULES"]
    for cue in Language.of(names["TABLES"]).cues:
        (found,) = rules.find_attributions(cue.example)
        assert found.speaker
    seen = [
        " | ".join(
            [p.speaker_words, p.attribution.cue.of(text), p.speaker_name, p.wording]
        )
        for p in rules.propose(text, None, SpeakerIndex(()))
    ]
    assert seen == expected.strip().splitlines()
    assert f'"{names["TABLES"].code}"' in README.read_text("utf-8")


def test_the_page_names_the_places_that_a_new_language_needs():
    section = README.read_text("utf-8").split("## How to add a language")[1]
    assert {"LANGUAGES", "WORDS"} <= set(re.findall(r"`(\w+)`", section))
    tests = Path(__file__).parent
    assert "WORDS = {" in (tests / "test_properties.py").read_text("utf-8")
    assert (tests / "gold").is_dir()


def test_every_language_has_a_row_in_the_table():
    rows = re.findall(
        r"^\| (\w+), `languages/(\w+)/` \|", README.read_text("utf-8"), re.M
    )
    assert {code: name for name, code in rows} == LANGUAGES


def test_every_module_is_named_in_the_table():
    text = README.read_text("utf-8")
    own = {"spans", "candidates", "score", "rules"}
    places = ("[a-z]*.py", "engine/[a-z]*.py", "languages/en/[a-z]*.py")
    modules = {path.stem for place in places for path in README.parent.glob(place)}
    assert {name for name in modules - own if f"`{name}`" not in text} == set()
