"""The Italian tables: direct quotations with a verb of saying beside them."""

from claims.attribution.engine import Tables, rules_from

VERBS = """
dire | dice disse dicono detto* | qf | «Il ponte è sicuro», ha detto Ida Falco.
affermare | afferma affermano affermò affermato* | qf | Ida Falco ha affermato: «No.»
aggiungere | aggiunge aggiunse aggiunto* | qf | «È tardi», ha aggiunto la sindaca.
spiegare | spiega spiegano spiegò spiegato* | qf | «È tardi», spiega Ida Falco.
dichiarare | dichiara dichiarò dichiarato* | qf | Ida Falco ha dichiarato: «È tardi».
ribadire | ribadisce ribadì ribadito* | qf | «È tardi», ribadisce Ida Falco.
sottolineare | sottolinea sottolineato* | qf | «È tardi», sottolinea Ida Falco.
rispondere | risponde rispose risposto* | qf | «È tardi», ha risposto Ida Falco.
scrivere | scrive scrisse scritto* | qf | «È tardi», scrive Ida Falco.
promettere | promette promise promesso* | qf | «Ci sarò», ha promesso Ida Falco.
ammettere | ammette ammise ammesso* | qf | «È tardi», ammette Ida Falco.
concludere | conclude concluse concluso* | qf | «È tardi», ha concluso Ida Falco.
"""

TABLES = Tables(
    code="it",
    verbs=VERBS,
    auxiliaries="ha hanno aveva avevano",
    negations="non",
    articles="il lo la i gli le l' un una uno",
    prepositions="a ad al alla ai alle in nel nella con per su sul sulla durante dopo",
    conjunctions="e ed ma che mentre",
    adverbs="poi anche ancora inoltre oggi ieri",
    titles="""ministro ministra sindaco sindaca presidente portavoce direttore
        direttrice assessore assessora consigliere consigliera allenatore tecnico
        portiere avvocato avvocata sindacalista professore professoressa dottor
        dottoressa""",
    particles="di de della del dei",
    he="lui egli",
    she="lei ella",
    they="loro essi esse",
    open_words="""io noi mi ci mio mia miei mie nostro nostra nostri nostre questo
        questa ciò quello quella lo oggi ieri domani qui suo sua suoi sue loro sono
        siamo
        abbiamo ho""",
    weekdays="lunedì martedì mercoledì giovedì venerdì sabato domenica",
    months="""gennaio febbraio marzo aprile maggio giugno luglio agosto settembre
        ottobre novembre dicembre""",
    days="oggi 0\nieri 1",
    last="scorso scorsa",
    elision=True,
    drops_subjects=True,
)
RULES = rules_from(TABLES)
