"""Generated traces of work: steps, history, relations, removals, reports, planning."""

from __future__ import annotations

from django.db import connection

# Each statement takes its rows from what stands, whole.
WORK = (
    # Steps: how each claim and verdict came to where it is.
    """
    INSERT INTO claims_transition
        (claim_id, subject, step, from_status, to_status, by_id, comment, at)
    SELECT id, 'claim', step, from_status, to_status, %(person)s,
           CASE step WHEN 'withdraw' THEN 'Taken in twice.' ELSE '' END,
           coalesce(listed_at, created_at) + after
    FROM claims_claim, (VALUES
        ('list', 'draft', 'listed', '{listed,withdrawn}'::text[], interval '0'),
        ('reject', 'suggested', 'rejected', '{rejected}', interval '0'),
        ('withdraw', 'listed', 'withdrawn', '{withdrawn}', interval '1 minute')
    ) taken (step, from_status, to_status, statuses, after)
    WHERE status = ANY(statuses) ORDER BY id, after
    """,
    """
    INSERT INTO claims_transition
        (claim_id, subject, step, from_status, to_status, by_id, comment, at)
    SELECT claim_id, 'verdict', step, from_status, to_status,
           CASE step WHEN 'publish' THEN approver_id ELSE author_id END, '',
           published_at
    FROM claims_publishedverdict, (VALUES
        (1, 'submit', 'draft', 'in_review'), (2, 'publish', 'in_review', 'published')
    ) taken (place, step, from_status, to_status)
    WHERE number = 1 ORDER BY claims_publishedverdict.id, place
    """,
    # History: every claim was added, one in five changed.
    """
    INSERT INTO claims_change ("table", row, operation, actor_id, at, before, after)
    SELECT 'claim', id, operation, %(person)s, created_at,
           CASE operation WHEN 'update' THEN
               jsonb_build_object('wording', wording || ' (sic)', 'version', 1) END,
           jsonb_build_object('wording', wording, 'version', 2)
    FROM claims_claim, unnest(ARRAY['insert', 'update']) operation
    WHERE operation = 'insert' OR id %% 5 = 0
    """,
    # Of what was taken off somebody asked for it, and somebody else agreed.
    """
    INSERT INTO claims_removalrequest (claim_id, kind, reason, asked_by_id, asked_at,
                                       outcome, decided_by_id, decided_at)
    SELECT claim_id, CASE kind WHEN 'retracted' THEN 'retract' ELSE 'withdraw' END,
           'It cannot stand.', author_id, published_at, 'approved', approver_id,
           published_at
    FROM claims_publishedverdict WHERE kind IN ('retracted', 'withdrawn')
    """,
    """
    INSERT INTO claims_claimrelation (claim_id, to_id, kind, state, suggested_at, tier,
                                      decided_by_id, decided_at)
    SELECT claim, first, 'repeats', 'confirmed', %(at)s, '', %(person)s, %(at)s
    FROM unnest(%(claims)s::bigint[], %(firsts)s::bigint[]) said (claim, first)
    """,
    # Like claims follow each other in an article: what waits to be looked at.
    """
    INSERT INTO claims_claimrelation
        (claim_id, to_id, kind, state, suggested_at, score, tier)
    SELECT id, id - 1, 'contradicts', 'suggested', %(at)s, 0.5, 'similar'
    FROM claims_claim WHERE id %% 500 = 0 AND status = 'listed'
    """,
    """
    INSERT INTO claims_claimrelation (claim_id, to_id, kind, state, suggested_at, tier,
                                      decided_by_id, decided_at)
    SELECT id, id - 3, 'contradicts', 'confirmed', %(at)s, '', %(person)s, %(at)s
    FROM claims_claim WHERE id %% 1000 = 7 AND status = 'listed'
    """,
    """
    UPDATE claims_claim SET repeats_id = first
    FROM unnest(%(claims)s::bigint[], %(firsts)s::bigint[]) said (claim, first)
    WHERE id = claim
    """,
    """
    INSERT INTO claims_readerreport
        (kind, claim_id, message, url, status, answer, sender, created_at,
         form_key, tracking_hash)
    SELECT 'error', id, 'The second figure is of another year.', '',
           'open', '', 'sender-' || id %% 97, %(at)s - id * interval '1 second', '', ''
    FROM claims_claim WHERE id %% 400 = 0 AND status = 'listed'
    """,
    # What is planned: how far each open claim reaches, and what harm it does.
    """
    INSERT INTO claims_workitem
        (claim_id, person_id, since, due_on, reach, reach_reason, harm, harm_reason)
    SELECT c.id, CASE WHEN c.id %% 3 = 0 THEN %(person)s END,
           CASE WHEN c.id %% 3 = 0 THEN %(at)s END,
           CASE WHEN c.id %% 7 = 0 THEN date '2026-01-01' + (c.id %% 60)::int END,
           c.id %% 4, CASE WHEN c.id %% 4 > 0 THEN 'Shared widely.' ELSE '' END,
           c.id %% 3, CASE WHEN c.id %% 3 > 0 THEN 'Somebody may fall ill.' ELSE '' END
    FROM claims_claim c JOIN claims_verdict v ON v.claim_id = c.id
    WHERE v.status IN ('draft', 'in_review')
    """,
)

# As the triggers, which are off, would have kept it.
URGENCY = """
UPDATE claims_claim SET urgency = claims_urgency_of(id) WHERE id IN (
    SELECT claim_id FROM claims_workitem
    UNION SELECT claim_id FROM claims_readerreport
    UNION SELECT repeats_id FROM claims_claim)
"""


def add_desk_work(statements, person: int, at) -> None:
    """Add the traces of work on the statements, by one of the desk's people."""
    repeated = [(one.id, one.repeats) for one in statements if one.repeats]
    claims, firsts = (
        ([*column] for column in zip(*repeated, strict=True)) if repeated else ([], [])
    )
    values = {"person": person, "at": at, "claims": claims, "firsts": firsts}
    with connection.cursor() as cursor:
        for statement in WORK:
            cursor.execute(statement, values)


def weigh_claims() -> None:
    """Fill in how urgent each claim is, once indexes lead to what makes it so."""
    with connection.cursor() as cursor:
        cursor.execute(URGENCY)
