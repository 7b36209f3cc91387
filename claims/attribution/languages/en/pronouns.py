"""Open pronouns of a wording: those whose meaning its own words do not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from claims.attribution.folding import fold
from claims.attribution.proposals import Gender

from .demonstratives import demonstratives
from .name_words import gender_of, is_given, is_organisation_word, is_title
from .names import parse_name
from .sentences import CLASSES, Sentence, sentences_of
from .words import VERBS, word_set

HE = word_set("he him his himself")
SHE = word_set("she her hers herself")
IT = word_set("it its itself")
THEY = word_set("they them their theirs themselves")
FIRST_PERSON = word_set("i me my mine myself we us our ours ourselves")
PRONOUNS = HE | SHE | IT | THEY | FIRST_PERSON
WORD_CHARACTERS = re.compile(r"\w+")
# A capital in front alone: what is written in capitals is a heading or a name.
PRONOUN = re.compile(
    "(?<![.\\w])(?:"
    + "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in sorted(PRONOUNS))
    + r")\b(?!\.\w|-\w)"
)
WORD = re.compile(r"[^\W\d_]+(?:[-.][^\W\d_]+)*")
CAPITALS = re.compile(
    r"[^\W\d_a-zß-ÿ][\w.-]*(?: (?:(?:van|von|de|da|la|del|der|den|bin|al|of) )*"
    r"[^\W\d_a-zß-ÿ][\w.-]*)*"
)
# Given names that are places as well.
PLACES_TOO = word_set(
    "virginia georgia carolina florence dakota paris austin jordan israel chad sydney "
    "charlotte may june april"
)
# "Lund. Holt", but "Sen. Holt"
FULL_STOP = re.compile(r"(?<=\w{4})\. ")
_JUDGED = r"""
    clear unclear likely unlikely possible impossible important hard difficult easy
    easier harder time necessary true critical crucial vital essential better best wrong
    right fair unfair early late safe sad obvious common rare enough good bad great up
    unusual too question mystery pity shame mistake matter honour honor pleasure fact
    miracle wonder secret surprise disgrace misleading tempting interesting surprising
    disappointing embarrassing frustrating exciting amazing shocking disturbing
    insulting encouraging absurd ridiculous foolish naive stupid crazy irresponsible
    appropriate inappropriate legal illegal reasonable unreasonable logical natural
    normal strange odd nice wonderful premature useful helpful hopeless pointless worth
    feasible fitting telling noteworthy remarkable outrageous unacceptable acceptable
    imperative conceivable plausible inconceivable undeniable evident apparent tough
    simple cheaper worse dangerous risky customary typical
