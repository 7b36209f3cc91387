"""The Spanish tables, and the rules made from them."""

from claims.attribution.engine import Tables, rules_from, tables_in
from claims.attribution.reported import REPORTED, marks

from . import words
from .verbs import VERBS

TABLES = Tables(
    code="es",
    verbs=VERBS,
    quotations=marks.finder(marks.ROMANCE, marks.forms_of(VERBS), marks.SPANISH_INCISE),
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
    **tables_in(words),
)
RULES = rules_from(TABLES, REPORTED)
