"""The JSON endpoints under an article's annotate/ page, one function each."""

from __future__ import annotations

from itertools import pairwise

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.admin.annotate.earlier import decide_on_earlier, sent_decisions
from claims.admin.annotate.json_api import (
    BadRequest,
    FieldErrors,
    JsonBody,
    get_claim,
    invalid_value,
)
from claims.admin.annotate.prefill import prefill_for
from claims.admin.annotate.serializers import (
    claims_json,
    desk_claim_json,
    etag_of,
    proposed_speaker,
    text_json,
)
from claims.desk.annotation import MANY, Mark, WordsDiffer, change_claim, mark_claim
from claims.desk.articles import (
    next_open_article,
    note_absence,
    note_presence,
    present_users,
)
from claims.desk.doubts import refuse_in_bulk
from claims.desk.naming import speaker_named
from claims.desk.publications import display_name
from claims.desk.text_corrections import (
    confirm_no_claims,
    correct_text,
    mark_words_lost,
    plan_correction,
)
from claims.desk.workflow import take_step
from claims.exceptions import ChangedMeanwhile, NotPermitted, Refused
from claims.forms.annotate import claim_fields
from claims.forms.steps import WORDS_ASKED
from claims.models import ArticleText, Verdict
from claims.models.choices import SpanRole
from claims.text.visible import visible

MOST_MARKS = 60
MOST_AT_ONCE = 1_000


def state(request, article):
    """Return all claims, the text if it is a newer one, and who else is here."""
    note_presence(article, of=request.user)
    people = [display_name(user) for user in present_users(article, but=request.user)]
    tag = etag_of(article, people)
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    text = article.current_text
    shown = {"id": text.pk, "number": text.number}
    if request.GET.get("text") != str(text.pk):
        shown = text_json(text)
    answer = {
        "text": shown,
        "claims": claims_json(article),
        "people": people,
        "csrf": get_token(request),
    }
    return JsonResponse(answer, headers={"ETag": tag})


def leave_article(request, article):
    note_absence(article, of=request.user)
    return {}


def create(request, article):
    """Create a claim of marked words; the same client_id again returns that claim."""
    sent = JsonBody(request)
    client_id = sent.uuid("client_id")
    fields, many = _fields(sent)
    decisions = sent_decisions(sent)
    with transaction.atomic():
        claim, is_new = mark_claim(
            article,
            _marks(sent),
            by=request.user,
            text=_text(article, sent),
            client_id=client_id,
            words_checked=sent.words("words_checked", ""),
            **many,
            **fields,
        )
        if claim.article_id != article.pk:
            raise invalid_value("client_id")
        if is_new:
            decide_on_earlier(claim, decisions, by=request.user)
    return JsonResponse(
        {"claim": desk_claim_json(claim)}, status=201 if is_new else 200
    )


def change(request, article, claim_id):
    """Change a claim's fields or marks, and take a step with it where one is sent."""
    sent = JsonBody(request)
    claim = get_claim(article, claim_id)
    fields, many = _fields(sent, claim)
    marks = _marks(sent) if "marks" in sent else None
    with transaction.atomic():
        claim = change_claim(
            claim,
            by=request.user,
            version=sent.whole("version"),
            marks=marks,
            roles=None if marks is None else _roles(sent),
            text=None if marks is None else _text(article, sent),
            words_checked=sent.words("words_checked", ""),
            **many,
            **fields,
        )
        decide_on_earlier(claim, sent_decisions(sent), by=request.user)
        if "step" in sent:
            name = sent.words("step")
            claim = take_step(name, claim, by=request.user, **_ticked(sent, name))
    return {"claim": desk_claim_json(claim)}


def delete(request, article, claim_id):
    """Reject a claim: nothing is ever deleted, and this can be taken back."""
    return _step(request, get_claim(article, claim_id), JsonBody(request), "reject")


def step(request, article, claim_id):
    sent = JsonBody(request)
    return _step(request, get_claim(article, claim_id), sent, sent.words("step"))


def bulk(request, article):
    """Take one step with many claims; return for each whether it was done.

    `confirmed`: somebody was shown what those to be listed leave open.
    """
    sent = JsonBody(request)
    name, results = sent.words("step"), []
    confirmed = name == "list" and sent.flag("confirmed")
    for row in sent.rows("claims", MOST_AT_ONCE):
        try:
            claim = get_claim(article, row.whole("id"))
            with transaction.atomic():
                if not confirmed:
                    refuse_in_bulk(name, claim)
                version = row.whole("version")
                if name == "accept":
                    version = _with_proposed_speaker(claim, request.user, version)
                comment = sent.words("comment", "")
                take_step(
                    name, claim, by=request.user, version=version, comment=comment
                )
        except Refused as refusal:
            results.append({"id": row.whole("id"), "error": str(refusal)})
        else:
            results.append({"id": row.whole("id")})
    done = {row["id"] for row in results if "error" not in row}
    shown = [each for each in claims_json(article) if each["id"] in done]
    return {"results": results, "claims": shown}


def _with_proposed_speaker(claim, user, version):
    """Set the speaker whose name the program proposed, if known; return the version.

    The desk did not know that speaker when the suggestion was made.
    """
    name = proposed_speaker(claim)
    speaker = speaker_named(name) if name else None
    if speaker is None or not user.has_perm("claims.change_claim"):
        return version
    return change_claim(claim, by=user, version=version, speaker=speaker).version


