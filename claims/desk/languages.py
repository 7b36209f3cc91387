"""The languages of articles: told by their texts, named for editors, with or without
rules for suggestions."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from claims.attribution import has_rules
from claims.attribution.languages import language_code
from claims.desk import public_record
from claims.exceptions import NotPermitted
from claims.models import Article, acting
from claims.models.choices import PublicChangeKind
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
    if found == _base(article.language):
        return ""
    return _("The text reads as %(found)s and counts as %(language)s.") % {
        "found": language_name(found),
        "language": stored,
    }


def misread_articles() -> list[tuple[Article, str]]:
    """Return the articles whose text reads as another language, and as which one."""
    found: dict[int, str] = {}
    rows = Article.objects.values_list("pk", "language", "current_text__body")
    with transaction.atomic():  # within one, the server keeps the rows
        for key, language, body in rows.order_by("pk").iterator(chunk_size=50):
            told = detect_language(body or "")
            if told is not None and told != _base(language):
                found[key] = told
    articles = Article.objects.in_bulk(found)
    return [(articles[key], told) for key, told in found.items()]


def set_language(article: Article, code: str, *, by) -> None:
    """Set an article's language, also where readers see it; raise NotPermitted."""
    if not by.has_perm("claims.change_article"):
        raise NotPermitted(_("You may not change articles."))
    with transaction.atomic(), acting(by):
        article.language = code
        article.save(update_fields=["language"])
        public_record.write_article(article, PublicChangeKind.EDITED)


def _base(code: str) -> str:
    """Return the language of a tag without region or script: en of en-GB."""
    return code.replace("_", "-").partition("-")[0].lower()
