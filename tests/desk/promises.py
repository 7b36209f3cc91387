"""What is promised, as invariants: each holds after every step of the machine."""

from django.apps import apps
from django.db import connection
from hypothesis.stateful import invariant

from claims.desk import public_record


def rows(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def command(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def everything():
    """Return a digest of each table: what a refused action must leave as it was."""
    tables = sorted({model._meta.db_table for model in apps.get_models(True)})
    parts = [
        f"SELECT '{table}', coalesce("
        f"md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {table} t"
        for table in tables
        if table.startswith("claims_")
    ]
    return dict(rows(" UNION ALL ".join(parts)))


# What the desk has of a claim, in the order of the columns of a publication.
AT_THE_DESK = """
SELECT c.wording, c.quote, c.speaker_id, s.name, c.stated_on, c.checkability,
       r.label, r.definition, r.value, r.bucket, v.summary, a.headline
FROM claims_claim c
JOIN claims_verdict v ON v.claim_id = c.id
JOIN claims_rating r ON r.id = v.rating_id
JOIN claims_speaker s ON s.id = c.speaker_id
JOIN claims_article a ON a.id = c.article_id
WHERE c.id = %s
"""
APPROVED = (
    "claim_reviewed", "quote", "speaker_id", "speaker_name", "stated_on",
    "checkability", "rating_label", "rating_definition", "rating_value",
    "rating_bucket", "summary", "headline",
)  # fmt: skip


class Promises:
    """What is asserted after every step, whatever people did."""

    def was_approved(self, claim):
        """Assert that a publication says what lay before its approver, or once did."""
        said = tuple(claim.newest[name] for name in APPROVED)
        if claim.newest["kind"] in {"retracted", "withdrawn", "relisted"}:
            before = claim.versions[-2]
            assert said == tuple(before[name] for name in APPROVED)
            assert claim.newest["marks"] == before["marks"]
        else:
            assert [said] == rows(AT_THE_DESK, claim.pk)

    @invariant()
    def each_public_door_says_what_was_published(self):
        claims = [claim for claim in self.book.values() if claim.versions]
        if claims:
            self.doors.check(claims, self.names, everything())

    @invariant()
    def deferred_promises_hold_too(self):
        self.steps += 1
        self.done["steps"] += 1
        command("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    @invariant()
    def nothing_published_changes(self):
        now = dict(rows("SELECT id, p::text FROM claims_publishedverdict p"))
        for number, row in self.published.items():
            assert now.get(number) == row
        self.published = now

    @invariant()
    def nobodys_own_verdict_is_public_without_an_override_that_shows(self):
        assert not rows(
            "SELECT id FROM claims_publishedverdict"
            " WHERE author_id = approver_id AND override_reason = ''"
        )

    @invariant()
    def every_correction_carries_a_note(self):
        assert not rows(
            "SELECT id FROM claims_publishedverdict"
            " WHERE number > 1 AND btrim(note) = ''"
            " OR number = 1 AND kind <> 'first' OR number > 1 AND kind = 'first'"
        )

    @invariant()
    def versions_are_numbered_without_a_gap_and_carry_evidence(self):
        assert not rows(
            "SELECT claim_id FROM claims_publishedverdict GROUP BY claim_id"
            " HAVING max(number) <> count(*)"
            " OR bool_or(jsonb_array_length(evidence) = 0)"
        )

    @invariant()
    def the_claim_shows_what_its_newest_publication_says(self):
        assert not rows(
            "SELECT c.id FROM claims_claim c LEFT JOIN LATERAL ("
            " SELECT id, kind, rating_id FROM claims_publishedverdict"
            " WHERE claim_id = c.id ORDER BY number DESC LIMIT 1) p ON true"
            " WHERE c.current_id IS DISTINCT FROM p.id OR c.rating_id IS DISTINCT FROM"
            " CASE WHEN p.kind NOT IN ('retracted', 'withdrawn') THEN p.rating_id END"
        )

    @invariant()
    def readers_see_what_the_newest_publication_says(self):
        assert public_record.differences() == []
        assert not rows(
            "SELECT p.claim_id FROM claims_publishedverdict p"
            " JOIN claims_publicclaim f ON f.current_id = p.id"
            " JOIN claims_publicwords w ON w.id = f.id"
            " WHERE (w.wording, w.quote, f.stated_on, jsonb_path_query_array("
            "w.marks, '$[*].exact')) IS DISTINCT FROM (p.claim_reviewed, p.quote,"
            " p.stated_on, jsonb_path_query_array(p.marks, '$[*].exact'))"
        )

    @invariant()
    def every_status_is_where_the_last_step_led(self):
        for table, subject, key in (
            ("claim", "claim", "x.id"),
            ("verdict", "verdict", "x.claim_id"),
        ):
            assert not rows(
                f"SELECT x.id FROM claims_{table} x JOIN LATERAL ("
                f" SELECT to_status FROM claims_transition WHERE claim_id = {key}"
                f" AND subject = '{subject}' ORDER BY id DESC LIMIT 1) t ON true"
                " WHERE x.status <> t.to_status"
            )
        assert not rows(
            "SELECT id FROM (SELECT id, from_status, lag(to_status) OVER"
            " (PARTITION BY claim_id, subject ORDER BY id) AS before"
            " FROM claims_transition) t WHERE before <> from_status"
        )

    @invariant()
    def listed_claims_have_a_speaker_and_the_words_of_the_print(self):
        assert not rows(
            "SELECT c.id FROM claims_claim c WHERE c.status = 'listed'"
            " AND (c.speaker_id IS NULL OR c.quote = '')"
        )
        assert not rows(
            "SELECT s.id FROM claims_span s JOIN claims_articletext t"
            ' ON t.id = s.text_id WHERE substr(t.body, s.start + 1, s."end" - s.start)'
            " <> s.exact"
        )

    @invariant()
    def a_merged_speaker_has_no_claims(self):
        assert not rows(
            "SELECT c.id FROM claims_claim c JOIN claims_speaker s"
            " ON s.id = c.speaker_id WHERE s.merged_into_id IS NOT NULL"
        )
