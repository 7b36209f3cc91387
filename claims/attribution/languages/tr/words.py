"""Turkish word lists: titles, bodies, adverbs, seats of government, days."""

from __future__ import annotations

from claims.attribution.engine.tables import word_set

from .suffixes import case_forms, possessive

# Titles and occupations in their base form; "bakan" stands for "bakanı" too.
TITLE_NOUNS = """
abla ağabey akademisyen albay amir analist antrenör araştırmacı asistan astsubay aşçı
avukat bakan balıkçı başbakan başdanışman başhekim başkan başkanvekili başkomutan
başkomiser başmüdür başmüfettiş başpiskopos başsavcı başsavcıvekili başyazar
belediyeci berber besteci bilimci biyolog büyükelçi ceo cumhurbaşkanı çalışan çevirmen
çiftçi danışman dekan denetçi dernekçi diplomat direktör diş_hekimi doçent
doktor editör eczacı ekonomist elçi emekli esnaf eşbaşkan eş_başkan fizikçi fotoğrafçı
futbolcu gazeteci general genelbaşkan girişimci görevli güreşçi hakem hakim hâkim
hekim hemşire hoca hukukçu içişleri imam inşaatçı itfaiyeci işadamı işçi işletmeci
jeolog kaleci kaptan kaymakam kimyager komiser komutan konsolos koordinatör
kraliçe kurucu küratör lider madenci mahalleli marangoz matematikçi memur
meteorolog milletvekili mimar muhabir muhtar müdür müfettiş mühendis
müsteşar müteahhit müzisyen oyuncu öğrenci öğretmen öğretim_üyesi papa patron piskopos
polis_şefi politikacı prens prenses profesör programcı psikiyatr psikolog raportör
rektör ressam sahip sanatçı sanık sanayici savcı sakin sekreter senatör sendikacı
sismolog siyasetçi sosyolog sorumlu sözcü spiker sporcu sunucu sürücü şair şarkıcı şef
şoför tanık tarihçi teğmen teknisyen temsilci tümgeneral turizmci uzman üye vaiz
vali vatandaş vekil veteriner virolog yapımcı yardımcı yargıç yarbay yatırımcı yazar
yetkili yönetici yönetmen yurttaş depremzede mağdur kiracı gözlemci afetzede taraftar
bekçi emlakçı fırıncı garson kurye pazarcı pilot hakem tüccar yolcu veli yüzbaşı
zabıta zoolog
"""
SHORT_TITLES = word_set("dr prof doç av op yrd sn sayın bay bayan bey hanım")
TITLE_BASE = {
    form: noun.replace("_", " ").split()[-1]
    for noun in TITLE_NOUNS.split()
    for form in (
        noun.replace("_", " ").split()[-1],
        possessive(noun.replace("_", " ").split()[-1]),
    )
} | {word: word for word in SHORT_TITLES}