def mark_lost(request, article, claim_id):
    """Mark a claim's words as no longer in the text."""
    claim = get_claim(article, claim_id)
    claim = mark_words_lost(
        claim, by=request.user, version=JsonBody(request).whole("version")
    )
    return {"claim": desk_claim_json(claim)}


def verdict(request, article, claim_id):
    """Return the URL of a claim's verdict form; nothing is begun until it is saved."""
    claim = get_claim(article, claim_id)
    if not request.user.has_perm("claims.add_verdict"):
        raise NotPermitted(_("You may not write verdicts."))
    written = Verdict.objects.filter(claim=claim).first()
    if written is None:
        return {"url": f"{reverse('admin:claims_verdict_add')}?claim={claim.pk}"}
    return {"url": reverse("admin:claims_verdict_change", args=[written.pk])}


def prefill(request, article):
    """Return proposed fields for words just selected."""
    try:
        start, end = int(request.GET["start"]), int(request.GET["end"])
    except (KeyError, ValueError) as error:
        raise BadRequest(_("Give start and end as numbers.")) from error
    if not 0 <= start < end <= len(article.current_text.body):
        raise WordsDiffer(_("That place lies outside the article."))
    return {"guess": prefill_for(article, start, end)}


def correct(request, article):
    """Store a corrected text, or with `dry_run` return what it does to the claims."""
    sent = JsonBody(request)
    body, number = sent.words("body"), sent.whole("number")
    if sent.flag("dry_run"):
        return _plan_json(
            plan_correction(article, body, by=request.user, number=number)
        )
    text, plan = correct_text(
        article, body, by=request.user, reason=sent.words("reason", ""), number=number
    )
    return {"text": text_json(text), **_plan_json(plan)}


def no_claims(request, article):
    confirm_no_claims(article, by=request.user)
    return {}


def next_article(request, article):
    """Return the URL of the next article with something to decide."""
    found = next_open_article(article, by=request.user)
    if found is None:
        return {"url": None}
    return {"url": reverse("admin:claims_article_annotate", args=[found.pk])}


# --- Parsing the request --------------------------------------------------------


def _step(request, claim, sent, name, *, comment=None):
    claim = take_step(
        name,
        claim,
        by=request.user,
        version=sent.whole("version"),
        comment=sent.words("comment", "") if comment is None else comment,
        **_ticked(sent, name),
    )
    return {"claim": desk_claim_json(claim)}


def _ticked(sent, name):
    """Return which wording was confirmed, for a step that asks for it."""
    if name not in WORDS_ASKED:
        return {}
    return {"words_checked": sent.words("words_checked", "")}


def _fields(sent, claim=None):
    """Return the claim's fields that were sent, validated, and those of many rows."""
    values = sent.values.get("fields", {})
    if not isinstance(values, dict):
        raise invalid_value("fields")
    values = {name: _form_value(name, value) for name, value in values.items()}
    if claim is not None:
        claim.refresh_from_db()
    form = claim_fields(values, claim)
    if not form.is_valid():
        raise FieldErrors(form.errors)
    fields = dict(form.cleaned_data)
    if not fields.get("wording", True):
        del fields["wording"]
    many = {name: fields.pop(name) for name in MANY if name in fields}
    return fields, many


def _form_value(name, value):
    """Return a field's value as a form would send it: a string, or a list of them."""
    if isinstance(value, list) and name in MANY:
        return [_form_value("", each) for each in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return visible(value)
    if value is None:
        return None
    raise invalid_value(name or "topics")


def _marks(sent):
    marks, count = [], {}
    for row in sent.rows("marks", MOST_MARKS):
        role = row.words("role")
        if role not in SpanRole.values:
            raise invalid_value("role")
        ordinal = count.get(role, 0)
        count[role] = ordinal + 1
        marks.append(
            Mark(
                role,
                row.whole("start"),
                row.whole("end"),
                row.printed("exact"),
                ordinal,
            )
        )
    parts = sorted((m for m in marks if m.role == SpanRole.CONTENT), key=_start)
    for one, other in pairwise(parts):
        if other.start < one.end:
            raise WordsDiffer(_("The parts of a claim cannot share words."))
    return marks


def _start(mark):
    return mark.start


def _roles(sent):
    roles = sent.values.get("roles", SpanRole.values)
    if not isinstance(roles, list) or set(map(str, roles)) - set(SpanRole.values):
        raise invalid_value("roles")
    return roles


def _text(article, sent) -> ArticleText:
    """Return the text on which the words were marked; it must be the current one."""
    text = article.texts.filter(pk=sent.whole("text")).first()
    if text is None:
        raise ChangedMeanwhile(
            _("The article's text was corrected meanwhile."), article.current_text
        )
    return text


def _plan_json(plan):
    return {
        "counts": {name: plan.count(name) for name in OUTCOMES},
        "paragraphs_moved": plan.paragraphs_moved,
        "doubtful": [
            {
                "id": one.claim.pk,
                "outcome": one.outcome,
                "wording": one.claim.wording,
                "speaker": one.claim.speaker.name if one.claim.speaker else "",
                "revision": one.claim in plan.published,
                "spans": [
                    {
                        "role": each.span.role,
                        "exact": each.span.exact,
                        "outcome": each.found.outcome,
                        "candidates": [
                            plan.body[found.start : found.end]
                            for found in each.found.candidates
                        ],
                    }
                    for each in one.spans
                ],
            }
            for one in plan.doubtful
        ],
    }


OUTCOMES = ("exact", "moved", "review", "lost")
