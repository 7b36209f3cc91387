"""What the migration has to fill in of the statements of a former desk."""

from tests.migrations.former_desk import DAY

# Besides its keys: what the former version did not store, by claim and number.
HOLT = {"name": "Runa Holt", "role": "Harbour master", "day": DAY, "kind": "person"}
BERG = {"name": "Odd Berg", "role": "", "day": DAY, "kind": "person"}
STATEMENTS = {
    # The wording, day and checkability that the desk gave it later are not in it.
    ("corrected", 1): HOLT
    | {"via": "", "cue": "", "marked": ["The new pier cost nine million crowns"]},
    ("corrected", 2): HOLT
    | {"via": "", "cue": "", "marked": ["The new pier cost nine million crowns"]},
    # The row of before the merge.
    ("merged", 1): HOLT
    | {"name": "R. Holt", "role": "Official", "via": "Inland Radio", "cue": ""}
    | {"marked": ["The cranes will be electric by autumn"]},
    ("retracted", 1): BERG
    | {"via": "", "cue": "pointed out that"}
    | {"marked": ["the old quay was closed in March", "pointed out that"]},
    ("retracted", 2): BERG
    | {"via": "", "cue": "pointed out that"}
    | {"marked": ["the old quay was closed in March", "pointed out that"]},
    ("withdrawn", 1): BERG
    | {"via": "", "cue": "", "marked": ["The fish market moves to the hill"]},
    # The row that was deleted when the claim had been given to somebody else.
    ("deleted", 1): BERG
    | {"name": "Runa Hold", "via": "", "cue": ""}
    | {"marked": ["The town owns both tugs"]},
    # Nobody was named when it was published; the claim named somebody later.
    ("named", 1): BERG
    | {"speaker_name": "", "via": "", "cue": "", "marked": ["the old quay"]},
    ("nameless", 1): BERG
    | {"name": None, "speaker_name": "", "kind": "", "via": "", "cue": ""}
    | {"marked": ["will be electric"]},
}
FILLED_IN = """
SELECT p.claim_id, p.number, s.name, p.speaker_name, p.speaker_kind AS kind,
       p.speaker_role AS role, p.stated_on AS day, p.stated_precision,
       p.stated_basis, p.attribution, p.checkability, p.via_name AS via, p.cue,
       p.headline, p.outlet_name, p.article_url, p.article_published_on,
       p.statement_basis,
       ARRAY(SELECT mark ->> 'exact' FROM jsonb_array_elements(p.marks) mark) AS marked
FROM claims_publishedverdict p LEFT JOIN claims_speaker s ON s.id = p.speaker_id
"""
SAME = {
    "stated_precision": "day",
    "stated_basis": "article_date",
    "attribution": "indirect",
    "checkability": "checkable",
    "headline": "Winter at the port",
    "outlet_name": "The Quay Herald",
    "article_url": "https://herald.example/18",
    "article_published_on": DAY,
    "statement_basis": "reconstructed",
}


def expected(keys):
    """Return the filled-in row of each publication, by claim and number."""
    return {
        (keys[claim], number): SAME | {"speaker_name": statement["name"]} | statement
        for (claim, number), statement in STATEMENTS.items()
    }
