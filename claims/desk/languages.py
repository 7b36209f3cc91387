"""The languages of articles: told by their texts, named for editors, with or without
rules for suggestions."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from claims.attribution import has_rules
from claims.attribution.languages import language_code
from claims.models import Article
from claims.text.language import DETECTABLE, detect_language


def language_of(body: str) -> str:
    """Return the code of a text's language, where unsure the one that is set."""
    return detect_language(body) or settings.FACTCHECK["ARTICLE_LANGUAGE"]


def language_name(code: str) -> str:
    """Return a language's name in the language of the interface, else its code."""
    if code == "zh":
        return _("Chinese")
    try:
        info = get_language_info(code.replace("_", "-").lower())
    except KeyError:
        return code
    return str(info["name_translated"])


def rules_language(code: str) -> str:
    """Return the code of the rules for a language tag: en for en-GB."""
    return language_code(code) or code


def language_choices(*others: str) -> list[tuple[str, str]]:
    """Return the codes and names that a form offers, by name; `others` come too."""
    codes = {*DETECTABLE, settings.FACTCHECK["ARTICLE_LANGUAGE"], *others}
    pairs = [(code, language_name(code)) for code in codes if code]
    return sorted(pairs, key=lambda pair: pair[1].casefold())


def why_no_suggestions(article: Article) -> str:
    """Return the sentence for an article in a language without rules; "" otherwise."""
    if has_rules(article.language):
        return ""
    return _("Suggestions do not work for %(language)s yet; mark claims by hand.") % {
        "language": language_name(article.language)
    }


def doubt_about_language(article: Article) -> str:
    """Return what an editor should know where the text reads otherwise; "" for none."""
    text = article.current_text
    if text is None:
        return ""
    stored = language_name(article.language)
    found = detect_language(text.body)
    if found is None:
        return _(
            "The text does not tell its language, or is too short to; it counts as "
            "%(language)s."
        ) % {"language": stored}
    if found == article.language.replace("_", "-").partition("-")[0].lower():
        return ""
    return _("The text reads as %(found)s and counts as %(language)s.") % {
        "found": language_name(found),
        "language": stored,
    }
