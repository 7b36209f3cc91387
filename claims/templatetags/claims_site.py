"""Template tags of every page: branding, languages, menu, claims in lists, dates."""

import re
from datetime import datetime
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.defaultfilters import filesizeformat, linebreaks, urlize
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.encoding import escape_uri_path
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.desk.following import is_offered
from claims.http.i18n import split_language
from claims.http.reversing import address_of
from claims.models.choices import AskedBy, FileKind
from claims.models.fields import slugify_name
from claims.models.fulltext import excerpt, highlight
from claims.models.pictures import SMALL
from claims.reading import days, replies
from claims.templatetags.claim_rows import ClaimRows
from claims.text.canonical import within_quotes

register = template.Library()

# Names of the pages that show one thing, each with what the page calls it.
EDITED = {
    "claim": "claim",
    "article": "article",
    "speaker": "speaker",
    "topic": "thing",
    "outlet": "thing",
}

# The first letter of each word, with the marks above and below it.
_LETTERS = re.compile(r"(?<![\w’'])[^\W\d_][\u0300-\u036f]*")

# The HTML of filters without a value, by language and name.
_EMPTY_FIELDS = {}

# For words that a page sets in quotation marks: “{{ words|within_quotes }}”.
register.filter("within_quotes", within_quotes, is_safe=False)
# Whom the desk asked, and what came of it: “{% replies_of version as rows %}”.
register.simple_tag(replies.replies_of)
register.simple_tag(replies.outcomes_of)
# Whether readers can follow by mail: “{% follow_offered as follow %}”.
register.simple_tag(is_offered, name="follow_offered")
# Days in words: “{% said_on claim %} · {% checked_on claim %}”.
for each in (days.stated, days.published, days.said_on, days.checked_on):
    register.simple_tag(each)


@register.simple_tag
def desk():
    """Return FACTCHECK from the settings: name, tagline, colours, logo, licence.

    The line that a new desk starts with is in the catalogue, a desk's own is not.
    """
    face = settings.FACTCHECK
    return face | {"TAGLINE": face["TAGLINE"] and _(face["TAGLINE"])}


@register.simple_tag
def desk_lang():
    """Return the `lang` of words that the desk wrote, where the page has another."""
    written = settings.LANGUAGE_CODE
    return "" if get_language() == written else format_html(' lang="{}"', written)


@register.simple_tag
def lang_of(language):
    """Return the `lang` of words in a language, where the page has another."""
    return "" if get_language() == language else format_html(' lang="{}"', language)


@register.simple_tag
def page_lang(version):
    """Return the `lang` of a page about the desk, where the interface has another."""
    return lang_of(version.language)


@register.filter
def is_in_this_language(version):
    """Return whether a page about the desk is in the language of the interface."""
    return version.language == get_language()


@register.filter
def figure(words, name):
    """Return the sentence on a figure, by its name."""
    return words[name]


@register.simple_tag
def verdict_label(state):
    """Return the words of a verdict's state, marked as the desk's own if they are."""
    if not state.is_in_force:
        return state.label
    return format_html("<span{}>{}</span>", desk_lang(), state.label)


