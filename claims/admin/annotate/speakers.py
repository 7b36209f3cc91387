"""The JSON endpoints of the speaker box: names found, made, filled in, taken back."""

from __future__ import annotations

import re

from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _

from claims.admin.annotate.json_api import (
    MAX_INTEGER,
    BadRequest,
    FieldErrors,
    JsonBody,
    invalid_value,
)
from claims.admin.annotate.serializers import speaker_json
from claims.attribution.kinds import guess_kind
from claims.desk.naming import (
    LooksAlike,
    get_or_add_speaker,
    matching_outlets,
    matching_speakers,
    matching_topics,
)
from claims.desk.speakers import add_alias, add_role, change_kind, take_back_speaker
from claims.forms.speakers import AliasForm, RoleForm
from claims.models import Speaker
from claims.models.choices import SpeakerKind

MAY = {
    "kind": "claims.change_speaker",
    "role": "claims.add_speakerrole",
    "name": "claims.add_speakeralias",
}


def autocomplete(request, article):
    """Return speakers, outlets or topics whose name matches what is typed so far.

    With speakers, the likeliest kind of one that is called so.
    """
    typed = request.GET.get("q", "")[:200]
    kind = request.GET.get("kind")
    if kind == "speaker":
        found = [
            speaker_json(each, each.matched, each.fit)
            for each in matching_speakers(typed)
        ]
        text = article.current_text.body if article.current_text else ""
        name = _as_printed(typed, text)
        guess = guess_kind(name, language=article.language, text=text)
        return {"found": found, "name": name, "kind": guess}
    if kind not in {"outlet", "topic"}:
        raise BadRequest(_("There are no names of that kind."))
    rows = (matching_outlets if kind == "outlet" else matching_topics)(typed)
    return {"found": [{"id": row.pk, "name": row.name} for row in rows]}


def _as_printed(typed, text):
    """Return what was typed in small letters only as the article prints it."""
    name = " ".join(typed.split())
    if not name.islower():
        return name
    printed = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    return printed.group() if printed else name


def create(request, _article):
    """Create a speaker, or return the one of that name; 409 with those alike."""
    sent = JsonBody(request)
    try:
        speaker, is_new = get_or_add_speaker(
            sent.words("name"),
            by=request.user,
            kind=sent.words("kind", SpeakerKind.PERSON.value),
            another=sent.flag("another"),
        )
    except LooksAlike as refusal:
        alike = [speaker_json(each) for each in refusal.speakers]
        return JsonResponse({"error": str(refusal), "alike": alike}, status=409)
    return JsonResponse(
        {"speaker": speaker_json(speaker)}, status=201 if is_new else 200
    )


def particulars(request, _article, speaker_id):
    """Return a speaker's roles and aliases, and what the user may add to them."""
    return _particulars(request, _speaker(speaker_id))


def change(request, _article, speaker_id):
    """Give a speaker another kind."""
    kind = JsonBody(request).words("kind")
    if kind not in SpeakerKind.values:
        raise invalid_value("kind")
    speaker = _speaker(speaker_id)
    change_kind(speaker, kind, by=request.user)
    return _particulars(request, speaker)


def new_role(request, _article, speaker_id):
    """Add a role to a speaker."""
    speaker = _speaker(speaker_id)
    fields = _checked(RoleForm, JsonBody(request), speaker)
    add_role(speaker, by=request.user, **fields)
    return _particulars(request, speaker)


def new_name(request, _article, speaker_id):
    """Add an alias to a speaker."""
    speaker = _speaker(speaker_id)
    fields = _checked(AliasForm, JsonBody(request), speaker)
    add_alias(speaker, by=request.user, **fields)
    return _particulars(request, speaker)


def take_back(request, _article, speaker_id):
    """Delete a speaker that was added a moment ago."""
    take_back_speaker(_speaker(speaker_id), by=request.user)
    return {}


def _speaker(key):
    rows = Speaker.objects.unmerged().with_current_role()
    speaker = rows.filter(pk=key).first() if key <= MAX_INTEGER else None
    if speaker is None:
        raise Http404
    return speaker


def _checked(form_class, sent, speaker):
    """Return the fields that were sent, as a form takes them; raise FieldErrors."""
    names = form_class.base_fields
    values = {name: sent.values[name] for name in names if name in sent}
    if not all(isinstance(value, str | bool) for value in values.values()):
        raise BadRequest(_("Give words, and true or false."))
    form = form_class(values, instance=form_class.Meta.model(speaker=speaker))
    if not form.is_valid():
        raise FieldErrors(form.errors)
    return form.cleaned_data


def _particulars(request, speaker):
    speaker = _speaker(speaker.pk)
    return {
        "speaker": speaker_json(speaker),
        "roles": [
            {
                "role": str(role),
                "since": role.since and role.since.isoformat(),
                "until": role.until and role.until.isoformat(),
            }
            for role in speaker.roles.all()
        ],
        "names": list(speaker.aliases.values("name", "is_metonym")),
        "may": {name: request.user.has_perm(right) for name, right in MAY.items()},
    }
