"""Every column that hangs on a claim, an article, a speaker or a verdict is in a whole
record, or it is said here why not."""

import pytest
from django.apps import apps

from claims.exchange.record_fields import CLAIM_FIELDS, SPEAKER_FIELDS
from claims.exchange.whole_records import described
from claims.models import Article, Claim, Speaker, Verdict

WORK = "how the desk works, not what it says: readers never see it"
KEY = "a key of this database alone"
MADE = "made by the database from the other columns"

# Where a record has the columns of a table, under the same names.
PLACES = {
    "Article": "article.",
    "ArticleText": "text.",
    "Outlet": "via.",
    "Topic": "topics[].",
    "Speaker": "speaker.",
    "SpeakerAlias": "speaker.aliases[].",
    "SpeakerRole": "speaker.roles[].",
    "Claim": "",
    "Claim_other_speakers": "other_speakers[].",
    "Claim_topics": "",
    "ClaimRelation": "relations[].",
    "Span": "marks[].",
    "Verdict": "versions[].",
    "Evidence": "versions[].evidence[].",
    "ReplyRequest": "versions[].replies[].",
    "Outcome": "versions[].outcomes[].",
    "PublishedVerdict": "versions[].",
}
# And under other names.
RENAMED = {
    "Article": {"url": "article.printed_url", "current_text_id": "article.text"},
    "ArticleText": {"times": "spoken_second"},
    "Claim": {
        "printed_role": "speaker_role",
        "rating_id": "verdict.rating",
        "current_id": "verdict",
    },
    "Claim_topics": {"id": "topics", "topic_id": "topics[].id"},
    # `way` says which of the two claims it is.
    "ClaimRelation": {"to_id": "relations[].claim"},
    "Verdict": {
        "correction_kind": "versions[].kind",
        "correction_note": "versions[].note",
        "correction_asked_by": "versions[].asked_by",
    },
    "Evidence": {
        "file_id": "versions[].evidence[].kept_copy",
        "file_name": "versions[].evidence[].kept_copy.name",
    },
    "PublishedVerdict": {
        "speakers": "versions[].other_speakers",
        "headline": "versions[].article_headline",
        "author_name": "versions[].author",
        "approver_name": "versions[].approver",
        **dict.fromkeys(
            ["explanation_html", "how_verified_html", "note_html"], "versions[].markup"
        ),
        "publisher": "versions[].published_elsewhere.publisher",
        "review_url": "versions[].published_elsewhere.url",
        "review_title": "versions[].published_elsewhere.title",
        "source_kind": "versions[].published_elsewhere.kind",
        "published_precision": "versions[].published_elsewhere.published_precision",
    }
    | {
        f"rating_{name}": f"versions[].rating.{name}"
        for name in ("label", "slug", "value", "bucket", "definition", "sign")
    },
}
# Columns of these tables that are in no record, and why.
LEFT_OUT = {
    "Article": {
        "slug": "made from the headline; the number is the address",
        "created_at": WORK,
        "was_public": MADE,
        "search": MADE,
    },
    "ArticleText": {
        "id": KEY,
        "article_id": "of the article beside it",
        "body": "the outlet's rights: it comes in by import_articles, told by its sum",
        "reason": WORK,
        "made_by_id": WORK,
        "created_at": WORK,
    },
    "Outlet": {"was_public": MADE},
    "Topic": {"was_public": MADE},
    "Speaker": {
        "merged_into_id": "what is merged stands under the name it became",
        "was_public": MADE,
        "folded": MADE,
        "search": MADE,
    },
    "SpeakerAlias": {"id": KEY, "speaker_id": "of the speaker", "folded": MADE},
    "SpeakerRole": {"id": KEY, "speaker_id": "of the speaker"},
    "Claim": {
        "status": "a record is of a listed claim",
        "origin": WORK,
        "rule": WORK,
        "score": WORK,
        "proposed": WORK,
        "version": WORK,
        "client_id": WORK,
        "created_by_id": WORK,
        "created_at": WORK,
        "updated_at": WORK,
        "sort_date": MADE,
        "search": MADE,
        "urgency": MADE,
    },
    "Claim_other_speakers": {"claim_id": "of the claim"},
    "Claim_topics": {"claim_id": "of the claim"},
    "ClaimRelation": {
        "id": KEY,
        "state": "only what is confirmed is told",
        "suggested_by_id": WORK,
        "suggested_at": WORK,
        "score": WORK,
        "tier": WORK,
        "decided_by_id": WORK,
        "decided_at": WORK,
    },
    "Span": {
        "id": KEY,
        "claim_id": "of the claim",
        "prefix": "the article's own words around the mark",
        "suffix": "the article's own words around the mark",
        "anchor": WORK,
        "confirmed_by_id": WORK,
    },
    "Verdict": {
        "id": KEY,
        "claim_id": "of the claim",
        "differs_reason": "for whoever approves",
        "recheck_on": WORK,
        "status": "a record has what was published",
        "assignee_id": WORK,
        "version": WORK,
        "updated_at": WORK,
    },
    "Evidence": {
        "id": KEY,
        "verdict_id": "of the verdict",
        "order": "the order of the list",
        "file_is_public": "only those that readers may see are told",
    },
    "ReplyRequest": {
        "id": KEY,
        "verdict_id": "of the verdict",
        "words": "the claim's own, as whoever was asked saw them",
        "asked_by_id": WORK,
        "created_at": WORK,
        "client_id": WORK,
        "link_hash": "opens a link",
        "link_until": WORK,
        "answered_at": "the day is told",
        "entered_by_id": WORK,
        "struck_reason": "a request struck out is not published",
        "struck_by_id": WORK,
    },
    "Outcome": {"id": KEY, "verdict_id": "of the verdict", "client_id": WORK},
    "PublishedVerdict": {
        "id": KEY,
        "claim_id": "of the claim",
        "former_digest": "of rows from before their statements were kept",
        "review_key": MADE,
        "source_digest": MADE,
        "search": MADE,
    },
}
# Tables that hang on these and are in no record at all, and why.
TABLES = {
    "PublicClaim": "made from the other tables: what the record is read from",
    "PublicWords": "made from the other tables: what the record is read from",
    "PublishedFile": "made from the publications: which files readers may see",
    "SpeakerName": "in the record of the speaker",
    "FormerSlug": "former addresses of this site",
    "AnchorCandidate": WORK,
    "SpeakerPicture": "a file under a licence, which each desk takes from its source",
    "Presence": WORK,
    "NoClaims": WORK,
    "Thread": WORK,
    "Comment": WORK,
    "Mention": WORK,
    "Transition": "the history of the work; what readers saw is in the versions",
    "Verdict_contributors": "whom four eyes keep from approving: of this desk alone",
    "RemovalRequest": WORK,
    "Redaction": "told at the claim's page; what was redacted must not travel on",
    "RedactedRow": "what was redacted must not travel on",
    "ReaderReport": "what readers write is theirs, and not published",
    "ReporterContact": "personal data of readers",
    "SecondRating": WORK,
    "VerdictSeen": WORK,
    "WordingCheck": WORK,
    "WorkItem": WORK,
}


