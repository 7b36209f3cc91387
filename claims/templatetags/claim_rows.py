"""The HTML of one claim in a list, put together without a template.

A page has fifty of them, and rendering those was more than half of its cost.
"""

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.http.reversing import address_of
from claims.models.fulltext import excerpt, highlight
from claims.reading.days import checked_on, said_on

LONGEST_QUOTE = 220


def claim_row(claim, who, hits=(), level="h2"):
    """Return the HTML of a claim in a list; `who` is that of its speakers.

    `hits` are the words to highlight, `level` is the heading's element.
    """
    language = get_language()
    of_desk = (
        "" if language == settings.LANGUAGE_CODE else _lang(settings.LANGUAGE_CODE)
    )
    of_article = claim.article.language
    state = claim.verdict_state
    html = [f'<article class="claim-item is-{state.tone}">']
    if who:
        html.append(f'<p class="claim-who">{who}</p>')
    address = address_of("claims:claim", claim.pk, claim.slug)
    html.append(
        f'<{level} class="claim-wording"><a href="{address}"{of_desk}>'
        f"{highlight(claim.wording, hits)}</a></{level}>"
    )
    quote = claim.quote
    # The printed words may be the desk's wording but for a capital and a stop.
    if quote and _bare(quote) != _bare(claim.wording):
        of_quote = "" if of_article == language else _lang(of_article)
        words = highlight(excerpt(quote, LONGEST_QUOTE, hits), hits)
        html.append(
            f'<blockquote class="claim-quote"{of_quote} dir="auto">{words}</blockquote>'
        )
    html.append(f'<div class="claim-verdict">{_badge(state, of_desk)}')
    if claim.is_in_force and claim.current.summary:
        html.append(f"<p{of_desk}>{highlight(claim.current.summary, hits)}</p>")
    html.append(f'</div><p class="claim-where">{_where(claim, language)}</p></article>')
    return mark_safe("".join(html))  # noqa: S308 - every part is escaped


def _bare(words):
    return words.casefold().rstrip(".")


def _badge(state, of_desk):
    elsewhere = " is-elsewhere" if state.is_elsewhere else ""
    return (
        f'<span class="verdict is-{state.tone}{elsewhere}"\n'
        f'{of_desk if state.is_in_force else ""}><span class="sign"\n'
        f'aria-hidden="true">{escape(state.sign)}</span>{escape(state.label)}</span>'
    )


def _where(claim, language):
    """Return when it was said and checked, and where it was printed."""
    parts = [capfirst(said_on(claim))]
    if checked := checked_on(claim):
        parts.append(checked)
    printed = headline_of(claim, language)
    if outlet := claim.outlet_name:
        printed += f",\n{escape(outlet)}"
    if via := claim.via_name:
        words = _("relaying %(outlet)s") % {"outlet": escape(via)}
        printed += f"\n({words})"
    if claim.times_said > 1:
        printed += f"\n· {_('said %(count)s times') % {'count': claim.times_said}}"
    parts.append(printed)
    return " ·\n".join(parts)


def headline_of(claim, language, at_words=False):
    """Return the headline that a claim was published with, leading to the article.

    With `at_words` to the place of the claim's words in it.
    """
    article = claim.article
    of_words = "" if article.language == language else _lang(article.language)
    if claim.is_withdrawn:
        return f"<span{of_words}>{escape(claim.headline)}</span>"
    address = address_of("claims:article", article.pk, article.slug)
    place = f"#words-{claim.pk}" if at_words else ""
    return f'<a href="{address}{place}"{of_words}>{escape(claim.headline)}</a>'


def _lang(language):
    return f' lang="{escape(language)}"'