# Nouns for bodies, in their base form.
BODY_NOUNS = """
ajans akademi baro banka başkanlık bakanlık belediye birlik borsa büro büyükelçilik
cumhurbaşkanlığı daire dernek enstitü emniyet fabrika federasyon gazete genelkurmay
grup hastane heyet holding hükümet hükûmet idare itfaiye ittifak jandarma kaymakamlık
komisyon komite konfederasyon konsey konsolosluk kooperatif koalisyon kulüp kurul
kurum kuruluş laboratuvar mahkeme meclis merkez müdürlük müze müzik ordu oda ofis
ortaklık organizasyon örgüt parlamento parti platform polis radyo rektörlük saray
savcılık başsavcılık sendika sözcülük sekreterlik şirket takım taraf televizyon
tiyatro topluluk üniversite vakıf valilik yönetim
"""
BODIES = {
    form
    for noun in BODY_NOUNS.split()
    for form in (noun, possessive(noun) if noun != "vakıf" else "vakfı")
} | word_set("kulübü aş ltd muhalefet medya birliği beyaz_saray")
# "bakanlık" for "bakanlığı".
BODY_BASE = {possessive(noun): noun for noun in BODY_NOUNS.split()} | {
    noun: noun for noun in BODY_NOUNS.split()
}
OUTLETS = word_set(
    """
    gazetesi gazete ajansı ajans televizyonu kanalı radyosu dergisi haberleri sitesi
    reuters bloomberg
    """
)
# Many people, or people without a name, that speak.
PEOPLE = word_set(
    """
    yetkililer yetkili uzmanlar araştırmacılar doktorlar avukatlar avukatları sakinler
    sakinleri vatandaşlar işçiler çalışanlar öğretmenler öğrenciler çiftçiler esnaf
    polisler tanıklar tanıkları insanları komşular komşuları aile ailesi yakınları
    taraftarlar muhalifler eleştirmenler ekonomistler analistler göstericiler
    protestocular eylemciler milletvekilleri bakanlar liderler üyeler yöneticiler
    kaynaklar kaynak diplomatlar gazeteciler sendikacılar veliler hastalar yolcular
    üreticiler kadın adam genç anne baba annesi babası eşi oğlu kızı kardeşi herkes
    bazıları çoğu diğerleri köylüler mahalleliler bilirkişi jüri ekip ekipler
    araştırma araştırması rapor raporu çalışma anket anketi verileri veriler sonuçlar
    sonuçları
    """
)
# They begin a sentence, or follow its subject, and belong to nobody's words.
ADVERBS = word_set(
    """
    ayrıca ancak fakat ama böylece üstelik nitekim örneğin dün bugün ise da de dahi ve
    ardından sonrasında rağmen yine tekrar yeniden hemen özellikle açıkça şimdi hâlâ
    öncelikle sonra akşam sabah kısaca sözlerine defalarca
    """
)
ADVERBIALS = frozenset(
    tuple(line.split())
    for line in """
    öte yandan
    diğer yandan
    bunun üzerine
    bunun yanı sıra
    bu arada
    son olarak
    buna karşın
    buna karşılık
    bir kez daha
    bir kez
    bir kere daha
    ilk kez
    konuyla ilgili olarak
    konuyla ilgili
    konuya ilişkin olarak
    konuya ilişkin
    konu hakkında
    bu konuda
    aynı zamanda
    öğleden sonra
    gece saatlerinde
    sabah saatlerinde
    akşam saatlerinde
    öğle saatlerinde
    dün akşam
    dün gece
    bu sabah
    bu akşam
    önceki gün
    evvelki gün
    geçen hafta
    geçtiğimiz hafta
    hafta sonu
    hafta başında
    geçen ay
    daha önce
    daha sonra
    kısa süre önce
    bugün yaptığı
    pazartesi günü
    salı günü
    çarşamba günü
    perşembe günü
    cuma günü
    cumartesi günü
    pazar günü
    pazartesi
    salı
    çarşamba
    perşembe
    """.strip().splitlines()
)
PRONOUNS = word_set("o kendisi onlar")
# Where something was said: these words end an adjunct and begin the content.
OCCASIONS = frozenset(
    form
    for noun in word_set(
        """açıklama konuşma toplantı röportaj mülakat söyleşi mesaj paylaşım demeç yayın
        program sunum ziyaret tören duruşma ifade mektup tweet bildiri oturum
        savunma görüşme değerlendirme hitap kongre konferans panel sohbet"""
    )
    for form in case_forms(noun)
    if form.endswith(("da", "de", "ta", "te"))
) | word_set(
    """gazetecilere muhabirine muhabirlere mensuplarına soruya soruyu soru üzerine
        kaydıyla şartıyla koşuluyla"""
)
# Papers that speak for somebody.
PAPERS = frozenset(
    form
    for noun in word_set(
        """açıklama rapor bildiri haber mesaj karar iddianame tutanak duyuru araştırma
        çalışma anket yazı mektup bülten dilekçe metin belge paylaşım makale
        veri bilgi ifade tahmin iddia değerlendirme sonuç görüş plan analiz
        inceleme uyarı çağrı yanıt not ilan"""
    )
    for form in case_forms(noun)
) | word_set(
    "verilere verilerine bilgilere bilgilerine sonuçlarına sonuçlara tahminlerine"
)
STEMS = {
    form: base
    for noun in (*BODY_NOUNS.split(), *TITLE_NOUNS.split())
    if "_" not in noun
    for form, base in case_forms(noun).items()
}
# "Compared with" and "under", not "according to".
NOT_SOURCES = word_set(
    """
    yıla aya haftaya güne döneme buna ona şuna duruma kanuna yasaya yönetmeliğe
    maddeye sıralamaya standartlara ihtiyaca takvime yılına ayına dönemine haftasına
    plana hepsine bize size kendine zamana mevsime yaşa cinsiyete duruma durumuna
    kurala kurallara ortalamaya ortalamasına fiyatlara öncesine sırasına sözleşmeye
    anayasaya tarifeye hukuka yasalara kanunlara programa birbirine işe gününe
    """
)
# Common given names: the word before one is no part of the name.
GIVEN_NAMES = word_set(
    """
    adem ahmet ali alper arda asım ayhan aydın barış bekir berk bora burak bülent can
    cem cemal cemil cengiz cihan çağrı deniz doğan ekrem emin emir emre enver ercan
    erdal erdem eren erhan erkan erol ersin faruk fatih ferit fikret fuat furkan
    gökhan güven hakan haldun halil haluk hamza hasan haydar hikmet hüseyin ibrahim
    ilhan ilker ismail kadir kaan kemal kenan kerem koray levent mahmut mehmet melih
    mert mesut metin murat mustafa naci nazım necati nihat nuri oğuz oktay onur orhan
    osman ozan ömer özgür ramazan recep refik rıza sabri salih sami sedat selçuk selim
    semih serdar serhat serkan sinan suat süleyman şahin şükrü tamer taner tarık
    tayfun tolga tuncay turgut tuna uğur umut ümit vedat veli volkan yasin yaşar yavuz
    yılmaz yiğit yunus yusuf zafer zeki aslı asuman ayla ayfer aylin aynur ayşe
    ayşegül ayten aysel banu başak belgin belma berna betül beyza buket burcu canan
    cansu ceren ceyda çiğdem defne derya dilek didem ebru ece eda elçin elif emel
    emine esin esra fadime fatma feride figen filiz funda gamze gizem gonca gül gülay
    gülcan gülsüm gülşen güneş hacer hale hande hatice havva hülya ilknur ipek irem
    jale kadriye kübra lale leyla melek melis melike meltem meral merve mine müge
    münevver nalan naz nazan nazlı nermin nesrin neslihan nevin nil nilgün nilüfer nur
    nuray nurcan oya özge özlem pelin perihan pınar rabia reyhan saliha seda sedef
    selin selma semra serap sevda sevgi sevil sevim sevinç sibel simge songül sultan
    suna şebnem şule tuba tuğba tülay tülin ülkü yasemin yeliz yeşim yıldız zehra
    zerrin zeynep züleyha
    """
)
SEATS = """
ankara = Türkiye
washington = ABD
beyaz saray = ABD
moskova = Rusya
kremlin = Rusya
londra = Birleşik Krallık
paris = Fransa
berlin = Almanya
atina = Yunanistan
brüksel = Avrupa Birliği
pekin = Çin
tahran = İran
kahire = Mısır
şam = Suriye
bağdat = Irak
kiev = Ukrayna
kiyiv = Ukrayna
roma = İtalya
madrid = İspanya
tokyo = Japonya
bakü = Azerbaycan
erivan = Ermenistan
sofya = Bulgaristan
bükreş = Romanya
tiflis = Gürcistan
varşova = Polonya
ottava = Kanada
"""
STATES = """
türkiye = Türkiye
abd = ABD
rusya = Rusya
fransa = Fransa
almanya = Almanya
yunanistan = Yunanistan
avrupa birliği = Avrupa Birliği
ab = Avrupa Birliği
çin = Çin
iran = İran
mısır = Mısır
suriye = Suriye
irak = Irak
ukrayna = Ukrayna
italya = İtalya
ispanya = İspanya
japonya = Japonya
azerbaycan = Azerbaycan
ermenistan = Ermenistan
bulgaristan = Bulgaristan
gürcistan = Gürcistan
polonya = Polonya
kanada = Kanada
hindistan = Hindistan
pakistan = Pakistan
israil = İsrail
katar = Katar
hollanda = Hollanda
belçika = Belçika
isveç = İsveç
norveç = Norveç
finlandiya = Finlandiya
macaristan = Macaristan
romanya = Romanya
birleşik krallık = Birleşik Krallık
ingiltere = İngiltere
"""
OPEN_WORDS = """
ben biz sen siz bana bize benim bizim sizin beni bizi sizi sana size kendim kendimiz o
onu ona onun onlar onları onların bu bunu buna bunun bunlar bunları şu şunu şunlar
kendisi kendileri burada buradan buraya orada bugün dün yarın şimdi böyle öyle şöyle
evet hayır benden bizden senden sizden bende bizde sende sizde benimle bizimle sizinle
bence bizce ondan onda onunla onlardan onlarda bundan bunda bunlardan burası bizler
sizler
"""
OUGHT = """
gerek gerekir gerekiyor gerektiğini gerektiği lazım şart şarttır zorunda gereken
gerekli olmalı yapılmalı edilmeli gerekmektedir
"""
JUDGEMENTS = """
güzel kötü yanlış doğru haksız adaletsiz utanç rezalet skandal harika mükemmel üzücü
talihsiz kabul edilemez umut korku inanıyorum düşünüyorum
"""
ABBREVIATIONS = "dr prof doç av op yrd sn vb no bkz mah cad sok ltd şti alb yzb org"
SEAT_NAMES = frozenset(
    line.partition("=")[0].strip()
    for line in (SEATS + STATES).strip().splitlines()
    if " " not in line.partition("=")[0].strip()
)
