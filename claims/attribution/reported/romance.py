"""French and Spanish word order: subject, clitics, auxiliary, participle; inversion."""

from __future__ import annotations

from claims.attribution.engine.phrases import Words
from claims.attribution.engine.tables import Cue, Form, Language
from claims.attribution.engine.text import Sentence

from .hits import Hit, forms_in

CLITICS = frozenset(
    [
        "lui",
        "leur",
        "nous",
        "vous",
        "me",
        "m'",
        "m’",
        "se",
        "s'",
        "s’",
        "y",
        "en",
        "lo",
        "le",
        "les",
        "nos",
        "os",
        "te",
        "t'",
        "l'",
        "l’",
        "la",
    ]
)
REFLEXIVES = frozenset(["s'", "s’", "se"])
BEING = frozenset(["est", "sont", "était", "étaient"])
HYPHENS = frozenset(["-", "-t-", "-t'", "-t’"])
JOINTS = frozenset(["et", "y", "e", "mais", "pero", "puis"])
SUCH = (("tal", "y"),)
TIME_ENDS = frozenset("antes después tard tôt avant après auparavant".split())
# What stands between commas without saying more about the speaker.
ASIDES = frozenset(
    [
        *("sin embargo", "por su parte", "en cambio", "no obstante", "a su vez"),
        *("en effet", "de son côté", "pour sa part", "quant à lui", "quant à elle"),
        *("toutefois", "cependant", "eux", "elles", "lui", "elle", "également"),
        *("también", "en tout cas", "en revanche", "además", "por ejemplo"),
    ]
)
AS = frozenset(["según", "como", "comme"])
LATTER = (
    ("ce", "dernier"),
    ("cette", "dernière"),
    ("ces", "derniers"),
    ("ces", "dernières"),
)
ONES = frozenset("celui-ci celle-ci ceux-ci celles-ci éste ésta aquel".split())
INDEFINITES = frozenset(["lo"])
HEADS = frozenset(["qui", "que", "quien", "quienes"])
BREAKS = frozenset(';:()[].?!…"–—|/')
LINKS = frozenset(",-–—")
NO_VERBS = (
    "prepositions inner_prepositions conjunctions complementizers questions adverbs "
    "articles negations finite auxiliaries he she it they titles open_words"
).split()
LONGEST = 18
PARTICIPIAL = (
    *("é", "ée", "és", "ées", "ant", "ado", "ada", "ados", "adas"),
    *("ido", "ida", "idos", "idas", "ndo"),
)
NEUTRAL = frozenset(["lo", "les", "le", "nos", "deux", "dos"])


def hits_in(text: str, s: Sentence, language: Language) -> list[Hit]:
    """Return the reporting verbs of a sentence in order."""
    found: list[Hit] = _infinitives(s, language)
    for first, last, forms in forms_in(s, language):
        for form in sorted(forms, key=lambda form: not form.participle):
            hit = _hit(text, s, first, last, form, language)
            if hit:
                found.append(hit)
                break
    taken = {hit.words[1] for hit in found}
    found += [
        hit for hit in after_quotations(text, s, language) if hit.words[1] not in taken
    ]
    found.sort(key=lambda hit: hit.words)
    return found


def _infinitives(s: Sentence, language: Language) -> list[Hit]:
    """Return the verbs of "et le maire d'ajouter", "avant de préciser que"."""
    found = []
    for at in range(2, len(s.words)):
        cue = language.lemmas.get(s.words[at])
        if cue is None or s.words[at - 1] not in ("de", "d'", "d’"):
            continue
        joins = s.words[at - 2] in ("avant", "antes", "après")
        if joins or s.words[0] in ("et", "y"):
            lead = at - 2 if joins else at - 1
            found.append(Hit(cue, (at, at + 1), lead, lead, at + 1, joins=joins))
    return found


