"""Integrity checks of the public record: does it say what it is made from?"""

from claims.checks.check import Check
from claims.desk.public_record import differences

CHECKS = [
    Check(
        "public record",
        "claims that readers see otherwise than they were published or listed",
        find=differences,
    ),
    Check(
        "public marks",
        "claims whose marked words, as readers see them, are not the text's words",
        """
        SELECT DISTINCT w.id FROM claims_publicwords w,
            jsonb_array_elements(w.marks) mark
        LEFT JOIN claims_articletext t ON t.id = (mark ->> 'text')::bigint
        WHERE mark ->> 'exact' IS DISTINCT FROM substring(t.body
            FROM (mark ->> 'start')::int + 1
            FOR (mark ->> 'end')::int - (mark ->> 'start')::int)
        """,
    ),
    Check(
        "public places",
        "claims of which readers see other words marked than were published",
        """
        SELECT w.id FROM claims_publicwords w
        JOIN claims_publicclaim f ON f.id = w.id
        JOIN claims_publishedverdict p ON p.id = f.current_id
        WHERE ARRAY(SELECT (mark - ARRAY['text', 'start', 'end'])
                    FROM jsonb_array_elements(w.marks) mark)
           <> ARRAY(SELECT (mark - ARRAY['text', 'start', 'end'])
                    FROM jsonb_array_elements(p.marks) mark)
           OR w.text_id = p.text_id AND w.marks <> p.marks
           OR (w.text_id IS NULL) <> (p.text_id IS NULL)
        """,
    ),
    Check(
        "facet counts",
        "facet codes whose count is not the number of listed claims that have them",
        """
        SELECT coalesce(kept.facet, counted.facet) FROM claims_facetcount kept
        FULL JOIN (
            SELECT facet, count(*) AS n, max(changed_at) AS changed_at
            FROM claims_publicclaim, unnest(facets) facet
            WHERE state = 'listed' GROUP BY facet
        ) counted ON counted.facet = kept.facet
        WHERE coalesce(kept.count, 0) <> coalesce(counted.n, 0)
           OR kept.changed_at < counted.changed_at
        """,
    ),
    Check(
        "facet ends",
        "facet codes of listed claims that lie outside of the ends kept for them",
        """
        SELECT DISTINCT code FROM claims_publicclaim f, unnest(facets) code
        WHERE f.state = 'listed' AND NOT EXISTS (
            SELECT FROM claims_facetcount kept WHERE kept.facet = code
            AND f.sort_date BETWEEN kept.stated_from AND kept.stated_until
            AND f.listed_at BETWEEN kept.listed_from AND kept.listed_until
            AND f.id BETWEEN kept.claim_from AND kept.claim_until
            AND (f.published_at IS NULL
                 OR f.published_at BETWEEN kept.published_from AND kept.published_until)
        )
        """,
    ),
    Check(
        "change counter",
        "numbers of public changes that were given out and are missing, or never were",
        """
        SELECT coalesce(c.number, 0) FROM (VALUES (1)) AS one
        LEFT JOIN claims_changecounter c ON true
        CROSS JOIN (SELECT coalesce(max(number), 0) AS newest
                    FROM claims_publicchange) made
        WHERE c.number IS DISTINCT FROM made.newest
        UNION
        SELECT number - 1 FROM (
            SELECT number, number - lag(number, 1, 0::bigint) OVER (ORDER BY number)
                AS step FROM claims_publicchange) numbered
        WHERE step <> 1
        """,
    ),
    Check(
        "change numbers",
        "claims whose newest public change is not the one in the change feed",
        """
        SELECT f.id FROM claims_publicclaim f
        WHERE f.change_number <> coalesce((
            SELECT max(number) FROM claims_publicchange c WHERE c.claim_id = f.id), 0)
        """,
    ),
    Check(
        "speakers' names",
        "speakers whose former names are not those of their history",
        """
        SELECT s.id FROM claims_speaker s
        CROSS JOIN LATERAL (
            SELECT array_agg(name::text ORDER BY id) AS names
            FROM claims_speakername WHERE speaker_id = s.id
        ) kept
        CROSS JOIN LATERAL (
            SELECT array_agg(after ->> 'name' ORDER BY id) AS names
            FROM claims_change WHERE "table" = 'speaker' AND row = s.id
                AND after ->> 'name' IS DISTINCT FROM coalesce(before ->> 'name', '')
        ) told
        WHERE kept.names IS NULL
           OR kept.names[cardinality(kept.names)] <> s.name
           OR kept.names <> told.names[
                  cardinality(told.names) - cardinality(kept.names) + 1 :]
        """,
        by_history=True,
    ),
]
