"""Integrity checks of words, publications and approvals, each one SQL query."""

from claims.checks.check import Check

# Who wrote words or evidence of a verdict, as the change history has it, and where each
# revision began.
WRITERS = """
WITH working AS (
    SELECT h.*, coalesce(after, before) AS row_then FROM claims_change h
    WHERE "table" IN ('verdict', 'evidence')
),
changed AS (
    SELECT working.*, coalesce(v.id, (row_then ->> 'verdict_id')::bigint) AS verdict_id
    FROM working
    LEFT JOIN claims_verdict v ON working."table" = 'verdict' AND v.id = working.row
),
writers AS (
    SELECT h.id, h.actor_id, v.claim_id FROM changed h
    JOIN claims_verdict v ON v.id = h.verdict_id
    WHERE h.actor_id IS NOT NULL AND (
        h."table" = 'evidence' OR h.operation = 'insert'
        OR h.after - ARRAY['status', 'version', 'assignee_id', 'correction_kind',
                           'correction_note', 'correction_asked_by', 'author_id',
                           'recheck_on']
        <> h.before - ARRAY['status', 'version', 'assignee_id', 'correction_kind',
                            'correction_note', 'correction_asked_by', 'author_id',
                           'recheck_on'])
),
begun AS (
    SELECT h.id, v.claim_id FROM changed h JOIN claims_verdict v ON v.id = h.verdict_id
    WHERE h."table" = 'verdict' AND h.after ->> 'status' = 'draft'
      AND h.before ->> 'status' IN ('published', 'retracted')
)
"""

APPROVED_BY_A_WRITER = (
    WRITERS  # noqa: S608 - constants alone
    + """
SELECT DISTINCT p.id
FROM claims_publishedverdict p
JOIN claims_change made ON made."table" = 'publishedverdict'
    AND made.row = p.id AND made.operation = 'insert'
JOIN writers w ON w.claim_id = p.claim_id AND w.actor_id = p.approver_id
    AND w.id < made.id
WHERE p.override_reason = ''
  AND p.kind NOT IN ('retracted', 'withdrawn', 'relisted')
  AND w.id > coalesce((
      SELECT max(b.id) FROM begun b
      WHERE b.claim_id = p.claim_id AND b.id < made.id), 0)
"""
)
WRITERS_MISSING = (
    WRITERS  # noqa: S608 - constants alone
    + """
SELECT DISTINCT v.id FROM claims_verdict v
JOIN writers w ON w.claim_id = v.claim_id
WHERE v.status IN ('draft', 'in_review')
  AND w.id > coalesce((
      SELECT max(b.id) FROM begun b WHERE b.claim_id = v.claim_id), 0)
  AND NOT EXISTS (SELECT FROM claims_verdict_contributors c
                  WHERE c.verdict_id = v.id AND c.user_id = w.actor_id)
"""
)

# A claim withdrawn or listed again takes its verdict along, without a step of its own.
STEPS = """
WITH steps AS (
    SELECT t.*, lag(to_status) OVER one AS was
    FROM claims_transition t WINDOW one AS (PARTITION BY claim_id, subject ORDER BY id)
),
moved AS (
    SELECT claim_id, max(id) FILTER (WHERE subject = 'claim') AS of_claim,
           max(id) FILTER (WHERE subject = 'verdict') AS of_verdict,
           max(id) FILTER (WHERE step IN ('withdraw', 'list')) AS along
    FROM claims_transition GROUP BY claim_id
)
SELECT claim_id AS id FROM steps s
WHERE from_status <> coalesce(was, from_status) AND (subject = 'claim' OR NOT EXISTS (
        SELECT FROM claims_transition c WHERE c.claim_id = s.claim_id
        AND c.step IN ('withdraw', 'list') AND c.id < s.id))
   OR was IS NULL AND from_status NOT IN ('draft', 'suggested')
UNION
SELECT c.id FROM claims_claim c LEFT JOIN moved ON moved.claim_id = c.id
LEFT JOIN claims_transition t ON t.id = moved.of_claim
WHERE c.status <> t.to_status
   OR t.id IS NULL AND c.status NOT IN ('draft', 'suggested')
UNION
SELECT v.claim_id FROM claims_verdict v LEFT JOIN moved ON moved.claim_id = v.claim_id
LEFT JOIN claims_transition t ON t.id = moved.of_verdict
WHERE v.status <> coalesce(t.to_status, 'draft')
  AND coalesce(moved.along, 0) < coalesce(moved.of_verdict, 1)
"""