def after_quotations(text: str, s: Sentence, language: Language) -> list[Hit]:
    """Return unknown verbs between a quotation and a name: « ... », sourit Holt."""
    found = []
    for quotation in s.quotations:
        at = quotation + 1
        while at < len(s.words) and s.words[at] in LINKS:
            at += 1
        lead = at
        while at < len(s.words) and s.words[at] in CLITICS:
            at += 1
        begin = at
        enclitic = None
        if s.words[at + 1 : at + 2] and s.words[at + 1] in HYPHENS:
            if language.has("auxiliaries", s.words[at]):
                # "a-t-il répété"
                enclitic, at = (at + 2, at + 3), at + 3
            else:
                enclitic = (at + 2, at + 3)
        while (
            enclitic is None
            and at + 1 < len(s.words)
            and (
                (at == begin and language.has("auxiliaries", s.words[at]))
                or (at > begin and language.has("adverbs", s.words[at]))
            )
        ):
            at += 1
        if at >= len(s.words) - (enclitic is None) or lead == quotation + 1:
            continue
        if enclitic or _is_verb(text, s, at, language):
            if not s.words[at].isalpha():
                continue
            cue = Cue(s.words[at], (s.words[at],), "fq", "")
            tail = max(at + 1, enclitic[1] if enclitic else 0)
            words = (at if enclitic else begin, at + 1)
            found.append(Hit(cue, words, begin, lead, tail, enclitic=enclitic))
    return found


def _is_verb(text: str, s: Sentence, at: int, language: Language) -> bool:
    """Return whether an unknown word before a name or pronoun may be a verb."""
    word, following = s.words[at], s.words[at + 1]
    if len(word) < 3 or not word.isalpha() or text[s.starts[at]].isupper():
        return False
    if any(language.has(name, word) for name in NO_VERBS) or word in language.weekdays:
        return False
    if following in HYPHENS:
        return True
    if language.has("prepositions", following) or following in language.weekdays:
        return False
    return (
        language.has("articles", following)
        or language.has("titles", following)
        or text[s.starts[at + 1]].isupper()
        or any(language.has(name, following) for name in ("he", "she", "they"))
    )


def _hit(
    text: str, s: Sentence, first: int, last: int, form: Form, language: Language
) -> Hit | None:
    """Return a form at a place as a verb, or None."""
    if form.participle:
        return _participle(s, first, last, form, language)
    if text[s.starts[first]].isupper() and first > 1:
        return None
    gerund = form.words[0].endswith(("ant", "ndo"))
    before = s.words[first - 1] if first else ""
    noun = language.has("articles", before) and not (
        language.tables.drops_subjects and before in NEUTRAL
    )
    if before in AS:
        noun = False
    elif language.has("prepositions", before) or before in ("de", "d'", "d’"):
        return None
    if noun:
        return None
    lead = _lead(s, first, language)
    hit = Hit(form.cue, (lead, last), first, lead, last, joins=gerund)
    if gerund:
        hit.words = (first, last)
        return hit if before in (",", "y", "e", "et", "en", '"') else None
    if s.words[last : last + 1] and s.words[last] in HYPHENS:
        hit.enclitic = (last + 1, last + 2)
        hit.tail = last + 2
    if form.cue.lemma in ("negar", "limitar") and "se" in s.words[lead:first]:
        return None
    hit.words = (first, last)
    hit.clause = _clause_of(s, lead)
    hit.negated = _negated(s, lead, last, language)
    if hit.negated:
        hit.words = (lead, last)
    if last < len(s.words) and language.has("negations", s.words[last]):
        hit.tail = last + 1
        hit.words = (lead, last + 1)
    return hit


def _participle(
    s: Sentence, first: int, last: int, form: Form, language: Language
) -> Hit | None:
    """Return "a déclaré", "a-t-il ajouté", "ha dicho" as a verb, or None."""
    at = first - 1
    while at > 0 and (
        language.has("adverbs", s.words[at])
        or language.has("negations", s.words[at])
        or s.words[at].endswith("ment")
    ):
        at -= 1
    enclitic = None
    if at > 1 and s.words[at - 1] in HYPHENS:
        enclitic = (at, at + 1)
        at -= 2
    if at < 0 or not language.has("auxiliaries", s.words[at]):
        return None
    before = s.words[at - 1] if at else ""
    if s.words[at] in BEING and before not in REFLEXIVES:
        return None
    lead = _lead(s, at, language)
    begin = first if enclitic else at
    hit = Hit(form.cue, (begin, last), at, lead, last, enclitic=enclitic)
    hit.clause = _clause_of(s, lead)
    hit.negated = _negated(s, lead, last, language)
    if hit.negated and not enclitic:
        hit.words = (lead, last)
    return hit


