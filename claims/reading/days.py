"""Days in words: when a claim was made, and when its verdict was published."""

from functools import lru_cache

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.models.choices import DatePrecision


def stated(claim):
    """Return the date of a claim in words, as precisely as it is known."""
    return _day_in_words(claim.stated_on, claim.stated_precision)


def published(version):
    """Return the day of a publication in words, as precisely as it is known."""
    moment = version.published_at
    return _day_in_words(moment and moment.date(), version.published_precision)


def said_on(claim, language=None):
    """Return when a claim was made, labelled: “said 5 May 2024”.

    A list tells the language of now, which is looked up otherwise.
    """
    return _said(claim.stated_on, claim.stated_precision, language or get_language())


def checked_on(claim, language=None):
    """Return when its verdict was published or last changed, labelled, or nothing."""
    version = claim.current
    if version is None or claim.is_withdrawn:
        return ""
    moment = version.published_at
    return _checked(
        (version.is_retraction, version.is_correction),
        moment and moment.date(),
        version.published_precision,
        language or get_language(),
    )


def _day_in_words(day, precision):
    return _in_words(day, precision, get_language())


# Claims of a list share their days.
@lru_cache(maxsize=4_096)
def _said(day, precision, language):
    if day is None or precision == DatePrecision.UNKNOWN:
        return _("day of the statement unknown")
    return format_html(_("said {}"), _in_words(day, precision, language))


@lru_cache(maxsize=4_096)
def _checked(kind, day, precision, language):
    is_retraction, is_correction = kind
    if is_retraction:
        label = _("retracted {}")
    elif is_correction:
        # What stands there now, be it another rating or one clearer word.
        label = _("verdict of {}")
    else:
        label = _("checked {}")
    return format_html(label, _in_words(day, precision, language))


@lru_cache(maxsize=4_096)
def _in_words(day, precision, _language):
    if day is None or precision == DatePrecision.UNKNOWN:
        return _("date unknown")
    stamp, pattern, words = {
        DatePrecision.MONTH: (f"{day:%Y-%m}", "F Y", "{}"),
        DatePrecision.YEAR: (f"{day:%Y}", "Y", "{}"),
        DatePrecision.ON_OR_BEFORE: (
            day.isoformat(),
            "DATE_FORMAT",
            _("on or before {}"),
        ),
    }.get(precision, (day.isoformat(), "DATE_FORMAT", "{}"))
    shown = format_html(
        '<time datetime="{}">{}</time>', stamp, date_format(day, pattern)
    )
    return format_html(words, shown)
