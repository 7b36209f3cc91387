"""Words of the news that mean much the same, in six languages: "jobless" and "issiz".

Each line is one meaning. A word begins with what stands there, folded; with a full stop
it is the whole word, and _ stands for a blank: "out_of_work".
"""

from __future__ import annotations

from functools import cache

from claims.attribution.folding import fold

MEANINGS = """
unemploy jobless out_of_work without_a_job arbeitslos erwerbslos chomag chomeu desemple paro. disoccup issiz
job. jobs. employ work. worker workplace arbeitsplatz beschaftig emploi empleo trabajo lavor occupazion istihdam calis
wage pay. paid. salar earn income lohn gehalt einkommen verdien salair gagn revenu sueldo ingreso stipend reddit guadagn ucret maas kazan gelir
rise. rises. rising. risen. rose. increas grow. grows. grew. grown. growth climb soar surg go_up going_up went_up gone_up up_by gestiegen steig stieg zugenomm erhoh wachs hauss augment sube. subio subido aument crec cresc salit sale. art. artti artmis artar artis artir yuksel
fall. falls. fell. fallen. drop decreas declin shrink shrank reduc lower sank. sink. come_down cut. cuts. slash gesunken sank sinkt gefallen ruckgang senk baisse diminu recul baja. bajo bajado dismin reduj cal. calo. calat diminuz dusus dustu azal geril
doubl twice two_times twofold verdoppel doppelt doppio raddopp duplic ikiye_katla iki_kat
tripl three_times threefold verdreifach triplic uc_kat
half. halve halv fifty_per_cent fifty_percent hälfte halfte halbier moitie mitad meta. dimezz yari. yarisi yariya
tax. taxes. taxpay taxat levy levies steuer impot taxe. impuest imposte tassa. tasse. vergi
budget haushalt presupuest bilancio butce
deficit shortfall defizit defizit disavanz acig
debt owe. owes. indebt in_the_red schuld verschuld dette. deuda endeud debito borc
cost. costs. costing price expens kost teuer preis cout. coute. prix. costo costar coste precio caro. prezz fiyat maliyet mal_ol
spend spent expenditur outlay shell_out poured_into ausgab ausgegeb depens gast. gasta gasto spend spes. speso spend harca
money. cash. funds. funding. geld. argent. dinero. soldi. denaro. para.
cheap bargain for_a_song billig gunstig barat econom ucuz
bank. banks. banka
poor. poverty depriv armut arme. armen. pauvre pobre pobrez povert yoksul fakir
rich. wealth affluen reich. reichen. riche. rico. ricos. ricch zengin
inflat cost_of_living teuerung enflasyon
pension retire old_age rente. renten. rentner ruhestand retrait jubil pensionat emekli
benefit. benefits. welfar subsid dole. sozialhilfe beihilf aide. aides. ayuda sussid yardim tesvik
house. houses. housing home. homes. dwelling flat. flats. apartment haus. hauser wohnung logement maison viviend casa. casas. case. alloggi konut. ev. evler daire
rent. rents. tenant miete. mieten. mieter loyer locatair alquil affitt kira
homeless rough_sleep obdachlos sans-abri evsiz
crime. crimes. criminal offence offens burglar assault robber kriminal straftat crimin delit delinc crimen suc. suclar
murder kill. kills. killed. killing. homicid slain mord. morde. getotet meurtre tue. tues. asesin matar. mato omicid uccis uccid cinayet oldur
prison jail. jails. inmat behind_bars cells. detent gefangnis haft. insass prison detenu carcel preso. presos. carcer detenut cezaev hapis mahkum
police cops. officer constab polizei polizist policier policia polizi polis. polisin polisi
arrest detain detention custody festgenomm verhaft arrete. interpell deten arrestat gozalti tutukla
court. courts. judge tribunal gericht richter juge. juez mahkeme hakim
convict guilty sentenced condemn verurteil condamn condena condann mahkum
trial. prosecut indict prozess anklage proces. juicio process yargi dava.
gun. guns. weapon firearm rifle waffe. waffen. arme. armes. arma. armas. armi. silah
war. wars. warfare krieg guerre guerra savas
army. soldier troop military armed_force armee soldat bundeswehr ejercit esercit ordu. asker
tank. tanks. panzer
missil rocket rakete missile misil missil fuze. fuzel
attack strike bomb assault angriff angegriff attaqu ataque ataco attacc saldir
peace ceasefire truce frieden waffenruhe paix paz. tregua pace. baris. ateskes
terror
migrant immigra refugee asylum newcomer foreigner migrant fluchtling zuwander einwander asyl refug inmigra rifugiat profugh multeci gocmen siginmac iltica
border frontier grenze frontier confin sinir
deport sent_back expel abgeschob abschieb expuls deport espuls sinir_disi
wall. fence mauer. zaun mur. muro. valla duvar
vote. votes. voted. voter. voters. voting. ballot poll. polls. stimm wahl. wahler gewahlt voter voix. vota votar voto. votant scrutin oy. oylar secmen
elect wahlen wahl. eleccion elezion secim
fraud rigg stolen. cheat fals forg fake. betrug gefalscht fraude truffa hile. sahte
parliament congress house_of hous_of senat chamber lawmaker assembly parlament abgeordnet parlement depute parlamento diputad deputat meclis milletvekil vekil
government cabinet administrat ministry regierung gouvern gobiern govern hukumet iktidar
minister. ministers. secretary ministr bakan. bakani bakanl
president prasident cumhurbaskan
mayor burgermeister maire. alcald sindac belediye_baskan
oppos against. reject turned_down voted_no said_no refus dagegen abgelehnt lehnt rejet contre. rechaz contra. respin rifiut karsi. reddet reddedil
support back. backs. backed. favour favor endors in_favour unterstutz befurwort soutien souten apoy appogg sosten destekl
law. laws. bill. bills. legislat act. rule. rules. regulat statute gesetz vorschrift regel. loi. lois. ley. leyes. legge. leggi. yasa. yasas. kanun
ban. bans. banned. banning. forbid forbad forbidden prohibit outlaw not_allowed may_not verbot verbiet interdit interdi prohib vieta viet. yasakla yasak.
allow permit legal let. lets. erlaub zugelass autoris permit permett izin.
promis pledge vow. vowed. versproch versprech promet promis promes soz_ver vaat vadett
build built construct erect gebaut bauen. baut. constru bati. batir costru insa. yapil
clos shut. shuts. shutter geschloss schliess ferme. fermer fermet cerrad cerrar cierra chius kapat kapandi
open. opens. opened. opening. inaugur eroffn geoffnet ouver ouvr abier abrir apert inaugur acil. acild acti. acacak
school schule ecole escuel scuol okul
teach teacher lehrer unterricht enseign maestr profesor insegnant ogretmen
student pupil schuler etudiant eleve. eleves. estudiant alumn student alunn ogrenci
universit college hochschule fakult
child kids. kid. kinder. kind. enfant nino. ninos. nina. hijo bambin figli cocuk
young youth. youngster teenag jugend jung. junge. jeune joven jovenes giovan genc. gencl
old. elder aged. alter. alte. alten. vieux agee. anciano mayores anzian yasli
woman women female frau. frauen. femme mujer donna. donne. kadin
man. men. male. mann. manner. homme hombre uomo. uomini. erkek
famil household haushalt famille hogar famiglia aile. aileler hane.
people. person citizen inhabit popul resident folk bevolker einwohner menschen personne habitant gens. persona gente. poblac habitant persone abitant popolaz nufus kisi. insan vatandas
hospital clinic infirmar krankenhaus spital. klinik hopital clinique osped hastane klinig
doctor physician surgeon arzt arzte. medecin medico medici. doktor hekim
nurse krankenschwest schwestern pfleg infirmier enfermer infermier hemsire
health. healthcare medical gesundheit sante. salud sanita saglik
patient hasta. hastal kranke. malade. enferm malat pazient
vaccin jab. jabs. shot. shots. inocul immunis immuniz impf vacun asi. asil asisi
virus. infect covid corona pandemi epidemi
diseas illness sickness krankheit maladi malatti hastalig
cure. cures. heal. heals. treat. treats. remedy heilt heilung guerit cura. tedavi
medicin drug. drugs. pharmaceut pill. pills. medikament arznei medicament farmac ilac
die. dies. died. dead. death passed_away perish rip. tod. tot. tote. gestorb starb mort. morts. mourir decede muert muri. murio mort morto morti deced oldu. olum olen. hayatini_kaybet
injur wound hurt. verletz blesse herid ferit yarali
born birth geburt geboren naiss nacid nacim nato. nascit dogum dogan
climate global_warm klima climat clima. iklim
carbon emission co2 greenhouse kohlendioxid emisi emiss karbon salim
coal. kohle. charbon carbon. carbone komur
power. electric energy strom. energie electri energi elektri corrente
wind. windmill turbin windkraft eolien eolic ruzgar
nuclear atomic reactor atomkraft kernkraft nucleair nuclear nuclear nukleer
oil. petrol diesel gasolin fuel gas. erdol benzin petrole essence. gasolin petroli benzina akaryakit petrol
water. wasser. eau. eaux. agua. acqua. su. suyu
river bank_of_the fluss. fleuve riviere. rio. fiume. nehir irmak
sea. ocean meer. mer. mar. mare. deniz
ship. ships. vessel boat. boats. ferry ferries. schiff navire bateau barco buque nave. navi. gemi. vapur
harbour harbor port. ports. hafen port. puerto porto. liman
fish. fisher fishing fisch peche. pecheur pesca pesc balik
farm. farms. farmer farming agricult bauer. bauern. landwirt agricult agricol campesin contadin ciftci tarim
forest tree. trees. wald. walder baum. baume. foret arbre bosque arbol forest. foresta alber orman agac
waste. rubbish garbage trash mull abfall dechet basura rifiut cop. copler
burn. burns. burned. burnt. incinerat went_up_in_smoke fire. blaze verbrann brenn brand. brule incend quema brucia incend yak. yakil yangin
flood inundat hochwasser uberschwemm inond inundac alluvion sel. taskin
quake earthquake erdbeben seisme terremot deprem
storm. hurrican typhoon tornado sturm. tempet tormenta tempesta firtina
road. roads. highway motorway street strasse. strassen. autobahn route. routes. autoroute carretera calle. strada. strade. autostrad yol. yollar otoyol
rail. railway train. trains. zug. zuge. bahn. eisenbahn train. ferroviair tren. trenes. ferrovi treno. treni. tren.
tram. tramway tramline streetcar strassenbahn tramvay tranvia
bus. buses. coach. autobus autobus otobus
car. cars. vehicle automob auto. autos. voiture coche. coches. vehicul macchin araba. arac.
plane. planes. aircraft jet. jets. flugzeug avion aereo. ucak
bridge brucke pont. ponts. puente ponte. kopru
airport flughafen aeroport aeropuert havaliman
pool. swimming schwimmbad piscin yuzme havuz
sell. sells. sold. sale. privatis privatiz verkauf vend. vendu vendio vender vendut satt. satti satild
buy. buys. bought purchas gekauft kauft achet compr acquist satin_al
trade. export import handel. commerc comerci ticaret ihrac ithal
compan firm. firms. business enterpris corporat unternehmen firma entrepris empresa impres azienda sirket
industr factory factories manufactur plant. plants. fabrik usine. usines. fabrica fabbrica stabiliment fabrika
plant. plants. power_plant power_station kraftwerk centrale central santral
shop. shops. store. stores. retail supermarket laden. geschaft magasin tienda negozi dukkan magaza
bread. loaf. loaves. brot. pain. pan. pane. ekmek
food. nutrition lebensmittel nourrit aliment comida cibo. gida. yiyecek
hungry hunger starv famin faim. hambre fame. aclik
photo photograph picture image foto. fotos. image. imagen imagin fotograf
video. videos. clip. footage film. filmaufnahm filmat goruntu
show. shows. showing. shown. depict zeigt. montre muestra mostra gosteri
internet online web. social_media netz. sosyal_medya
phone. phones. mobile. mast. masts. telefon telephon movil cellular
law_suit sue. sues. sued. klage. plainte demanda. querela
strike. strikes. walkout streik greve. huelga sciopero grev.
protest demonstrat rally rallies. march. marches. kundgebung manifest protesta gosteri_yap miting
leave. leaves. left. leaving. quit. quits. departur verlass austritt quitt abandon dejar lasciat uscit terk ayril
join. joins. joined. joining. membership beitritt beigetret adher unirse aderi katil uye_ol
union. european_union eu. unione bloc. birlik avrupa_birligi ab.
return. returns. came_back zuruck retour volver regres tornat rientr geri_don dondu
stop. stops. stopped. halt. end. ends. ended. cease gestoppt beendet arret deten termin fermat durdur bitti son_ver
begin began begun start launch begonn beginn startet commenc debut empez comenz inizi cominc basla
win. wins. won. victor gewonn gewinn gagne. victoire gano. ganar vinc. vinto vitto kazandi galib
lose. loses. lost. losing. loss verlor verlier perdu. perd. pierde perdio perso. perde kaybet kayip zarar
lead. leads. leader chief head_of chef. anfuhr dirige lider jefe capo. lider. baskan.
large big. biggest huge largest great. giant gross. grosse grosst grand. grande plus_grand mayor_de maggior buyuk en_buyuk
small. little. tiny. klein petit pequen piccol kucuk
highest top. record. most. hochst plus_haut recor mas_alto piu_alt en_yuksek rekor
lowest fewest least. bottom. niedrigst tiefst plus_bas mas_bajo piu_bass en_dusuk
first. erste. ersten. premier primer prima. primo. ilk. birinci
last. latest letzte dernier ultim son. sonuncu
new. newly neu. neue. neuen. nouveau nouvelle nuevo nueva nuov yeni
more_than over. above. exceed mehr_als uber. plus_de mas_de piu_di den_fazla dan_fazla
less_than under. below. weniger_als unter. moins_de menos_de meno_di den_az dan_az
year. years. annual jahr. jahre. jahren. annee ans. ano. anos. anni. anno. yil. yili yilda yillik
month monat mois. mes. meses. mese. mesi. ay. ayda aylik
week. weeks. weekly woche. wochen. wochent semaine semana settiman hafta
day. days. daily tag. tage. tagen. taglich jour. jours. dia. dias. giorn gun. gunde gunluk
hour. hours. stunde heure hora. horas. ora. ore. saat
minute. minutes. minuten dakika
decade ten_years jahrzehnt decenni decada on_yil
centur jahrhundert siecle siglo secolo yuzyil
wait. waits. waiting. queue. queues. waiting_list wartelist warten. attend. attente espera attes bekle sira.
visit. visits. visited. trip. besuch visite visita ziyaret
meet. meets. met. meeting. talks. summit treff. traf. reunion rencontr encuentr reunion incontr gorus toplant
agree deal. deals. agreement accord treaty pact. vertrag abkommen accord. traite. acuerdo tratado accordo trattato anlasma
kilomet km. kms. chilomet
tonne. tonnes. tons. ton. toneladas tonnellat
hide. hid. hidden. cover_up conceal secret verheiml geheim cache. secret oculta nascost gizli gizle
sick. ill. krank. enfermo malato hasta.
danger unsafe risk. risks. gefahr peligro pericol tehlike
safe. safety secur sicher. sicherheit securite segur sicur guven
clean. sauber propre limpio pulit temiz
dirty pollut contamin poison toxic schmutz verschmutz vergift pollu suci inquin kirli zehir
lie. lies. lied. liar. untruth luge. lugen. mensonge mentir mentira bugi mentito yalan
church mosque kirche moschee eglise mosquee iglesia mezquita chiesa moschea cami. camii kilise
religio christian muslim islam christ musulman
abort schwangerschaftsabbruch kurtaj
marri wedding heirat mariage matrimon evlilik evlen
gay. lesbian homosexual same_sex
white. black. race. racial racis rasse ras. irk
insur insuranc versicher assuranc seguro. assicuraz sigorta
credit loan. loans. lend kredit darlehen pret. credit prestam prestit kredi
empty vacant unused stand_idle leer. leerstehend vide. vides. vacio vuot bos.
idle. standstill stand_still stillsteh
repair mend. mended. mending. fix. fixed. renovat repar reparat ripar onar tamir
crowd overcrowd too_many uberfull surpeupl hacin sovraffoll kalabalik
tourist tourism touris turist turiz
wheat grain. corn. weizen getreide ble. trigo grano. bugday
game match. matches. spiel. match. partid partita mac. maclar
football soccer fussball calcio futbol
"""  # noqa: E501
SHORTEST = 3  # letters by which the beginnings are looked up


