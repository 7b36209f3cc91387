"""Every public page renders without a misspelt variable, in each of its shapes."""

import copy
import re

import pytest
from django.conf import settings

from claims.models.choices import PublicationKind, TextRights
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_published,
    make_speaker,
    make_topic,
    retract,
)
from tests.views.test_claim_page import correct
from tests.views.test_visibility import samples

pytestmark = pytest.mark.django_db

MISSING = "no-such-variable"


@pytest.fixture
def claims(settings):
    """Claims of every shape: reviewed, corrected, retracted, repeated, bare."""
    settings.TEMPLATES = copy.deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = f"{MISSING} %s"
    full = make_claim(
        article=make_article(
            byline="Jo Lind",
            url="https://quay.example/1",
            archived_url="https://archive.example/1",
        ),
        speaker=make_speaker(
            "Ida Falk",
            title="Mayor",
            description="Since 2022.",
            wikidata_id="Q42",
            aliases=["Falk"],
            speaks_for=make_claim().speaker,
        ),
        via=make_outlet("Radio Quay"),
        topics=[make_topic("Harbours")],
        cue="said",
        speaker_words="Ida Falk",
    )
    correct(make_published(full).claim, PublicationKind.CLARIFIED, summary="Clearer.")
    retracted = make_published(make_claim(repeats=full)).claim
    retract(retracted.verdict, reason="Wrong.")
    limited = [
        make_claim(article=make_article(text_rights=rights))
        for rights in (TextRights.EXCERPT, TextRights.LINK)
    ]
    return [full, retracted, make_claim(stated_on=None), *limited]


@pytest.mark.slow
def test_no_public_page_names_a_variable_that_is_not_there(client, claims):
    asked = {
        path for claim in claims for paths in samples(claim).values() for path in paths
    }
    for path in sorted(asked):
        response = client.get(f"/{path}", follow=True)
        if response.streaming:
            continue
        text = response.content.decode(errors="replace")
        assert MISSING not in text, (path, text[text.index(MISSING) :][:80])


def test_what_a_page_sets_in_quotation_marks_has_none_of_the_same_kind():
    for path in sorted((settings.BASE_DIR / "templates" / "claims").glob("*.html")):
        source = path.read_text(encoding="utf-8")
        for name in re.findall(r"“(?:<[^>]*>)?{{ ([^}]+?) }}", source):
            given = re.search(rf"\b{re.escape(name)}=\S*\|within_quotes\b", source)
            assert "|within_quotes" in name or given, (path.name, name)
