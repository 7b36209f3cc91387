"""The Spanish tables, and the rules made from them."""

from claims.attribution.engine import Tables, rules_from
from claims.attribution.reported import REPORTED, marks

from . import words
from .verbs import VERBS

TABLES = Tables(
    code="es",
    verbs=VERBS,
    quotations=marks.finder(marks.ROMANCE, marks.forms_of(VERBS), marks.SPANISH_INCISE),
    according=words.ACCORDING,
    articles=words.ARTICLES,
    prepositions=words.PREPOSITIONS,
    inner_prepositions=words.INNER,
    conjunctions=words.CONJUNCTIONS,
    adverbs=words.ADVERBS,
    finite=words.FINITE,
    titles=words.TITLES,
    organisations=words.ORGANISATIONS,
    documents=words.DOCUMENTS,
    outlets=words.OUTLETS,
    male_titles=words.MALE_TITLES,
    female_titles=words.FEMALE_TITLES,
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
    complementizers="que",
    questions="si cómo cuándo dónde quién cuánto cuántos qué por",
    auxiliaries="ha han había habían habría habrían haya",
    negations="no nunca jamás tampoco ni",
    he="él",
    she="ella",
    it="ello",
    they="ellos ellas",
    particles="de del la las los von van",
    last="pasado",
    drops_subjects=True,
    clause_stands=True,
)
RULES = rules_from(TABLES, REPORTED)
