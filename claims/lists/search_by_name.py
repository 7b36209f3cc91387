"""What a search finds by names: speakers, what those say of the rest, articles.

One statement, which also makes the query of the words: each of these is little work,
and an answer of its own for each would be half of what a search costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from json import loads
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.db import connections, router
from django.utils import timezone

from claims.models import Article, Outlet, PublicWords, Speaker
from claims.models.facets import SPEAKER
from claims.models.fulltext import MOST_RANKED, WORD, Asked, asked_for

MOST = 8
# Speakers named among the words, and up to how many of a speaker's claims are counted.
MOST_NAMED, MOST_NARROWER = 3, 100

IS_PUBLIC = f"""EXISTS (SELECT FROM claims_facetcount f
    WHERE f.facet = s.id + {SPEAKER} AND f.count > 0)"""
HAS_LISTED = """EXISTS (SELECT FROM claims_publicclaim c
    WHERE c.article_id = a.id AND c.state = 'listed')"""
ARTICLE = f"""
    SELECT a.id, a.headline, a.slug, a.language, a.published_on, o.id AS outlet_id,
           o.name AS outlet
    FROM {{articles}} a LEFT JOIN claims_outlet o ON o.id = a.outlet_id
    WHERE {HAS_LISTED} AND {{condition}}
    ORDER BY a.published_on DESC, a.id DESC LIMIT {MOST}"""  # noqa: S608
# Those with very many of the words in headlines are met soon in the order of the list.
ARTICLES = f"""
few AS MATERIALIZED (
    SELECT claims_public_articles(query, {MOST_RANKED + 1}) AS id FROM asked
), matching AS MATERIALIZED (
    SELECT id, headline, slug, language, published_on, outlet_id FROM claims_article
    WHERE (SELECT count(*) FROM few) <= {MOST_RANKED}
        AND id = ANY(ARRAY(SELECT id FROM few))
), articles AS (
    ({ARTICLE.format(articles="matching", condition="true")})
    UNION ALL
    ({
    ARTICLE.format(
        articles="claims_article",
        condition=f'''
        (SELECT count(*) FROM few) > {MOST_RANKED}
        AND claim_vector(a.language, a.headline) @@ (SELECT query FROM asked)''',
    )
})
)"""  # noqa: S608
# Of each speaker named in a search the words beside the name, and how many claims of
# that speaker have them; none where there are no such words or claims.
NARROWER = rf"""
named AS MATERIALIZED (
    SELECT s.id, s.slug, s.name, s.place, present.names, regexp_replace(
        nullif(querytree(claim_query(present.names, s.name)), 'T'),
        '<[-0-9]+>|&', '|', 'g'
    )::tsquery AS wanted
    FROM present, (
        SELECT id, slug, name, row_number() OVER (ORDER BY name) AS place
        FROM claims_speaker s WHERE {IS_PUBLIC} AND %(has_rest)s AND id = ANY(ARRAY(
            SELECT claims_public_speakers(claim_query('{{simple}}', %(any_term)s), '')
        )) ORDER BY name LIMIT {MOST_NAMED}
    ) s
), beside AS MATERIALIZED (
    SELECT named.*, rest.words, claim_query(named.names, rest.words) AS query
    FROM named, LATERAL (
        SELECT string_agg(typed.term, ' ' ORDER BY typed.place) AS words
        FROM unnest(%(terms)s::text[]) WITH ORDINALITY typed (term, place)
        WHERE NOT EXISTS (
            SELECT FROM unnest(named.names) configuration
            WHERE claim_lexemes(configuration, typed.term) @@ named.wanted)
    ) rest
    WHERE rest.words IS NOT NULL
), narrower AS (
    SELECT beside.id, beside.slug, beside.name, beside.place, beside.words, found.number
    FROM beside, LATERAL (
        SELECT count(*) AS number FROM (
            SELECT FROM claims_publicwords
            WHERE state = 'listed' AND vector @@ beside.query
                AND facets @> ARRAY[({SPEAKER} + beside.id)::int]
            LIMIT {MOST_NARROWER}
        ) matching
    ) found
    WHERE found.number > 0
)"""  # noqa: S608
BY_NAME = rf"""
WITH present AS MATERIALIZED (
    SELECT claims_configurations() AS names
), asked AS MATERIALIZED (
    SELECT claim_query(names, %(words)s) AS query, names FROM present
), speakers AS (
    SELECT s.id, s.name, s.slug, claims_role_on(s.id, %(today)s) AS role,
           row_number() OVER (ORDER BY s.name) AS place
    FROM claims_speaker s
    WHERE {IS_PUBLIC} AND %(has_words)s AND s.id = ANY(ARRAY(
        SELECT claims_public_speakers(claim_named(%(words)s), claim_fold(%(words)s))))
    ORDER BY s.name LIMIT {MOST}
), {NARROWER}, {ARTICLES}
SELECT 'asked', jsonb_build_object(
    'query', query::text, 'names', names, 'tree', querytree(query)) FROM asked
