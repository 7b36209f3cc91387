"""Spanish reporting verbs: forms, what may follow them, an example that a test runs.

`lemma | forms | letters | example`; the letters are those of `engine/tables.py`. "~"
stands for the regular forms of a verb in -ar, -er or -ir. A star marks a participle.
"""

from __future__ import annotations

TABLE = """
afirmar | ~ | fqti | La señora Amaro afirmó que el puente es seguro.
asegurar | ~ | fqti | La señora Amaro aseguró que el puente es seguro.
declarar | ~ | fqti | La señora Amaro declaró que el puente es seguro.
señalar | ~ | fqt | La señora Amaro señaló que el puente es seguro.
indicar | ~ | fqt | La señora Amaro indicó que el puente es seguro.
explicar | ~ | fqtw | La señora Amaro explicó que el puente es seguro.
manifestar | ~ manifiesta manifiestan
  | fqt | La señora Amaro manifestó que el puente es seguro.
subrayar | ~ | fqt | La señora Amaro subrayó que el puente es seguro.
destacar | ~ | fqtn | La señora Amaro destacó que el puente es seguro.
recalcar | ~ | fqt | La señora Amaro recalcó que el puente es seguro.
remarcar | ~ | fqt | La señora Amaro remarcó que el puente es seguro.
resaltar | ~ | fqtn | La señora Amaro resaltó que el puente es seguro.
apuntar | ~ | fqt | La señora Amaro apuntó que el puente es seguro.
anunciar | ~ | fqtn | La señora Amaro anunció que el puente es seguro.
informar | ~ | fqtw | La señora Amaro informó que el puente es seguro.
comunicar | ~ | fqt | La señora Amaro comunicó que el puente es seguro.
confirmar | ~ | fqtn | La señora Amaro confirmó que el puente es seguro.
precisar | ~ | fqtw | La señora Amaro precisó que el puente es seguro.
aclarar | ~ | fqtw | La señora Amaro aclaró que el puente es seguro.
matizar | ~ | fqt | La señora Amaro matizó que el puente es seguro.
detallar | ~ | fqtw | La señora Amaro detalló que el puente es seguro.
relatar | ~ | fqt | La señora Amaro relató que el puente es seguro.
comentar | ~ | fqt | La señora Amaro comentó que el puente es seguro.
contestar | ~ | fqt | La señora Amaro contestó que el puente es seguro.
replicar | ~ | fqt | La señora Amaro replicó que el puente es seguro.
argumentar | ~ | fqt | La señora Amaro argumentó que el puente es seguro.
alegar | ~ | fqti | La señora Amaro alegó que el puente es seguro.
opinar | ~ | fqto | La señora Amaro opinó que el puente es seguro.
considerar | ~ | fqton | La señora Amaro consideró que el puente es seguro.
estimar | ~ | fqto | La señora Amaro estimó que el puente es seguro.
juzgar | ~ | fqto | La señora Amaro juzgó que el puente es seguro.
valorar | ~ | fqno | «El puente es seguro», valoró la señora Amaro.
lamentar | ~ | fqtnio | La señora Amaro lamentó que el puente sea seguro.
criticar | ~ | fqtno | La señora Amaro criticó que el puente sea seguro.
censurar | ~ | fqtno | La señora Amaro censuró que el puente sea seguro.
denunciar | ~ | fqtn | La señora Amaro denunció que el puente es seguro.
alertar | ~ | fqt | La señora Amaro alertó que el puente es seguro.
avisar | ~ | fqt | La señora Amaro avisó que el puente es seguro.
insistir | ~ | fqt | La señora Amaro insistió en que el puente es seguro.
reiterar | ~ | fqt | La señora Amaro reiteró que el puente es seguro.
recordar | ~ recuerda recuerdan | fqt | La señora Amaro recordó que el puente es seguro.
revelar | ~ | fqtw | La señora Amaro reveló que el puente es seguro.
sentenciar | ~ | fqt | La señora Amaro sentenció que el puente es seguro.
zanjar | ~ | fqt | La señora Amaro zanjó que el puente es seguro.
ironizar | ~ | fq | «El puente es seguro», ironizó la señora Amaro.
bromear | ~ | fq | «El puente es seguro», bromeó la señora Amaro.
exclamar | ~ | fqt | La señora Amaro exclamó que el puente es seguro.
preguntar | ~ | fqw | «El puente es seguro», preguntó la señora Amaro.
reclamar | ~ | fqtn | La señora Amaro reclamó que el puente sea seguro.
solicitar | ~ | fqtn | La señora Amaro solicitó que el puente sea seguro.
rechazar | ~ | fqtnx | La señora Amaro rechazó que el puente sea seguro.
descartar | ~ | fqtnix | La señora Amaro descartó que el puente sea seguro.
aceptar | ~ | fqt | La señora Amaro aceptó que el puente es seguro.
esperar | ~ | tio | La señora Amaro esperó que el puente sea seguro.
jurar | ~ | fqtip | La señora Amaro juró que el puente es seguro.
calificar | ~ | qn | La señora Amaro calificó la obra de «chapuza».
acusar | ~ | in | La señora Amaro acusó al concejo de ocultar las cifras.
culpar | ~ | in | La señora Amaro culpó al concejo de ocultar las cifras.
instar | ~ | i | La señora Amaro instó al concejo a cerrar el puente.
cuestionar | ~ | fqn | «El puente es seguro», cuestionó la señora Amaro.
puntualizar | ~ | fqt | La señora Amaro puntualizó que el puente es seguro.
enfatizar | ~ | fqt | La señora Amaro enfatizó que el puente es seguro.
enumerar | ~ | fq | «El puente es seguro», enumeró la señora Amaro.
constatar | ~ | fqt | La señora Amaro constató que el puente es seguro.
pronosticar | ~ | fqte | La señora Amaro pronosticó que el puente es seguro.
vaticinar | ~ | fqte | La señora Amaro vaticinó que el puente es seguro.
augurar | ~ | fqte | La señora Amaro auguró que el puente es seguro.
calcular | ~ | fqt | La señora Amaro calculó que el puente es seguro.
sospechar | ~ | t | La señora Amaro sospechó que el puente es seguro.
celebrar | ~ | fqtno | La señora Amaro celebró que el puente sea seguro.
rematar | ~ | fq | «El puente es seguro», remató la señora Amaro.
apostillar | ~ | fqt | La señora Amaro apostilló que el puente es seguro.
observar | ~ | fqt | La señora Amaro observó que el puente es seguro.
notificar | ~ | fqt | La señora Amaro notificó que el puente es seguro.
quejar | ~ | fqt | «El puente es seguro», se quejó la señora Amaro.
jactar | ~ | fqt | «El puente es seguro», se jactó la señora Amaro.
mostrar | ~ muestra muestran | t | La señora Amaro mostró que el puente es seguro.
demostrar | ~ demuestra demuestran
  | t | La señora Amaro demostró que el puente es seguro.
evidenciar | ~ | t | La señora Amaro evidenció que el puente es seguro.
desvelar | ~ | fqt | La señora Amaro desveló que el puente es seguro.
narrar | ~ | fqt | La señora Amaro narró que el puente es seguro.
apelar | ~ | i | La señora Amaro apeló al concejo a cerrar el puente.
garantizar | ~ | fqtip | La señora Amaro garantizó que el puente es seguro.
aventurar | ~ | fqt | La señora Amaro aventuró que el puente es seguro.
plantear | ~ | fqt | La señora Amaro planteó que el puente es seguro.
avanzar | ~ | fqt | La señora Amaro avanzó que el puente es seguro.
adelantar | ~ | fqt | La señora Amaro adelantó que el puente es seguro.
repasar | ~ | fq | «El puente es seguro», repasó la señora Amaro.
decir | dice dicen dijo dijeron decía decían dicho* diciendo
  | fqtiw | La señora Amaro dijo que el puente es seguro.
añadir | añade añaden añadió añadieron añadía añadido* añadiendo
  | fqt | La señora Amaro añadió que el puente es seguro.
agregar | agrega agregan agregó agregaron agregaba agregado* agregando
  | fqt | La señora Amaro agregó que el puente es seguro.
sostener | sostiene sostienen sostuvo sostuvieron sostenía sostenían sostenido*
  sosteniendo
  | fqt | La señora Amaro sostuvo que el puente es seguro.
mantener | mantiene mantienen mantuvo mantuvieron mantenía mantenido* manteniendo
  | fqt | La señora Amaro mantiene que el puente es seguro.
reconocer | reconoce reconocen reconoció reconocieron reconocía reconocido* reconociendo
  | fqtin | La señora Amaro reconoció que el puente es seguro.
admitir | admite admiten admitió admitieron admitía admitido* admitiendo
  | fqti | La señora Amaro admitió que el puente es seguro.
responder | responde responden respondió respondieron respondía respondido* respondiendo
  | fqt | La señora Amaro respondió que el puente es seguro.
advertir | advierte advierten advirtió advirtieron advertía advertido* advirtiendo
  | fqt | La señora Amaro advirtió que el puente es seguro.
exponer | expone exponen expuso expusieron exponía expuesto* exponiendo
  | fqt | La señora Amaro expuso que el puente es seguro.
proponer | propone proponen propuso propusieron proponía propuesto* proponiendo
  | fqtin | La señora Amaro propuso que el puente sea seguro.
contar | cuenta cuentan contó contaron contaba contado* contando
  | fqt | La señora Amaro contó que el puente es seguro.
creer | cree creen creyó creyeron creía creían creído* creyendo
  | fqto | La señora Amaro cree que el puente es seguro.
pensar | piensa piensan pensó pensaba pensado* pensando
  | fqto | La señora Amaro piensa que el puente es seguro.
prometer | promete prometen prometió prometieron prometía prometido* prometiendo
  | fqtinp | La señora Amaro prometió que el puente es seguro.
pedir | pide piden pidió pidieron pedía pedido* pidiendo
  | fqtin | La señora Amaro pidió que el puente sea seguro.
exigir | exige exigen exigió exigieron exigía exigido* exigiendo
  | fqtin | La señora Amaro exigió que el puente sea seguro.
negar | niega niegan negó negaron negaba negado* negando
  | fqtinx | La señora Amaro negó que el puente sea seguro.
desmentir | desmiente desmienten desmintió desmintieron desmentía desmentido*
  desmintiendo
  | fqtnx | La señora Amaro desmintió que el puente sea seguro.
refutar | refuta refutan refutó refutaron refutaba refutado* refutando
  | fqtnx | La señora Amaro refutó que el puente sea seguro.
concluir | concluye concluyen concluyó concluyeron concluía concluido* concluyendo
  | fqt | La señora Amaro concluyó que el puente es seguro.
escribir | escribe escriben escribió escribieron escribía escrito* escribiendo
  | fqt | La señora Amaro escribió que el puente es seguro.
sugerir | sugiere sugieren sugirió sugirieron sugería sugerido* sugiriendo
  | fqt | La señora Amaro sugirió que el puente sea seguro.
temer | teme temen temió temía temido* temiendo
  | to | La señora Amaro teme que el puente sea seguro.
confiar | confía confían confió confiaba confiado* confiando
  | to | La señora Amaro confía en que el puente es seguro.
prever | prevé prevén previó preveía previsto* previendo
  | tne | La señora Amaro prevé que el puente es seguro.
defender | defiende defienden defendió defendieron defendía defendido* defendiendo
  | fqt | La señora Amaro defendió que el puente es seguro.
recomendar | recomienda recomiendan recomendó recomendaron recomendado* recomendando
  | fqtin | La señora Amaro recomendó que el puente sea seguro.
repetir | repite repiten repitió repitieron repetía repetido* repitiendo
  | fqt | La señora Amaro repitió que el puente es seguro.
coincidir | coincide coinciden coincidió coincidieron coincidido*
  | fqt | La señora Amaro coincidió en que el puente es seguro.
proseguir | prosigue prosiguen prosiguió proseguía
  | fq | «El puente es seguro», prosiguió la señora Amaro.
continuar | continúa continuó | fq | «El puente es seguro», continuó la señora Amaro.
confesar | confiesa confiesan confesó confesaron confesado* confesando
  | fqti | La señora Amaro confesó que el puente es seguro.
hacer hincapié | hace_hincapié hizo_hincapié hicieron_hincapié hecho_hincapié*
  | t | La señora Amaro hizo hincapié en que el puente es seguro.
dejar claro | deja_claro dejó_claro dejado_claro*
  | fqt | La señora Amaro dejó claro que el puente es seguro.
poner de relieve | puso_de_relieve pone_de_relieve
  | t | La señora Amaro puso de relieve que el puente es seguro.
tildar | tilda tildan tildó tildaron tildado*
  | qn | La señora Amaro tildó la obra de «chapuza».
amenazar | amenaza amenazan amenazó amenazaron amenazado*
  | i | La señora Amaro amenazó con cerrar el puente.
corroborar | corrobora corroboró corroborado*
  | fqt | La señora Amaro corroboró que el puente es seguro.
limitarse a decir | limitó_a_decir limita_a_decir limitó_a_señalar | fq
  | «El puente es seguro», se limitó a decir la señora Amaro.
congratularse | congratuló congratula | fq
  | «El puente es seguro», se congratuló la señora Amaro.
sonreír | sonríe sonrió | fq | «El puente es seguro», sonrió la señora Amaro.
tranquilizar | ~ | fq | «El puente es seguro», tranquilizó la señora Amaro.
resumir | resume resumen resumió | fqt | «El puente es seguro», resumió la señora Amaro.
mostrarse convencido | mostró_convencido mostró_convencida muestra_convencido
  | t | La señora Amaro se mostró convencida de que el puente es seguro.
hablar | ~ | q | La señora Amaro habló de una «chapuza».
proclamar | ~ | fqt | La señora Amaro proclamó que el puente es seguro.
reprochar | ~ | in | La señora Amaro reprochó al concejo las prisas.
cifrar | ~ | n | La señora Amaro cifra el coste en cuatro millones.
gritar | ~ | fqt | «El puente es seguro», gritó la señora Amaro.
achacar | ~ | n | La señora Amaro achaca el cierre a la lluvia.
atribuir | atribuye atribuyen atribuyó atribuyeron atribuido*
  | n | La señora Amaro atribuye el cierre a la lluvia.
felicitar | ~ | fqn | La señora Amaro felicitó a los obreros.
elogiar | ~ | n | La señora Amaro elogió a los obreros.
alabar | ~ | n | La señora Amaro alabó a los obreros.
abogar | ~ | n | La señora Amaro abogó por cerrar el puente.
reivindicar | ~ | fqtn | La señora Amaro reivindicó que el puente es seguro.
vincular | ~ | n | La señora Amaro vinculó el cierre a la lluvia.
dudar | ~ | tx | La señora Amaro duda de que el puente sea seguro.
descubrir | descubre descubrió descubrieron descubierto*
  | t | La señora Amaro ha descubierto que el puente es seguro.
ofrecer | ofrece ofrecen ofreció ofrecieron ofrecido* ofreciendo
  | n | La señora Amaro ofreció un puente nuevo.
"""


def regular_forms(lemma: str) -> list[str]:
    """Return the forms of a regular verb: present, pasts, participle, gerund.

    >>> regular_forms("afirmar")[:3], regular_forms("insistir")[:3]
    (['afirma', 'afirman', 'afirmó'], ['insiste', 'insisten', 'insistió'])
    """
    stem = lemma[:-2]
    if lemma.endswith("ar"):
        ends = "a an ó aron aba aban ado* ando"
    else:
        ends = "e en ió ieron ía ían ido* iendo"
    return [stem + end for end in ends.split()]


def _expanded(line: str) -> str:
    """Return a line of the table with its regular forms."""
    lemma, forms, rest = (part.strip() for part in line.split("|", 2))
    regular = " ".join(regular_forms(lemma)) if forms[0] == "~" else ""
    return f"{lemma} | {regular} {forms.lstrip('~')} | {rest}"


VERBS = "\n".join(map(_expanded, TABLE.strip().replace("\n  ", " ").split("\n")))
