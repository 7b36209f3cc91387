"""The W3C's checker finds nothing to say about any page, style sheet or picture."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.pages.samples import SAMPLES

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

BAD_PAGE = """<!doctype html>
<html lang="en"><title>Bad</title><img src="x.png"><p id="a"><p id="a"><b><i></b></i>
"""

# So short a run gains nothing from compiling well and collecting in parallel.
JAVA = ["-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]


def remarks(vnu, folder):
    """Return all that the checker says about the files of a folder."""
    if not shutil.which("java"):
        pytest.skip("no Java here, which the W3C's checker needs")
    options = ["--format", "json", "--exit-zero-always", "--also-check-svg"]
    done = subprocess.run(
        ["java", *JAVA, "-jar", str(vnu), *options, str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [
        f"{Path(one['url']).name}:{one.get('lastLine')}: "
        f"{one.get('subType', one['type'])}: {one['message']}"
        f" | {' '.join(one.get('extract', '').split())}"
        for one in json.loads(done.stderr)["messages"]
    ]


@pytest.mark.slow
def test_the_markup_of_every_page_is_valid(site, vnu, tmp_path):
    for one in SAMPLES:
        file = tmp_path / f"{one.label}.html"
        file.write_bytes(one.response().content)
    icon = Path(settings.BASE_DIR) / "claims" / "static" / "claims" / "icon.svg"
    shutil.copy(icon, tmp_path)
    (tmp_path / "bad.html").write_text(BAD_PAGE, encoding="utf-8")
    found = remarks(vnu, tmp_path)
    # The control: the checker did read the files, and says what is wrong.
    bad = "\n".join(one for one in found if one.startswith("bad.html"))
    assert "alt" in bad
    assert "Duplicate ID" in bad
    others = [
        one
        for one in found
        # Claims are in the language in which they were printed.
        if not one.startswith("bad.html") and "appears to be written in" not in one
    ]
    assert others == [], "\n".join(others)
