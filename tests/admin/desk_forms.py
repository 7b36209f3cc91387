"""Every page of the desk by its address, every form on it, filled in as by a hand.

Pages are found in the URL configuration, forms in the pages: one that is added next is
tried with the others. A page whose arguments are not known here fails the test.
"""

from dataclasses import dataclass, replace
from itertools import count
from uuid import uuid4

import lxml.html
import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from claims.admin.desk_pages import STEPS as PAGE_STEPS
from claims.desk.pages import submit_page
from claims.desk.saved_filters import save_filter
from claims.desk.steps import STEPS
from claims.desk.together import TOGETHER
from claims.models.choices import ClaimStatus, Subject, VerdictStatus
from claims.reading.handbook import TITLES
from tests.admin.test_access import (
    asked_to_retract,
    asked_to_withdraw,
    make_everything,
)
from tests.factories import (
    make_article,
    make_claim,
    make_page,
    make_speaker,
    make_user,
    make_verdict,
    photograph,
    revise,
    withdraw,
)

# What leaves the desk, or answers scripts and programs: no page of it.
NO_PAGES = {
    *("admin:logout", "admin:login", "admin:autocomplete", "admin:jsi18n"),
    *("admin:view_on_site", "admin:sent_forms", "admin:agenda_file", "admin:welcome"),
}
# Endpoints of the annotation desk, where each claim carries a name of its own.
ENDPOINTS = "claims_article_annotate_"
# Nothing is typed in these.
AWAY = {"/admin/logout/", "/i18n/setlang/"}
TYPED = "Every  letter — “İğne”, <b>&amp; and the last word."
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
BY_KIND = {
    "email": "typed@desk.example",
    "url": "https://typed.example/1",
    "number": "1",
    "date": "2026-05-04",
    "password": "Harbour-lamp-9471",
}
# What fields take that do not take any words, by the end of their names: None for
# nothing, a tuple where nothing is chosen yet.
FILLS = {
    "slug": "typed-slug",
    "wikidata_id": "Q4021",
    "username": "typed.person",
    "language": "en",
    "order": "90",
    "sign": "≈",
    "value": None,
    "label": "Typed",
    "bucket": ("unrated",),
    "attribution": "indirect",
    "events": "withdrawn",
    "channel": "mail",
    "address": "typed@desk.example",
    "new_outlet": None,
    "headline": "Typed headline",
    "body": f"{TYPED}\n\nAnd a second paragraph.",
    "quote": "Nobody was hurt.",
    "cue": None,
    "speaker_words": None,
    "stated_precision": "day",
    "via": None,
    "repeats": None,
    "speaks_for": None,
    "status": "answered",
    "file_name": None,
    "mapping": None,
    "last_login_0": None,
    "last_login_1": None,
}
numbers = count(1)
# A long walk is done in parts: what one of them finds is told before the next, and
# --lf goes on with those that found something.
PARTS = 8
PATIENCE = 120_000  # milliseconds, for browsers on busy machines
in_parts = pytest.mark.parametrize("part", range(PARTS))


# --- Rows -------------------------------------------------------------------------


def make_desk():
    """Return one row of everything by the name of its model, and an administrator."""
    root = make_user(superuser=True)
    made = make_everything()
    return made | {
        "root": root,
        "user": make_user("Editors"),
        "group": Group.objects.first(),
        "comment": made["thread"].comments.first(),
        "list": save_filter(by=root, name="Mine", model="claim", query="status=draft"),
        "article": make_article(headline="Without claims"),
        "other": make_claim(),
    }


def make_states():
    """Return claims, verdicts and pages in other states, by a word for each."""
    verdicts = {
        state.label: {"verdict": make_verdict(status=state)}
        for state in VerdictStatus
        if state != VerdictStatus.DRAFT
    }
    claims = {
        state.label: {"claim": make_claim(status=state)}
        for state in ClaimStatus
        if state not in {ClaimStatus.DRAFT, ClaimStatus.WITHDRAWN}
    }
    draft = make_page("people", published=False)
    waiting = make_page("complaints", published=False)
    waiting = submit_page(waiting, by=make_user("Reviewers"), version=waiting.version)
    published = make_verdict(status=VerdictStatus.PUBLISHED)
    return {
        **{f"verdict {label}": rows for label, rows in verdicts.items()},
        **{f"claim {label}": rows for label, rows in claims.items()},
        "verdict revised": {"verdict": revise(published)},
        "verdict to be retracted": {"verdict": asked_to_retract()},
        "claim to be withdrawn": {"claim": asked_to_withdraw()},
        "claim withdrawn": {
            "claim": withdraw(make_verdict(status=VerdictStatus.PUBLISHED).claim)
        },
        "page in draft": {"deskpage": draft},
        "page in review": {"deskpage": waiting},
        "speaker with claims": {"speaker": make_claim(speaker=make_speaker()).speaker},
    }


