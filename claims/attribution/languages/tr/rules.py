"""The Turkish rules, as the registry of languages finds them."""

from claims.attribution.engine.propose import Method, rules_from
from claims.attribution.engine.tables import Tables

from . import words
from .find import find_records
from .speakers import TurkishResolver
from .suffixes import bare, lower
from .wording import checkability, points_elsewhere, wording

TABLES = Tables(
    code="tr",
    verbs="",
    adverbs=" ".join(words.ADVERBS),
    titles=" ".join(words.TITLE_BASE),
    organisations=" ".join(words.BODIES),
    outlets=" ".join(words.OUTLETS),
    compound_title=99,
    open_words=words.OPEN_WORDS,
    weekdays="pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    months="ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    days="bugün 0\nbu sabah 0\ndün 1\nönceki gün 2\nevvelki gün 2",
    last="geçen geçtiğimiz",
    states=words.SEATS + words.STATES.strip(),
    abbreviations=words.ABBREVIATIONS,
    lower=lower,
    bare=bare,
    title_base=lambda word: words.TITLE_BASE.get(word, word),
    points_elsewhere=points_elsewhere,
)
RULES = rules_from(TABLES, Method(find_records, TurkishResolver, checkability, wording))
