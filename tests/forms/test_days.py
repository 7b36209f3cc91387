"""A day cannot be misread: what is typed is understood or asked about."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import DateField, Form
from django.test import RequestFactory
from django.utils import translation

from claims.forms.annotate import claim_fields
from claims.forms.days import DayField, in_words, is_odd, readings
from claims.forms.review import PlanForm
from tests.admin.conftest import signed_in, typed
from tests.factories import make_claim, make_user, make_verdict

MAY = date(2024, 5, 6)


class DayForm(Form):
    day = DayField(required=False)
    later = DayField(required=False, ahead=True)


in_each_language = pytest.mark.parametrize("language", dict(settings.LANGUAGES))


@pytest.mark.parametrize(
    "words",
    [
        "6 May 2024",
        "May 6, 2024",
        "6. Mai 2024",
        "6 Mayıs 2024",
        "Monday, 6 May 2024",
        "2024-05-06",
        "2024.05.06",
        " 6 may 2024 ",
    ],
)
@in_each_language
def test_a_day_reads_the_same_in_every_language_of_the_page(words, language):
    with translation.override(language):
        assert DayField().clean(words) == MAY


@in_each_language
@pytest.mark.parametrize("month", range(1, 13))
def test_what_the_page_writes_it_reads_again(language, month):
    day = date(2023, month, 7)
    with translation.override(language):
        shown = str(DayField().widget.format_value(day))
        assert not shown.replace("2023", "").replace("7", "").strip().isdigit()
        assert DayField().clean(shown) == day


@pytest.mark.parametrize("words", ["06/05/2024", "6.5.2024", "06-05-2024", "5/6/2024"])
@in_each_language
def test_numbers_that_may_mean_two_days_are_never_guessed(words, language):
    with translation.override(language), pytest.raises(ValidationError) as refusal:
        DayField().clean(words)
    (sentence,) = refusal.value.messages
    for day in (MAY, date(2024, 6, 5)):
        with translation.override(language):
            assert in_words(day) in sentence


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("13/05/2024", "2024-05-13"),
        ("05/13/2024", "2024-05-13"),
        ("5.5.2024", "2024-05-05"),
    ],
)
def test_numbers_that_can_mean_one_day_only_are_taken(words, day):
    assert DayField().clean(words).isoformat() == day


@pytest.mark.parametrize(
    "words",
    [
        "May 2024",
        "2024",
        "6 May",
        "6/5/24",
        "31 June 2024",
        "soon",
        "6 May 20244",
        "x" * 99,
    ],
)
def test_what_is_no_whole_day_is_refused_with_an_example(words):
    with pytest.raises(ValidationError, match="6 May 2024"):
        DayField().clean(words)


def test_both_readings_are_offered_and_the_chosen_one_is_taken():
    form = DayForm({"day": "06/05/2024"})
    html = str(form["day"])
    assert html.count('type="radio"') == 2
    assert 'value="6 May 2024"' in html
    assert 'value="5 June 2024"' in html
    chosen = DayForm({"day": "06/05/2024", "day_meant": "5 June 2024"})
    assert chosen.is_valid()
    assert chosen.cleaned_data["day"] == date(2024, 6, 5)
    # The control: a day that is clear offers nothing.
    assert 'type="radio"' not in str(DayForm({"day": "6 May 2024"})["day"])


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("6 May 2094", "after today"),
        ("6 May 1824", "long ago"),
        ("1 Jan 1066", "long ago"),
    ],
)
def test_days_after_today_or_a_lifetime_away_are_asked_about(words, asked):
    form = DayForm({"day": words})
    assert asked in form.errors["day"][0]
    sure = DayForm({"day": words, "day_meant": f"{words}!"})
    assert sure.is_valid()
    # It stands in the form so, and is not asked about at each save.
    shown = DayForm(initial={"day": sure.cleaned_data["day"]})["day"]
    again = DayForm({"day": shown.field.widget.format_value(shown.value())})
    assert again.is_valid()


def test_tomorrow_is_no_surprise_where_days_lie_ahead():
    soon = in_words(datetime.now(UTC).date() + timedelta(days=40))
    form = DayForm({"day": soon, "later": soon})
    assert list(form.errors) == ["day"]
    assert "later" in DayForm({"later": "6 May 2924"}).errors


def test_today_is_today_wherever_on_earth_it_is_typed():
    assert not is_odd((datetime.now(UTC) + timedelta(hours=13)).date())
    assert is_odd((datetime.now(UTC) + timedelta(days=3)).date())


def test_the_year_9999_is_refused():
    assert readings("6 May 9999") == []


# --- In every form of the desk --------------------------------------------------------


def day_fields(request):
    """Yield model and field of every day that somebody can type in the admin."""
    for model, page in admin.site._registry.items():
        if model._meta.app_label != "claims" or not page.has_change_permission(request):
            continue
        yield from ((model, each) for each in fields_of(page.get_form(request)))
        for inline in page.get_inline_instances(request):
            form = inline.get_formset(request).form
            yield from ((inline.model, each) for each in fields_of(form))


def fields_of(form):
    return [each for each in form.base_fields.values() if isinstance(each, DateField)]


@pytest.mark.django_db
def test_every_day_of_the_admin_is_typed_so():
    request = RequestFactory().get("/")
    request.user = make_user(superuser=True)
    found = list(day_fields(request))
    assert len(found) >= 4
    assert [one for one in found if not isinstance(one[1], DayField)] == []
    assert isinstance(PlanForm.base_fields["recheck_on"], DayField)


@pytest.mark.django_db
def test_a_claim_shows_its_day_in_words_and_refuses_to_guess():
    editor = signed_in(make_user("Editors"))
    claim = make_claim(stated_on=MAY)
    page = f"/admin/claims/claim/{claim.pk}/change/"
    shown = editor.get(page)
    assert 'value="6 May 2024"' in shown.content.decode()
    refused = editor.post(page, typed(shown, stated_on="06/05/2024"))
    assert refused.status_code == 400
    html = refused.content.decode()
    assert 'value="06/05/2024"' in html
    assert 'name="stated_on_meant" value="5 June 2024"' in html


@pytest.mark.django_db
@in_each_language
def test_days_of_a_verdict_and_its_sources_are_read_alike_in_each_language(language):
    editor = signed_in(make_user("Editors"))
    editor.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    verdict = make_verdict(as_of=MAY)
    page = f"/admin/claims/verdict/{verdict.pk}/change/"
    shown = editor.get(page)
    with translation.override(language):
        assert f'value="{in_words(MAY)}"' in shown.content.decode()
    sent = typed(shown, as_of="7 May 2024", evidence__0__published_on="8 Mayıs 2024")
    assert editor.post(page, sent).status_code == 302
    verdict.refresh_from_db()
    assert verdict.as_of.isoformat() == "2024-05-07"
    assert verdict.evidence.get().published_on.isoformat() == "2024-05-08"


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["06/05/2024", "9999-05-06", "6 May 2094"])
def test_the_annotation_desk_guesses_no_day_either(words):
    assert "stated_on" in claim_fields({"stated_on": words}).errors
    assert "stated_on" not in claim_fields({"stated_on": "6 May 2024"}).errors