def tables():
    """Return the models that hang on a claim, article, speaker or verdict, by name."""
    models = list(apps.get_app_config("claims").get_models(include_auto_created=True))
    found, more = set(), {Claim, Article, Speaker, Verdict}
    while more:
        found |= more
        keys = [(model, field) for model in models for field in model._meta.fields]
        more = {
            model
            for model, field in keys
            if field.related_model in found and model not in found
        }
    # What they name stands in a record beside them.
    beside = {model for model in models if model.__name__ in ("Outlet", "Topic")}
    return {model.__name__: model for model in found | beside}


def field_of(name, column, fields):
    """Return the field of a record that carries a column; None where none does."""
    place = PLACES[name]
    told = {place + column, place + column.removesuffix("_id")} & fields
    return RENAMED.get(name, {}).get(column) or next(iter(told), None)


def test_every_table_that_hangs_on_them_is_known_here():
    assert PLACES.keys() == LEFT_OUT.keys() >= RENAMED.keys()
    assert tables().keys() == PLACES.keys() | TABLES.keys()
    assert not PLACES.keys() & TABLES.keys()


@pytest.mark.parametrize("name", PLACES)
def test_every_column_is_in_a_record_or_it_is_said_why_not(name):
    fields = {path for path, _field in described(CLAIM_FIELDS)}
    columns = {field.attname for field in tables()[name]._meta.concrete_fields}
    carried = {each for each in columns if field_of(name, each, fields)}
    assert columns - carried == LEFT_OUT[name].keys()
    renamed = RENAMED.get(name, {})
    assert renamed.keys() <= columns
    assert set(renamed.values()) <= fields


def test_the_names_that_a_speaker_had_are_in_its_own_record():
    fields = {path for path, _field in described(SPEAKER_FIELDS)}
    assert {"names[].name", "names[].since"} <= fields
