"""Word lists: seats of government, titles, organisations, outlets, given names."""

from __future__ import annotations

import re

from .words import word_set

# capital or seat -> state or body it stands for
_SEATS = """
Ankara: Turkey | Washington: United States
Moscow: Russia | Kremlin: Russia | Beijing: China | London: United Kingdom
Downing Street: United Kingdom | Whitehall: United Kingdom | Paris: France
Elysee: France | Berlin: Germany | Rome: Italy | Madrid: Spain | Lisbon: Portugal
Brussels: European Union | Vienna: Austria | Bern: Switzerland | The Hague: Netherlands
Warsaw: Poland | Prague: Czech Republic | Budapest: Hungary | Bucharest: Romania
Sofia: Bulgaria | Athens: Greece | Nicosia: Cyprus | Belgrade: Serbia
Zagreb: Croatia | Sarajevo: Bosnia and Herzegovina | Pristina: Kosovo
Kyiv: Ukraine | Kiev: Ukraine | Minsk: Belarus | Tbilisi: Georgia | Yerevan: Armenia
Baku: Azerbaijan | Tehran: Iran | Baghdad: Iraq | Damascus: Syria | Beirut: Lebanon
Amman: Jordan | Riyadh: Saudi Arabia | Doha: Qatar | Abu Dhabi: United Arab Emirates
Cairo: Egypt | Tripoli: Libya | Tunis: Tunisia | Algiers: Algeria | Rabat: Morocco
Khartoum: Sudan | Addis Ababa: Ethiopia | Nairobi: Kenya | Abuja: Nigeria
Pretoria: South Africa | Kabul: Afghanistan | Islamabad: Pakistan | New Delhi: India
Delhi: India | Dhaka: Bangladesh | Tokyo: Japan | Seoul: South Korea
Pyongyang: North Korea | Taipei: Taiwan | Hanoi: Vietnam | Bangkok: Thailand
Manila: Philippines | Jakarta: Indonesia | Canberra: Australia
Wellington: New Zealand | Ottawa: Canada | Mexico City: Mexico | Havana: Cuba
Caracas: Venezuela | Bogota: Colombia | Lima: Peru | Brasilia: Brazil
Buenos Aires: Argentina | Santiago: Chile | Stockholm: Sweden | Oslo: Norway
Copenhagen: Denmark | Helsinki: Finland | Reykjavik: Iceland | Dublin: Ireland
Tallinn: Estonia | Riga: Latvia | Vilnius: Lithuania | Quai d'Orsay: France
Foggy Bottom: United States | Holyrood: Scotland | Tel Aviv: Israel
"""
SEATS: dict[str, str] = {}
for _entry in _SEATS.replace("\n", "|").split("|"):
    if ":" in _entry:
        _seat, _state = _entry.split(":")
        SEATS[_seat.strip().lower()] = _state.strip()

# Seats that are an office or a street, and stand for no more than the government there.
_OFFICES = word_set("kremlin whitehall elysee holyrood") | {
    "white house",
    "downing street",
    "quai d'orsay",
    "foggy bottom",
}
CAPITALS = {seat: state for seat, state in SEATS.items() if seat not in _OFFICES}

# other ways to write a state
STATES = {
    "us": "United States",
    "u.s": "United States",
    "u.s.": "United States",
    "usa": "United States",
    "america": "United States",
    "uk": "United Kingdom",
    "u.k.": "United Kingdom",
    "britain": "United Kingdom",
    "great britain": "United Kingdom",
    "eu": "European Union",
    "e.u.": "European Union",
    "uae": "United Arab Emirates",
    "türkiye": "Turkey",
    "turkiye": "Turkey",
    "holland": "Netherlands",
    "czechia": "Czech Republic",
    **{state.lower(): state for state in SEATS.values()},
    "israel": "Israel",
}