@cache
def _table() -> tuple[dict[str, list[tuple[str, bool, int]]], list[tuple[str, int]]]:
    """Return (beginning, is the whole word, meaning) by first letters, and phrases."""
    words: dict[str, list[tuple[str, bool, int]]] = {}
    phrases = []
    for number, line in enumerate(MEANINGS.strip().splitlines()):
        for each in line.split():
            word = fold(each.rstrip(".").replace("_", " "))
            if " " in word:
                phrases.append((word, number))
            else:
                row = word, each.endswith("."), number
                words.setdefault(word[:SHORTEST], []).append(row)
    for rows in words.values():
        rows.sort(key=lambda row: (-len(row[0]), not row[1]))
    return words, phrases


@cache
def _beginnings() -> list[list[str]]:
    """Return the words of each meaning; with a full stop after a whole word."""
    return [line.split() for line in MEANINGS.strip().splitlines()]


def meanings_of(text: str) -> set[int]:
    """Return the numbers of what the words of a text mean, as far as they are listed.

    >>> meanings_of("More people are jobless.") == meanings_of("Insanlar işsiz.")
    True
    """
    folded = fold(text)
    words, phrases = _table()
    spaced = f" {folded}"
    found = {number for phrase, number in phrases if f" {phrase}" in spaced}
    for word in set(folded.split()):
        longest = 0
        for begin, is_whole, number in words.get(word[:SHORTEST], ()):
            if len(begin) < longest:
                break
            if word == begin or (not is_whole and word.startswith(begin)):
                longest = len(begin)
                found.add(number)
    return found


def words_meaning(meanings: set[int]) -> tuple[list[str], list[str]]:
    """Return the beginnings of words, and the whole words, that have some meanings."""
    begin: set[str] = set()
    whole: set[str] = set()
    for number in meanings:
        for each in _beginnings()[number]:
            if "_" not in each:
                word = fold(each.rstrip("."))
                (whole if each.endswith(".") else begin).add(word)
    return sorted(begin), sorted(whole)