# --- Pages ------------------------------------------------------------------------


def desk_addresses(made, models=None):
    """Return the address of every page of the desk by its name, or of some models.

    `made` has one row of each model by the model's name.
    """
    found = {}
    for pattern in _patterns(_desk().url_patterns):
        name = f"admin:{pattern.name}"
        if pattern.name is None or name in NO_PAGES or ENDPOINTS in name:
            continue
        wanted = pattern.pattern.regex.groupindex
        is_of_them = models is None or (models & {*pattern.name.split("_")} and wanted)
        for label, arguments in _arguments(pattern, made) if is_of_them else ():
            found[label] = reverse(name, kwargs=arguments)
    return found


def places(made, states):
    """Return rows and addresses of all pages, and of rows in other states theirs."""
    found = [(made, desk_addresses(made))]
    for state, rows in states.items():
        changed = made | rows
        named = desk_addresses(changed, set(rows)).items()
        found.append((changed, {f"{state}: {name}": at for name, at in named}))
    return found


def part_of(found, part):
    """Yield rows, name and address of each page of a part of a walk, None for all."""
    pages = [(made, *page) for made, named in found for page in named.items()]
    yield from pages if part is None else pages[part::PARTS]


def _desk():
    return next(
        each
        for each in get_resolver().url_patterns
        if isinstance(each, URLResolver) and each.app_name == "admin"
    )


def _patterns(patterns):
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each.url_patterns)
        elif isinstance(each, URLPattern):
            yield each


def _arguments(pattern, made):
    """Yield label and arguments of each page that a pattern of the desk stands for."""
    name, wanted = pattern.name, set(pattern.pattern.regex.groupindex)
    # "claims_verdict_change", "drop_list"
    rows = [made[part] for part in name.split("_")[1:] if part in made]
    row = rows[0].pk if rows else None
    known = {"object_id": row, "id": row, "pk": row, "article_id": row}
    known["comment_id"] = made["comment"].pk
    several = {
        "app_label": ["claims", "auth"],
        "page": list(TITLES),
        "name": _names(name),
    }
    many, *_none = wanted & set(several) or [None]
    for each in several.get(many, [None]):
        arguments = {one: known[one] for one in wanted - {many}}
        yield (
            (f"{name} {each}", arguments | {many: each}) if many else (name, arguments)
        )


def _names(name):
    """Return the steps for which a page asks."""
    if name.endswith("_together"):
        return list(TOGETHER)
    if name == "claims_deskpage_step":
        return list(PAGE_STEPS)
    subject = Subject.CLAIM if name.startswith("claims_claim_") else Subject.VERDICT
    return [step.name for step in STEPS.values() if step.subject == subject]


# --- Forms ------------------------------------------------------------------------


@dataclass(frozen=True)
class Form:
    """One button of a posted form: where it leads and what is sent by it."""

    label: str
    address: str
    data: dict
    files: dict

    def sent(self):
        """Return all that is sent; files anew, since each is read once."""
        files = {name: SimpleUploadedFile(*one) for name, one in self.files.items()}
        return self.data | files

    def anew(self):
        """Return it as another visit to its page shows it: under another name."""
        return replace(self, data=self.data | {"form_token": str(uuid4())})


