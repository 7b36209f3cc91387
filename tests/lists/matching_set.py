"""Three hundred claims of an invented country, and a hundred queries for them.

Each kind of claim is made for ten towns, so that the same words with another name or
number are never far. A query asks for one claim: in other words, with a negation, with
another number or name, or in another language.
"""

from __future__ import annotations

from dataclasses import dataclass

TOWNS = ["Aldmoor", "Brenwick", "Corvane", "Dunsby", "Eskerfell", "Farrowgate"]
TOWNS += ["Glenhythe", "Hartlow", "Istermouth", "Kelmarsh"]
ELSEWHERE = ("Quillport", "Vennhaven", "Zarrowby")
SPEAKERS = ["Ada Thorne", "Bo Lindqvar", "Cem Aksoylu", "Dana Wexcombe"]
SPEAKERS += ["Emil Rothgar", "Fay Ondine", "Gil Marrable", "Hedda Stromvik"]
SPEAKERS += ["Ivo Castellane", "Juno Pellworth"]
# Few figures, so that many claims have one and the same.
FIGURES = (12, 18, 25, 40, 60, 90)
# The claim, and the same in other words; {t} is the town, {n} the number.
KINDS = [
    ("Unemployment in {t} has fallen to {n} per cent.",
     "Only {n} percent of people in {t} are out of work now."),
    ("The new hospital of {t} cost {n} million crowns.",
     "{n} million crowns were spent on building the hospital in {t}."),
    ("{n} families wait for a council flat in {t}.",
     "There are {n} households on the waiting list for council flats in {t}."),
    ("Crime in {t} rose by {n} per cent last year.",
     "Last year saw {n} percent more crime in {t}."),
    ("The harbour of {t} handles {n} ships a month.",
     "Every month {n} vessels are handled in {t} harbour."),
    ("{t} has planted {n} trees along its river.",
     "Along the river {n} trees were planted by the town of {t}."),
    ("{n} schools in {t} have no library.",
     "In {t} there is no library at {n} schools."),
    ("The tram line of {t} will be {n} kilometres long.",
     "{t} will get a tram line of {n} km."),
    ("Rents in {t} have doubled in {n} years.",
     "Within {n} years the rent in {t} became twice as high."),
    ("The fire brigade of {t} needs {n} minutes to reach any house.",
     "Any house in {t} is reached by the fire brigade within {n} minutes."),
    ("{n} tonnes of waste were burnt in {t} in one week.",
     "In a single week {t} burned {n} tonnes of waste."),
    ("{t} spends {n} crowns a head on culture.",
     "Culture costs every inhabitant of {t} {n} crowns."),
    ("The water of {t} holds {n} times the permitted lead.",
     "Lead in the water of {t} is {n} times over the permitted level."),
    ("{n} nurses have left the clinic of {t} since spring.",
     "Since spring the clinic in {t} has lost {n} nurses."),
    ("The ferry from {t} was late on {n} days of the winter.",
     "On {n} days this winter the ferry did leave {t} late."),
    ("{t} has the oldest bridge of the valley, built {n} years ago.",
     "Built {n} years ago, the bridge in {t} is the oldest one in the valley."),
    ("{n} shops have closed in the market street of {t}.",
     "The market street in {t} has seen {n} shops close."),
    ("The mayor of {t} promised {n} new police officers.",
     "{n} additional police officers were promised by the mayor of {t}."),
    ("Every third bus of {t} runs on gas, {n} in all.",
     "{n} buses in {t}, one in three, are run on gas."),
    ("{t} took in {n} refugees from the flood.",
     "After the flood {n} refugees were taken in by {t}."),
    ("The debt of {t} stands at {n} million crowns.",
     "{t} owes its creditors {n} million crowns."),
    ("{n} wind turbines near {t} stand still.",
     "Near {t}, {n} turbines for wind power stand idle."),
    ("The swimming pool of {t} loses {n} crowns a day.",
     "Each day the pool in {t} makes a loss of {n} crowns."),
    ("{n} per cent of the teachers of {t} are over sixty.",
     "In {t} {n} percent of teachers are older than sixty."),
    ("{t} sold its power station for {n} million crowns.",
     "The power station in {t} was sold off at {n} million crowns."),
    ("The vaccine reached {n} children in {t}.",
     "{n} children from {t} were given the vaccine."),
    ("{n} people signed the petition against the quarry of {t}.",
     "The petition against the {t} quarry was signed by {n} people."),
    ("Bread costs {n} crowns in {t}.",
     "One pays {n} crowns for bread in {t}."),
    ("{t} repaired {n} kilometres of road this year.",
     "This year {n} km of road were mended in {t}."),
    ("The prison of {t} holds {n} inmates too many.",
     "{n} inmates more than allowed are held in the prison at {t}."),
]  # fmt: skip
# The same once more, with few of the claim's words, and no figure.
LOOSE = [
    "Hardly anybody in {t} is without a job these days.",
    "They threw a fortune at that clinic in {t}.",
    "You cannot get public housing in {t}, so long is the queue.",
    "Burglaries and assaults are going up and up in {t}.",
    "Our port, {t}, has never seen so many vessels.",
    "The river bank at {t} is a forest again thanks to us.",
    "Pupils in {t} have no books to borrow at school.",
    "A tramway is coming to {t}, and it is long.",
    "Tenants pay twice as much in {t} as before.",
    "Firefighters are at your door in {t} in no time.",
    "Mountains of rubbish went up in smoke in {t}.",
    "No town is as generous to its theatres as {t}.",
    "What comes out of the taps in {t} is poison: lead.",
    "The {t} hospital is bleeding staff, its nurses are going.",
    "You could not rely on the boat from {t} when it was cold.",
    "Nowhere in the valley is a bridge as old as ours in {t}.",
    "The high street of {t} is dying, shop by shop.",
    "More policemen for {t}, that was the mayor's word.",
    "A third of the buses in {t} burn gas already.",
    "Those who lost their homes to the flood found shelter in {t}.",
    "{t} is deep in the red.",
    "The windmills at {t} do not even turn.",
    "Every day of swimming costs {t} money.",
    "Too many teachers at {t} are about to retire.",
    "They sold off the power plant of {t} for a song.",
    "The children of {t} got their jab.",
    "Nobody wants that quarry at {t}, as the signatures show.",
    "A loaf is dear in {t}.",
    "In {t} the roads are being mended at last.",
    "The cells in {t} are overcrowded.",
]
# What is turned round: the words of the claim, and with a negation.
NEGATED = {
    0: ("has fallen", "has not fallen"),
    1: ("cost", "did not cost"),
    3: ("rose", "did not rise"),
    4: ("handles", "does not handle"),
    5: ("has planted", "has never planted"),
    7: ("will be", "will not be"),
    8: ("have doubled", "have not doubled"),
    9: ("needs", "does not need"),
    10: ("were burnt", "were not burnt"),
    11: ("spends", "does not spend"),
    12: ("holds", "does not hold"),
    13: ("have left", "have not left"),
    14: ("was late", "was not late"),
    16: ("have closed", "have not closed"),
    17: ("promised", "never promised"),
    19: ("took in", "did not take in"),
    20: ("stands", "does not stand"),
    21: ("stand still", "do not stand still"),
    22: ("loses", "does not lose"),
    24: ("sold", "never sold"),
    25: ("reached", "did not reach"),
    26: ("signed", "never signed"),
    27: ("costs", "does not cost"),
    28: ("repaired", "did not repair"),
    29: ("holds", "does not hold"),
}
OTHER_LANGUAGES = {
    0: "{t} kentinde işsizlik yüzde {n} oldu.",
    1: "{t} hastanesi {n} milyon krona mal oldu.",
    3: "In {t} stieg die Kriminalität um {n} Prozent.",
    7: "{t} tramvay hattı {n} kilometre olacak.",
    13: "{n} Schwestern haben die Klinik in {t} verlassen.",
    17: "Le maire de {t} a promis {n} policiers.",
    20: "La deuda de {t} es de {n} millones de coronas.",
    24: "{t} ha venduto la centrale per {n} milioni di corone.",
    25: "Aşı {t} kentinde {n} çocuğa ulaştı.",
    29: "Das Gefängnis von {t} hat {n} Insassen zu viel.",
}


