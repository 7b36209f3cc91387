"""The French tables, and the rules made from them."""

from claims.attribution.engine import Tables, rules_from, tables_in
from claims.attribution.reported import REPORTED, marks

from . import words
from .verbs import VERBS

TABLES = Tables(
    code="fr",
    verbs=VERBS,
    quotations=marks.finder(marks.ROMANCE, marks.forms_of(VERBS), marks.FRENCH_INCISE),
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
    **tables_in(words),
)
RULES = rules_from(TABLES, REPORTED)
