"""Collected static files: names that change with the content, also in imports."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.static_files import HashedNames

ROOT = Path(__file__).parent.parent
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
# What a module asks for: from "./x.js", import "./x.js", import("./x.js").
IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")


# Asks the site as it is served for an address; prints status and headers.
ASKED = """
import json, sys
from factcheck.wsgi import application
from django.test import Client
answer = Client(headers={"host": "desk.example"}).get(sys.argv[1], secure=True)
print(json.dumps([answer.status_code, dict(answer.headers)]))
"""


def served(folder, *command):
    """Return what a command says with the settings of a deployment."""
    environment = os.environ | {
        "FACTCHECK_DEBUG": "0",
        "FACTCHECK_HOSTS": "desk.example",
        "FACTCHECK_SECRET_KEY": "aB3" * 20,
        "FACTCHECK_STATIC": str(folder),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
    }
    done = subprocess.run(
        [sys.executable, *command],
        env=environment,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    return done.stdout


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The folder that `collectstatic` fills, as a deployment runs it."""
    folder = tmp_path_factory.mktemp("static")
    served(folder, "manage.py", "collectstatic", "--noinput")
    return folder


def modules(folder):
    """Yield each hashed module of the site with its text."""
    for path in sorted((folder / "claims").rglob("*.js")):
        if HASHED.search(path.name):
            yield path, path.read_text()


def test_every_module_imports_modules_by_names_that_change(collected):
    found = 0
    for path, text in modules(collected):
        for address in IMPORTED.findall(text):
            assert HASHED.search(address), (path, address)
            assert (path.parent / address).is_file(), (path, address)
            found += 1
    assert found > 60


def test_pages_name_the_files_by_their_content(collected, settings):
    settings.DEBUG = False
    storage = HashedNames(location=collected, base_url="/static/")
    for name in ("claims/css/base.css", "claims/js/annotate/actions.js"):
        address = storage.url(name)
        assert HASHED.search(address)
        assert (collected / address.removeprefix("/static/")).is_file()
    # A logo that the desk put there is called what it is.
    assert storage.url("logo.svg") == "/static/logo.svg"


def test_without_collecting_files_are_called_what_they_are(tmp_path, settings):
    settings.DEBUG = False
    storage = HashedNames(location=tmp_path, base_url="/static/")
    assert storage.url("claims/css/base.css") == "/static/claims/css/base.css"


# Whoever closes an answer looks after the connections.
@pytest.mark.slow
@pytest.mark.django_db
def test_a_browser_keeps_them_for_good_and_a_logo_for_a_while(collected, settings):
    whitenoise = pytest.importorskip("whitenoise.middleware")
    from django.http import HttpResponse
    from django.test import RequestFactory

    (collected / "logo.svg").write_text("<svg/>")
    manifest = json.loads((collected / "staticfiles.json").read_text())["paths"]
    settings.STATIC_ROOT = collected
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {
            "BACKEND": "factcheck.static_files.HashedNames",
            "OPTIONS": {"location": collected},
        }
    }
    served = whitenoise.WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))
    ages = {}
    for name in (manifest["claims/js/suggest.js"], "claims/js/suggest.js", "logo.svg"):
        request = RequestFactory().get(f"/static/{name}")
        response = served(request)
        assert response.status_code == 200, name
        response.close()
        ages[name] = response["Cache-Control"]
    hashed, plain, logo = ages.values()
    assert hashed == "max-age=315360000, public, immutable"
    assert plain == logo == "max-age=60, public"


def test_a_file_carries_the_policies_of_a_page(collected):
    pytest.importorskip("whitenoise")
    name = json.loads((collected / "staticfiles.json").read_text())["paths"]
    address = f"/static/{name['claims/js/suggest.js']}"
    status, headers = json.loads(served(collected, "-c", ASKED, address))
    assert (status, headers["Content-Type"].split(";")[0]) == (200, "text/javascript")
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age=31536000" in headers["Strict-Transport-Security"]
