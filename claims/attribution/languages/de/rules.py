"""The German tables, and the rules made from them."""

from claims.attribution.engine import Tables, rules_from
from claims.attribution.reported import REPORTED, marks

from . import words
from .verbs import VERBS

TABLES = Tables(
    code="de",
    verbs=VERBS,
    quotations=marks.finder(marks.GERMAN),
    according=words.ACCORDING,
    articles=words.ARTICLES,
    prepositions=words.PREPOSITIONS,
    inner_prepositions=words.INNER,
    conjunctions=words.CONJUNCTIONS,
    adverbs=words.ADVERBS,
    subjunctive=words.SUBJUNCTIVE,
    finite=words.FINITE,
    titles=words.TITLES,
    organisations=words.ORGANISATIONS,
    documents=words.DOCUMENTS,
    outlets=words.OUTLETS,
    male_titles=words.MALE_TITLES,
    female_titles=words.FEMALE_TITLES,
    title_base=words.title_base,
    male_names=words.MALE_NAMES,
    female_names=words.FEMALE_NAMES,
    open_words=words.OPEN_WORDS,
    future=words.FUTURE,
    ought=words.OUGHT,
    judgements=words.JUDGEMENTS,
    weekdays=words.WEEKDAYS,
    months=words.MONTHS,
    days=words.DAYS,
    abbreviations=words.ABBREVIATIONS,
    complementizers="dass daß",
    questions="ob wie warum weshalb wann wo wer was wohin woher wofür wozu",
    auxiliaries="hat haben hatte hatten",
    negations="nicht nie niemals kein keine keinen keineswegs nichts weder",
    he="er",
    she="",
    she_with_singular="sie",
    it="es",
    they="sie man wir beide",
    particles="von van zu zum zur der den de di da",
    last="vergangenen letzten voriger vorigen",
    states="",
    verb_second=True,
    nouns_have_capitals=True,
    ordinal_stop=True,
)
RULES = rules_from(TABLES, REPORTED)