# Only what has a reason to be urgent is weighed again.
URGENCY = """
SELECT id FROM claims_claim WHERE urgency <> claims_urgency_of(id) AND (
    urgency <> 0
    OR id IN (SELECT claim_id FROM claims_workitem)
    OR id IN (SELECT claim_id FROM claims_readerreport
              WHERE status = 'open' AND claim_id IS NOT NULL)
    OR id IN (SELECT repeats_id FROM claims_claim
              WHERE status = 'listed' AND repeats_id IS NOT NULL))
"""

CHECKS = [
    Check(
        "spans",
        "marked words that are not the text's words",
        """
        SELECT s.id FROM claims_span s JOIN claims_articletext t ON t.id = s.text_id
        WHERE substring(t.body FROM s.start + 1 FOR s."end" - s.start) <> s.exact
           OR s."end" > char_length(t.body)
        """,
    ),
    Check(
        "places",
        "marked words that stand in another article than their claim",
        """
        SELECT s.id FROM claims_span s
        JOIN claims_articletext t ON t.id = s.text_id
        JOIN claims_claim c ON c.id = s.claim_id
        WHERE t.article_id <> c.article_id
        """,
    ),
    Check(
        "anchors",
        "marked words said to be in the current text that stand in an older one",
        """
        SELECT s.id FROM claims_span s
        JOIN claims_articletext t ON t.id = s.text_id
        JOIN claims_article a ON a.id = t.article_id
        WHERE s.anchor IN ('exact', 'moved') AND s.text_id <> a.current_text_id
        """,
    ),
    Check(
        "texts",
        "article texts that differ from their digest",
        """
        SELECT id FROM claims_articletext
        WHERE sha256 <> encode(sha256(convert_to(body, 'UTF8')), 'hex')
        """,
    ),
    Check(
        "quotes",
        "claims whose quote is not made of their marked words",
        """
        SELECT c.id FROM claims_claim c
        LEFT JOIN (
            SELECT claim_id, string_agg(exact, ' [...] ' ORDER BY ordinal) AS words
            FROM claims_span WHERE role = 'content' GROUP BY claim_id
        ) s ON s.claim_id = c.id
        WHERE c.quote <> coalesce(s.words, '')
        """,
    ),
    Check(
        "ratings",
        "claims that show another rating than the one last published",
        """
        SELECT c.id FROM claims_claim c
        LEFT JOIN LATERAL (
            SELECT p.id, CASE WHEN p.kind NOT IN ('retracted', 'withdrawn')
                              THEN p.rating_id END AS rating
            FROM claims_publishedverdict p WHERE p.claim_id = c.id
            ORDER BY kind <> 'archive' DESC,
                CASE WHEN kind = 'archive' THEN published_at END DESC, number DESC
            LIMIT 1
        ) p ON true
        WHERE c.current_id IS DISTINCT FROM p.id
           OR c.rating_id IS DISTINCT FROM p.rating
        """,
    ),
    Check(
        "publications",
        "publications changed after the day, or missing from the chain",
        """
        SELECT p.id FROM claims_publishedverdict p
        LEFT JOIN claims_publishedverdict b
            ON b.claim_id = p.claim_id AND b.number = p.number - 1
        WHERE p.digest <> claims_unredacted('publishedverdict', p.id,
                claims_publication_digest(p, coalesce(b.digest, '')))
           OR p.number > 1 AND b.id IS NULL
        """,
    ),
    Check(
        "page digests",
        "versions of pages about the desk that differ from their digest",
        """
        SELECT p.id FROM claims_pageversion p
        LEFT JOIN claims_pageversion b
            ON b.page_id = p.page_id AND b.number = p.number - 1
        WHERE p.digest <> claims_page_digest(p, coalesce(b.digest, ''))
           OR p.number > 1 AND b.id IS NULL
        """,
    ),
    Check(
        "former digests",
        "publications whose words are not those of their former digest",
        """
        SELECT p.id FROM claims_publishedverdict p
        LEFT JOIN claims_publishedverdict b
            ON b.claim_id = p.claim_id AND b.number = p.number - 1
        WHERE p.former_digest <> '' AND p.former_digest <> claims_unredacted(
                'publishedverdict', p.id,
                claims_former_publication_digest(p, coalesce(b.former_digest, '')))
           OR p.former_digest = '' AND p.statement_basis = 'reconstructed'
                AND p.kind NOT IN ('retracted', 'withdrawn', 'relisted')
           OR p.former_digest <> '' AND p.statement_basis <> 'reconstructed'
        """,
    ),
    Check(
        "published marks",
        "publications whose marked words are not the text's words at their place",
        """
        SELECT DISTINCT p.id
        FROM claims_publishedverdict p, jsonb_array_elements(p.marks) mark
        LEFT JOIN claims_articletext t ON t.id = (mark ->> 'text')::bigint
        WHERE mark ->> 'exact' IS DISTINCT FROM substring(t.body
            FROM (mark ->> 'start')::int + 1
            FOR (mark ->> 'end')::int - (mark ->> 'start')::int)
        """,
    ),
    Check(
        "published quotes",
        "publications whose quote is not made of their marked words",
        """
        SELECT id FROM claims_publishedverdict
        WHERE jsonb_array_length(marks) > 0 AND quote <> (
            SELECT coalesce(string_agg(mark ->> 'exact', ' [...] '
                                       ORDER BY (mark ->> 'ordinal')::int), '')
            FROM jsonb_array_elements(marks) mark WHERE mark ->> 'role' = 'content')
        """,
    ),
    Check(
        "redactions",
        "rows said to be redacted in which no word is blanked",
        """
        SELECT r.id FROM claims_redactedrow r
        LEFT JOIN claims_publishedverdict p
            ON r."table" = 'publishedverdict' AND p.id = r.row
        LEFT JOIN claims_change h ON r."table" = 'change' AND h.id = r.row
        WHERE r."table" = 'publishedverdict' AND to_jsonb(p)::text NOT LIKE '%%█%%'
           OR r."table" = 'change'
                AND concat(h.before, h.after) NOT LIKE '%%█%%'
        """,
    ),
    Check(
        "published times",
        "publications dated before the one they follow, or in the future",
        """
        SELECT p.id FROM claims_publishedverdict p
        LEFT JOIN claims_publishedverdict b
            ON b.claim_id = p.claim_id AND b.number = p.number - 1
        WHERE p.kind <> 'archive' AND p.published_at < b.published_at
           OR p.published_at > clock_timestamp() + interval '1 minute'
        """,
    ),
    Check(
        "four eyes",
        "publications approved by their author without a reason given",
        """
        SELECT id FROM claims_publishedverdict
        WHERE author_id = approver_id AND override_reason = ''
           OR publisher = '' AND (author_id IS NULL OR approver_id IS NULL)
        """,
    ),
    Check(
        "second eyes",
        "publications approved by somebody who, by the history, wrote a part of them",
        APPROVED_BY_A_WRITER,
        by_history=True,
    ),
    Check(
        "contributors",
        "verdicts under way that lack somebody who, by the history, wrote a part",
        WRITERS_MISSING,
        by_history=True,
    ),
    Check(
        "steps",
        "claims whose steps do not lead from one to the next, or not to where they are",
        STEPS,
        by_history=True,
    ),
    Check(
        "notes",
        "corrections without a note",
        """
        SELECT id FROM claims_publishedverdict
        WHERE kind NOT IN ('first', 'archive') AND note = ''
        """,
    ),
    Check(
        "listed",
        "listed claims without a speaker, or with neither words nor a check elsewhere",
        """
        SELECT id FROM claims_claim
        WHERE status = 'listed' AND (
            speaker_id IS NULL OR quote = '' AND NOT claims_stands_elsewhere(id))
        """,
    ),
    Check(
        "repeats",
        "claims that repeat another than the first one confirmed for them",
        """
        SELECT c.id FROM claims_claim c
        LEFT JOIN claims_claimrelation r ON r.claim_id = c.id
            AND r.kind = 'repeats' AND r.state = 'confirmed'
        LEFT JOIN claims_claim first ON first.id = c.repeats_id
        WHERE (c.repeats_id IS NOT NULL OR r.id IS NOT NULL)
          AND (c.repeats_id IS DISTINCT FROM claims_first_said(c.id)
               OR first.repeats_id IS NOT NULL)
        """,
    ),
    Check("urgency", "claims that are not as urgent as what makes them so", URGENCY),
    Check(
        "merged",
        "claims of a speaker that was merged into another",
        """
        SELECT c.id FROM claims_claim c JOIN claims_speaker s ON s.id = c.speaker_id
        WHERE s.merged_into_id IS NOT NULL
        """,
    ),
]