"""
# "It is time to", "it takes a year to": here "it" means nothing.
EMPTY_IT = re.compile(
    r"it(?:['’]s|['’]ll be| is| was| would be| will be| may be| has been| had been"
    r"| seems| appears| became| becomes)"
    r"(?: (?:not|never|also|very|so|too|been|more|only|really|quite|still|now|just|no"
    r"|a|an|the|always|\w+ly))* (?:"
    + r"(?:\w+ )?(?:"
    + "|".join(_JUDGED.split())
    + r"))\b[^.?!;]*?\b(?:that|to|for|if|whether|how|why|when|who|what)\b"
    r"|(?<=put )it\b|(?<=puts )it\b|(?<=make )it clear|(?<=made )it clear"
    r"|it(?:['’]s| is| was| has been|['’]s been) (?:reported|said|believed|expected"
    r"|known|thought|understood|rumou?red|alleged) that\b"
    r"|(?<=[Ww]hen )it comes to\b|(?<=as )it (?:is|was|were|stands|happens)\b"
    r"|it (?:looks like|turns out|turned out|seems|seemed|appears|appeared)\b"
    r"|it (?:takes|took|will take|would take) [^.?!;]*?\bto\b"
    r"|it(?:['’]s| is| was) (?:raining|snowing|hot|cold)\b"
    r"|(?:(?<=find )|(?<=finds )|(?<=found )|(?<=make )|(?<=makes )|(?<=made ))"
    r"it (?:(?:more|less|very|so|too|even|\w+ly) )?[“\"‘']?(?:very )?(?:"
    + "|".join(_JUDGED.split())
    + r"|\w+(?:able|ible|ous|ful|ive|ing|ult))[”\"’']? (?:to|for|that)\b"
    r"|it (?:makes|made|make) (?:no |little |more |some )?sense (?:to|for|that)\b"
    r"|it (?:does|did)(?:n['’]t| not) matter\b|it (?:remains|is|was) to be seen\b"
    r"|it(?:['’]s| is| was) (?:not |only )?(?:until|up to|about time)\b"
    r"|it(?:['’]s| is| was|['’]s not| is not| was not| wasn['’]t| isn['’]t)"
    r" (?:the [a-z]+|[A-Z]\w+|[A-Z]\w+ [A-Z]\w+) who\b"
    r"|it(?:['’]s| has) been [^.?!;]{1,30}? since\b|(?<=have )it both ways\b"
    r"|(?:(?<=know )|(?<=like )|(?<=believe )|(?<=admit ))it or not\b|(?<=worth )it\b"
    r"|it(?:['’]s| is| was)(?: not)? (?:my|our|your|his|her|their) (?:role|job|duty"
    r"|turn|responsibility|goal|hope|task|place) (?:to|that)\b",
    re.IGNORECASE,
)
VERB_GROUP = re.compile(
    r"[BHMd][BHMdRn]*[vVZeEgG]?|[vV]|[NXpw]R{0,2}[eZ]|pN(?=[DpxtoX#])"
)
WITH_ARTICLE = re.compile(
    r"\b(?:[Tt]he|an?|An?|[Tt]his|[Tt]hat) (?:\w+ )?(\w+)(?!\w|['’]s)"
)
# "In her letter, Ida Holt asked": she is named after it.
OPENING = re.compile(
    r"(?:In|At|On|During|After|Before|Despite|With|While|When|Asked|Through|By|For|As)"
    r" [^,.;:“”\"]{3,90}, (?=[^\W\d_a-zß-ÿ]|the |then )"
)
# "Ida Holt has not sold (her)": a name, and a verb or two after it
OWN_CLAUSE = re.compile(
    r"(?:[^\W\d_a-z][\w.’'-]*(?<!['’]s) ){1,4}"
    r"(?:(?!to\b|that\b|who\b|and\b|said\b|says\b)[a-z’'-]+ ){1,4}"
)
CLAUSE_FRONT = re.compile(
    r"(?:[,;:—–“] ?|\b(?:that|how|why|whether|because|if|when|while|where|and|but|since"
    r"|after|before|as|said|says|although|though) )\Z"
)
# "The old ferry was": what needs no closer look
PLAINLY_FINITE = re.compile(
    r"\W*(?:(?!that\b|who\b|which\b|where\b|whom\b|whose\b|what\b|how\b|if\b|when\b"
    r"|because\b|as\b|while\b)[\w.’',-]+ ){1,9}?"
    r"(?:is|was|are|were|has|had|have|will|would|said|says|can|could|should|may|might"
    r"|must|did|does)\b",
    re.IGNORECASE,
)
FINITE = tuple("BHMdvVeEZ")
ITS_OWN = re.compile(
    r"it(?:['’](?:ll|d)| (?:would|will|had|has|could|may|might|should|must|did))\b",
    re.IGNORECASE,
)
# "sees itself as", "Holt herself": the subject beside it is meant
REFLEXIVES = word_set("itself himself herself themselves")
BESIDE_SUBJECT = re.compile(r"(?<=\w )")
AFTER_ASIDE = re.compile(r"[NX],[^,]{1,30},R?[eZ](?=[DpoNXxPY])")
HAVING_VERB = word_set("that's that’s here's here’s what's what’s there’s who's who’s")
MANY_IN_TEN = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine) in \w+|%|percent"
)
EACH = re.compile(r"\b(?:each|every|everyone|everybody|nobody) ?\b", re.IGNORECASE)
# "A young woman stopped me. She said": nobody else is "she" there
SOMEBODY = {
    "he": re.compile(
        r"\ban? (?:\w+ )?(?:man|boy|gentleman|father|husband|son)\b", re.I
    ),
    "she": re.compile(
        r"\ban? (?:\w+ )?(?:woman|girl|lady|mother|wife|daughter)\b", re.I
    ),
}
PLURALS = word_set("people men women children police media voters data critics")
MARKS = frozenset('“”"„«»')
NO_MARKS = str.maketrans("", "", '“”"„«»')
QUOTED = re.compile(r"[“\"„«»‘][^“”\"„«»]*[”\"“«»’]|''.+?''")


def open_words(
    wording: str,
    genders: Mapping[str, Gender] | None = None,
    spoken_by: Gender | None = None,
) -> tuple[str, ...]:
    """Return the pronouns of a wording that its own words leave open, in their order.

    `genders` gives that of each person whom the article names, by folded name and
    surname. `spoken_by` is the gender of a speaker whom the wording does not name, and
    whom a pronoun in reported speech may mean too; None where nobody may be.

    >>> open_words("Anna Bell said he had lied.")
    ('he',)
    >>> open_words("Anna Bell said she would sell her house.")
    ()
    >>> open_words("That is wrong."), open_words("It is time to act.")
    (('That',), ())
    """
    genders = genders or {}
    found = dict(demonstratives(wording))
    if PRONOUNS.isdisjoint(WORD_CHARACTERS.findall(wording.lower())):
        return tuple(found[at] for at in sorted(found))
    persons = list(_persons(wording, genders))
    quoted = [match.span() for match in QUOTED.finditer(wording)]
    empty_end = 0
    for match in PRONOUN.finditer(wording):
        word = match.group()
        at = match.start()
        low = word.lower()
        if low in REFLEXIVES and BESIDE_SUBJECT.match(wording, at):
            continue
        # Within a quotation nobody outside it is meant by "he" or "it".
        since = next((start for start, end in quoted if start < at < end), 0)
        before = wording[since:at]
        if low in HE or low in SHE:
            gender: Gender = "he" if low in HE else "she"
            known = _candidates(persons, since, at, gender)
            if not known:
                known = len(SOMEBODY[gender].findall(before))
            if not known and not since:
                known = _named_after_opening(wording, persons, at, gender)
            is_open = spoken_by in ("", gender) or (
                known != 1 and not _is_of_subject(wording, persons, since, at, gender)
            )
        elif low in IT:
            empty = EMPTY_IT.match(wording, at) if at >= empty_end else None
            empty_end = empty.end() if empty else empty_end
            is_open = not empty and not _thing_before(wording, since, at, persons)
        elif low in THEY:
            is_open = not _several_before(before, persons)
        else:
            is_open = low in FIRST_PERSON and not _said_by_somebody(wording, at)
        if is_open:
            found[at] = word
    return tuple(found[at] for at in sorted(found))


@lru_cache(maxsize=1024)
def has_finite_verb(wording: str) -> bool:
    """Return whether a wording is a sentence: whether a verb in it has a subject.

    >>> has_finite_verb("Rents fell."), has_finite_verb("A shameful step.")
    (True, False)
    """
    words = _unquoted(wording)
    return (
        _begins_with_subject(words)
        or bool(PLAINLY_FINITE.match(words))
        or any(map(_is_finite, sentences_of(words)))
    )


def _begins_with_subject(words: str) -> bool:
    """Return whether words begin with a pronoun and its verb: "he refused", "it's"."""
    first, *others = words.split(" ", 2)
    if CLASSES.get(first.lower(), "") != "p" or not others:
        return False
    return "'" in first or "’" in first or CLASSES.get(others[0], "") in FINITE


def _unquoted(wording: str) -> str:
    """Return a wording without the marks of quotation, which hide its words."""
    return wording if MARKS.isdisjoint(wording) else wording.translate(NO_MARKS)


def _is_finite(s: Sentence) -> bool:
    """Return whether a sentence has a verb of its own, also in "it's" or "they say".

    One verb in a relative clause is none: "two cases where rents may have risen".
    """
    groups = sum(not _is_noun(s, match) for match in VERB_GROUP.finditer(s.tags)) + sum(
        (tag == "p" and ("'" in word or "’" in word)) or word in HAVING_VERB
        for tag, word in zip(s.tags, s.words, strict=True)
    )
    relative = len(re.findall(r"(?<=[NXq])w(?=R*[vVBHMdZeE])", s.tags)) + sum(
        word == "where" and at > 0 and s.tags[at - 1] in "NXq"
        for at, word in enumerate(s.words)
    )
    relative += len(re.findall(r"[NXJ]T(?=R*[vVBHMde])", s.tags))
    # "Lee, the mayor, attended it alone"
    return groups + bool(AFTER_ASIDE.search(s.tags)) > relative


def _is_noun(s: Sentence, match: re.Match[str]) -> bool:
    """Return whether a verb's base form is a noun here: "a poor show"."""
    at = match.end() - 1
    is_base = s.tags[at] == "Z" or (s.tags[at] in "vV" and s.words[at] in VERBS)
    if not is_base or not at or match.group()[0] in "BHMd":
        return False
    before = s.words[at - 1]
    plural = before in PLURALS or (s.tags[at - 1] in "NX" and before.endswith("s"))
    return not (plural or s.tags[at - 1] in "pwcRt")


