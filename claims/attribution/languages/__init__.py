"""The languages in which attributions are found, each with a folder of its own.

A language is a row here and a folder named by its code, whose module `rules` holds
`RULES`. It is imported when a text in that language is read for the first time.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from claims.attribution.rules import Rules

# Code (ISO 639) and name of each language that has rules.
LANGUAGES = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "tr": "Turkish",
}


def language_code(language: str) -> str | None:
    """Return the code of the rules for a language tag, None where there are none.

    >>> language_code("en-GB"), language_code("EN"), language_code("fi")
    ('en', 'en', None)
    """
    code = language.replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else None


def has_rules(language: str) -> bool:
    """Return whether attributions can be found in texts of a language.

    >>> has_rules("en"), has_rules("fi"), has_rules("")
    (True, False, False)
    """
    return language_code(language) is not None


def rules_for(language: str) -> Rules | None:
    """Return the rules for a language tag, None where there are none."""
    code = language_code(language)
    return None if code is None else _rules_of(code)


@cache
def _rules_of(code: str) -> Rules:
    """Return the rules in the folder of a language."""
    module = import_module(f"{__name__}.{code}.rules")
    return cast("Rules", module.RULES)
