"""Word classes (parts of speech) of English: one letter for every word.

The classes are the letters of the patterns in `phrases`: a sentence becomes a string
with one letter a word, and patterns over such strings stand in for a parser.

    D determiner     p subject pronoun   o object pronoun    N noun or unknown word
    X name           x possessive        # number            Y day or month
    B be  H have  d do  M modal          n negation          R adverb
    t to  f of       P preposition       a preposition or conjunction (after, as ...)
    c and, or        b but               s subordinator      T that
    w who, which     W what, how, why    v finite verb       g -ing form   e -ed form
    V cue, finite    Z cue, base form    G cue, -ing form    Q quotation
    , ; : - ( ) . ?  punctuation         ' anything else
"""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set.

    >>> sorted(word_set("one two"))
    ['one', 'two']
    """
    return frozenset(words.split())


CLOSED = {
    "D": """the a an this these those his her their its our my your some many several
        no every each another both all any most more few other such certain various
        numerous much whose either neither half one""",
    "p": """he she they i we it you he's she's it's they're we're you're i'm he'd she'd
        they'd we'd i'd they've we've i've he'll she'll they'll we'll you'll you've
        it'll there nobody everyone everybody somebody someone anyone nothing there's
        none himself's""",
    "o": """him them me us himself herself themselves itself myself ourselves yourself
        yourselves mine hers theirs ours yours""",
    "R": """also still even just again later earlier now then already only often never
        always soon once twice ever recently here too instead perhaps maybe
        rather quite very so far almost nearly therefore thus however meanwhile
        nevertheless nonetheless moreover furthermore otherwise indeed long ago
        yesterday today tonight tomorrow first further back out up down away together
        else yet well merely simply really actually reportedly allegedly previously
        initially originally eventually finally publicly privately repeatedly
        specifically generally widely largely mostly probably likely clearly apparently
        quickly immediately immediately directly simultaneously anyway especially
        particularly sometimes frequently formerly effectively seldom hence thereby
        afterward afterwards beforehand thereafter nowadays altogether overnight""",
    "n": "not n't",
    "B": "is are was were be been being am isn't aren't wasn't weren't ain't",
    "H": "has have had having hasn't haven't hadn't",
    "d": "do does did doesn't don't didn't",
    "M": """will would can could may might must shall should won't wouldn't can't
        couldn't cannot mustn't shouldn't needn't ought""",
    "#": """two three four five six seven eight nine ten eleven twelve dozen hundred
        thousand million billion trillion dozens hundreds thousands millions""",
    "t": "to",
    "f": "of",
    "P": """in on at by for from with about against into over under between among during
        through within without toward towards upon across behind beyond near inside
        outside despite amid amidst around above below beneath beside besides alongside
        per via versus throughout regarding concerning onto off like unlike than
        including aboard atop""",
    "a": "after before since as until till because while when where whenever once",
    "c": "and or nor & plus",
    "b": "but",
    "s": "although though unless whereas if whether lest albeit whereby",
    "T": "that",
    "w": "who which whom who's who've who'd who'll who're",
    "W": "what how why whatever",
    "Y": """monday tuesday wednesday thursday friday saturday sunday mondays tuesdays
        wednesdays thursdays fridays saturdays sundays january february march april june
        july august september october november december""",
}