def _persons(
    wording: str, genders: Mapping[str, Gender]
) -> Iterator[tuple[int, str, Gender]]:
    """Yield the persons in a wording: place, folded name, gender."""
    for start, words in _capital_words(wording):
        first, _space, rest = words.partition(" ")
        if rest and CLASSES.get(first.lower(), "X") in tuple("PaDRcbsTW"):
            # "In Norrvik", "But Ida Holt"
            words = rest
        key = fold(words)
        last = key.split()[-1] if key else ""
        if key in genders:
            yield start, last, genders[key]
        elif last in genders and not any(map(is_organisation_word, key.split())):
            yield start, last, genders[last]
        elif " " not in words and is_given(words) and key not in PLACES_TOO:
            yield start, key, gender_of((), key)
        elif " " in words:
            name = parse_name(words)
            if name.kind == "person" and " " in name.name:
                yield start, name.surname, name.gender


def _capital_words(wording: str) -> Iterator[tuple[int, str]]:
    """Yield what is written with capitals, and where; a full stop parts it."""
    for match in CAPITALS.finditer(wording):
        start = match.start()
        for words in FULL_STOP.split(match.group()):
            yield start, words.rstrip(".")
            start += len(words) + 2


def _candidates(
    persons: list[tuple[int, str, Gender]], since: int, at: int, gender: Gender
) -> int:
    """Return how many persons between two places a pronoun of one gender may mean.

    Those whose gender is known go before the others, who need not be persons.
    """
    named = {name: g for start, name, g in persons if since <= start < at}
    known = sum(g == gender for g in named.values())
    return known or sum(not g for g in named.values())