UNION ALL SELECT 'speakers', to_jsonb(speakers) FROM speakers
UNION ALL SELECT 'narrower', to_jsonb(narrower) FROM narrower
UNION ALL SELECT 'articles', to_jsonb(articles) FROM articles
"""  # noqa: S608


@dataclass(frozen=True)
class SpeakerSearch:
    """The search narrowed to a speaker named in it, with the remaining words."""

    speaker: Speaker
    words: str
    count: int

    @property
    def query(self) -> str:
        return urlencode({"q": self.words, "speaker": self.speaker.slug})


@dataclass(frozen=True)
class ByName:
    """Public speakers by name, articles the newest first; what finds the words."""

    asked: Asked
    speakers: list[Speaker]
    narrower: list[SpeakerSearch]
    articles: list[Article]


def search_by_name(words: str) -> ByName:
    """Return what is named so, and of the first speakers named what else is said.

    A claim's own words seldom name its speaker, so `Falk bridge` would find little.
    """
    terms = WORD.findall(words)
    values: dict[str, Any] = {
        "words": words,
        "has_words": bool(terms),
        "terms": terms,
        "any_term": " OR ".join(terms),
        "has_rest": 2 <= len(terms) <= MOST,
        "today": timezone.localdate(),
    }
    alias = router.db_for_read(PublicWords)
    with connections[alias].cursor() as cursor:
        cursor.execute(BY_NAME, values)
        rows = [(kind, loads(row)) for kind, row in cursor.fetchall()]

    def of_kind(name, *, by, is_descending=False):
        found = [row for kind, row in rows if kind == name]
        return sorted(found, key=itemgetter(*by), reverse=is_descending)

    (query,) = of_kind("asked", by=["query"])
    newest = of_kind("articles", by=["published_on", "id"], is_descending=True)
    return ByName(
        asked_for(words, query["query"], query["names"], query["tree"]),
        [_speaker(alias, row) for row in of_kind("speakers", by=["place"])],
        [
            SpeakerSearch(_speaker(alias, row), row["words"], row["number"])
            for row in of_kind("narrower", by=["place"])
        ],
        [_article(alias, row) for row in newest],
    )


def _speaker(alias: str, row: dict[str, Any]) -> Speaker:
    """Return a speaker with name and slug loaded, and `current_role` if it is told."""
    speaker = _loaded(Speaker, alias, row)
    speaker.current_role = row.get("role")
    return speaker


def _article(alias: str, row: dict[str, Any]) -> Article:
    row["published_on"] = date.fromisoformat(row["published_on"])
    article = _loaded(Article, alias, row)
    if row["outlet_id"] is not None:
        outlet = {"id": row["outlet_id"], "name": row["outlet"]}
        article.outlet = _loaded(Outlet, alias, outlet)
    return article


def _loaded(model: type[Any], alias: str, row: dict[str, Any]) -> Any:
    """Return an instance with the fields that a row has; others are asked for later."""
    names = [f.attname for f in model._meta.concrete_fields if f.attname in row]
    return model.from_db(alias, names, [row[name] for name in names])
