"""The change feed, /changes.jsonl?since=NUMBER: what a mirror needs to catch up.

One line a change, in the order of its number, and a last line that says where to go on.
A claim's record stands at its newest change alone, as it is now: however often it
changed, a mirror that was away gets it once, and what it has in the end is the public
record as of the number `newest`.
"""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.api.doors import Refusal, answer, door, single
from claims.api.records import (
    KINDS,
    TOMBSTONE,
    literals,
    public_cursor,
    record_sql,
)
from claims.exchange.record_fields import SPEAKER_FIELDS
from claims.http.links import url_builder

# Lines of one answer; whoever wants more asks again from where it ended.
LINES = 500
PARAMETERS = ("since",)
_AHEAD = _(
    "The newest change here has the number %(newest)s. Begin anew with since=0: the "
    "record was put back to an earlier day."
)
CLAIM, SPEAKER = KINDS["claim"], KINDS["speaker"]
# One statement, so one snapshot: the lines and the number that they lead up to.
FEED = f"""
WITH page AS MATERIALIZED (
    SELECT number, kind, at, claim_id, speaker_id FROM claims_publicchange
    WHERE number > %(since)s ORDER BY number LIMIT %(lines)s
)
SELECT counter.number, line.number, row_to_json(line)::text
FROM claims_changecounter counter LEFT JOIN (
    SELECT page.number, page.kind,
        to_char(page.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,
        page.claim_id AS claim, page.speaker_id AS speaker,
        ARRAY(SELECT m.id FROM claims_speaker m
              WHERE m.merged_into_id = page.speaker_id ORDER BY m.id) AS merged,
        coalesce(claim.made, speaker.made) AS record, gone.made AS withdrawn
    FROM page
    LEFT JOIN LATERAL (
        SELECT {record_sql(CLAIM.fields)} AS made {CLAIM.rows}
        AND c.id = page.claim_id AND c.change_number = page.number
    ) claim ON true
    LEFT JOIN LATERAL (
        SELECT {record_sql(TOMBSTONE.fields)} AS made {TOMBSTONE.rows}
        AND c.id = page.claim_id AND c.change_number = page.number
    ) gone ON true
    LEFT JOIN LATERAL (
        SELECT {record_sql(SPEAKER_FIELDS)} AS made {SPEAKER.rows}
        AND s.id = page.speaker_id AND s.merged_into_id IS NULL
    ) speaker ON true
) line ON true ORDER BY line.number
"""


@door
def changes_file(request: HttpRequest) -> HttpResponse:
    """Return the changes after a number as JSON Lines, at most LINES of them."""
    since = _since(request)
    return answer(
        changes_after(since, site=url_builder(request)(""), lines=LINES),
        media_type="application/x-ndjson",
    )


def changes_after(since: int, *, site: str, lines: int) -> str:
    """Return the lines of so many changes after a number, and one that ends them.

    Raises Refusal for a number that was never given out.
    """
    with public_cursor() as cursor:
        cursor.execute(FEED, {"since": since, "lines": lines, **literals(site)})
        rows = cursor.fetchall()
    newest, following, _line = rows[-1]
    if since > newest:
        raise Refusal({"since": _AHEAD % {"newest": newest}}, status=410)
    following = following or newest
    end = {
        "since": since,
        "next": following,
        "newest": newest,
        "url": f"{site}{reverse('claims:changes')}?since={following}",
    }
    told = [line for _newest, _number, line in rows if line]
    return "".join(f"{line}\n" for line in [*told, json.dumps(end)])


def _since(request) -> int:
    given = single(request, PARAMETERS).get("since", "0")
    if not (given.isascii() and given.isdecimal() and int(given) < 2**63):
        raise Refusal({"since": _("Give the number of a change, or 0 for all.")})
    return int(given)