def _is_of_subject(
    wording: str,
    persons: list[tuple[int, str, Gender]],
    since: int,
    at: int,
    gender: Gender,
) -> bool:
    """Return whether "his" is of the subject beside it: "Lund will sell his boat"."""
    since = max(since, *(wording.rfind(stop, 0, at) + 1 for stop in ".?!"))
    near = [person for person in persons if since <= person[0] < at]
    names = {name for _start, name, known in near if known in ("", gender)}
    if wording[at : at + 4].lower() not in ("his ", "her ") or len(names) != 1:
        return False
    start, _name, known = near[-1]
    between = OWN_CLAUSE.fullmatch(wording, start, at)
    opens = not wording[since:start].strip() or CLAUSE_FRONT.search(
        wording, since, start
    )
    return bool(between and opens) and known in ("", gender)


def _named_after_opening(
    wording: str, persons: list[tuple[int, str, Gender]], at: int, gender: Gender
) -> int:
    """Return 1 for a pronoun like that of "In her letter, Ida Holt asked", else 0."""
    opening = OPENING.match(wording)
    if not opening or not at < opening.end():
        return 0
    start, _name, known = next(
        (person for person in persons if person[0] >= opening.end()), (-1, "", "")
    )
    return int(opening.end() <= start <= opening.end() + 40 and known in ("", gender))


def _thing_before(
    wording: str, since: int, at: int, persons: list[tuple[int, str, Gender]]
) -> bool:
    """Return whether a thing that "it" or "its" may mean stands before a place."""
    before = wording[since:at]
    words = WORD.findall(before)
    named = {fold(n) for _start, n, _g in persons}
    if wording[at : at + 3].lower() == "its":
        return any(_may_be_thing(word, named) for word in words)
    if words[-1:] and words[-1].lower() == "that":
        words.pop()
    if words and CLASSES.get(words[-1].lower(), "") in ("V", "Z", "E", "G"):
        # "The guild said it would" means itself. "Said it was unsafe" and "called it a
        # mistake" may mean something else.
        first = before.lstrip("“\"‘'").split(" ")[0]
        body = first in ("The", "A", "An") or (first[:1].isupper() and not persons)
        return body and bool(ITS_OWN.match(wording, at))
    # "his boss is content with it" tells nothing, "the plan is good as it is" does
    return any(not is_title(fold(noun)) for noun in WITH_ARTICLE.findall(before))


def _may_be_thing(word: str, persons: set[str]) -> bool:
    """Return whether a word is a noun or a name, and no person's."""
    low = word.lower()
    tag = CLASSES.get(low, "")
    if tag:
        return tag in "NX" or (tag in "vZYJ" and word[0].isupper())
    return len(low) > 2 and not low.endswith(("ly", "ed", "ing")) and low not in persons


def _several_before(before: str, persons: list[tuple[int, str, Gender]]) -> bool:
    """Return whether somebody or something in the plural stands in some words."""
    names = {name for _start, name, _gender in persons}
    return bool(EACH.search(before) or MANY_IN_TEN.search(before)) or any(
        word.lower() in PLURALS
        or is_organisation_word(word.lower())
        or (len(word) > 2 and word.isupper())
        or (
            len(word) > 3
            and word.endswith("s")
            and not word.endswith(("ss", "us", "is"))
            and not (word[0].isupper() and fold(word) in names)
            and CLASSES.get(word.lower(), "N") in "NXvVZ"
        )
        for word in WORD.findall(before)
    )


def _said_by_somebody(wording: str, at: int) -> bool:
    """Return whether a place lies in a quotation with its speaker beside it."""
    for match in QUOTED.finditer(wording):
        if match.start() < at < match.end():
            outside = wording[: match.start()] + " " + wording[match.end() :]
            return len(WORD.findall(QUOTED.sub(" ", outside))) > 1
    return False
