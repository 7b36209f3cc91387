"""German reporting verbs: forms, what may follow them, an example that a test runs.

`lemma | forms | letters | example`; the letters are those of `engine/tables.py`. "~"
stands for regular forms, `mit+teilen` for a verb whose particle stands apart:
`teilt+mit` is "teilt ... mit". A star marks a participle.
"""

from __future__ import annotations

TABLE = """
sagen | ~ | fqctw | Frau Amsel sagte, dass die Brücke sicher ist.
erklären | ~ | fqctwi | Frau Amsel erklärte, dass die Brücke sicher ist.
betonen | ~ | fqct | Frau Amsel betonte, dass die Brücke sicher ist.
behaupten | ~ | fqcti | Frau Amsel behauptete, dass die Brücke sicher ist.
versichern | ~ | fqcti | Frau Amsel versicherte, dass die Brücke sicher ist.
mit+teilen | ~ | fqct | Frau Amsel teilte mit, dass die Brücke sicher ist.
an+geben | gibt geben gab gaben gegeben*
  | fqcti | Frau Amsel gab an, dass die Brücke sicher ist.
zu+geben | gibt geben gab gaben gegeben*
  | fqcti | Frau Amsel gab zu, dass die Brücke unsicher ist.
bekannt+geben | gibt geben gab gaben gegeben*
  | fqctn | Frau Amsel gab bekannt, dass die Brücke sicher ist.
an+kündigen | ~ | fqctinp | Frau Amsel kündigte an, dass die Brücke gesperrt wird.
hinzu+fügen | ~ | fqct | Frau Amsel fügte hinzu, dass die Brücke sicher ist.
bestätigen | ~ | fqctn | Frau Amsel bestätigte, dass die Brücke sicher ist.
berichten | ~ | fqct | Frau Amsel berichtete, dass die Brücke sicher ist.
meinen | ~ | fqcto | Frau Amsel meinte, dass die Brücke sicher ist.
glauben | ~ | fqcto | Frau Amsel glaubt, dass die Brücke sicher ist.
finden | findet finden fand fanden gefunden*
  | fqcton | Frau Amsel fand, dass die Brücke sicher ist.
warnen | ~ | fqctn | Frau Amsel warnte, dass die Brücke unsicher ist.
fordern | ~ | fqctin | Frau Amsel forderte, dass die Brücke gesperrt wird.
auf+fordern | ~ | i | Frau Amsel forderte die Stadt auf, die Brücke zu sperren.
verlangen | ~ | fqctin | Frau Amsel verlangte, dass die Brücke gesperrt wird.
kritisieren | ~ | fqctno | Frau Amsel kritisierte, dass die Brücke gesperrt ist.
beklagen | ~ | fqctno | Frau Amsel beklagte, dass die Brücke gesperrt ist.
bemängeln | ~ | fqctno | Frau Amsel bemängelte, dass die Brücke gesperrt ist.
bedauern | ~ | fqctno | Frau Amsel bedauerte, dass die Brücke gesperrt ist.
begrüßen | ~ | fqctno | Frau Amsel begrüßte, dass die Brücke gesperrt ist.
ein+räumen | ~ | fqcti | Frau Amsel räumte ein, dass die Brücke unsicher ist.
hin+weisen | weist weisen wies wiesen gewiesen*
  | t | Frau Amsel wies darauf hin, dass die Brücke sicher ist.
verweisen | verweist verweisen verwies verwiesen verwiesen*
  | tn | Frau Amsel verwies darauf, dass die Brücke sicher ist.
unterstreichen | unterstreicht unterstreichen unterstrich unterstrichen unterstrichen*
  | fqct | Frau Amsel unterstrich, dass die Brücke sicher ist.
hervor+heben | hebt heben hob hoben gehoben*
  | fqctn | Frau Amsel hob hervor, dass die Brücke sicher ist.
fest+stellen | ~ | fqct | Frau Amsel stellte fest, dass die Brücke sicher ist.
fest+halten | hält halten hielt hielten gehalten*
  | fqct | Frau Amsel hielt fest, dass die Brücke sicher ist.
klar+stellen | ~ | fqct | Frau Amsel stellte klar, dass die Brücke sicher ist.
schreiben | schreibt schreiben schrieb schrieben geschrieben*
  | fqct | Frau Amsel schrieb, dass die Brücke sicher ist.
antworten | ~ | fqct | Frau Amsel antwortete, dass die Brücke sicher ist.
entgegnen | ~ | fqct | Frau Amsel entgegnete, dass die Brücke sicher ist.
erwidern | ~ | fqct | Frau Amsel erwiderte, dass die Brücke sicher ist.
kontern | ~ | fqct | Frau Amsel konterte, dass die Brücke sicher ist.
entgegen+halten | hält halten hielt hielten gehalten*
  | fqct | Frau Amsel hielt ihm entgegen, dass die Brücke sicher ist.
fragen | ~ | fqcw | Frau Amsel fragte, ob die Brücke sicher ist.
rufen | ruft rufen rief riefen gerufen*
  | fqc | Frau Amsel rief: „Die Brücke ist sicher.“
schildern | ~ | fqct | Frau Amsel schilderte, dass die Brücke schwankte.
erzählen | ~ | fqct | Frau Amsel erzählte, dass die Brücke schwankte.
erläutern | ~ | fqct | Frau Amsel erläuterte, dass die Brücke sicher ist.
ergänzen | ~ | fqct | Frau Amsel ergänzte, dass die Brücke sicher ist.
argumentieren | ~ | fqct | Frau Amsel argumentierte, dass die Brücke sicher ist.
urteilen | ~ | fqcto | Frau Amsel urteilte, dass die Brücke sicher ist.
vermuten | ~ | fqctno | Frau Amsel vermutet, dass die Brücke unsicher ist.
schätzen | ~ | fqct | Frau Amsel schätzt, dass die Brücke drei Tage gesperrt bleibt.
prognostizieren | ~ | fqcte | Frau Amsel prognostiziert, dass die Kosten steigen.
vorher+sagen | ~ | fqcte | Frau Amsel sagte vorher, dass die Kosten steigen.
voraus+sagen | ~ | fqcte | Frau Amsel sagte voraus, dass die Kosten steigen.
erwarten | ~ | tne | Frau Amsel erwartet, dass die Kosten steigen.
rechnen | ~ | ten | Frau Amsel rechnet damit, dass die Kosten steigen.
hoffen | ~ | fqcto | Frau Amsel hofft, dass die Kosten sinken.
befürchten | ~ | fqctno | Frau Amsel befürchtet, dass die Kosten steigen.
fürchten | ~ | fqctno | Frau Amsel fürchtet, dass die Kosten steigen.
versprechen | verspricht versprechen versprach versprachen versprochen*
  | fqctinp | Frau Amsel versprach, die Brücke zu sperren.
zu+sagen | ~ | fqctip | Frau Amsel sagte zu, die Brücke zu sperren.
zu+sichern | ~ | fqctip | Frau Amsel sicherte zu, dass die Brücke gesperrt wird.
drohen | ~ | fqcti | Frau Amsel drohte, die Brücke zu sperren.
bestreiten | bestreitet bestreiten bestritt bestritten bestritten*
  | fqctinx | Frau Amsel bestritt, dass die Brücke unsicher ist.
dementieren | ~ | fqctnx | Frau Amsel dementierte, dass die Brücke unsicher ist.
leugnen | ~ | fqctinx | Frau Amsel leugnete, dass die Brücke unsicher ist.
verneinen | ~ | fqctnx | Frau Amsel verneinte, dass die Brücke unsicher ist.
widersprechen | widerspricht widersprechen widersprach widersprachen widersprochen*
  | fqcx | „Die Brücke ist sicher“, widersprach Frau Amsel.
zurück+weisen | weist weisen wies wiesen gewiesen*
  | fqctnx | Frau Amsel wies zurück, dass die Brücke unsicher ist.
ab+lehnen | ~ | fqcnix | Frau Amsel lehnte eine Sperrung ab.
aus+schließen | schließt schließen schloss schlossen geschlossen*
  | tnix | Frau Amsel schloss aus, dass die Brücke gesperrt wird.
vor+werfen | wirft werfen warf warfen geworfen*
  | tin | Frau Amsel warf der Stadt vor, die Brücke zu sperren.
loben | ~ | fqctno | Frau Amsel lobte, dass die Brücke gesperrt ist.
klagen | ~ | fqct | Frau Amsel klagte, dass die Brücke gesperrt ist.
mahnen | ~ | fqctin | Frau Amsel mahnte, dass die Brücke unsicher ist.
äußern | ~ | fqct | Frau Amsel äußerte die Hoffnung, dass die Brücke sicher ist.
bekräftigen | ~ | fqctin | Frau Amsel bekräftigte, dass die Brücke sicher ist.
beteuern | ~ | fqctin | Frau Amsel beteuerte, dass die Brücke sicher ist.
aus+sagen | ~ | fqcti | Frau Amsel sagte aus, dass die Brücke schwankte.
aus+führen | ~ | fqct | „Die Brücke ist sicher“, führte Frau Amsel aus.
bilanzieren | ~ | fqct | „Die Brücke ist sicher“, bilanzierte Frau Amsel.
resümieren | ~ | fqct | „Die Brücke ist sicher“, resümierte Frau Amsel.
verkünden | ~ | fqct | Frau Amsel verkündete, dass die Brücke sicher ist.
melden | ~ | fqct | Frau Amsel meldete, dass die Brücke gesperrt ist.
dar+legen | ~ | fqct | Frau Amsel legte dar, dass die Brücke sicher ist.
begründen | ~ | fqcn | „Die Brücke ist sicher“, begründete Frau Amsel den Beschluss.
schimpfen | ~ | fqct | „Die Brücke ist sicher“, schimpfte Frau Amsel.
spotten | ~ | fqct | „Die Brücke ist sicher“, spottete Frau Amsel.
scherzen | ~ | fqct | „Die Brücke ist sicher“, scherzte Frau Amsel.
gestehen | gesteht gestehen gestand gestanden gestanden*
  | fqcti | Frau Amsel gestand, dass die Brücke unsicher ist.
aus+gehen | geht gehen ging gingen gegangen*
  | te | Frau Amsel geht davon aus, dass die Brücke sicher ist.
unterstellen | ~ | ti | Frau Amsel unterstellte der Stadt, dass sie die Zahlen kannte.
plädieren | ~ | fqcti | Frau Amsel plädierte dafür, dass die Brücke gesperrt wird.
appellieren | ~ | fqci | Frau Amsel appellierte an die Stadt, die Brücke zu sperren.
zitieren | ~ | fqc | „Die Brücke ist sicher“, zitierte Frau Amsel.
informieren | ~ | fqct | Frau Amsel informierte, dass die Brücke sicher ist.
heißen | heißt hieß geheißen* | fqc | „Die Brücke ist sicher“, hieß es im Rathaus.
lauten | lautet lautete gelautet* | fqc | „Die Brücke ist sicher“, lautete die Antwort.
zeigen | ~ | t | Eine Studie zeigt, dass die Brücke sicher ist.
belegen | ~ | t | Eine Studie belegt, dass die Brücke sicher ist.
ergeben | ergibt ergeben ergab ergaben ergeben*
  | t | Eine Studie ergab, dass die Brücke sicher ist.
beziffern | ~ | n | Frau Amsel beziffert die Kosten auf vier Millionen Euro.
empfehlen | empfiehlt empfehlen empfahl empfahlen empfohlen*
  | fqctin | Frau Amsel empfahl, die Brücke zu sperren.
fort+fahren | fährt fahren fuhr fuhren gefahren*
  | fqc | „Die Brücke ist sicher“, fuhr Frau Amsel fort.
nach+legen | ~ | fqc | „Die Brücke ist sicher“, legte Frau Amsel nach.
bekannt geben | bekannt_gab bekannt_gibt bekannt_gaben
  | fqct | Die Brücke ist sicher, wie Frau Amsel bekannt gab.
zu dem Schluss kommen | kommt_zu_dem_schluss kam_zu_dem_schluss kommen_zu_dem_schluss
  | t | Frau Amsel kam zu dem Schluss, dass die Brücke sicher ist.
zum Schluss kommen | kommt_zum_schluss kam_zum_schluss kommen_zum_schluss
  | t | Frau Amsel kam zum Schluss, dass die Brücke sicher ist.
zu dem Ergebnis kommen | kommt_zu_dem_ergebnis kam_zu_dem_ergebnis
  | t | Die Studie kam zu dem Ergebnis, dass die Brücke sicher ist.
die Auffassung vertreten | vertritt_die_auffassung vertrat_die_auffassung
  vertreten_die_auffassung | t | Frau Amsel vertrat die Auffassung, dass sie sicher ist.
zu bedenken geben | gibt+bedenken gab+bedenken geben+bedenken zu_bedenken_gegeben*
  | fqt | Frau Amsel gab zu bedenken, dass die Brücke schwankte.
zu verstehen geben | gibt+verstehen gab+verstehen geben+verstehen
  | fqt | Frau Amsel gab zu verstehen, dass die Brücke sicher ist.
sich überzeugt zeigen | zeigt+überzeugt zeigte+überzeugt zeigten+überzeugt
  | fqt | Frau Amsel zeigte sich überzeugt, dass die Brücke sicher ist.
raten | rät riet rieten geraten* | fqi | Frau Amsel riet dazu, die Brücke zu sperren.
aus+sprechen | spricht sprach sprachen sprechen gesprochen*
  | ti | Frau Amsel sprach sich dafür aus, die Brücke zu sperren.
brummen | ~ | fqc | „Die Brücke ist sicher“, brummte Frau Amsel.
witzeln | ~ | fqc | „Die Brücke ist sicher“, witzelte Frau Amsel.
jubeln | ~ | fqc | „Die Brücke ist sicher“, jubelte Frau Amsel.
seufzen | ~ | fqc | „Die Brücke ist sicher“, seufzte Frau Amsel.
freuen | ~ | fqct | „Die Brücke ist sicher“, freute sich Frau Amsel.
ärgern | ~ | fqct | „Die Brücke ist alt“, ärgerte sich Frau Amsel.
wundern | ~ | fqct | „Die Brücke ist alt“, wunderte sich Frau Amsel.
erinnern | ~ | fqct | „Die Brücke war alt“, erinnerte sich Frau Amsel.
sprechen | spricht sprach sprachen gesprochen*
  | q | Frau Amsel sprach von einer „Zumutung“.
nennen | nennt nannte nannten genannt* | qn | Frau Amsel nannte den Plan „absurd“.
bezeichnen | ~ | qn | Frau Amsel bezeichnete den Plan als „absurd“.
beschreiben | beschreibt beschrieb beschrieben*
  | qn | Frau Amsel beschrieb den Plan als „absurd“.
kommentieren | ~ | fqc | „Die Brücke ist sicher“, kommentierte Frau Amsel.
vor+schlagen | schlägt schlug schlugen schlagen geschlagen*
  | fqtin | Frau Amsel schlug vor, die Brücke zu sperren.
an+regen | ~ | fqtin | Frau Amsel regte an, die Brücke zu sperren.
verteidigen | ~ | fqn | Frau Amsel verteidigte den Plan.
bitten | bittet bat baten gebeten* | qi | Frau Amsel bat die Stadt, die Brücke zu
  sperren.
in Aussicht stellen | stellt+aussicht stellte+aussicht in_aussicht_gestellt*
  | n | Frau Amsel hat eine Sperrung in Aussicht gestellt.
überrascht zeigen | zeigt+überrascht zeigte+überrascht zeigten+überrascht
  | fqt | Frau Amsel zeigte sich überrascht, dass die Brücke gesperrt ist.
halten für | hält+unsozial hält+falsch hält+richtig hält+möglich hält+unwahrscheinlich
  | n | Frau Amsel hält die Sperrung für falsch.
wiederholen | ~ | fqct | Frau Amsel wiederholte, dass die Brücke sicher ist.
an+mahnen | ~ | n | Frau Amsel mahnte Geduld an.
werben | wirbt warb warben geworben* | qi | Frau Amsel warb dafür, die Brücke zu
  sperren.
vertrauen | ~ | t | Frau Amsel vertraut darauf, dass die Brücke hält.
bezweifeln | ~ | fqctnx | Frau Amsel bezweifelt, dass die Brücke sicher ist.
zweifeln | ~ | tx | Frau Amsel zweifelt daran, dass die Brücke sicher ist.
beschwören | beschwört beschwor beschworen* | fqct |
  Frau Amsel beschwor, dass die Brücke sicher ist.
bekunden | ~ | fqctn | Frau Amsel bekundete, dass die Brücke sicher ist.
vermelden | ~ | fqct | Frau Amsel vermeldete, dass die Brücke sicher ist.
notieren | ~ | fqct | Frau Amsel notierte, dass die Brücke sicher ist.
präzisieren | ~ | fqct | Frau Amsel präzisierte, dass die Brücke sicher ist.
"""