TITLES = word_set(
    """
    ag recorder emperor mr mrs ms miss dr prof professor sir dame lord lady president
    minister secretary senator sen rep representative congressman congresswoman gov
    governor mayor deputy chancellor premier ambassador envoy commissioner chairman
    chairwoman chair chief director general gen colonel col captain capt major maj
    lieutenant lt sergeant sgt admiral adm commander officer judge justice attorney
    prosecutor lawyer counsel spokesman spokeswoman spokesperson leader head king queen
    prince princess pope bishop archbishop cardinal rabbi imam reverend rev father
    sister councillor councilman councilwoman alderman coach manager captain goalkeeper
    striker midfielder trainer analyst economist scientist researcher historian author
    writer editor reporter journalist correspondent columnist executive ceo founder
    owner adviser advisor aide ally strategist consultant pollster candidate nominee
    lawmaker legislator member treasurer superintendent sheriff detective inspector
    constable doctor nurse surgeon engineer architect farmer teacher principal student
    activist campaigner organizer organiser expert negotiator mediator diplomat
    vice-president vice undersecretary under speaker whip clerk registrar ombudsman
    comptroller auditor banker trader investor partner president-elect prime former
    then-president ex-president co-founder co-author brigadier marshal cabinet host
    moderator anchor presenter actor actress singer director-general hon resident
    witness defendant plaintiff official geologist biologist physicist chemist
    astronomer climatologist virologist epidemiologist ecologist oceanographer
    attorney-general solicitor vicar canon dean provost rector warden pastor deacon
    monsignor baroness baron earl duke duchess count countess sheikh ayatollah mullah
    cllr supt insp det brig hon marquess viscount mayoress postmaster headmaster
    headteacher headmistress choreographer novelist poet composer conductor
    director-designate mp senator-elect governor-elect convener conservator paramedic
    firefighter fisherman skipper pilot midwife pharmacist psychiatrist psychologist
    statistician dentist veterinarian sens reps messrs govs gens drs
    """
)
# letters behind a name
POSTNOMINALS = word_set(
    """
    qc kc mp msp mhk mlc mla mep obe mbe cbe kbe dbe phd md dds esq rn td mk ma ba
    """
)
KIN = word_set(
    """husband wife son daughter brother sister mother father friend partner uncle aunt
    cousin grandson granddaughter fiance fiancee neighbour neighbor"""
)
GENERATIONS = word_set("jr sr ii iii iv")
PORTFOLIOS = word_set(
    """
    state defense defence policy finance health education interior justice energy
    labor labour affairs foreign trade commerce treasury transport agriculture
    environment development security culture sport sports housing technology
    research operations communications staff home intelligence economy
    """
)
ORGANISATION_WORDS = word_set(
    """
    ministry department party bank company inc corp corporation ltd plc council
    university committee agency office court union association institute police army
    navy board house senate commission group club foundation bureau times post news
    journal herald tribune daily gazette press network parliament congress
    government administration coalition federation league team city united fc
    authority service centre center college school hospital society trust fund
    church organization organisation international airlines motors industries
    holdings partners laboratory observatory museum cabinet alliance movement front
    forces command nations campaign reserve chamber mission brigade assembly exchange
    works media
    agencies labs systems water rail transit airport company's republicans democrats
    radio television ministry's
    """
)
ORGANISATION_KINDS = word_set(
    """carmaker automaker chipmaker retailer airline manufacturer developer publisher
    broadcaster insurer lender brewer startup start-up newspaper daily agency charity
    firm company club bank union institute shipbuilder drugmaker"""
)
REPRESENTATIVES = word_set(
    """
    spokesman spokeswoman spokesperson spokespeople lawyer lawyers attorney attorneys
    aide aides adviser advisers advisor advisors ally allies representative
    representatives supporter supporters backers friend friends wife husband son
    daughter mother father sister brother donor donors opponents critics
    """
)
OUTLET_WORDS = word_set(
    """
    times post news journal herald tribune daily gazette press network reuters ap
    afp agence presse bbc cnn nbc abc cbs npr bloomberg guardian telegraph
    independent observer
    standard mail sun mirror express sabah chronicle courier dispatch record globe
    examiner enquirer inquirer star agency newspaper magazine broadcaster radio
    television tv website outlet weekly review politico axios buzzfeed breitbart
    huffpost msnbc fox spiegel welt zeitung monde figaro repubblica tass interfax
    xinhua anadolu dpa wire sentinel argus ledger bulletin monitor advertiser
    messenger
    """
)
MALE = word_set(
    """
    john james robert michael william david richard joseph thomas charles daniel
    matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george
    edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan
    stephen larry justin scott brandon benjamin samuel gregory frank alexander
    raymond patrick jack dennis jerry tyler aaron jose adam nathan henry douglas
    zachary peter kyle walter ethan jeremy harold keith christian roger noah gerald
    terry sean austin carl arthur lawrence dylan jesse jordan bryan billy joe bruce
    gabriel logan alan juan albert willie elijah wayne randy roy vincent ralph
    eugene russell bobby mason philip louis tom jim bob mike bill dave steve dan ben
    sam tim tony chris ted fred hans karl jean pierre luis carlos pedro ivan sergei
    vladimir dmitri mehmet ahmed ali omar hassan mustafa recep tayyip emre lars sven
    erik ole anders henrik marco paolo giovanni luca pablo miguel jorge diego oliver
    harry simon ian colin graham neil stuart nigel hugh callum rory owen liam viktor
    andrei pavel jan tomas piotr bernie barack marco jeb rand rick lindsey mitch newt
    mitt joel corey sid stu mario carlo bashar yusuf ibrahim mohamed mohammed muhammad
    ahmad khalid samir tariq rashid amir reza hamid nikos giorgos dimitris lukas felix
    leon max otto kurt klaus jurgen wolfgang dieter uwe ralf rolf arne bjorn gunnar
    olaf leif axel nils johan pieter willem jeroen marcel didier francois jacques
    michel laurent guillaume antoine etienne xavier javier sergio fernando rafael
    ricardo eduardo alberto roberto mauricio gustavo hugo emilio raul ramon arturo
    hiroshi kenji takashi raj ravi sanjay vijay anil sunil arjun rahul amit dov moshe
    avi yossi kofi kwame chidi emeka tunde sipho thabo wei jun desmond clarence
    leonard cecil nigel clive derek trevor keir rishi boris theo ned gus rex lloyd
    glenn dale craig todd chad brad kent kirk ross bruno marcus darren wesley calvin
    omari
    """
)
FEMALE = word_set(
    """
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa
    nancy betty margaret sandra ashley kimberly emily donna michelle carol amanda
    dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy
    angela shirley anna brenda pamela emma nicole helen samantha katherine christine
    debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce
    virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl
    hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice
    jean abigail alice judy sophia grace denise amber doris marilyn danielle beverly
    isabella theresa diana natalie brittany charlotte marie kayla alexis lori jane
    kate lucy ellen clara ingrid astrid greta freya sofia elena olga irina natasha
    svetlana fatima aisha leyla ayse zeynep elif yasmin leila claire fiona moira
    niamh siobhan rosa lucia carmen ana ines marta paula eva katarina petra monika
    hillary chelsea ivanka melania carly huma nancy gwen erin tara shannon tina wendy
    anita bridget cindy claudia colleen crystal daisy edith eileen elaine
    ethel eunice felicia florence geraldine ginger hope ida irene jill joanne josephine
    kristen leah loretta lois lorraine lynn mabel maggie marcia marsha maureen mildred
    miriam naomi nina nora norma pauline phyllis rita roberta rosemary roxanne sally
    sheila stacy stella sylvia tanya thelma valerie vanessa vera veronica vivian wanda
    yolanda yvonne mira nadia layla samira noor hanan rania amina khadija maryam zahra
    shirin anja antje britta elke gisela ilse inge jutta karin katja kerstin lotte
    annika birgitta ebba freja karin kajsa linnea sigrid solveig amelie brigitte cecile
    chantal colette delphine elodie genevieve isabelle juliette madeleine mathilde
    simone sylvie alessandra bianca chiara francesca giulia beatriz consuelo dolores
    gabriela guadalupe isabel juana lourdes luisa mercedes pilar rocio soledad lakshmi
    deepa kavita sunita anita meera indira theresa kellyanne
    ursula heidi birgit kirsten nora hilde priya anjali mei yuki
    """
)