# Common verbs that are no cues, by their base form. They mark where a clause begins.
VERBS = word_set(
    """
    abandon abolish absorb accelerate accommodate accompany accomplish account
    accumulate achieve acquire act adapt adjust affect aim alter amount appeal apply
    approach arise arrange arrest arrive assemble assign assist attach attend
    attract avoid award ban bar bear beat become begin belong bend bet bind bite
    blow boost borrow bounce break breathe bring build burn buy calm campaign cancel
    capture care carry catch cause cease change check choose clash clean clear climb
    close coincide collapse collect combine come commit compete complete comply
    concern conduct confront connect constitute construct consume contain contest
    contribute control convert cook cool cost count cover crash create cross cut
    damage deal decrease defeat delay deliver depart depend deploy deserve destroy
    develop die differ diminish disappear discourage display distribute divide
    donate double drag draw dress drift drink drive drop earn ease eat edge
    eliminate elect emerge employ enable end engage enjoy ensure enter escape
    establish evolve exceed exchange exist exit expand expose extend face fade fail
    fall feed fight fill finish fire fit fix flee flow fly focus fold follow force
    form found free fuel function gain gather generate get give go grab grant grow
    handle hang happen harm head heal help hide hire hold host hurt illustrate
    improve include increase inherit injure inspire install invest investigate
    involve join jump keep kick kill kneel lack land last laugh launch lay lead lean
    leap leave lend let lie lift limit link live lock lose lower make manage march
    mark marry match matter measure meet melt merge miss mix monitor mount move
    negotiate nod number obtain occupy occur open operate organize organise
    originate outpace overcome overtake owe own park participate pass pause pay
    perform persist pick place play plunge pop pose possess pour prepare preserve
    press prevail prevent proceed process produce progress protect prove provide
    publish pull purchase pursue push put raid raise range rank rattle reach react
    rebuild receive recover recruit reduce refund regain relate relax release rely
    remain remove rent repair replace represent require rescue resign resist resolve
    rest restore restrict result resume retain retire retreat return reverse revive
    ride ring rise roll ruin rule run rush sail save schedule score secure seize
    sell send separate serve set settle shake shape shed shift shine ship shoot
    shrink shut sign sing sink sit sleep slip slow soar solve spark spend spill
    split spread spring spur stage stand star start stay steal stem step stick stop
    store strain strengthen stretch strike struggle study succeed suffer suit supply
    surge surprise surround survive suspend sustain swing switch tackle take target
    teach tend test tie tighten top touch trace track trade train transfer transform
    travel treat trigger triple try turn unite unveil update use vanish vary visit
    wait wake walk wander wash waste watch weaken wear weigh widen win wind withdraw
    work wrap yield happened fund rally visit air cast crack dominate erupt flood
    halt hinge knock linger loom narrow rack rebound resurface spearhead stall
    stumble swell topple trail tumble undergo undermine unfold urge
    """
)

IRREGULAR = {
    "arise": "arose arisen",
    "bear": "bore borne",
    "beat": "beat beaten",
    "become": "became become",
    "begin": "began begun",
    "bend": "bent bent",
    "bet": "bet bet",
    "bind": "bound bound",
    "bite": "bit bitten",
    "blow": "blew blown",
    "break": "broke broken",
    "bring": "brought brought",
    "build": "built built",
    "buy": "bought bought",
    "cast": "cast cast",
    "catch": "caught caught",
    "choose": "chose chosen",
    "come": "came come",
    "cost": "cost cost",
    "cut": "cut cut",
    "deal": "dealt dealt",
    "draw": "drew drawn",
    "dream": "dreamed dreamt",
    "drink": "drank drunk",
    "drive": "drove driven",
    "dwell": "dwelt dwelt",
    "eat": "ate eaten",
    "fall": "fell fallen",
    "feed": "fed fed",
    "feel": "felt felt",
    "fight": "fought fought",
    "find": "found found",
    "flee": "fled fled",
    "fly": "flew flown",
    "forget": "forgot forgotten",
    "get": "got gotten",
    "give": "gave given",
    "go": "went gone",
    "grow": "grew grown",
    "hang": "hung hung",
    "hear": "heard heard",
    "hide": "hid hidden",
    "hit": "hit hit",
    "hold": "held held",
    "hurt": "hurt hurt",
    "keep": "kept kept",
    "know": "knew known",
    "lay": "laid laid",
    "lead": "led led",
    "leave": "left left",
    "lend": "lent lent",
    "let": "let let",
    "lie": "lay lain",
    "lose": "lost lost",
    "make": "made made",
    "mean": "meant meant",
    "meet": "met met",
    "overcome": "overcame overcome",
    "overtake": "overtook overtaken",
    "pay": "paid paid",
    "put": "put put",
    "read": "read read",
    "rebuild": "rebuilt rebuilt",
    "ride": "rode ridden",
    "ring": "rang rung",
    "rise": "rose risen",
    "run": "ran run",
    "say": "said said",
    "see": "saw seen",
    "seek": "sought sought",
    "sell": "sold sold",
    "send": "sent sent",
    "set": "set set",
    "shake": "shook shaken",
    "shed": "shed shed",
    "shine": "shone shone",
    "shoot": "shot shot",
    "show": "showed shown",
    "shrink": "shrank shrunk",
    "shut": "shut shut",
    "sing": "sang sung",
    "sink": "sank sunk",
    "sit": "sat sat",
    "sleep": "slept slept",
    "speak": "spoke spoken",
    "spend": "spent spent",
    "split": "split split",
    "spread": "spread spread",
    "spring": "sprang sprung",
    "stand": "stood stood",
    "steal": "stole stolen",
    "stick": "stuck stuck",
    "strike": "struck struck",
    "swear": "swore sworn",
    "swell": "swelled swollen",
    "swing": "swung swung",
    "take": "took taken",
    "teach": "taught taught",
    "tear": "tore torn",
    "tell": "told told",
    "think": "thought thought",
    "throw": "threw thrown",
    "understand": "understood understood",
    "undergo": "underwent undergone",
    "foresee": "foresaw foreseen",
    "forecast": "forecast forecast",
    "wake": "woke woken",
    "wear": "wore worn",
    "win": "won won",
    "wind": "wound wound",
    "withdraw": "withdrew withdrawn",
    "write": "wrote written",
}