def forms_of(label, address, html, made, fills):
    """Return the forms of a page that are posted and named, once for each button."""
    root = lxml.html.fromstring(html)
    forms = {}
    for form in root.forms:
        is_away = form.get("action") in AWAY
        if form.method != "POST" or "form_token" not in form.fields or is_away:
            continue
        data, files = _filled(form, made, {**FILLS, **fills})
        for button in _buttons(root, form):
            leads = button.get("formaction") or form.get("action") or address
            name, value = button.get("name"), button.get("value", "")
            words = " ".join(button.text_content().split()) or value
            said = (
                f"{label}: {words}" if leads == address else f"{label}: {words} {leads}"
            )
            pressed = {name: value} if name else {}
            # Of many alike on a page, one.
            forms.setdefault(said, Form(said, leads, data | pressed, files))
    return list(forms.values())


def shown_again(page, form):
    """Return the form of a page that could not carry one out, and what it shows."""
    root = lxml.html.fromstring(page.content.decode())
    [again] = [
        each
        for each in root.forms
        if "form_token" in each.fields and each.get("action") not in AWAY
    ]
    data = {}
    for name, value in again.form_values():
        data.setdefault(name, []).append((value or "").removeprefix("\n"))
    shown = [each.text_content() for each in root.xpath("//dl[@class='typed']/dd")]
    return Form(form.label, again.get("action"), data, form.files), shown


def _buttons(root, form):
    own = form.xpath(
        ".//button[not(@type) or @type='submit'] | .//input[@type='submit']"
    )
    if key := form.get("id"):
        own += root.xpath("//button[@form=$key]", key=key)
    return [each for each in own if each.get("form", form.get("id")) == form.get("id")]


def _filled(form, made, fills):
    """Return the fields of a form and its files, with something in each."""
    data, files = {}, {}
    for name, value in form.form_values():
        # A browser sends what stands after the first line break of a text box.
        data.setdefault(name, []).append((value or "").removeprefix("\n"))
    for field in form.inputs:
        name = field.get("name")
        if not name or "__prefix__" in name or field.get("disabled") is not None:
            data.pop(name, None)
            continue
        is_empty = not "".join(filter(None, data.get(name, []))).strip()
        if field.get("type") == "file":
            # Words or a file: words are typed.
            if "raw_words" not in form.fields:
                files[name] = _file(field.get("accept", ".pdf"))
        elif name == "_selected_action":
            data.setdefault(name, []).append(field.get("value"))
        elif (fill := _fill(field, fills, is_empty=is_empty)) is not None:
            data[name] = [fill]
        elif is_empty and field.get("type") != "hidden":
            data[name] = [_value(field, made)]
    return {
        name: values[0] if len(values) == 1 else values
        for name, values in data.items()
        if values != [None]
    }, files


def _file(accepted):
    """Return name, bytes and kind of a new file of a kind that a field accepts."""
    if ".pdf" in accepted:
        return f"minutes-{next(numbers)}.pdf", PDF, "application/pdf"
    return f"portrait-{next(numbers)}.jpg", photograph(), "image/jpeg"


def _fill(field, fills, *, is_empty):
    """Return what a field is to take, "" for nothing, None for whatever fits."""
    last = field.get("name").split("-")[-1]
    # Of a reader or a page: that of a page is a URL, or comes along unseen.
    is_of_page = last == "address" and field.get("type") in {"url", "hidden"}
    if last not in fills or is_of_page:
        return None
    fill = fills[last]
    if fill is None:
        return "" if is_empty else None
    if isinstance(fill, tuple):
        return fill[0] if is_empty else None
    if field.tag == "select" and not field.get("data-model-name"):
        options = {each.get("value") for each in field.iter("option")}
        return fill if fill in options else None
    return fill


def _value(field, made):
    """Return what somebody would put into an empty field, None for nothing."""
    kind, name = field.get("type") or field.tag, field.get("name")
    if kind in {"checkbox", "submit"}:
        return None
    if kind == "radio":
        return field.get("value")
    if field.tag == "select":
        options = [each.get("value") for each in field.iter("option")]
        if model := field.get("data-model-name"):
            table = apps.get_model(field.get("data-app-label"), model)
            related = table._meta.get_field(field.get("data-field-name")).related_model
            row = made.get(related._meta.model_name)
            return str(row.pk) if row else None
        return next(filter(None, options), None)
    if "vDateField" in (field.get("class") or ""):
        return "4 May 2026"
    if kind == "number" and name in made:
        return str(made[name].pk)
    return BY_KIND.get(kind, TYPED[: int(field.get("maxlength") or len(TYPED))])
