"""The README's example does what the README says."""

import re
from pathlib import Path

import claims.attribution
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


def test_every_module_is_named_in_the_table():
    text = README.read_text("utf-8")
    own = {"spans", "candidates", "score", "rules"}
    places = ("[a-z]*.py", "languages/en/[a-z]*.py")
    modules = {path.stem for place in places for path in README.parent.glob(place)}
    assert {name for name in modules - own if f"`{name}`" not in text} == set()
