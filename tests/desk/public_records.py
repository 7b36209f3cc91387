"""Whole records of claims and versions in JSON, held against what was published."""

import hashlib

from django.conf import settings

from tests.desk.published import SITE, microseconds, printed

BUCKETS = {
    "true": "5-true",
    "mostly_true": "4-mostly_true",
    "mixed": "3-mixed",
    "mostly_false": "2-mostly_false",
    "false": "1-false",
    "unrated": "0-unrated",
}


def check_record(claim, names, found):
    """The record of a claim says what was last published on it, and nothing else."""
    said = dict(found)
    check_marks(claim.newest, names, said.pop("marks"), said.pop("text"))
    assert said.pop("changed_at") >= microseconds(claim.newest["published_at"])
    assert said.pop("change_number") > 0
    said["speaker"] = in_any_order(said["speaker"])
    said["other_speakers"] = [
        {**each, "speaker": in_any_order(each["speaker"])}
        for each in said["other_speakers"]
    ]
    assert said == record_of(claim, names)


def check_marks(version, names, marks, text):
    """A correction of the text may have moved the words; they are the same ones."""
    expected = [(m["role"], m["ordinal"], m["exact"]) for m in in_order(version)]
    assert [(m["role"], m["ordinal"], m["exact"]) for m in marks] == expected
    for mark in marks:
        body = names.bodies[mark["text"] - 1]
        assert body[mark["start"] : mark["end"]] == mark["exact"]
    assert {m["text"] for m in marks if m["role"] == "content"} == {text["number"]}
    assert text == text_of(names, text["number"])


def in_any_order(speaker):
    """Return a speaker's record with sorted offices: a merge mixes those of two."""
    return {**speaker, "roles": sorted(speaker["roles"], key=str)}


def record_of(claim, names):
    """Return all of a claim's record but where its words stand and when it changed."""
    version = claim.newest
    versions = [version_of(each, names) for each in claim.versions]
    return {
        "dialect": 2,
        "id": claim.pk,
        "url": SITE + claim.permanent,
        "wording": version["claim_reviewed"],
        **printed_words(version),
        **who_said(version),
        "speaker": speaker_of(
            names,
            version["speaker_id"],
            version["speaker_name"],
            version["speaker_kind"],
        ),
        "other_speakers": [
            {
                **joint,
                "speaker": speaker_of(names, each["id"], each["name"], each["kind"]),
            }
            for joint, each in zip(joint_of(version), version["speakers"], strict=True)
        ],
        "via": None,
        "article": article_of(version, names),
        **how_said(version),
        "topics": [
            {
                "id": names.topics[slug][0],
                "url": f"{SITE}/topics/id/{names.topics[slug][0]}/",
                "slug": slug,
                "name": names.topics[slug][1],
            }
            for slug in sorted(claim.topics)
        ],
        "repeats": None,
        "times_said": 1,
        "spoken_second": None,
        "first_verdict": None,
        "relations": [],
        "review": "reviewed" if claim.is_in_force else "retracted",
        "verdict": versions[-1] if claim.is_in_force else None,
        "versions": versions,
        "listed_at": microseconds(claim.listed_at),
        "licence": settings.FACTCHECK["DATA_LICENCE_URL"],
    }


def version_of(version, names):
    """Return the whole record of one publication."""
    told = ("finding", "summary", "explanation", "how_verified", "note", "asked_by")
    return {
        **{name: version[name] or None for name in told},
        "number": version["number"],
        "kind": version["kind"],
        "url": f"{SITE}/claims/{version['claim_id']}/versions/{version['number']}/",
        "published_at": microseconds(version["published_at"]),
        "rating": {
            "id": version["rating_id"],
            "slug": version["rating_slug"],
            "label": version["rating_label"],
            "value": version["rating_value"],
            "bucket": BUCKETS[version["rating_bucket"]],
            "definition": version["rating_definition"] or None,
            "sign": version["rating_sign"] or None,
        },
        "as_of": version["as_of"] and version["as_of"].isoformat(),
        "evidence": [
            {name: None if value == "" else value for name, value in row.items()}
            | {"kept_copy": None}
            for row in version["evidence"]
        ],
        "markup": "commonmark",
        "replies": [],
        "not_asked_reason": version["not_asked_reason"] or None,
        "outcomes": [],
        "claim_reviewed": version["claim_reviewed"],
        **printed_words(version),
        "marks": [
            {**mark, "text": names.texts[mark["text"]]} for mark in in_order(version)
        ],
        "text": text_of(names, names.texts[version["text_id"]]),
        "speaker": version["speaker_id"],
        **who_said(version),
        "other_speakers": joint_of(version),
        "via": None,
        "via_name": None,
        **how_said(version),
        "article_headline": version["headline"],
        "article_url": version["article_url"] or None,
        "article_published_on": version["article_published_on"].isoformat(),
        "outlet_name": version["outlet_name"],
        "statement_basis": version["statement_basis"],
        "author": version["author_name"],
        "approver": version["approver_name"],
        "override_reason": version["override_reason"] or None,
        "digest": version["digest"],
        "published_elsewhere": None,
    }


def in_order(version):
    return sorted(version["marks"], key=lambda mark: (mark["role"], mark["ordinal"]))


def text_of(names, number):
    digest = hashlib.sha256(names.bodies[number - 1].encode()).hexdigest()
    return {"number": number, "sha256": digest}


def printed_words(version):
    return {
        "quote": version["quote"],
        "cue": printed(version, "cue") or None,
        "speaker_words": printed(version, "speaker") or None,
    }


def who_said(version):
    names = ("speaker_name", "speaker_kind", "speaker_role")
    return {name: version[name] or None for name in names}


def joint_of(version):
    return [
        {
            "id": each["id"],
            "speaker_name": each["name"],
            "speaker_kind": each["kind"],
            "speaker_role": each["role"] or None,
        }
        for each in version["speakers"]
    ]


def how_said(version):
    same = ("attribution", "stated_precision", "stated_basis", "checkability")
    return {name: version[name] for name in same} | {
        "stated_on": version["stated_on"].isoformat()
    }


def speaker_of(names, published, name, kind):
    """Return who stands for a speaker now, under the name and kind published then."""
    key = names.standing(published)
    unsaid = dict.fromkeys(("organisation", "since", "until"))
    return {
        "id": key,
        "url": f"{SITE}/speakers/id/{key}/",
        "slug": names.slugs[key],
        "name": name,
        "kind": kind,
        "description": None,
        "wikidata_id": None,
        "speaks_for": None,
        "aliases": [
            {"name": alias, "is_metonym": False} for alias in sorted(names.aliases[key])
        ],
        "roles": [{"title": title, **unsaid} for title in sorted(names.offices[key])],
    }


def article_of(version, names):
    return {
        "id": names.article_number,
        "url": SITE + names.article_page,
        "headline": version["headline"],
        "byline": None,
        "printed_url": version["article_url"] or None,
        "archived_url": None,
        "language": "en",
        "published_on": version["article_published_on"].isoformat(),
        "accessed_on": None,
        "text_rights": "full",
        "outlet": {
            "id": names.outlet_number,
            "url": f"{SITE}/outlets/id/{names.outlet_number}/",
            "slug": names.outlet_slug,
            "name": version["outlet_name"],
            "homepage": None,
        },
        "text": text_of(names, len(names.bodies)),
    }