# Given names that are words too: names only where a capital follows them.
GIVEN_WORDS = word_set(
    """
    rose grace mark bill frank hope faith joy dawn pat jack drew chase grant miles wade
    pierce guy rob sue art ray skip chip dean will may june april summer amber ruby
    iris ivy olive hazel violet daisy holly heather heath forest glen cliff lance
    victor earl duke norm gene rich sandy misty melody harmony patience prudence
    charity constance felicity verity honor honour noble prince royal wednesday
    """
)
# First words of places and things that are no given names.
NO_GIVEN_NAMES = word_set(
    """
    new north south east west northern southern eastern western central upper lower
    great grand old big little united super supreme national american british english
    french german russian chinese european african asian latin arab jewish muslim
    christian islamic catholic protestant republican democrat democratic conservative
    liberal labour tory wall capitol silicon second first third world civil social
    affordable common air oval tea planned black white holy middle far near long short
    high stop never team camp anti pro former president dump gop san los las el la le
    saint st fort port mount mt lake cape sierra río rio river good bad happy merry
    black's foreign homeland planned federal royal imperial public open free clean
    green blue red golden silver total general right left
    medicare medicaid obamacare congress god
    """
)
PLACE_HEADS = word_set(
    """
    river lake mount mountain bay cape port county island islands valley prison street
    road avenue boulevard square bridge canal beach creek canyon airport province
    district region village town city state harbour harbor peninsula volcano glacier
    forest desert strait gulf sea ocean reservoir dam jail stadium arena hotel
    """
)
# Names of places that stand alone, and are nobody's.
PLACES = word_set(
    """
    alabama alaska arizona arkansas california colorado connecticut delaware florida
    hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland
    massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio
    oklahoma oregon pennsylvania tennessee texas utah vermont wisconsin wyoming
    england wales ontario quebec queensland tasmania bavaria saxony catalonia bengal
    europe africa asia america antarctica scandinavia manhattan brooklyn queens bronx
    """
)
# "Norrvik, N.C.", "Norrvik, Ohio": a town with its state.
STATES_AFTER_TOWN = PLACES | word_set(
    """
    ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo
    mont nc nd nh nj nm ny neb nev okla ore pa ri sc sd tenn tex va vt wva wash wis wyo
    dc ont que georgia virginia washington
    """
)
# Last words of places and things.
THING_WORDS = word_set(
    """
    river lake bay sea county island islands valley prison avenue boulevard square canal
    beach creek canyon airport province district peninsula strait gulf ocean stadium
    arena hotel act war day award prize cup bowl amendment deal agreement treaty plan
    law care lives matter game games series week night debate primary caucus caucuses
    convention election house hall building tower towers center centre theatre theater
    coast states america africa europe asia korea carolina hampshire jersey york mexico
    dakota virginia zealand guinea kingdom republic empire city town village bridge
    street road tuesday wednesday thursday friday saturday sunday monday jury
    twitter facebook business today tonight magazine review standard report
    files papers project fund foundation pac committee party bill doctrine
    """
)
# Last words of places that are surnames as well.
MAYBE_SURNAMES = word_set("lake street bridge hall town house bill day river rivers")
# "al-Zubair", "d'Arby"
PREFIXED = re.compile(
    r"(?:al|el|ul|ad|an|ar|as|ash|az|ibn|bin|abu|d|l|o)[-'’][^\W\d_a-z]"
)
