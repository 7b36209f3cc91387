"""What the test remembers of what was published, and words as a reader sees them.

Expected words are made from copies of the publications that were taken when they were
approved, and from nothing that the desk can change afterwards.
"""

import html
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

SITE = "http://testserver"
# Edits carry words that nothing else has: what of them shows is then certain.
TOKEN = re.compile(r"\bzq\d+\b")


@dataclass
class Published:
    """What the test itself remembers of a claim on which something was published."""

    pk: int
    listed_at: datetime | None = None
    # Copies of its publications, the oldest first, and the times they name.
    versions: list[dict] = field(default_factory=list)
    topics: set[str] = field(default_factory=set)
    # Why and when it was withdrawn, while it is.
    gone: tuple | None = None
    # Words that readers saw before anything was published.
    tokens: set[str] = field(default_factory=set)

    @property
    def newest(self):
        return self.versions[-1]

    @property
    def is_withdrawn(self):
        return self.gone is not None

    @property
    def is_in_force(self):
        taken_back = self.newest["kind"] in {"retracted", "withdrawn"}
        return not taken_back and not self.is_withdrawn

    @property
    def path(self):
        # Wordings of the machine are plain enough to be slugs as they are.
        slug = "-".join(re.findall(r"\w+", self.newest["claim_reviewed"].lower()))
        return f"/claims/{self.pk}-{slug}/"

    @property
    def permanent(self):
        """Where programs find it: nothing in it can ever change."""
        return f"/claims/{self.pk}/"


@dataclass
class Names:
    """Where people and articles are found, as the test itself remembers it."""

    slugs: dict[int, str]
    merged: dict[int, int]
    article_page: str
    article_number: int
    outlet_slug: str
    outlet_number: int
    # The article's texts, the oldest first, and the number of each by its key.
    bodies: list[str]
    texts: dict[int, int]
    # Number and name of each topic, by its slug.
    topics: dict[str, tuple[int, str]]
    # What speakers are called now, and which other names and offices they have.
    called: dict[int, str]
    aliases: dict[int, list[str]]
    offices: dict[int, list[str]]

    def standing(self, key):
        while key in self.merged:
            key = self.merged[key]
        return key

    def speaker_page(self, key):
        return f"/speakers/{self.slugs[self.standing(key)]}/"

    def speaker_permanent(self, key):
        return f"/speakers/id/{self.standing(key)}/"

    def merge(self, key, into):
        """Remember that what one speaker had is another's now."""
        self.merged[key] = into
        self.aliases[into] += [*self.aliases[key], self.called[key]]
        # Of offices without days only one speaker's are kept; later ones stay apart.
        self.offices[into] = [*(self.offices[into] or self.offices[key])]


# --- Words, as a reader sees them ---------------------------------------------------


def words(markup):
    """Return the text of some HTML, its blanks as a browser shows them."""
    return one_blank(html.unescape(re.sub(r"<[^>]+>", "", markup)))


def one_blank(text):
    return " ".join(text.split())


def piece(page, pattern):
    found = re.search(pattern, page, re.DOTALL)
    return words(found[1]) if found else None


def day(moment):
    return f"{moment.day} {moment:%B} {moment.year}"


def seconds(moment):
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def milliseconds(moment):
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def microseconds(moment):
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def printed(version, role):
    return " [...] ".join(
        mark["exact"] for mark in version["marks"] if mark["role"] == role
    )


def names_of(version):
    return [version["speaker_name"], *(each["name"] for each in version["speakers"])]


def who(version):
    rows = [(version["speaker_name"], version["speaker_role"])]
    rows += [(each["name"], each["role"]) for each in version["speakers"]]
    return "; ".join(f"{name}, {role}" if role else name for name, role in rows)


def content(version):
    return [mark for mark in version["marks"] if mark["role"] == "content"]


def badge(claim):
    version = claim.newest
    if claim.is_in_force:
        return version["rating_sign"] + version["rating_label"]
    return "⊘Claim withdrawn" if claim.is_withdrawn else "⊘Verdict retracted"


def when_checked(claim):
    """Return the day of the newest publication, and what became of it then."""
    version = claim.newest
    if claim.is_withdrawn:
        return ""
    first = "checked" if version["kind"] == "first" else "verdict of"
    label = "retracted" if version["kind"] in {"retracted", "withdrawn"} else first
    return f"{label} {day(version['published_at'])}"


def tokens(text):
    return set(TOKEN.findall(text.lower()))
