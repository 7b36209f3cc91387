"""Months, pronouns and the word for years in each language, folded."""

from __future__ import annotations


def months(language: str) -> frozenset[str]:
    """Return the folded names of the months in a language."""
    return frozenset(MONTHS.get(language, MONTHS["en"]).split())


MONTHS = {
    "en": "january february march april may june july august september october "
    "november december",
    "de": "januar februar marz april mai juni juli august september oktober november "
    "dezember",
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre "
    "decembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre "
    "noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre "
    "novembre dicembre",
    "tr": "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
}
# How "years" begins in each language.
YEARS = ("year", "jahr", "an", "yil", "decade", "jahrzehnt")
_PRONOUNS = {
    "en": "i we he she it they him her them us me his hers its their our my this that "
    "these those there here country ministry party government president",
    "de": "ich wir er sie es ihm ihn ihr ihnen uns mich mir sein seine unser mein dies "
    "dieser diese dort hier",
    "fr": "je j nous il elle ils elles on lui leur leurs notre nos mon ma mes son sa "
    "ses ce cet cette ces y",
    "es": "yo nosotros el ella ellos ellas le les su sus nuestro nuestra mi mis este "
    "esta ese esa alli aqui",
    "it": "io noi lui lei loro egli essa gli suo sua suoi nostro nostra mio mia questo "
    "questa quello li qui",
    "tr": "ben biz o onlar bu su onun onu ona bizim benim bunun burada orada",
}
PRONOUNS = {name: frozenset(words.split()) for name, words in _PRONOUNS.items()}
