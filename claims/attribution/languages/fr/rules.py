"""The French tables, and the rules made from them."""

from claims.attribution.engine import Tables, rules_from
from claims.attribution.reported import REPORTED, marks

from . import words
from .verbs import VERBS

TABLES = Tables(
    code="fr",
    verbs=VERBS,
    quotations=marks.finder(marks.ROMANCE, marks.forms_of(VERBS), marks.FRENCH_INCISE),
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
    complementizers="que qu' qu’",
    questions="si comment pourquoi quand où combien qui quel quelle quels quelles ce",
    auxiliaries="a ont avait avaient aurait auraient ait ayant est sont s'est",
    negations="ne n' n’ pas jamais ni",
    he="il lui",
    she="elle",
    it="",
    they="ils elles on eux",
    particles="de du des d' d’ la le von van ben el al",
    last="dernier",
    elision=True,
    clause_stands=True,
)
RULES = rules_from(TABLES, REPORTED)
