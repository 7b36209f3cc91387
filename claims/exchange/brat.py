"""brat standoff format, written and read: text in a .txt file, marks in an .ann file.

Roles are entity types; a claim's content is tied to its other words by relations.
Content in several parts is one discontinuous mark. What brat does not know stands in
a note on the content; which article it is, in a .json file of the same name.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from claims.exchange.parsing import (
    dump_json,
    parse_json,
    read_lines,
    read_text,
    ref_to_text,
    words_at,
)
from claims.exchange.records import (
    ROLES,
    ArticleRef,
    InvalidValue,
    MarkedArticle,
    MarkedClaim,
    Unreadable,
)
from claims.exchange.relations import (
    CONTENT,
    Entity,
    Fragments,
    Place,
    claims_from_marks,
)

CONFIGURATION = """\
[entities]
Content
Cue
Speaker

[relations]
Cue\tArg1:Content, Arg2:Cue
Speaker\tArg1:Content, Arg2:Speaker
Continues\tArg1:Content, Arg2:Content
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
"""
LINES = re.compile(r"[^\n]+")
NOTE = "AnnotatorNotes"
MARK = re.compile(r"(\w+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)")
RELATION = re.compile(r"\w+ Arg1:(\S+) Arg2:(\S+)\s*")
EVENT = re.compile(r"(?:\w[\w-]*:\S+\s*)+")


def ann_file(article: MarkedArticle) -> str:
    """Return the .ann file of an article."""
    lines, marks, ties = [], 0, 0
    for claim in article.claims:
        head = f"T{marks + 1}"
        places = [words.place for words in claim.words]
        for role, fragments in standoff_spans(article.body, places):
            marks += 1
            stretches = ";".join(f"{start} {end}" for start, end in fragments)
            printed = " ".join(article.body[start:end] for start, end in fragments)
            lines.append(f"T{marks}\t{role.capitalize()} {stretches}\t{printed}")
            if head != f"T{marks}":
                ties += 1
                kind = "Continues" if role == CONTENT else role.capitalize()
                lines.append(f"R{ties}\t{kind} Arg1:{head} Arg2:T{marks}")
        note = dump_json({**claim.details, "places": places})
        lines.append(f"#{head[1:]}\t{NOTE} {head}\t{note}")
    return "".join(f"{line}\n" for line in lines)


def standoff_spans(body: str, places: list[Place]) -> list[tuple[str, Fragments]]:
    """Return a claim's spans as brat allows them: in order, apart, within one line.

    Parts that brat would run together or refuse get a mark of their own.
    """
    marks: list[tuple[str, list[tuple[int, int]]]] = []
    for role, start, end in places:
        pieces = [
            (start + match.start(), start + match.end())
            for match in LINES.finditer(body[start:end])
        ]
        if not pieces:
            continue
        if marks and marks[-1][0] == role:
            last = marks[-1][1][-1][1]
            if last < start and body[last:start].strip("\n"):
                marks[-1][1].extend(pieces)
                continue
        marks.append((role, pieces))
    return [(role, tuple(pieces)) for role, pieces in marks]


def read(path: Path) -> Iterator[MarkedClaim]:
    """Yield the claims of an .ann file, with the .txt beside it; raise Unreadable."""
    text = path.with_suffix(".txt")
    if not text.is_file():
        raise Unreadable(path, 1, f"there is no {text.name} beside it, with the words.")
    standoff = _Standoff(read_text(text))
    with path.open("rb") as file:
        for number, line in read_lines(file, path):
            try:
                standoff.parse_line(line.rstrip("\r\n"), path, number)
            except InvalidValue as error:
                raise Unreadable(path, number, error) from error
    try:
        ref = _article_ref(path.with_suffix(".json")) or ref_to_text(standoff.body)
        for bundle in standoff.claims():
            words = tuple(words_at(standoff.body, *place) for place in bundle.places)
            number = standoff.lines[bundle.head]
            yield MarkedClaim(ref, words, bundle.details, number, str(path))
    except InvalidValue as error:
        raise Unreadable(path, 1, error) from error


class _Standoff:
    """Parser of one .ann file, line by line: marks, relations, events, notes."""

    def __init__(self, body):
        self.body = body
        self.marks: dict[str, Entity] = {}
        self.lines: dict[str, int] = {}
        self.groups: list[list[str]] = []
        self.triggers: dict[str, str] = {}
        self.known = []

    def parse_line(self, line, path, number):
        """Parse one line; raise InvalidValue or Unreadable."""
        if not line.strip():
            return
        name, _tab, rest = line.partition("\t")
        about, _tab, printed = rest.partition("\t")
        kind = name[:1]
        if kind == "T":
            if name in self.marks:
                raise InvalidValue(f"The mark {name} is there twice.")
            self.marks[name] = _parse_mark(name, about, printed, self.body)
            self.lines[name] = number
        elif kind == "R":
            match = RELATION.fullmatch(about)
            if not match:
                raise InvalidValue("A relation looks like: Cue Arg1:T1 Arg2:T2")
            self.groups.append([match[1], match[2]])
        elif kind == "E":
            if not EVENT.fullmatch(about):
                raise InvalidValue("An event looks like: Cue:T2 Content:T1 Speaker:T3")
            members = [each.split(":", 1)[1] for each in about.split()]
            self.triggers[name] = members[0]
            self.groups.append(members)
        elif kind == "#":
            self._parse_note(about, printed, path, number)
        elif kind not in "AMN*":
            raise InvalidValue(f"“{line[:40]}” is no line of brat's standoff format.")

    def _parse_note(self, about, printed, path, number):
        if not (about.startswith(NOTE) and printed.startswith("{")):
            return  # a person's own remark
        details = parse_json(printed, path, number)
        self.known.append((details, about.removeprefix(NOTE).strip()))

    def claims(self):
        ties = []
        for members in self.groups:
            members = [self.triggers.get(each, each) for each in members]
            contents = (each for each in members if self._is_content(each))
            head = next(contents, members[0])
            ties += [(head, each) for each in members if each != head]
        return claims_from_marks(
            self.marks.values(),
            ties,
            self.known,
            as_written=lambda places: standoff_spans(self.body, places),
            places=lambda mark: _joined_fragments(self.body, mark),
        )

    def _is_content(self, mark_id):
        return mark_id in self.marks and self.marks[mark_id].role == CONTENT


def _parse_mark(name, about, printed, body):
    match = MARK.fullmatch(about)
    role = match[1].lower() if match else ""
    if not match or role not in ROLES:
        raise InvalidValue(
            f"A mark looks like “Content 0 6;16 21”, not “{about[:40]}”; "
            "the types are Content, Cue and Speaker."
        )
    pairs = (stretch.split() for stretch in match[2].split(";"))
    fragments = tuple((int(start), int(end)) for start, end in pairs)
    words = [words_at(body, role, start, end).exact for start, end in fragments]
    there = " ".join(words)
    if printed and printed.split() != there.split():
        raise InvalidValue(
            f"The text says “{there[:60]}” there, not “{printed[:60]}”. "
            "Do the .txt and the .ann belong together?"
        )
    return Entity(name, role, fragments)


def _joined_fragments(body, mark) -> list[Place]:
    """Return the fragments of a mark, joined where only line breaks part them."""
    places = [(mark.role, *mark.fragments[0])]
    for (_start, last), (start, end) in pairwise(mark.fragments):
        gap = body[last:start]
        if gap and not gap.strip("\n"):
            places[-1] = (mark.role, places[-1][1], end)
        else:
            places.append((mark.role, start, end))
    return places


def _article_ref(path):
    """Return the article reference in the .json file beside a text, or None."""
    if not path.is_file():
        return None
    about = parse_json(read_text(path), path, 1)
    try:
        return ArticleRef.of(about if isinstance(about, dict) else {})
    except InvalidValue as error:
        raise Unreadable(path, 1, error) from error
