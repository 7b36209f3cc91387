"""The mapping file of import_reviews: which column is what, which label which rating.

JSON with any of the names in KEYS. `propose()` writes a first one from what a file
holds, for somebody to look through.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as Row
from dataclasses import dataclass, field
from typing import Any

from claims.attribution.folding import fold
from claims.exchange.published.ratings import bucket_of
from claims.exchange.records import InvalidValue
from claims.models.choices import Bucket

# What a column of a table can be, and the names under which it often goes.
FIELDS = {
    "url": "url link address review_url fact_checking_article claimreview_url",
    "wording": "wording claim claim_reviewed claimreviewed statement claim_text quote",
    "label": "label rating verdict ruling rulings truth_rating rating_label target",
    "value": "value rating_value score",
    "best": "best best_rating",
    "worst": "worst worst_rating",
    "published": "published published_on published_at date_published review_date "
    "factcheck_date checked_on published_date",
    "modified": "modified modified_at updated updated_at date_modified",
    "publisher": "publisher published_by checker site organization",
    "authors": "authors author reviewer researchers checked_by",
    "title": "title headline review_title",
    "speaker": "speaker speaker_name claimant person said_by source",
    "speaker_kind": "speaker_kind",
    "role": "role job job_title speaker_role occupation speaker_job speaker_title",
    "party": "party affiliation organisation party_affiliation speaker_party",
    "said": "said stated_on statement_date claim_date said_on date",
    "venue": "venue context where_said claim_source",
    "place_url": "place_url original_claim_url appearance article_url claim_url",
    "place_headline": "place_headline article_headline",
    "place_published": "place_published article_published_on",
    "place_outlet": "place_outlet outlet reporting_source",
    "archived_url": "archived_url cached_original_claim_url archive",
    "language": "language lang",
    "summary": "summary short_answer ruling_summary",
    "explanation": "explanation justification reason analysis body",
    "note": "note correction version_note",
    "kind": "kind version_kind",
    "topics": "topics topic subjects subject tags",
    "sources": "sources evidence evidence_urls links references citations",
}  # fmt: skip
KEYS = {
    "columns": "column → field",
    "header": "names of the columns, for a table without a head",
    "labels": "label → bucket, or slug of a rating of this desk",
    "nobody": "speakers that stand for nobody",
    "publisher": "who published the checks, where the file does not say",
    "language": "language of the checks, where the file does not say",
    "url": "address of a check made from columns: https://check.example/{id}",
    "day_order": "dmy or mdy, for days in numbers alone",
    "scale": "worst and best number of the ratings, as in [1, 7]",
}
_NOBODY = re.compile(
    r"^(multiple|various|several|unknown|unnamed|anonymous|many)( (people|sources?|"
    r"users?|posts?|websites?|claims?|speakers?))?$|^n a$|^none$|^social media.*|"
    r"^(viral|facebook|instagram|twitter|x|tiktok|youtube|internet|whatsapp|blog|"
    r"bloggers?|chain|telegram|threads|reddit|pinterest)"
    r"( (posts?|images?|users?|memes?|videos?|posting|e?mails?|blogs?|rumors?|"
    r"messages?|media|tweets?))+$|^(e?mails?|tweets?|memes?) ?$"
)


@dataclass(frozen=True)
class Mapping:
    """A mapping file, checked."""

    columns: Row[str, str] = field(default_factory=dict)
    header: tuple[str, ...] = ()
    labels: Row[str, str] = field(default_factory=dict)
    nobody: frozenset[str] = frozenset()
    publisher: str = ""
    language: str = ""
    url: str = ""
    day_order: str = ""
    scale: tuple[str, str] = ("", "")

    def bucket(self, label: str) -> str | None:
        """Return the bucket or the rating's slug that a label is given."""
        return self.labels.get(fold(label))

    def is_nobody(self, name: str) -> bool:
        """Return whether a name stands for nobody: "Facebook posts", "unknown".

        >>> Mapping().is_nobody("Facebook posts"), Mapping().is_nobody("Ida Falk")
        (True, False)
        """
        folded = fold(name)
        return folded in self.nobody or bool(_NOBODY.match(folded))


def read_mapping(text: str) -> Mapping:
    """Return a mapping file; raise InvalidValue, which says what is wrong in it."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidValue(f"The mapping is not JSON: {error}.") from error
    if not isinstance(data, dict):
        raise InvalidValue("The mapping is a JSON object: " + ", ".join(KEYS) + ".")
    unknown = [name for name in data if name not in KEYS]
    if unknown:
        raise InvalidValue(f"“{unknown[0]}” is none of: {', '.join(KEYS)}.")
    columns = _texts(data, "columns")
    for column, name in columns.items():
        if name and name not in FIELDS:
            raise InvalidValue(
                f"“{column}” is mapped to “{name}”, which is none of: "
                f"{', '.join(FIELDS)}."
            )
    scale = data.get("scale") or ["", ""]
    if not isinstance(scale, list) or len(scale) != 2:
        raise InvalidValue("“scale” is a list of two numbers, the worst first.")
    if data.get("day_order", "") not in ("", "dmy", "mdy"):
        raise InvalidValue("“day_order” is dmy or mdy.")
    return Mapping(
        columns={column: name for column, name in columns.items() if name},
        header=tuple(_list(data, "header")),
        labels={fold(k): v for k, v in _texts(data, "labels").items() if v},
        nobody=frozenset(fold(name) for name in _list(data, "nobody")),
        scale=(str(scale[0]), str(scale[1])),
        **{
            name: _text(data, name)
            for name in ("publisher", "language", "url", "day_order")
        },
    )


def propose(
    columns: Iterable[str], labels: Counter, speakers: Counter
) -> dict[str, Any]:
    """Return a first mapping of what a file holds; "" where nothing is known."""
    taken: dict[str, str] = {}
    for column in columns:
        name = next(
            (
                field
                for field, names in FIELDS.items()
                if _folded(column) in names.split() and field not in taken.values()
            ),
            "",
        )
        taken[column] = name
    nobody = [name for name, _n in speakers.most_common() if Mapping().is_nobody(name)]
    proposed: dict[str, Any] = {"columns": taken} if taken else {}
    return proposed | {
        "labels": {
            label: str(bucket_of(label) or "") for label, _n in labels.most_common(500)
        },
        "nobody": nobody[:500],
        "publisher": "",
        "language": "",
    }


def _folded(column):
    return re.sub(r"[\W_]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", column)).lower()


def _texts(data, name) -> dict[str, str]:
    value = data.get(name) or {}
    is_dict = isinstance(value, dict)
    if not is_dict or not all(isinstance(each, str) for each in value.values()):
        raise InvalidValue(f"“{name}” is an object of texts: {KEYS[name]}.")
    return value


def _list(data, name) -> list[str]:
    value = data.get(name) or []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise InvalidValue(f"“{name}” is a list of texts: {KEYS[name]}.")
    return value


def _text(data, name) -> str:
    value = data.get(name) or ""
    if not isinstance(value, str):
        raise InvalidValue(f"“{name}” is a text: {KEYS[name]}.")
    return value


def bucket_or_rating(value: str, ratings: Row[str, str]) -> tuple[str, str]:
    """Return bucket and slug of what a label is mapped to; raise InvalidValue.

    `ratings` are the desk's, slug → bucket. Buckets of the scale win.
    """
    if value in Bucket.values:
        return value, ""
    if value in ratings:
        return ratings[value], value
    raise InvalidValue(
        f"“{value}” is neither a bucket ({', '.join(Bucket.values)}) nor the slug of a "
        f"rating of this desk ({', '.join(ratings)}).",
        "label",
    )
