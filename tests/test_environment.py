"""The variables of the environment: read as the table says, or refused with a word."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck import environment

ROOT = Path(__file__).parent.parent


@pytest.fixture
def say(monkeypatch):
    return lambda value: monkeypatch.setenv("FACTCHECK_IT", value)


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (environment.switch, "1", True),
        (environment.switch, "Yes ", True),
        (environment.switch, "off", False),
        (lambda it: environment.switch(it, default=True), "", True),
        (lambda it: environment.hosts(it, ["here"]), "", ["here"]),
        (
            environment.hosts,
            "desk.example, .News.example,*,[::1]",
            ["desk.example", ".News.example", "*", "[::1]"],
        ),
        (lambda it: environment.number(it, 10), "", 10),
        (lambda it: environment.number(it, 10), "0", 0),
        (environment.origins, "https://a.example:8443", ["https://a.example:8443"]),
        (environment.address, "", ""),
        (environment.address, "https://a.example/desk/", "https://a.example/desk/"),
        (lambda it: environment.one_of(it, ("en", "tr"), "en"), "", "en"),
        (lambda it: environment.one_of(it, ("en", "tr"), "en"), "tr", "tr"),
        (lambda it: environment.language(it, "en"), "", "en"),
        (lambda it: environment.language(it, "en"), "pt-BR", "pt-BR"),
        (environment.file, "marks/logo.svg", "marks/logo.svg"),
        (environment.colours, "", {}),
        (
            environment.colours,
            "accent=rgb(1,2,3), dark-accent=#fff,",
            {"accent": "rgb(1,2,3)", "dark-accent": "#fff"},
        ),
        (lambda it: environment.key(it, demo=False), "k" * 32, "k" * 32),
        (environment.mail_server, " ", None),
        (environment.json_object, "", {}),
        (environment.json_object, '{"bucket_name": "a"}', {"bucket_name": "a"}),
        (lambda it: environment.dotted(it, "a.B"), "", "a.B"),
        (environment.sender, "", ""),
        (environment.sender, "desk@a.example", "desk@a.example"),
        (environment.sender, "The Desk <desk@a.example>", "The Desk <desk@a.example>"),
    ],
)
def test_what_has_a_meaning_is_read(say, read, value, expected):
    say(value)
    assert read("IT") == expected


@pytest.mark.parametrize(
    ("read", "value", "sentence"),
    [
        # Neither yes nor no: nobody can tell which of them was meant.
        (environment.switch, "ture", "cannot be “ture”: it is 1 or 0"),
        (environment.switch, "2", "it is 1 or 0"),
        # Names that no request will ever have.
        (environment.hosts, "https://a.example", "without scheme"),
        (environment.hosts, "a.example:8000", "without scheme"),
        (environment.hosts, "a.example b.example", "without scheme"),
        (lambda it: environment.number(it, 10), "-1", "a whole number, 0 or more"),
        (lambda it: environment.number(it, 10), "1e3", "a whole number, 0 or more"),
        (environment.origins, "a.example", "looks like https://desk.example"),
        (environment.origins, "https://a.example/", "looks like https://desk.example"),
        (environment.address, "a.example", "begins with https://"),
        (environment.address, "javascript:alert(1)", "begins with https://"),
        (lambda it: environment.one_of(it, ("en", "tr"), "en"), "de", "one of: en, tr"),
        (lambda it: environment.language(it, "en"), "German", "as de or pt-BR"),
        # The pages' policy lets no picture of another site in.
        (environment.file, "https://a.example/logo.svg", "as logo.svg"),
        (environment.file, "/logo.svg", "as logo.svg"),
        (environment.colours, "accent", "looks like accent=#1c4f7c"),
        (environment.colours, "accent=,ink=red", "looks like accent=#1c4f7c"),
        (environment.colours, "accent=red;} body{x", "looks like accent=#1c4f7c"),
        (environment.colours, "a b=red", "looks like accent=#1c4f7c"),
        # A key that can be guessed lets anybody in.
        (lambda it: environment.key(it, demo=False), "  ", "Set FACTCHECK_IT to a"),
        (lambda it: environment.key(it, demo=False), "secret", "has 6 characters"),
        # A password is never repeated.
        (environment.mail_server, "mail.example", "looks like smtp://"),
        (environment.mail_server, "http://me:secret@mail.example", "looks like smtp"),
        (environment.mail_server, "smtp://me:secret/1@mail.example", "looks like smtp"),
        (environment.json_object, "secret", "it is a JSON object"),
        (environment.json_object, '["secret"]', "it is a JSON object"),
        (lambda it: environment.dotted(it, ""), "s3://a", "the path of a class"),
        (environment.sender, "The Desk", "desk@example.org"),
        (environment.sender, "a@b.example\nBcc: c@d.example", "desk@example.org"),
    ],
)
def test_what_means_nothing_is_refused_with_a_sentence(say, read, value, sentence):
    say(value)
    with pytest.raises(ImproperlyConfigured) as refused:
        read("IT")
    assert sentence in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("value", "port", "is_safe"),
    [
        ("smtp://me:a%2Fb@mail.example", 587, (True, False)),
        ("smtps://me:a%2Fb@mail.example", 465, (False, True)),
        ("smtp+plain://me:a%2Fb@mail.example:2525", 2525, (False, False)),
    ],
)
def test_a_mail_server_is_spoken_to_as_its_address_says(say, value, port, is_safe):
    say(value)
    server = environment.mail_server("IT")
    assert (server["host"], server["port"]) == ("mail.example", port)
    assert (server["username"], server["password"]) == ("me", "a/b")
    assert (server["use_tls"], server["use_ssl"]) == is_safe


def test_the_settings_refuse_it_at_the_start():
    done = subprocess.run(
        [sys.executable, "-c", "import factcheck.settings"],
        cwd=ROOT,
        env=os.environ | {"FACTCHECK_HTTPS": "ture"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "FACTCHECK_HTTPS cannot be “ture”: it is 1 or 0." in done.stderr


@pytest.mark.parametrize(
    ("chosen", "sent"),
    [
        ({}, (31_536_000, False, False)),
        ({"SUBDOMAINS": "1"}, (31_536_000, True, False)),
        ({"SUBDOMAINS": "1", "PRELOAD": "1"}, (31_536_000, True, True)),
    ],
)
def test_other_hosts_are_bound_to_tls_by_choice_alone(chosen, sent):
    said = settings_with(chosen)
    assert ast.literal_eval(said.stdout) == sent


def test_the_list_of_browsers_takes_no_host_without_its_subdomains():
    assert "needs FACTCHECK_HSTS_SUBDOMAINS" in settings_with({"PRELOAD": "1"}).stderr


def settings_with(chosen):
    names = ("SECONDS", "INCLUDE_SUBDOMAINS", "PRELOAD")
    asked = ", ".join(f"s.SECURE_HSTS_{name}" for name in names)
    return subprocess.run(
        [sys.executable, "-c", f"import factcheck.settings as s; print(({asked}))"],
        cwd=ROOT,
        env=os.environ
        | {"FACTCHECK_DEBUG": "1", "FACTCHECK_HTTPS": "1"}
        | {f"FACTCHECK_HSTS_{name}": value for name, value in chosen.items()},
        capture_output=True,
        text=True,
        check=False,
    )
