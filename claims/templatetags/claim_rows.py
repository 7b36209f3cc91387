"""The HTML of claims in a list, put together without a template.

A page has fifty of them, and rendering those was more than half of its cost. What all
have in common is looked up once for a page.
"""

from html import escape

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.http.reversing import addresses
from claims.models.fulltext import excerpt, highlight
from claims.reading.days import checked_on, said_on

LONGEST_QUOTE = 220


class ClaimRows:
    """Writes claims of a list; strings that it returns are HTML, with all escaped.

    `hits` are the words to highlight, `level` is the heading's element.
    """

    def __init__(self, hits=(), level="h2"):
        self.hits, self.level = hits, level
        self.language = get_language()
        self.of_desk = self.lang(settings.LANGUAGE_CODE)
        self.claim_address = addresses("claims:claim", int, str)
        self.article_address = addresses("claims:article", int, str)
        self.speaker_address = addresses("claims:speaker", str)
        self.relaying = _("relaying %(outlet)s")
        self.said_often = _("said %(count)s times")
        self.badges: dict = {}

    def lang(self, language):
        """Return the `lang` of words in a language, where the page has another."""
        return "" if language == self.language else f' lang="{escape(language)}"'

    def row(self, claim, before="", with_speakers=True):
        """Return a claim as it stands in a list, its speakers with `before` first."""
        state = claim.verdict_state
        badge = self.badges.get(state)
        if badge is None:
            badge = self.badges[state] = self._badge(state)
        html = [f'<article class="claim-item is-{state.tone}">']
        if with_speakers and (who := self.speakers(claim)):
            who = f"{before}<span>{who}</span>" if before else who
            html.append(f'<p class="claim-who">{who}</p>')
        wording, quote = claim.wording, claim.quote
        address = self.claim_address(claim.pk, claim.slug)
        html.append(
            f'<{self.level} class="claim-wording"><a href="{address}"{self.of_desk}>'
            f"{self._marked(wording)}</a></{self.level}>"
        )
        # The printed words may be the desk's wording but for a capital and a stop.
        if quote and _bare(quote) != _bare(wording):
            words = self._marked(excerpt(quote, LONGEST_QUOTE, self.hits))
            html.append(
                f'<blockquote class="claim-quote"{self.lang(claim.article.language)}'
                f' dir="auto">{words}</blockquote>'
            )
        html.append(f'<div class="claim-verdict">{badge}')
        if claim.is_in_force and claim.current.summary:
            html.append(f"<p{self.of_desk}>{self._marked(claim.current.summary)}</p>")
        html.append(f'</div><p class="claim-where">{self._where(claim)}</p></article>')
        return "".join(html)

    def speakers(self, statement, roles=True, linked=True):
        """Return who made a statement, as published, each with the office of its day.

        A withdrawn claim leads to no page that may have gone with it.
        """
        linked = linked and not statement.is_withdrawn
        slug = statement.speaker.slug if linked else ""
        rows = [(statement.speaker_name, statement.speaker_role, slug)]
        rows += [(one["name"], one["role"], one["slug"]) for one in statement.speakers]
        shown = []
        for name, role, slug in rows:
            words = f"<bdi>{escape(name)}</bdi>"
            if linked:
                words = f'<a href="{self.speaker_address(slug)}">{words}</a>'
            if roles and role:
                words += f'<span class="role"{self.of_desk}>, {escape(role)}</span>'
            shown.append(words)
        return "; ".join(shown)

    def headline(self, claim, at_words=False):
        """Return the headline that a claim was published with, leading to the article.

        With `at_words` to the place of the claim's words in it.
        """
        article, headline = claim.article, escape(claim.headline)
        lang = self.lang(article.language)
        if claim.is_withdrawn:
            return f"<span{lang}>{headline}</span>"
        address = self.article_address(article.pk, article.slug)
        place = f"#words-{claim.pk}" if at_words else ""
        return f'<a href="{address}{place}"{lang}>{headline}</a>'

    def _marked(self, text):
        return highlight(text, self.hits) if self.hits else escape(text)

    def _badge(self, state):
        elsewhere = " is-elsewhere" if state.is_elsewhere else ""
        return (
            f'<span class="verdict is-{state.tone}{elsewhere}"\n'
            f'{self.of_desk if state.is_in_force else ""}><span class="sign"\n'
            f'aria-hidden="true">{escape(state.sign)}</span>'
            f"{escape(str(state.label))}</span>"
        )

    def _where(self, claim):
        """Return when it was said and checked, and where it was printed."""
        parts = [capfirst(said_on(claim, self.language))]
        if checked := checked_on(claim, self.language):
            parts.append(checked)
        printed = self.headline(claim)
        if outlet := claim.outlet_name:
            printed += f",\n{escape(outlet)}"
        if via := claim.via_name:
            printed += f"\n({self.relaying % {'outlet': escape(via)}})"
        if claim.times_said > 1:
            printed += f"\n· {self.said_often % {'count': claim.times_said}}"
        parts.append(printed)
        return " ·\n".join(parts)


def _bare(words):
    return words.casefold().rstrip(".")