# Verbs that begin so make their participle without "ge".
WITHOUT_GE = ("be", "er", "ver", "ent", "emp", "zer", "wider", "unter", "über")


def regular_forms(lemma: str) -> list[str]:
    """Return the forms of a verb with regular endings.

    >>> regular_forms("loben")
    ['lobt', 'loben', 'lobte', 'lobten', 'gelobt*']
    >>> regular_forms("mit+teilen")[:2], regular_forms("mit+teilen")[-1]
    (['teilt+mit', 'teilen+mit'], 'mitgeteilt*')
    """
    particle, _, plain = lemma.rpartition("+")
    stem = plain.removesuffix("n").removesuffix("e")
    link = "e" if stem.endswith(("t", "d", "gn", "chn", "ffn")) else ""
    with_ge = not (stem.startswith(WITHOUT_GE) or stem.endswith("ier"))
    finite = [f"{stem}{link}t", plain, f"{stem}{link}te", f"{stem}{link}ten"]
    participle = f"{particle}{'ge' if with_ge else ''}{stem}{link}t*"
    if not particle:
        return [*finite, participle]
    apart = [f"{form}+{particle}" for form in finite]
    return [*apart, *(particle + form for form in finite), participle]


def _expanded(line: str) -> str:
    """Return a line of the table with its regular forms."""
    lemma, forms, rest = (part.strip() for part in line.split("|", 2))
    if forms == "~":
        forms = " ".join(regular_forms(lemma))
    elif "+" in lemma:
        particle = lemma.partition("+")[0]
        forms = " ".join(
            particle + form
            if form[-1] == "*"
            else f"{form}+{particle} {particle}{form}"
            for form in forms.split()
        )
    return f"{lemma.replace('+', '')} | {forms} | {rest}"


VERBS = "\n".join(map(_expanded, TABLE.strip().replace("\n  ", " ").split("\n")))
