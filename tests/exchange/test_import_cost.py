"""What an import costs, beside a plain COPY of the rows that it stores."""

import csv
import os
import statistics
import time
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction

from claims.exchange.import_claims import import_claims_file
from claims.models import Claim
from tests.factories import make_article, make_outlet, make_speaker, make_topic

CLAIMS, OF_ARTICLE = 3_000, 10
MOST = 2.0
TABLES = ("claim", "span", "claim_topics", "change")
# The keys that a row is held against, as in the tables themselves.
KEYS = {
    "claim": {
        "article_id": "claims_article",
        "speaker_id": "claims_speaker",
        "via_id": "claims_outlet",
        "created_by_id": "auth_user",
    },
    "span": {"claim_id": "plain_claim", "text_id": "claims_articletext"},
    "claim_topics": {"claim_id": "plain_claim", "topic_id": "claims_topic"},
    "change": {},
}


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else None


def cpu():
    """Return the processor time of this process and of its database session."""
    [(pid,)] = sql("SELECT pg_backend_pid()")
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def make_desk(tmp_path):
    """Store articles and names; write a table of claims in them, and return it."""
    make_outlet("The Harbour Post")
    speakers = [make_speaker(f"Speaker {number}") for number in range(50)]
    topics = [make_topic(f"Topic {number}") for number in range(20)]
    rows = []
    for number in range(CLAIMS // OF_ARTICLE):
        body, found = "", []
        for at in range(OF_ARTICLE):
            speaker = speakers[(number + at) % 50]
            quote = f"the ferry of year {number} carried {at} loads more than before"
            start = len(body)
            said = start + len(speaker.name) + 1
            content = said + len("pointed out that ")
            body += f"{speaker.name} pointed out that {quote}, and left the room. "
            body += "Others in the council had asked for the figures in spring.\n\n"
            found.append((speaker, quote, content, said, start, topics[at % 20]))
        article = make_article(
            body.strip(),
            headline=f"Ferry {number}",
            published_on=date(2026, 1, 1 + number % 28),
        )
        rows += [row_of(article, *each) for each in found]
    file = tmp_path / "claims.csv"
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return file


def row_of(article, speaker, quote, content, said, start, topic):
    cue = "pointed out that"
    return {
        "quote": quote,
        "quote_spans": f"{content}-{content + len(quote)}",
        "cue": cue,
        "cue_spans": f"{said}-{said + len(cue)}",
        "speaker_words": speaker.name,
        "speaker_spans": f"{start}-{start + len(speaker.name)}",
        "speaker": speaker.slug,
        "wording": f"{speaker.name} said that {quote}.",
        "topics": topic.slug,
        "article_headline": article.headline,
        "article_published_on": article.published_on.isoformat(),
        "stated_on": article.published_on.isoformat(),
    }


def taken_in(file):
    """Import a file, with all that waits for the commit; return its cost."""
    before = cpu()
    assert import_claims_file(file).new == CLAIMS
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    return cpu() - before


def copied(first_change):
    """COPY the rows that an import has stored into tables alike; return the cost.

    These have the same columns, generated ones too, indexes, checks and foreign keys,
    and no triggers.
    """
    cost = 0.0
    for table in TABLES:
        since = f"WHERE id > {first_change}" if table == "change" else ""
        [(columns,)] = sql(
            "SELECT string_agg(quote_ident(attname), ',') FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND attgenerated = ''"
            " AND NOT attisdropped",
            f"claims_{table}",
        )
        sql(f"CREATE TABLE plain_{table} (LIKE claims_{table} INCLUDING ALL)")
        for column, other in KEYS[table].items():
            sql(
                f"ALTER TABLE plain_{table} ADD FOREIGN KEY ({column})"
                f" REFERENCES {other} DEFERRABLE INITIALLY DEFERRED"
            )
        with connection.cursor() as cursor:
            with cursor.copy(
                f"COPY (SELECT {columns} FROM claims_{table} {since}) TO STDOUT"
            ) as copy:
                rows = b"".join(copy)
            before = cpu()
            with cursor.copy(f"COPY plain_{table} ({columns}) FROM STDIN") as copy:
                copy.write(rows)
            cost += cpu() - before
    before = cpu()
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    return cost + cpu() - before


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.django_db
def test_an_import_costs_little_more_than_a_copy_of_the_same_rows(tmp_path, capsys):
    file, ratios = make_desk(tmp_path), []
    for _round in range(5):
        with transaction.atomic():
            [(last,)] = sql("SELECT coalesce(max(id), 0) FROM claims_change")
            sql("SET CONSTRAINTS ALL DEFERRED")
            cost, plain = taken_in(file), copied(last)
            ratios.append(cost / plain)
            transaction.set_rollback(True)
        assert not Claim.objects.exists()
        with capsys.disabled():
            print(f"\nimport {cost:.2f} s, COPY {plain:.2f} s: {ratios[-1]:.2f}")
    assert statistics.median(ratios) <= MOST