def _clause_of(s: Sentence, lead: int) -> int | None:
    """Return where "según explicó Holt", "comme l'a dit Holt" begins, or None."""
    for at in range(lead - 1, max(-1, lead - 14), -1):
        if s.words[at] in AS and s.words[max(0, at - 2) : at] in SUCH:
            return at - len(s.words[max(0, at - 2) : at])
        if s.words[at - 1 : at] == ("tal",) and s.words[at] in AS:
            return at - 1
        if s.words[at] in AS and (at == 0 or not s.words[at - 1][0].isalnum()):
            return at if at == lead - 1 or s.words[at] != "como" else None
        if not s.words[at][0].isalnum():
            return None
    return None


def _lead(s: Sentence, at: int, language: Language) -> int:
    """Return where the clitics and negations before a verb begin."""
    while at > 0 and (
        s.words[at - 1] in CLITICS or language.has("negations", s.words[at - 1])
    ):
        if s.words[at - 1] == "y" and language.tables.drops_subjects:
            # Spanish "and", French "there".
            break
        at -= 1
    return at


def _negated(s: Sentence, lead: int, last: int, language: Language) -> bool:
    """Return whether a verb group is denied."""
    return any(
        language.has("negations", word) for word in s.words[lead : last + 1]
    ) or (lead > 0 and s.words[lead - 1] in ("sin", "sans", "nunca", "jamás"))


def noun_phrase_end(text: str, s: Sentence, at: int, language: Language) -> int:
    """Return where a noun phrase ends that begins at a word; the same place if none."""
    words = s.words
    if at >= len(words) or at in s.quotations or not words[at][0].isalnum():
        return at
    if any(language.has(name, words[at]) for name in ("he", "she", "it", "they")):
        if not language.has("articles", words[at]):
            return at + 1
    if words[at : at + 2] in LATTER or words[at] in ONES:
        return at + 1 + (words[at] not in ONES)
    if not _begins(text, s, at, language):
        return at
    begin = at
    while at < len(words) and at - begin < LONGEST:
        if _stops(text, s, at, begin, language):
            break
        at += 1
    while at > begin and (
        language.has("articles", words[at - 1])
        or language.has("inner_prepositions", words[at - 1])
    ):
        at -= 1
    return at


def _begins(text: str, s: Sentence, at: int, language: Language) -> bool:
    """Return whether a noun phrase may begin at a word."""
    word = s.words[at]
    if text[s.starts[at]].isupper() or language.has("articles", word):
        return word not in INDEFINITES
    if any(
        language.has(name, word) for name in ("titles", "documents", "organisations")
    ):
        return True
    # Without an article: "fuentes judiciales", "vecinos".
    return word.endswith(("s", "x")) and not word.endswith(("dos", "das", "és", "ées"))


def _stops(text: str, s: Sentence, at: int, begin: int, language: Language) -> bool:
    """Return whether a noun phrase that began earlier stops before a word."""
    word = s.words[at]
    if word == "." and at > begin:
        before = s.words[at - 1]
        return not (language.has("abbreviations", before) or len(before) == 1)
    if word == '"':
        return at + 1 < len(s.words) or not _is_title_of_work(text, s, at)
    if word in BREAKS or word == ",":
        return True
    capital = text[s.starts[at]].isupper()
    if at == begin:
        small = not capital or at == 0
        return small and (
            language.has("prepositions", word)
            or language.has("conjunctions", word)
            or language.has("inner_prepositions", word)
        )
    if word in ("et", "y", "e"):
        following = s.words[at + 1] if at + 1 < len(s.words) else "."
        return not (
            language.has("articles", following)
            or (following[0].isalpha() and text[s.starts[at + 1]].isupper())
            or _inside_office(s, at, begin, language)
        )
    if capital:
        return False
    if _is_finite_form(s, at, language):
        return True
    if word in language.weekdays or word in language.days:
        return True
    if language.has("articles", word) and not language.has("inner_prepositions", word):
        return not (
            language.has("inner_prepositions", s.words[at - 1])
            or s.words[at - 1] in ("et", "y", "e", "tous", "todos")
        )
    return (
        language.has("prepositions", word)
        or language.has("conjunctions", word)
        or language.has("finite", word)
        or language.has("negations", word)
        or language.has("adverbs", word)
    )


def _is_finite_form(s: Sentence, at: int, language: Language) -> bool:
    """Return whether a word is a verb of saying, and not a noun: "la demande"."""
    forms = language.forms.get(s.words[at], ())
    if not any(len(form.words) == 1 and not form.participle for form in forms):
        return False
    before = s.words[at - 1]
    return not (
        language.has("articles", before) or language.has("inner_prepositions", before)
    )


