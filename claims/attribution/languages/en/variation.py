"""Resolve descriptions to whom the text has just named: "the Dalby senator".

News calls a person by the name at first, and by a post, party or trade after that. What
is read so is never sure: the description may as well bring in somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.attribution.folding import fold
from claims.attribution.proposals import Resolution, SpeakerKind

from .documents import DOCUMENTS
from .gazetteer import REPRESENTATIVES
from .mentions import Directory, Mention
from .name_words import gender_of, is_organisation_word, is_title
from .names import Name
from .sentence_form import possessive
from .words import word_set

# "the Dalby senator", "the 46-year-old"
DESCRIPTION = re.compile(r"[Tt]he (?:[\w.&’'/-]+ ){0,4}?(?P<head>[\w-]+)")
ADJECTIVE_AND_NAME = re.compile(
    r"(?:[Aa]n?|[Tt]he) (?:[a-z]+-)?[a-z]+(?:ed|ing|y|ful|ous|ive|ic|less|se|id)"
    r" (?P<name>[^\W\d_a-z][\w’'-]+)"
)
HEADS = word_set(
    """
    candidate nominee contender frontrunner front-runner hopeful republican democrat
    independent libertarian conservative liberal socialist man woman lady billionaire
    millionaire mogul tycoon magnate developer native star celebrity veteran surgeon
    neurosurgeon actor actress comedian singer
    """
)
# Others speak under these: who has spoken before is named, and they are not.
NOT_THE_SAME = word_set(
    """
    official leader politician lawmaker president pope queen king judge officer
    reporter journalist editor host moderator interviewer anchor author writer analyst
    source aide staffer strategist pollster voter caller student teacher witness doctor
    professor expert commissioner chief detective prosecutor guard pilot
    """
)
OFFICES = word_set(
    """
    senator sen governor gov congressman congresswoman mayor president minister judge
    representative rep chancellor
    """
)
SHORT = {"sen": "senator", "gov": "governor", "rep": "representative"}


PERSONS = word_set(
    """
    man woman boy girl guy lady person victim suspect caller neighbour neighbor worker
    voter supporter driver passenger patient customer tourist fan
    """
)
PERSON_ENDINGS = (
    "er",
    "or",
    "ist",
    "ian",
    "ant",
    "ent",
    "ee",
    "man",
    "woman",
    "person",
)
# "his aides": whose they are is part of their name.
OWNED = word_set(
    """
    campaign team office lawyer lawyers attorney attorneys aides advisers advisors
    allies supporters backers donors rivals opponents critics spokesman spokeswoman
    """
)
CAMPAIGN_BACK = 700
CAMPAIGN = re.compile(r"(?P<who>[^\W\d_a-z][\w-]+)(?:['’]s)? campaign\b")
STATEMENT = re.compile(
    r"[Tt]h(?:e|at|is) (?:[a-z]+ )?"
    r"(?:statement|letter|e-?mail|memo|post|tweet|message|release)"
)


def named_with_adjective(words: str, directory: Directory) -> Resolution | None:
    """Return who "a flabbergasted Holt" is, if one person of the text is called so."""
    match = ADJECTIVE_AND_NAME.fullmatch(words)
    bearers = directory.full.get(fold(match["name"]), []) if match else []
    if not match or len(bearers) != 1:
        return None
    name = bearers[0].name.name
    reason = f"“{match['name']}” is {name} elsewhere in the text"
    return Resolution(name, "person", reason)


def person_described(
    words: str, before: Sequence[Mention], here: int, directory: Directory
) -> Resolution | None:
    """Return whom "the Dalby senator" means: the one person named just before.

    `before` are those named in the sentences before it and in its own one, which
    begins at `here`. Somebody who stands in the same sentence is another one.
    """
    match = DESCRIPTION.fullmatch(words.split(",")[0])
    head = fold(match["head"]) if match else ""
    head = "man" if head.endswith("-year-old") else head
    if not head or head in NOT_THE_SAME or head in REPRESENTATIVES:
        return None
    if not (head in HEADS or is_title(head)) or is_organisation_word(head):
        return None
    if "'s " in words or "’s " in words or "s’ " in words:
        return None
    gender = "" if head == "man" else gender_of((head,))
    found: dict[str, Mention] = {}
    if any(mention.at >= here for mention in before):
        # "Lund asked Holt, but the senator said no"
        return None
    for mention in before:
        if _may_be(mention, head, gender):
            found[mention.name.surname] = mention
    last = directory.last_speaker
    if len(found) > 1 and last and last.name.surname in found:
        found = {"": found[last.name.surname]}
    if len(found) != 1:
        return None
    [mention] = found.values()
    if mention.is_open:
        return None
    name = mention.name.name
    reason = f"“{words}” read as {name}, named before"
    return Resolution(name, "person", reason, is_sure=False)


def _may_be(mention: Mention, head: str, gender: str) -> bool:
    """Return whether a person may be called by a noun: no mayor is "the senator"."""
    name = mention.name
    if gender and name.gender not in ("", gender):
        return False
    offices = {SHORT.get(t, t) for t in name.titles if t in OFFICES}
    return not offices or head not in OFFICES or head in offices


def is_owned(words: str) -> bool:
    """Return whether words are those of somebody's people: "campaign", "old aides"."""
    parts = words.split()
    return 0 < len(parts) < 3 and parts[-1] in OWNED


def owned_by(owner: Resolution, words: str) -> Resolution | None:
    """Return the name of "her campaign" or "his aides" by whose they are."""
    if not owner.name:
        return None
    rest = words.partition(" ")[2]
    kind: SpeakerKind = "group" if rest.endswith("s") else "unnamed"
    name = f"{possessive(owner.name)} {rest}"
    if rest == "campaign":
        name, kind = f"{owner.name} campaign", "organisation"
    return Resolution(name, kind, owner.reason, is_sure=False)


def campaign_named(words: str, text: str, place: int) -> Resolution | None:
    """Return which campaign "the campaign" is: the only one named before."""
    if words.lower() != "the campaign":
        return None
    before = text[max(0, place - CAMPAIGN_BACK) : place]
    found = {match["who"] for match in CAMPAIGN.finditer(before)}
    if len(found) != 1:
        return None
    [who] = found
    name = f"{who} campaign"
    reason = f"“{words}” read as {name}, named before"
    return Resolution(name, "organisation", reason, is_sure=False)


def is_statement_named(words: str) -> bool:
    """Return whether words are "the statement" that somebody has just given."""
    return bool(STATEMENT.fullmatch(words))


def is_somebody(words: str) -> bool:
    """Return whether words describe a person: "the clerk", and not "the paper"."""
    article, _space, rest = words.partition(" ")
    if article.lower() not in ("the", "a", "an"):
        return False
    nouns = re.split(r",| (?:of|for|at|in|by|from|with|who|whose|on)\b", rest)[
        0
    ].split()
    head = fold(nouns[-1]) if nouns else ""
    if head in DOCUMENTS or is_organisation_word(head):
        return False
    return is_title(head) or head in PERSONS or head.endswith(PERSON_ENDINGS)


def last_speaker(low: str, name: Name) -> Resolution:
    """Return the last speaker as who a pronoun means."""
    reason = f"“{low}” read as the last speaker, {name.name}"
    return Resolution(name.name, name.kind, reason, is_sure=False)
