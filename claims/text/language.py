"""Detect the language of a text: by its script, and by its commonest words.

Where the script does not tell, every word that the table of a language holds speaks for
it, the more the fewer languages share it. A text too short, or between two languages,
has none: who asks decides what it is then.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping

# Enough to tell; the rest of a long text would only take time.
READ = 20_000
# What a language must have for it: points in all, points a word, and how many more
# than the next one, whose share in common words is the same.
LEAST, SHARE, AHEAD = 4.0, 0.1, 1.5
FEWEST = 8  # words, or letters of another script
WORD = re.compile(r"[^\W\d_]+")
# A word with a letter of the table counts less: names from elsewhere have them, too.
LETTER = 0.5
# The letters that tell a script's languages apart are this part of a text at least.
TELLING = 0.006

COMMON = {
    "en": (
        "the of and to in is was that for it with as on be at by this had not are "
        "but from or have an they which were been has their would there what will "
        "when who more if out said could them than its into other about after over "
        "she he his s t her you we all one some only no because how where"
    ),
    "de": (
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein "
        "eine als auch es an werden aus er hat dass sie nach wird bei einer um am "
        "sind noch wie einem über einen so zum war haben nur oder aber vor zur bis "
        "mehr durch man sein wurde sei wenn kann ich wir was sagte ihre seine gegen "
        "unter zwei dieser"
    ),
    "fr": (
        "de la le et les des en un du une que est pour qui dans par plus pas au sur "
        "ne se ce il sont ont avec aux son cette mais nous été elle comme ou leur "
        "même sans être deux fait ses aussi entre tout vous selon après était peut "
        "je l d qu n c j avait dont encore contre ans ainsi depuis si"
    ),
    "es": (
        "de la que el en y los del se las por un para con no una su al lo como más "
        "pero sus le ya o este sí porque esta entre cuando muy sin sobre también me "
        "hasta hay donde quien desde todo nos durante todos uno les ni contra otros "
        "ese eso ante ellos es fue son ha han está dijo años había ser según dos "
        "tras"
    ),
    "it": (
        "di e che la il un a per è in una sono non del si con i della le da ha al "
        "dei come nel lo alla più anche gli delle dal o ma se su questo nella ci sul "
        "degli l dell all nell dall sull hanno stato essere dopo tra sua suo loro mi "
        "io quando dove perché solo sulla fra due anni era cui detto secondo ai nei "
        "prima"
    ),
    "pt": (
        "de a o que e do da em um para é com não uma os no se na por mais as dos "
        "como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu "
        "também só pelo pela até isso ela entre era depois sem mesmo aos ter seus "
        "quem nas me esse eles são foram disse anos sobre segundo dois pode ainda "
        "num numa"
    ),
    "nl": (
        "de het een van en in is dat op te zijn voor met die niet er aan om ook als "
        "dan maar bij nog uit wordt door naar heeft hij ze over werd was worden deze "
        "meer kan zich tot hebben haar geen wel we onder na dit of al zo hun had "
        "kunnen zou wat moet tegen jaar volgens zegt twee nu ik je zij omdat tussen "
        "zei"
    ),
    "af": (
        "die van en in is het nie dat om te vir met op hy was sy ook aan as by word "
        "wat sal kan deur daar een uit na maar hulle haar wees meer hierdie ons baie "
        "toe nog gesê jaar ek moet sê dit"
    ),
    "sv": (
        "och i att det som en på är av för med till den har de inte om ett han men "
        "var jag sig från vi så kan när år säger hon också eller efter nu ska bara "
        "mer dem skulle hade vid mot än varit under över blir kommer finns sin alla "
        "mycket sedan detta utan enligt mellan två bli vad där"
    ),
    "da": (
        "og i at det er en til på af for med de den ikke der har som et han jeg men "
        "var om sig fra vi så kan når år siger hun også eller efter nu skal kun mere "
        "dem ville havde ved mod end været under over bliver kommer findes sin alle "
        "meget siden uden ifølge mellem to blev hvor nogle noget denne dette"
    ),
    "nb": (
        "og i det er en til på av for med de den ikke som har at et han jeg men var "
        "om seg fra vi så kan når år sier hun også eller etter nå skal bare mer dem "
        "ville hadde ved mot enn vært under over blir kommer finnes sin alle mye "
        "siden uten ifølge mellom to ble hvor noen noe denne dette kun fått"
    ),
    "fi": (
        "ja on ei että se hän oli ovat mukaan myös kun mutta joka ole sen tai sitä "
        "vain niin kuin kanssa jos siitä tämä jo voi sekä vielä mitä nyt ne olivat "
        "ollut jonka hänen olisi sanoi kertoi jälkeen vuonna vuoden ennen koska "
        "joita jotka heidän sanoo eivät tämän pitää enää noin eli"
    ),
    "et": (
        "ja on ei et see ta oli kui ka mis ning aga oma selle seda siis ma kes või "
        "mida veel nii siin üks pärast aasta ütles tema nende olid pole välja ainult "
        "kuid juba väga kõik enne"
    ),
    "pl": (
        "w i na z się nie że do to jest o jak za po od jego przez co dla ale są "
        "który które która tym oraz ich był było była ma czy ze być tak tego jej już "
        "także może tylko bardzo przed roku lat jednak powiedział nad pod bez między "
        "więc mnie kiedy gdy jako"
    ),
    "cs": (
        "a v se na je že to s z o do i ve pro za si by jako ale po které který která "
        "jsou od k bylo byl byla jeho jsem až být tak už při nebo podle mezi také "
        "další jen ze před bude řekl roku let když není proti než má jsme tím toho"
    ),
    "sk": (
        "a v sa na je že to s z o do aj vo pre za si by ako ale po ktoré ktorý ktorá "
        "sú od k bolo bol bola jeho som až byť tak už pri alebo podľa medzi tiež "
        "ďalšie len zo pred bude povedal roku rokov keď nie proti než má sme"
    ),
    "ro": (
        "de și în a la cu din care pe nu că o un mai este pentru al se au ce sau ale "
        "dar după prin fi fost să sunt cele lui ei cel către între doar când această "
        "acest are era lor despre până unor fără ani spus potrivit celor decât"
    ),
    "hu": (
        "a az és hogy nem is egy ez meg de volt csak van el már mint még ha azt vagy "
        "ki le kell sem mert minden lesz amely szerint után között pedig lehet arra "
        "nagyon ezt majd több akkor ami mondta nincs volna voltak ember évek"
    ),
    "hr": (
        "i u je se na da za su od s a koji o koja koje ne što kao će nije iz bi ali "
        "to do ili te samo biti prema bio bila rekao kako godine već također zbog "
        "nakon sve jer između još može kada više"
    ),
    "sl": (
        "in je se na da za so od s ki o pa ne bi tudi ali to do kot bo ter samo po "
        "pri bil bila ni še že zaradi sta ta več kar ko lahko med iz smo če"
    ),
    "lt": (
        "ir yra į kad iš su tai bet ar kaip nuo jis buvo ne dėl po bus per tik savo "
        "už apie jau dar prie metų labai jo ji jie šis šio"
    ),
    "lv": (
        "un ir ka no uz ar tas par nav kas arī bija bet tiks vai pēc lai jo kā būs "
        "tā gada viņš šo vēl ja kuras tika"
    ),
    "tr": (
        "ve bir bu da de için ile çok olarak daha olan gibi var ne o ama en kadar "
        "sonra değil diye göre ki her dedi ise mi ya olduğunu söyledi mı iki yeni "
        "ben şey önce hem biz tarafından olduğu eden etti oldu ancak üzerine yok "
        "bile bütün karşı kendi nasıl arasında şu üzere edilen belirtti"
    ),
    "az": (
        "və bir bu üçün ilə da də çox olan kimi var daha sonra deyil görə ki hər "
        "dedi isə iki yeni mən əvvəl biz tərəfindən oldu olub edib ancaq yox bütün "
        "qarşı öz necə arasında olduğunu bildirib deyib onun olunur edir"
    ),
    "ca": (
        "de la i el que a en les els un per una amb del és no es al com més se són "
        "ha què però dels va aquest aquesta ser també fins tot seva seu quan han "
        "sense molt entre ja hi pel pels segons anys després dit sobre nosaltres "
        "això d l"
    ),
    "gl": (
        "de a o que e do da en un para é con non unha os no se na por máis as dos "
        "como mais foi ao el das ten seu súa ou ser cando moi hai nos xa está tamén "
        "só polo pola ata iso ela entre era despois sen mesmo aos seus quen nas dixo "
        "anos sobre segundo dúas"
    ),
    "id": (
        "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke "
        "karena tersebut bisa ada mereka lebih kata tahun sudah atau saat oleh "
        "menjadi orang ia telah adalah seperti bahwa para kami harus dapat kepada"
    ),
    "vi": (
        "và của là có được cho trong không một người các với những đã này để khi đến "
        "về cũng năm từ như ra tại sẽ theo vào còn ông phải nhưng sau trên"
    ),
}
LETTERS = {
    "de": "ßäöü",
    "fr": "œèêçùâî",
    "es": "ñ",
    "pt": "ãõ",
    "tr": "ğış",
    "az": "ə",
    "pl": "łąęśćżźń",
    "cs": "řůě",
    "sk": "ľŕĺô",
    "ro": "ățș",
    "hu": "őű",
    "nb": "øæ",
    "da": "øæ",
    "sv": "åäö",
    "fi": "äö",
    "et": "õäü",
    "hr": "đćčšž",
    "vi": "ạảấầậẩắằặẻẽếềệểịọỏốồộổớờợởụủứừựửỳỵ",
}
# The first language of a script, and others by letters that only they have.
SCRIPTS = {
    "CYRILLIC": ("ru", {"be": "ў", "uk": "іїєґ", "sr": "јљњћђџ", "bg": "ъ"}),
    "ARABIC": ("ar", {"ur": "ٹڈڑےہ", "ckb": "ێۆڵڕ", "fa": "پچژگک"}),
    "GREEK": ("el", {}),
    "HEBREW": ("he", {}),
    "HANGUL": ("ko", {}),
    "THAI": ("th", {}),
    "DEVANAGARI": ("hi", {}),
    "BENGALI": ("bn", {}),
    "TAMIL": ("ta", {}),
    "GEORGIAN": ("ka", {}),
    "ARMENIAN": ("hy", {}),
    "HIRAGANA": ("ja", {}),
    "KATAKANA": ("ja", {}),
    "CJK": ("zh", {}),
}


def _sharing(tables: Mapping[str, str], split: bool) -> dict[str, dict[str, float]]:
    """Return, for each word or letter, the languages that have it and its weight."""
    rows = {
        code: set(table.split() if split else table) for code, table in tables.items()
    }
    owners = Counter(item for row in rows.values() for item in row)
    weights: dict[str, dict[str, float]] = {}
    for code, row in rows.items():
        for item in row:
            weights.setdefault(item, {})[code] = 1 / owners[item]
    return weights


DETECTABLE = frozenset(COMMON) | {
    code for first, others in SCRIPTS.values() for code in (first, *others)
}
_WORDS = _sharing(COMMON, split=True)
_LETTERS = _sharing(LETTERS, split=False)


def detect_language(text: str) -> str | None:
    """Return the code (ISO 639-1) of a text's language; None: unsure, or too short.

    >>> detect_language("Die Brücke ist nach Angaben der Stadt noch nicht sicher.")
    'de'
    >>> detect_language("Мост закрыт до пятницы, сказал мэр.")
    'ru'
    >>> detect_language("Ferry: 12.40"), detect_language("")
    (None, None)
    """
    text = unicodedata.normalize("NFC", text[:READ])
    script, letters = _script(text)
    if script == "LATIN":
        return _by_words(text)
    if script not in SCRIPTS or letters < FEWEST:
        return None
    first, others = SCRIPTS[script]
    return _by_letters(text, first, others)


def _script(text: str) -> tuple[str, int]:
    """Return the script of most letters of a text, and how many they are."""
    counted: Counter[str] = Counter()
    for letter, count in Counter(filter(str.isalpha, text)).items():
        counted[unicodedata.name(letter, "?").split()[0].split("-")[0]] += count
    # Japanese is written in three of them at once, Chinese in one.
    kana = counted["HIRAGANA"] + counted["KATAKANA"]
    if kana and kana * 10 > counted["CJK"]:
        counted["HIRAGANA"] = kana + counted.pop("CJK", 0)
    return max(counted.items(), key=lambda each: each[1], default=("", 0))


def _by_letters(text: str, first: str, others: Mapping[str, str]) -> str:
    """Return the language of a script whose own letters the text has, or the first."""
    least = TELLING * sum(map(str.isalpha, text))
    for code, letters in others.items():
        if sum(map(text.lower().count, letters)) > least:
            return code
    return first


def _by_words(text: str) -> str | None:
    """Return the language whose words a text in Latin script has, None where unsure."""
    words = WORD.findall(text.lower())
    points: defaultdict[str, float] = defaultdict(float)
    for word in words:
        for code, weight in _WORDS.get(word, {}).items():
            points[code] += weight
        for letter in _LETTERS.keys() & set(word):
            for code, weight in _LETTERS[letter].items():
                points[code] += weight * LETTER
    ranked = sorted(points.items(), key=lambda each: -each[1])
    (best, most), (_next, second) = [*ranked, ("", 0.0), ("", 0.0)][:2]
    is_sure = most >= max(LEAST, SHARE * len(words), second + AHEAD)
    return best if is_sure and len(words) >= FEWEST else None