def _inside_office(s: Sentence, at: int, begin: int, language: Language) -> bool:
    """Return whether "y" joins two parts of an office: "de Obras y Vivienda"."""
    return any(
        language.has("inner_prepositions", word) for word in s.words[begin:at]
    ) and s.words[at + 1 : at + 2] != (",",)


def _is_title_of_work(text: str, s: Sentence, at: int) -> bool:
    """Return whether a quotation is short, so that it may be a part of a name."""
    return s.ends[at] - s.starts[at] < 30 and text[s.starts[at] + 1].isupper()


def with_apposition(text: str, s: Sentence, end: int, language: Language) -> int:
    """Return where a speaker ends with ", présidente de l'association," after it."""
    words = s.words
    if words[end : end + 1] != (",",) or end + 1 >= len(words):
        return end
    first = words[end + 1]
    if first in HEADS or language.has("prepositions", first):
        return end
    if first[0].isdigit():
        more = end + 3 if words[end + 2 : end + 3] in (("ans",), ("años",)) else end + 2
    else:
        more = noun_phrase_end(text, s, end + 1, language)
    while (
        end + 1 < more < len(words)
        and more - end < 18
        and words[more] not in BREAKS
        and words[more] != ","
        and not language.has("finite", words[more])
        and words[more] not in language.forms
    ):
        more += 1
    if more <= end + 1 or more - end > 18:
        return end
    following = words[more] if more < len(words) else "."
    if following not in '.:;,"?!…–—)':
        return end
    return more


def speaker_before(
    text: str, s: Sentence, hit: Hit, language: Language, floor: int
) -> Words | None:
    """Return the subject in front of a verb, or None."""
    last = hit.lead
    while (
        last > floor
        and (
            language.has("adverbs", s.words[last - 1])
            or s.words[last - 1] in language.weekdays
            or s.words[last - 1] in language.days
        )
        and not text[s.starts[last - 1]].isupper()
    ):
        last -= 1
    whole = _pieces(s, floor, last)
    pieces = [
        piece
        for number, piece in enumerate(whole)
        if not number or " ".join(s.words[slice(*piece)]) not in ASIDES
    ]
    if not pieces:
        return None
    if s.words[last - 1] == "," and len(whole) == 1:
        return None
    if s.words[last - 1 : last] == (",",) and len(pieces) > 1:
        return _before_apposition(text, s, pieces, last, language)
    begin, end = pieces[-1]
    if end - begin == 1 and s.words[begin] in HEADS:
        return _antecedent(text, s, pieces, language)
    found = _subject_in(text, s, begin, end, language)
    if found and len(pieces) > 1 and s.words[begin] in ("et", "y", "e"):
        # "Le maire, Jean Dulac, et la préfète ont annoncé"
        for first, last in pieces[:-1]:
            opening = _subject_in(text, s, first, last, language)
            if opening and opening[1] == last:
                return opening[0], end
    return found


def _pieces(s: Sentence, floor: int, last: int) -> list[Words]:
    """Return the stretches between commas from a place up to another one."""
    pieces: list[Words] = []
    end = last
    at = last
    while at > floor and last - at < 45:
        word = s.words[at - 1]
        if word in BREAKS and not _is_short_stop(s, at - 1):
            break
        if word == ",":
            if end > at:
                pieces.append((at, end))
            end = at - 1
        at -= 1
    if end > at:
        pieces.append((at, end))
    return pieces[::-1]


def _is_short_stop(s: Sentence, at: int) -> bool:
    """Return whether a full stop belongs to an abbreviation inside a sentence."""
    return s.words[at] == "." and at + 1 < len(s.words) and len(s.words[at - 1]) < 5


def _before_apposition(
    text: str, s: Sentence, pieces: list[Words], last: int, language: Language
) -> Words | None:
    """Return the subject of "la maire, Hélène Carrac, a dit"."""
    for begin, end in pieces[:-1]:
        found = _subject_in(text, s, begin, end, language)
        if found and found[1] == end:
            if noun_phrase_end(text, s, found[0], language) < end:
                return None
            rest = [piece for piece in pieces if piece[0] > begin]
            if all(_is_apposition(text, s, piece, language) for piece in rest):
                return found[0], last - 1
            return None
    return None