@dataclass(frozen=True)
class Query:
    """A query of one kind: its text, who says it, and the claim that it is about."""

    kind: str
    text: str
    speaker: str
    claim: int


def number(kind: int, town: int) -> int:
    """Return the figure in a claim of some kind about a town."""
    return FIGURES[(kind * 7 + town * 5) % len(FIGURES)]


def claims() -> list[tuple[int, str, str]]:
    """Return (key, text, speaker) of each claim."""
    return [
        (
            kind * 10 + town,
            form.format(t=name, n=number(kind, town)),
            SPEAKERS[(kind + town) % 10],
        )
        for kind, (form, _other) in enumerate(KINDS)
        for town, name in enumerate(TOWNS)
    ]


def queries() -> list[Query]:
    """Return a hundred queries: each asks for one claim."""
    found = []

    def add(name, kind, town, form, n=None, place=None):
        text = form.format(
            t=place or TOWNS[town], n=number(kind, town) if n is None else n
        )
        speaker = SPEAKERS[(kind + town) % 10]
        found.append(Query(name, text, speaker, kind * 10 + town))

    for kind, (form, other) in enumerate(KINDS):
        town = kind * 3 % 10
        add(
            "loose" if kind % 2 else "paraphrase",
            kind,
            town,
            (LOOSE[kind], other)[kind % 2 == 0],
        )
        if kind in NEGATED:
            add("negation", kind, town, form.replace(*NEGATED[kind]))
        if kind < 20:
            add("number", kind, town, form, n=number(kind, town) + 3)
        if kind >= 15:
            add("name", kind, town, form, place=ELSEWHERE[kind % 3])
        if kind in OTHER_LANGUAGES:
            add("language", kind, town, OTHER_LANGUAGES[kind])
    return found
