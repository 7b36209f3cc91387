"""Error messages for broken database constraints, each at its form field.

Table constraints carry their own message in the model; these are the ones that
only a trigger or plain SQL can express.
"""

from typing import NamedTuple

from django.apps import apps
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _


class Refusal(NamedTuple):
    """A broken constraint: its name, form field (None: the whole form), message."""

    rule: str
    field: str | None
    sentence: str


SENTENCES = {
    "append_only": (None, _("This record only ever grows; nothing in it changes.")),
    "desk_write_names_somebody": (
        None,
        _(
            "Nobody is named as acting, so nothing was stored. Sign in, or name a "
            "login with --by."
        ),
    ),
    "desk_page_begins_as_a_draft": (None, _("A page begins as a draft.")),
    "desk_page_version_counts_up": (
        None,
        _("Somebody changed this page first. Look at their version, then try again."),
    ),
    "desk_page_stays_what_it_is": (
        "slug",
        _("A page stays in its place and language; write another one."),
    ),
    "desk_page_status_follows": (
        None,
        _("A page is written, submitted, and then published."),
    ),
    "desk_page_is_locked_in_review": (
        None,
        _("This page is in review: return it before it is changed."),
    ),
    "page_version_is_what_was_approved": (
        None,
        _("The page is not what was submitted. Load it anew and look again."),
    ),
    "article_text_is_canonical": (
        "body",
        _("The text holds characters that change the reading order."),
    ),
    "article_text_is_not_too_long": ("body", _("The text is too long.")),
    "article_text_has_its_digest": ("body", _("The text differs from its digest.")),
    "article_current_text_is_its_own": (
        "body",
        _("The current text belongs to another article."),
    ),
    "quote_matches_text": (
        "quote",
        _("These words do not stand at this place in the article."),
    ),
    "span_is_as_long_as_its_words": (
        "quote",
        _("These words do not stand at this place in the article."),
    ),
    "span_is_not_too_long": ("quote", _("A claim has at most 10,000 characters.")),
    "span_is_in_the_claims_article": ("quote", _("These words are another article's.")),
    "span_has_its_own_place_in_the_claim": (
        "quote",
        _("Somebody has just changed the marked words."),
    ),
    "claim_version_counts_up": (
        None,
        _("Somebody changed this claim first. Look at their version, then try again."),
    ),
    "claim_stays_in_its_article": (
        "article",
        _("A claim cannot move to another article."),
    ),
    "claim_rating_is_the_published_one": (
        None,
        _("The rating shown is always the one last published."),
    ),
    "claim_quote_is_its_spans": (
        "quote",
        _("The quote is made of the words marked in the article."),
    ),
    "claim_listed_has_words": (
        "quote",
        _("A claim without marked words cannot be listed."),
    ),
    "claim_speaker_is_not_merged": (
        "speaker",
        _("This speaker was merged into another; choose that one."),
    ),
    "speaker_merged_has_no_claims": (
        None,
        _("The speaker still has claims; merge them along."),
    ),
    "speaker_readers_know_stays": (
        None,
        _("Readers have seen this speaker. Merge it into another one instead."),
    ),
    "speaker_slug_was_anothers": (
        "slug",
        _("Readers know another speaker under this address: choose another one."),
    ),
    "speaker_merges_end": (None, _("That speaker was merged into another itself.")),
    "verdict_version_counts_up": (
        None,
        _("Somebody changed this verdict first. Look at their text, then try again."),
    ),
    "verdict_stays_with_its_claim": (
        None,
        _("A verdict cannot move to another claim."),
    ),
    "verdict_is_locked": (
        None,
        _("The verdict is locked: only a draft can be changed. Return or revise it."),
    ),
    "verdict_with_words_stays": (
        None,
        _("Only a draft in which nothing was ever written goes, and by its author."),
    ),
    "verdict_keeps_its_author": (
        None,
        _("The author of a verdict under way stays its author."),
    ),
    "publication_numbers_count_up": (
        None,
        _("Somebody has just published this verdict."),
    ),
    "publication_time_runs_forward": (
        None,
        _("The time of publication lies before the last one, or in the future."),
    ),
    "publication_names_its_author": (
        None,
        _("The author named is not the author of the verdict."),
    ),
    "publication_has_evidence": ("evidence", _("Give at least one piece of evidence.")),
    "second_rating_while_in_review": (
        None,
        _("A second rating is given while the verdict is in review."),
    ),
    "second_rating_is_blind": (
        None,
        _("You have read this verdict; somebody who has not rates it a second time."),
    ),
    "claim_changes_in_a_revision": (
        None,
        _(
            "Something is published on this claim. Begin a revision of its verdict to "
            "change it; readers go on seeing the last version until it is approved."
        ),
    ),
    "claim_is_locked_in_review": (
        None,
        _("The revision of this claim is in review: return it to change it."),
    ),
    "rating_in_use_stays": (
        None,
        _(
            "This rating stands under verdicts and stays as it is. Retire it and add "
            "a new one."
        ),
    ),
    "contributors_stay": (
        None,
        _("Whoever wrote a part of a verdict under way stays one of its authors."),
    ),
    "publication_names_a_speaker": (None, _("Name the speaker.")),
    "publication_is_what_was_approved": (
        None,
        _(
            "The claim, its speaker or the scale was changed since you looked. Look "
            "at what would be published again, then decide."
        ),
    ),
    "words_are_visible": (
        None,
        _("The words hold characters that nobody can see. Type them anew."),
    ),
    "removal_is_asked": (
        None,
        _(
            "Something is published on this claim, so one person asks for this and "
            "another one decides. An override needs a reason that readers will see."
        ),
    ),
    "thread_stays_in_its_place": (
        None,
        _("A thread stays where it was begun; it is resolved or open, no more."),
    ),
    "comment_is_edited_by_its_author": (
        None,
        _("Only whoever wrote a comment changes its words."),
    ),
    "reply_stays": (
        None,
        _("A request for reply stays as it was asked, an answer as it was given."),
    ),
    "relations_make_no_ring": (
        None,
        _("The other claim repeats this one already, so this one cannot repeat it."),
    ),
    "relation_stays_what_it_is": (
        None,
        _("A relation keeps its two claims and its kind; suggest another one."),
    ),
    "relation_is_decided_by_somebody": (None, _("A relation is decided by a person.")),
    "claim_repeats_as_confirmed": (
        None,
        _("What a claim repeats is confirmed as a relation of both."),
    ),
    "reply_link_is_open": (None, _("This link takes no answer.")),
    "removal_is_decided_once": (None, _("This request was decided already.")),
    "publication_is_not_too_long": ("explanation", _("The explanation is too long.")),
    "publication_names_public_files": (
        "evidence",
        _("A copy that readers may not see cannot be published."),
    ),
    "publication_html_is_harmless": (
        "explanation",
        _("The texts came out as HTML that could do harm; nothing was published."),
    ),
}