def _is_apposition(text: str, s: Sentence, piece: Words, language: Language) -> bool:
    """Return whether a stretch between commas says more about the name before it."""
    begin, end = piece
    first = s.words[begin]
    if first in HEADS or first[0].isdigit() or first in ("dont", "cuyo", "cuya"):
        return True
    if first.endswith(PARTICIPIAL) or language.has("inner_prepositions", first):
        return True
    if first in CLITICS and not language.has("articles", first):
        return False
    inside = s.words[begin + 1 : end]
    if any(language.has("finite", word) for word in inside):
        return False
    return language.has("titles", first) or noun_phrase_end(
        text, s, begin, language
    ) > min(begin + 1, end - 1)


def _antecedent(
    text: str, s: Sentence, pieces: list[Words], language: Language
) -> Words | None:
    """Return whom "qui" means in "le maire, qui a dit que"."""
    if len(pieces) < 2:
        return None
    begin, end = pieces[-2]
    for at in range(begin, end):
        found = _subject_in(text, s, at, end, language)
        if found and found[1] == end:
            return found
    return None


def _subject_in(
    text: str, s: Sentence, begin: int, end: int, language: Language
) -> Words | None:
    """Return the subject in a stretch that ends before a verb, or None."""
    begin = _after_joint(s, begin, end, language)
    while begin < end and (
        (language.has("adverbs", s.words[begin]) and s.words[begin] != "lo")
        or s.words[begin] in JOINTS
        or s.words[begin] in language.days
        or not s.words[begin][0].isalnum()
    ):
        begin += 1
    if begin >= end or end - begin > LONGEST:
        return None
    first = s.words[begin]
    if language.has("prepositions", first) or language.has("conjunctions", first):
        return None
    if begin == 0 and first.endswith(PARTICIPIAL) and begin + 1 < end:
        following = s.words[begin + 1]
        if language.has("prepositions", following) or following in ("de", "d'", "par"):
            # "Interrogée sur le budget, ..."
            return None
    if first in language.weekdays:
        return None
    if any(language.has("finite", word) for word in s.words[begin + 1 : end]):
        return None
    if s.words[end - 1] in HEADS or s.words[end - 1] in TIME_ENDS:
        return None
    if any(language.has(name, first) for name in ("he", "she", "it", "they")):
        if end - begin == 1:
            return begin, end
        if not language.has("articles", first):
            return None
    if not (
        language.has("articles", first)
        or text[s.starts[begin]].isupper()
        or language.has("titles", first)
    ):
        return None
    return begin, end


def _after_joint(s: Sentence, begin: int, end: int, language: Language) -> int:
    """Return where the last clause of a stretch begins, after "mais", "pero"."""
    at = begin
    for place in range(begin, end - 1):
        word = s.words[place]
        if word in ("mais", "pero", "or", "donc", "mientras", "tandis", "aunque") or (
            word in ("et", "y", "e", "que", "qu'", "qu’")
            and any(
                language.has("finite", w) or w in language.forms
                for w in s.words[at:place]
            )
        ):
            at = place + 1
    return at


def skip_adverbials(text: str, s: Sentence, at: int, language: Language) -> int:
    """Return the place after adverbs, days and prepositional phrases."""
    words = s.words
    for _ in range(10):
        if at >= len(words):
            break
        word = words[at]
        if (
            word in language.weekdays
            or word in language.days
            or (language.has("adverbs", word) and not text[s.starts[at]].isupper())
        ):
            at += 1
        elif word in ("ce", "este", "el", "le", "la", "los", "cette", "esta") and (
            words[at + 1 : at + 2]
            and (
                words[at + 1] in language.weekdays
                or language.has("adverbs", words[at + 1])
            )
        ):
            at += 2
        elif word[0].isdigit() or word in language.months:
            at += 1
        elif text[s.starts[at]].isupper():
            break
        elif language.has("prepositions", word) or word in ("de", "du", "del", "d'"):
            end = noun_phrase_end(text, s, at + 1, language)
            if end == at + 1 and words[end : end + 1] and words[end][0].isdigit():
                end += 1
            if end == at + 1 and words[end : end + 1] and words[end].isalpha():
                # "por teléfono"
                end += not text[s.starts[end]].isupper()
            if end == at + 1:
                break
            at = end
        else:
            break
    return at


def speaker_after(text: str, s: Sentence, hit: Hit, language: Language) -> Words | None:
    """Return the subject after a verb, or None."""
    if hit.enclitic:
        return hit.enclitic
    first = skip_adverbials(text, s, hit.tail, language)
    if first >= len(s.words) or s.words[first] in (",", '"'):
        return None
    end = noun_phrase_end(text, s, first, language)
    if end == first:
        return None
    return first, with_apposition(text, s, end, language)
