"""German words: articles, prepositions, titles, days, subjunctive and more."""

from __future__ import annotations

ACCORDING = """
laut | laut | a | Laut Frau Amsel ist die Brücke sicher.
gemäß | gemäß | a | Gemäß dem Gutachten ist die Brücke sicher.
zufolge | zufolge | b | Dem Gutachten zufolge ist die Brücke sicher.
nach Angaben | nach_angaben | a | Nach Angaben der Stadt ist die Brücke sicher.
nach Ansicht | nach_ansicht | a | Nach Ansicht der Stadt ist die Brücke sicher.
nach Meinung | nach_meinung | a | Nach Meinung der Stadt ist die Brücke sicher.
nach Auffassung | nach_auffassung | a | Nach Auffassung der Stadt ist sie sicher.
nach Einschätzung | nach_einschätzung | a | Nach Einschätzung der Stadt ist sie sicher.
nach Überzeugung | nach_überzeugung | a | Nach Überzeugung der Stadt ist sie sicher.
nach Darstellung | nach_darstellung | a | Nach Darstellung der Stadt ist sie sicher.
nach Aussage | nach_aussage nach_aussagen | a | Nach Aussage der Stadt ist sie sicher.
nach Auskunft | nach_auskunft | a | Nach Auskunft der Stadt ist die Brücke sicher.
nach den Worten | nach_den_worten nach_worten | a | Nach den Worten Amsels ist sie
  sicher.
nach Informationen | nach_informationen | a | Nach Informationen der Stadt ist sie
  sicher.
nach Erkenntnissen | nach_erkenntnissen | a | Nach Erkenntnissen der Stadt ist sie
  sicher.
nach Berechnungen | nach_berechnungen | a | Nach Berechnungen der Stadt reicht das Geld.
nach Schätzungen | nach_schätzungen | a | Nach Schätzungen der Stadt reicht das Geld.
nach Darlegung | nach_darlegung | a | Nach Darlegung der Stadt reicht das Geld.
aus Sicht | aus_sicht aus_der_sicht | a | Aus Sicht der Stadt ist die Brücke sicher.
seiner Einschätzung nach | seiner_einschätzung_nach ihrer_einschätzung_nach | h |
  Seiner Einschätzung nach ist die Brücke sicher.
seiner Meinung nach | seiner_meinung_nach ihrer_meinung_nach | h |
  Seiner Meinung nach ist die Brücke sicher.
seiner Ansicht nach | seiner_ansicht_nach ihrer_ansicht_nach | h |
  Seiner Ansicht nach ist die Brücke sicher.
nach Polizeiangaben | nach_polizeiangaben nach_behördenangaben | g |
  Nach Polizeiangaben ist die Brücke sicher.
nach Medienberichten | nach_medienberichten | g |
  Nach Medienberichten ist die Brücke sicher.
so | so | s | „Die Brücke ist sicher“, so Frau Amsel.
"""
ARTICLES = """
    der die das dem den des ein eine einer einem einen eines mehrere viele einige zwei
    drei vier fünf zahlreiche beide sein seine seiner seinem seinen seines ihr ihre
    ihrer ihrem ihren ihres unser unsere dieser diese dieses diesem diesen jener jene
    alle manche kein keine deren dessen etliche
"""
PREPOSITIONS = """
    am an im in ins bei nach vor gegenüber auf zu während mit gegen über unter seit
    trotz wegen per anlässlich via binnen ohne um durch bis ab laut gemäß zwischen
    angesichts aufgrund ans aufs zum zur hinter neben entgegen
"""
INNER_PREPOSITIONS = "von vom für aus beim des der"
CONJUNCTIONS = """
    und aber doch sondern denn oder als wenn weil nachdem während obwohl da sobald
    bevor damit sodass wie wonach wobei indem falls
"""
ADVERBS = """
    auch dazu zudem weiter weiterhin außerdem ferner dann später zuvor anschließend
    jedoch allerdings nun jetzt noch bereits schon erneut zugleich gleichzeitig
    daraufhin darauf davon damit dafür davor dabei darin hierzu dagegen deshalb daher
    ebenfalls wiederum indes indessen hingegen mehrfach wiederholt ausdrücklich selbst
    lediglich nur erst kürzlich jüngst vergangene vergangenen vergangene woche
    sich ihm ihnen uns mir schriftlich telefonisch mündlich abends morgens mittags
    früh abend morgen nachmittag mittag vormittag nacht offen deutlich klar knapp
    unterdessen inzwischen schließlich zunächst einmal wörtlich sichtlich gerne gern
    damals vorhin seinerzeit sogar immer wieder bald gleich eben gerade vielmehr dort
    hier
    heute gestern vorgestern so
"""
SUBJUNCTIVE = """
    sei seien habe werde könne müsse solle wolle dürfe möge gebe gehe komme stehe
    liege bleibe mache lasse nehme sehe finde wisse brauche halte bringe führe zeige
    fehle gelte bedeute handele handle laufe sitze steige sinke verdiene trage bestehe
    entstehe gehöre kenne spreche fahre falle helfe arbeite rechne plane prüfe erwarte
    warte verspiele hoffe glaube denke meine suche treffe nutze biete ziehe zahle koste
    beginne ende folge fühle lebe leide drohe dauere betrage erhalte bekomme vertrete
    leiste schaffe gefährde verstoße sorge unterstütze verstehe spiele setze stelle
    lehne weise belaste verliere gewinne wachse erhöhe verhindere scheine
    gefalle freue bedauere werfe erinnere wirke reiche benötige begrüße fordere
    funktioniere existiere profitiere reagiere entspreche enthalte betreffe
"""
FINITE = """
    ist sind war waren hat hatte hatten wird werden wurde wurden kann können konnte
    konnten muss müssen musste mussten soll sollen sollte sollten will wollen wollte
    wollten darf dürfen gibt gab geht ging kommt kam steht stand liegt lag bleibt blieb
    macht lässt ließ haben gehen kommen stehen liegen bleiben machen geben
"""
TITLES = """
    herr frau dr prof professor professorin präsident präsidentin kanzler kanzlerin
    minister ministerin bürgermeister bürgermeisterin sprecher sprecherin chef chefin
    leiter leiterin direktor direktorin vorsitzender vorsitzende vorsitzenden vorstand
    geschäftsführer geschäftsführerin anwalt anwältin rechtsanwalt rechtsanwältin
    staatsanwalt staatsanwältin richter richterin verteidiger verteidigerin
    polizist polizistin kommissar kommissarin experte expertin experten forscher
    forscherin wissenschaftler wissenschaftlerin analyst analystin analysten ökonom
    ökonomin ökonomen trainer trainerin kapitän kapitänin spieler spielerin torwart
    abgeordneter abgeordnete abgeordneten senator senatorin landrat landrätin stadtrat
    stadträtin rat rätin dezernent dezernentin referent referentin beauftragte
    beauftragter manager managerin unternehmer unternehmerin gründer gründerin autor
    autorin regisseur regisseurin schauspieler schauspielerin künstler künstlerin
    lehrer lehrerin arzt ärztin ärztlicher mediziner medizinerin virologe virologin
    biologe biologin historiker historikerin soziologe soziologin politologe politologin
    geologe geologin physiker physikerin chemiker chemikerin psychologe psychologin
    anwohner anwohnerin bewohner bewohnerin bürger bürgerin landwirt landwirtin bauer
    bäuerin pfarrer pfarrerin bischof bischöfin könig königin prinz prinzessin papst
    general oberst botschafter botschafterin gewerkschafter gewerkschafterin
    gewerkschaftschef vorstandschef vorstandschefin parteichef parteichefin firmenchef
    konzernchef polizeichef funktionär funktionärin verbandschef angeklagter angeklagte
    zeuge zeugin zeugen gutachter gutachterin kläger klägerin sekretär sekretärin
    politiker politikerin oppositionsführer oppositionsführerin fraktionschef
    fraktionschefin kollege kollegin mutter vater inhaber inhaberin betreiber
    betreiberin besitzer besitzerin wirt wirtin kritiker kritikerin kurator kuratorin
    ingenieur ingenieurin architekt architektin förster försterin ermittler
    ermittlerin kandidat kandidatin mitglied vertreter vertreterin berater beraterin
    händler händlerin verkäufer verkäuferin fischer fischerin student studentin
    schüler schülerin rektor rektorin dekan dekanin intendant intendantin dirigent
    dirigentin sänger sängerin schiedsrichter schiedsrichterin stürmer stürmerin
    meteorologe meteorologin klimaforscher astronom astronomin epidemiologe
    epidemiologin pressesprecher pressesprecherin generaldirektor kreisbrandmeister
    feuerwehrchef einsatzleiter hauptmann major koordinator koordinatorin ceo
    obmann obfrau nationalrat nationalrätin bundesrat bundesrätin regierungsrat
"""
ORGANISATIONS = """
    ministerium amt behörde polizei stadt gemeinde verwaltung regierung partei fraktion
    gewerkschaft verband verein bund unternehmen konzern firma bank institut hochschule
    universität gericht landgericht amtsgericht staatsanwaltschaft feuerwehr kammer
    stiftung kommission rat senat klinik krankenhaus versicherung agentur gesellschaft
    redaktion zeitung sender club klub kirche zentrum werk werke
"""
DOCUMENTS = """
    bericht gutachten studie umfrage papier schreiben mitteilung dokument anklage
    urteil umfragen studien berichte medienberichte medienberichten angaben antrag
    vorlage untersuchung
"""
OUTLETS = (
    "zeitung rundschau nachrichten anzeiger tagblatt tageblatt bote kurier magazin"
)
MALE_TITLES = """
    herr präsident kanzler minister bürgermeister sprecher chef leiter direktor
    vorsitzender geschäftsführer anwalt rechtsanwalt staatsanwalt richter verteidiger
    experte forscher wissenschaftler analyst ökonom trainer senator landrat manager
    könig prinz papst autor anwohner historiker angeklagter zeuge gutachter sekretär
    politiker mediziner ermittler landwirt abgeordneter analysten
"""
FEMALE_TITLES = " ".join(["frau", *(t for t in TITLES.split() if t.endswith("in"))])
MALE_NAMES = """
    thomas michael peter andreas stefan stephan christian martin markus frank jürgen
    wolfgang klaus uwe bernd ralf rainer ralph dieter hans heinz werner helmut gerhard
    manfred günter günther horst walter karl kurt otto paul max felix jonas lukas leon
    ben noah elias finn emil jan tim tom tobias sebastian daniel florian alexander
    philipp johannes david simon fabian matthias oliver sven jens lars ole nils kai
    carsten karsten torsten thorsten holger dirk jörg georg ludwig friedrich heinrich
    hermann viktor robert richard konrad anton jakob moritz julian marcel kevin dennis
    erik eric henrik hendrik rolf ulrich volker winfried joachim achim armin bruno
    franz josef gregor norbert reinhard rüdiger siegfried theo urs reto beat
"""
FEMALE_NAMES = """
    maria anna andrea petra sabine monika susanne claudia karin birgit ursula renate
    angelika gabriele brigitte christine christina martina nicole stefanie stephanie
    katrin kathrin katja sandra anja tanja silke heike ute anke julia sarah laura lena
    lisa hanna hannah emma mia sophie sofia marie lea leonie clara klara charlotte
    johanna helene helga hilde irmgard ingrid inge elke doris eva elisabeth erika
    barbara bettina cornelia dagmar franziska friederike greta heidi ines irene jana
    judith jutta magdalena margarete marion nadine nina regina rita ruth simone sonja
    sybille theresa ulrike vera verena yvonne katharina miriam svenja antje frauke
    gerda gisela annette annegret carola corinna
"""
OPEN_WORDS = """
    ich wir mich mir uns mein meine meinen meinem meiner unser unsere unseren unserem
    unserer er ihn ihm sein seine seinen seinem seiner seines ihr ihre ihren ihrem
    ihrer ihres sie ihnen dies dieser diese dieses diesem diesen das dort hier da heute
    gestern morgen damals davon dafür damit dazu darüber dagegen darin daran man
    du euch dein deine sich
"""
FUTURE = "wird werden werde würde würden"
OUGHT = "muss müssen müsse müssten soll sollen solle sollte sollten darf dürfen dürfe"
JUDGEMENTS = """
    gut gute guter schlecht schlechte falsch richtig unfair ungerecht skandal skandalös
    katastrophe katastrophal wunderbar schrecklich schlimm großartig unverantwortlich
    inakzeptabel peinlich absurd ehrlich unehrlich enttäuscht enttäuschend stolz froh
    glücklich wichtig unmöglich lächerlich beste besten schön traurig fehler
"""
WEEKDAYS = """
    montag/montagabend/montagmorgen/montagnachmittag/montags
    dienstag/dienstagabend/dienstagmorgen/dienstagnachmittag
    mittwoch/mittwochabend/mittwochmorgen/mittwochnachmittag
    donnerstag/donnerstagabend/donnerstagmorgen/donnerstagnachmittag
    freitag/freitagabend/freitagmorgen/freitagnachmittag
    samstag/sonnabend/samstagabend/samstagmorgen sonntag/sonntagabend/sonntagmorgen
"""
MONTHS = """
    januar/jänner februar märz april mai juni juli august september oktober november
    dezember
"""
DAYS = "heute 0\ngestern 1\nvorgestern 2\ngestern abend 1"
ABBREVIATIONS = """
    dr prof nr bzw ca usw st mio mrd z.b d.h u.a str hr fr dipl ing evtl inkl vgl abs
    art jr sen hl geb gest
"""


def title_base(title: str) -> str:
    """Return the known title that a longer word ends with.

    >>> title_base("bauministerin"), title_base("kämmerer")
    ('ministerin', 'kämmerer')
    """
    known = (t for t in TITLES.split() if title.endswith(t))
    return max(known, key=len, default=title)