# Verbs that double their last letter before -ed and -ing.
DOUBLING = word_set(
    """
    admit bar ban beg commit compel confer control defer drag drop equip fit forget
    grab hit infer jot nod occur omit pan permit plan prefer put quip quit rap rebut
    refer regret rip run set shrug sin sit slam slip snub spot stem step stop stun
    submit swap tag tip top transfer trim win wrap bet begin cut drop get let rub
    shut spin split pop chat flag dub snap brag concur prod fret sum
    deadpan extol
    """
)


def verb_forms(base: str) -> tuple[str, str, str, str]:
    """Return third person, past, past participle and -ing form of a verb.

    >>> verb_forms("say")
    ('says', 'said', 'said', 'saying')
    >>> verb_forms("deny")
    ('denies', 'denied', 'denied', 'denying')
    >>> verb_forms("admit")
    ('admits', 'admitted', 'admitted', 'admitting')
    """
    vowel = len(base) > 1 and base[-2] in "aeiou"
    if base.endswith("y") and not vowel:
        third, past, ing = base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    elif base.endswith(("s", "sh", "ch", "x", "z", "o")):
        third, past, ing = base + "es", base + "ed", base + "ing"
    elif base.endswith("e"):
        third, past = base + "s", base + "d"
        ing = base + "ing" if base.endswith(("ee", "oe")) else base[:-1] + "ing"
    else:
        third, past, ing = base + "s", base + "ed", base + "ing"
    if base in ("lie", "die", "tie"):
        ing = base[:-2] + "ying"
    if base in DOUBLING:
        past, ing = base + base[-1] + "ed", base + base[-1] + "ing"
    participle = past
    if base in IRREGULAR:
        past, participle = IRREGULAR[base].split()
    return third, past, participle, ing


def word_classes() -> dict[str, str]:
    """Return the class letter of every word this module knows.

    >>> word_classes()["went"], word_classes()["although"]
    ('v', 's')
    """
    classes: dict[str, str] = {}
    for base in VERBS:
        third, past, participle, ing = verb_forms(base)
        classes[third] = "v"
        classes[ing] = "g"
        classes[participle] = "e"
        classes[past] = "e" if past == participle else "v"
    for letter, words in CLOSED.items():
        for word in words.split():
            classes[word] = letter
            if "'" in word:
                classes[word.replace("'", "’")] = letter
    return classes


# Abbreviations whose full stop does not end a sentence when a name follows.
ABBREVIATIONS = word_set(
    """
    mr mrs ms dr prof gov sen rep reps sens lt col gen capt sgt maj adm cmdr hon rev
    fr st mt jr sr no vs etc inc corp co ltd bros dept univ assn ave blvd jan feb
    mar apr jun jul aug sept sep oct nov dec pres supt det pvt cpl insp messrs mme
    gov-elect fig al approx est ret
    """
)
# Of these, the ones that may well stand last in a sentence.
MAY_END = word_set(
    """
    jr sr inc corp co ltd etc dept univ no
    """
)

# What is written, so that its words may follow: "the sign read".
WRITINGS = word_set(
    """
    article banner book card caption column document email essay headline inscription
    leaflet letter memo message note notice placard plaque poster post report sign
    slogan statement sticker summary text tweet verdict
    """
)
