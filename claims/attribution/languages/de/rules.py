"""The German tables, and the rules made from them."""

from claims.attribution.engine import Tables, rules_from, tables_in
from claims.attribution.reported import REPORTED, marks

from . import words
from .verbs import VERBS

TABLES = Tables(
    code="de",
    verbs=VERBS,
    quotations=marks.finder(marks.GERMAN),
    title_base=words.title_base,
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
    **tables_in(words),
)
RULES = rules_from(TABLES, REPORTED)