FIELDS = {
    "claim_has_a_wording": "wording",
    "claim_listed_has_a_speaker": "speaker",
    "claim_date_fits_its_precision": "stated_on",
    "outlet_homepage_is_web_address": "homepage",
    "article_is_stored_once": "headline",
    "article_url_is_web_address": "url",
    "article_archived_url_is_web_address": "archived_url",
    "article_text_is_not_empty": "body",
    "article_text_correction_has_a_reason": "reason",
    "speaker_wikidata_id_is_an_item": "wikidata_id",
    "speaker_does_not_speak_for_itself": "speaks_for",
    "speaker_alias_is_stored_once": "name",
    "rating_value_is_on_the_scale": "value",
    "rating_bucket_fits_its_value": "bucket",
    "evidence_url_is_web_address": "url",
    "evidence_archived_url_is_web_address": "archived_url",
    "comment_says_something": "text",
    "evidence_copy_has_a_name": "upload",
    "evidence_copy_names_are_unique": "file_name",
    "report_says_something": "message",
    "report_url_is_web_address": "url",
    "reply_is_awaited_after_asking": "until",
    "outcome_url_is_web_address": "url",
    "publication_after_the_first_has_a_note": "note",
    "desk_page_is_written_once": "slug",
    "desk_page_has_a_title": "title",
    "page_version_after_the_first_has_a_note": "note",
    "saved_filter_has_a_name": "name",
    "saved_filter_is_stored_once": "name",
    "subscription_is_stored_once": "address",
    "subscription_has_events": "events",
    "work_reach_has_a_reason": "reach_reason",
    "work_harm_has_a_reason": "harm_reason",
}


def field_for(rule: str) -> str | None:
    """Return the form field at which the error of a constraint is shown."""
    return FIELDS.get(rule) or SENTENCES.get(rule, (None, ""))[0]


def refuse_as(kind, error: IntegrityError):
    """Raise an IntegrityError as an exception class with the constraint's message."""
    refusal = refusal_for(error)
    if refusal is None:
        raise error
    raise kind(refusal.sentence) from error


def refusal_for(error: IntegrityError) -> Refusal | None:
    """Return the Refusal of an IntegrityError, None if it names no constraint."""
    diagnosis = getattr(error.__cause__, "diag", None)
    rule = getattr(diagnosis, "constraint_name", None)
    if not rule:
        return None
    if rule in SENTENCES:
        field, sentence = SENTENCES[rule]
        return Refusal(rule, field, str(sentence))
    for model in apps.get_app_config("claims").get_models():
        for constraint in model._meta.constraints:
            if constraint.name == rule:
                words = constraint.get_violation_error_message()
                return Refusal(rule, FIELDS.get(rule), str(words))
    return Refusal(rule, None, str(_("Something else still refers to this.")))
