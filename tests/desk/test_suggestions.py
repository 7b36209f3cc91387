"""Suggestions: stored once, judged by editors, honestly counted."""

import pytest

from claims.desk.annotation import change_claim, find_mark
from claims.desk.suggestion_statistics import editor_corrections, rule_statistics
from claims.desk.suggestions import suggest_claims
from claims.desk.workflow import take_step
from claims.models import ArticleText, Claim
from claims.models.choices import ClaimStatus, Origin, SpanRole
from claims.text.canonical import digest
from tests.factories import (
    make_article,
    make_claim,
    make_outlet,
    make_speaker,
    make_user,
)

pytestmark = pytest.mark.django_db

BODY = (
    "The ferry will stop in June, Mayor Ida Falk said Wednesday, Radio Norrvik "
    "reported.\n\n"
    "Sennick has argued that the bridge is safe, adding that it costs less."
)


@pytest.fixture
def article():
    # 4 May 2026 is a Monday, so “Wednesday” is 29 April.
    return make_article(BODY)


def test_an_article_gets_its_claims_proposed_with_speaker_cue_and_reason(article):
    falk = make_speaker("Ida Falk")
    state = make_speaker("Republic of Norrland", kind="government", aliases=["Sennick"])
    radio = make_outlet("Radio Norrvik")
    suggested = suggest_claims(article)
    assert len(suggested.new) == 3
    ferry, bridge, cost = suggested.new
    assert {c.status for c in suggested.new} == {ClaimStatus.SUGGESTED}
    assert {c.origin for c in suggested.new} == {Origin.RULES}
    assert all(c.rule and c.score is not None for c in suggested.new)
    assert ferry.quote == "The ferry will stop in June"
    assert (ferry.speaker, ferry.via) == (falk, radio)
    assert str(ferry.stated_on) == "2026-04-29"
    assert ferry.spans.get(role=SpanRole.CUE).exact == "said"
    assert bridge.speaker == cost.speaker == state
    assert bridge.stated_precision == "on_or_before"
    assert "Sennick" in bridge.proposed["speaker_reason"]


def test_a_speaker_the_desk_does_not_know_is_left_open_and_named(article):
    ferry = suggest_claims(article).new[0]
    assert ferry.speaker is None
    assert ferry.proposed["speaker_name"] == "Ida Falk"


def test_a_second_run_adds_nothing_and_revives_nothing(article):
    first, *others = suggest_claims(article).new
    take_step("reject", first, by=make_user("Annotators"))
    again = suggest_claims(article)
    assert (again.new, again.known) == ([], 1 + len(others))
    first.refresh_from_db()
    assert first.status == ClaimStatus.REJECTED


def test_what_an_editor_marked_first_is_not_proposed_again(article):
    make_claim("ferry will stop in June", article=article)
    quotes = [claim.quote for claim in suggest_claims(article).new]
    assert "The ferry will stop in June" not in quotes
    assert len(quotes) == 2


def test_a_rejected_suggestion_stays_away_when_the_text_is_corrected(article):
    first, *_others = suggest_claims(article).new
    take_step("reject", first, by=make_user("Annotators"))
    body = "Norrvik, 4 May. " + BODY
    article.current_text = ArticleText.objects.create(
        article=article, number=2, body=body, sha256=digest(body), reason="Place."
    )
    article.save()
    assert suggest_claims(article).new == []


def test_accepting_keeps_rule_and_score(article):
    claim = suggest_claims(article).new[0]
    rule, score = claim.rule, claim.score
    claim = take_step("accept", claim, by=make_user("Annotators"))
    assert (claim.status, claim.rule, claim.score) == ("draft", rule, score)


def test_the_report_counts_accepted_corrected_and_rejected(article):
    editor = make_user("Annotators")
    accepted, corrected, rejected = suggest_claims(article).new
    Claim.objects.update(rule="cue verb", version=2)
    for claim in (accepted, corrected, rejected):
        claim.refresh_from_db()
    take_step("accept", accepted, by=editor)
    take_step("reject", rejected, by=editor)
    corrected = take_step("accept", corrected, by=editor)
    mark = find_mark(article.current_text, "the bridge is safe", role=SpanRole.CONTENT)
    corrected = change_claim(
        corrected, by=editor, version=corrected.version, marks=[mark]
    )
    assert editor_corrections(corrected) == ["quote"]
    [record] = rule_statistics()
    assert (record.accepted, record.corrected, record.rejected) == (1, 1, 1)
    assert record.precision == pytest.approx(1 / 3)
    assert record.usefulness == pytest.approx(2 / 3)


def test_creating_the_speaker_that_was_proposed_is_no_correction(article):
    editor = make_user("Annotators")
    claim = take_step("accept", suggest_claims(article).new[0], by=editor)
    claim = change_claim(
        claim, by=editor, version=claim.version, speaker=make_speaker("Ida Falk")
    )
    assert editor_corrections(claim) == []
    claim = change_claim(
        claim, by=editor, version=claim.version, speaker=make_speaker("Bo Ask")
    )
    assert editor_corrections(claim) == ["speaker"]


def test_a_suggestion_keeps_what_its_wording_leaves_open():
    open_one, other = suggest_claims(
        make_article(
            "“It is a bad road,” Ida Falk said. "
            "Ida Falk said that rents in Norrvik had fallen by half in a year."
        )
    ).new
    assert (open_one.wording, other.wording) == (
        "It is a bad road.",
        "Rents in Norrvik had fallen by half in a year.",
    )
    assert open_one.proposed["open_words"] == ["It"]
    assert "“It”" in open_one.proposed["open_reason"]
    assert (other.proposed["open_words"], other.proposed["open_reason"]) == ([], "")
    assert (open_one.proposed["doubts"][0], other.proposed["doubts"]) == ("pronoun", [])


JOINT = "Ida Falk and Bo Ask said the ferry will stop in June."


def test_a_joint_statement_is_proposed_with_all_its_speakers():
    falk, ask = make_speaker("Ida Falk"), make_speaker("Bo Ask")
    [claim] = suggest_claims(make_article(JOINT)).new
    assert claim.speaker == falk
    assert list(claim.other_speakers.all()) == [ask]
    assert editor_corrections(claim) == []


def test_a_joint_statement_is_given_to_none_where_one_speaker_is_unknown():
    make_speaker("Ida Falk")
    [claim] = suggest_claims(make_article(JOINT)).new
    assert claim.speaker is None
    assert claim.proposed["other_names"] == ["Bo Ask"]