@register.simple_tag(takes_context=True)
def languages(context):
    """Return this page's URL in each language, for the language menu and hreflang.

    An error page has none.
    """
    request = context.get("request")
    match = request and request.resolver_match
    if context.get("is_error") or not match or "claims" not in match.app_names:
        return []
    prefix = get_script_prefix()
    own = settings.LANGUAGE_CODE
    path = escape_uri_path(split_language(request.path)[1].removeprefix(prefix))
    query = request.META.get("QUERY_STRING", "")
    return [
        {
            "code": code,
            "name": name,
            "url": f"{prefix}{'' if code == own else f'{code}/'}{path}"
            f"{'?' if query else ''}{query}",
            "is_shown": code == get_language(),
        }
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def edit_link(context):
    """Return the place of the link to a page's form at the desk, for all the same.

    A script shows the link to whoever may open the form; a cache may keep the page.
    """
    request = context.get("request")
    match = request and request.resolver_match
    row = context.get(EDITED.get(match.url_name)) if match else None
    if not row:
        return ""
    return format_html(
        '<template class="edit-this" data-model="{}" data-key="{}">{}</template>'
        '<script type="module" src="{}"></script>',
        match.url_name,
        row.pk,
        _("Edit this"),
        static("claims/js/edit_link.js"),
    )


@register.simple_tag
def desk_forms(user):
    """Return where the desk's forms are, and of which public things a user may open."""
    may = [model for model in EDITED if user.has_perm(f"claims.view_{model}")]
    return " ".join([reverse("admin:app_list", args=["claims"]), *may])


@register.simple_tag
def percent(number):
    """Return a percentage in the format of the language."""
    return _("%(number)d%%") % {"number": number}


@register.simple_tag(takes_context=True)
def nav_link(context, name, label):
    """Return a menu link, with aria-current on the current page."""
    url = address_of(name)
    request = context.get("request")
    here = request.path if request else ""
    if here == url:
        return _menu_item(url, label, "page")
    return _menu_item(url, label, "true" if here.startswith(url) else "")


# A page has eighteen, of which all but one are those of any other page.
@lru_cache(maxsize=512)
def _menu_item(url, label, current):
    current = current and format_html(' aria-current="{}"', current)
    return format_html('<li><a href="{}"{}>{}</a></li>', url, current, label)


@register.simple_tag
def claim_items(claims, hits=(), level="h2", no_speaker=False, face=False):
    """Render claims of a list; `hits` are the words to highlight.

    With `face` the picture or the initials of its first speaker stand before the name.
    """
    rows = ClaimRows(hits, level)
    html = [
        rows.row(
            claim,
            before=_face_in_list(claim) if face else "",
            with_speakers=not no_speaker,
        )
        for claim in claims
    ]
    return mark_safe("".join(html))  # noqa: S308 - every part is escaped


def _face_in_list(claim):
    if claim.speaker is not None and claim.speaker.shown_picture:
        return face_of(claim.speaker)
    return initials(claim.speaker_name)


@register.simple_tag
def claim_item(claim, **look):
    """Render one claim as in a list; what is looked up for a page is for this one."""
    return claim_items([claim], **look)


@register.simple_tag
def filter_field(field):
    """Return the HTML of a filter's field; of one without a value as rendered before.

    Django renders each by a template, and most lists have no value in any.
    """
    if field.data:
        return field.as_widget()
    key = (get_language(), field.html_name)
    if key not in _EMPTY_FIELDS:
        _EMPTY_FIELDS[key] = field.as_widget()
    return _EMPTY_FIELDS[key]


@register.simple_tag
def marked(words, hits=(), limit=0):
    """Return the text with the hits in <mark>, cut to about `limit` characters."""
    return highlight(excerpt(words, limit, hits) if limit else words, hits)


@register.simple_tag
def written(publication, name):
    """Return a text of a publication in HTML, as it was rendered on its day.

    One without that was published as plain text and is shown so.
    """
    rendered, text = getattr(publication, f"{name}_html"), getattr(publication, name)
    if rendered:
        return mark_safe(rendered)  # noqa: S308 - of CommonMark without HTML
    if name == "note":
        return format_html("<p>{}</p>", text)
    plain = linebreaks(urlize(text, autoescape=True), autoescape=False)
    return mark_safe(plain)  # noqa: S308 - urlize has escaped it


@register.simple_tag
def kept_copy(file):
    """Return what the kept copy of a source is, with its digest and a link to it."""
    url = file.get("url") or reverse(
        "claims:evidence_file",
        args=[file["sha256"], file["kind"]],
        urlconf=settings.ROOT_URLCONF,
    )
    return format_html(
        '<a href="{}">{}</a> ({}, {}), SHA-256 <code>{}</code>',
        url,
        file["name"],
        FileKind(file["kind"]).label,
        filesizeformat(file["size"]),
        file["sha256"],
    )


@register.simple_tag
def speakers_of(statement, roles=True, linked=True):
    """Return who made a public claim's or a version's statement, as published.

    Each with the office of its day. A withdrawn claim leads to no page that may have
    gone with it.
    """
    html = ClaimRows().speakers(statement, roles, linked)
    return mark_safe(html)  # noqa: S308 - every part is escaped


@register.simple_tag
def initials(name):
    """Return the first letters of a name's first and last word, as a mark beside it."""
    words = _LETTERS.findall(name)
    # Not those of “of” and “the”, where the script has capitals.
    words = [word for word in words if word == word.upper()] or words
    letters = words[:1] + words[1:][-1:]
    return format_html(
        '<span class="initials" aria-hidden="true">{}</span>', "".join(letters)
    )


@register.simple_tag
def has_pictures(rows):
    """Return whether a list shows the picture of any speaker."""
    return any(row.speaker.shown_picture for row in rows)


@register.simple_tag(name="face")
def face_of(speaker):
    """Return the small picture of a speaker, to stand beside the name.

    Initials, where there is none or the query asked for none.
    """
    picture = speaker.shown_picture
    if picture is None:
        return initials(speaker.name)
    return format_html(
        '<img class="face" src="{}" alt="{}" width="{}" height="{}" loading="lazy"'
        ' decoding="async">',
        picture.small_url,
        picture.alternative_text,
        SMALL,
        SMALL,
    )


@register.simple_tag
def headline_of(claim, at_words=False):
    """Return the headline that a claim was published with, leading to the article.

    With `at_words` to the place of the claim's words in it.
    """
    html = ClaimRows().headline(claim, at_words)
    return mark_safe(html)  # noqa: S308 - every part is escaped


@register.filter
def asked_by(value):
    """Return who asked for a correction, in words."""
    return AskedBy(value).label if value else ""


@register.simple_tag
def claim_url(pk, wording):
    """Return the address of a claim's page, from the wording that readers see."""
    return address_of("claims:claim", pk, slugify_name(wording))


@register.simple_tag
def day(moment):
    """Return a date, or a datetime's date, in a <time> element."""
    if moment is None:
        return ""
    stamp, told = moment, moment.isoformat()
    if isinstance(moment, datetime):
        # HTML takes no more than three digits of a second.
        stamp, told = moment.date(), moment.isoformat(timespec="seconds")
    return format_html(
        '<time datetime="{}">{}</time>', told, date_format(stamp, "DATE_FORMAT")
    )
