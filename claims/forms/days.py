"""Days in forms: read without guessing, written with the month as a word.

06/05/2024 is 6 May to some and 5 June to others, and the language of a page does not
say who typed it: both are offered. A day after today, or a lifetime away, is asked
about.
"""

from datetime import UTC, date, datetime, timedelta

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from claims.exchange.dates import NUMBERS, WORD, read_day
from claims.models.choices import DatePrecision

# Behind a day that is meant in spite of looking odd.
MEANT = "!"
LONG = 60
# "Monday, the 6th of May 2024".
MOST_WORDS = 6
YEARS_AWAY = 100
# Fields of days that lie ahead; all others are of what has happened.
AHEAD = {"recheck_on", "since", "until"}


def in_words(day: date) -> str:
    """Return a day as no reader mistakes it, in the language of the page."""
    return date_format(day, "DATE_FORMAT")


def readings(words: str) -> list[date]:
    """Return the days that words may mean: two of numbers alone, one, or none.

    >>> [day.isoformat() for day in readings("06/05/2024")]
    ['2024-05-06', '2024-06-05']
    >>> [day.isoformat() for day in readings("13.05.2024")], readings("May 2024")
    (['2024-05-13'], [])
    """
    words = words.strip().removesuffix(MEANT).strip()
    is_long = len(words) > LONG or len(WORD.findall(words)) > MOST_WORDS
    orders = ("dmy", "mdy") if NUMBERS.fullmatch(words) else ("",)
    found = [] if is_long else [read_day(words, order) for order in orders]
    exact = [each for each in found if each.precision == DatePrecision.DAY]
    return list(dict.fromkeys(each.on for each in exact if each.on))


def is_odd(day: date, *, ahead: bool = False) -> bool:
    """Return whether a day is asked about: after today, or a lifetime away."""
    # Today, wherever on Earth it begins first.
    today = (datetime.now(UTC) + timedelta(hours=14)).date()
    is_far = abs(day.year - today.year) > YEARS_AWAY
    return is_far or (day > today and not ahead)


class DayInput(AdminDateWidget):
    """A box for a day in words; under it what a day that was refused may mean."""

    ahead = False

    def __init__(self, attrs=None, format=None):
        super().__init__({"size": "20", "autocomplete": "off"} | (attrs or {}), format)

    def format_value(self, value):
        if not isinstance(value, date):
            return value or ""
        return in_words(value) + (MEANT if is_odd(value, ahead=self.ahead) else "")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"].setdefault("placeholder", in_words(date(2024, 5, 6)))
        return context

    def render(self, name, value, attrs=None, renderer=None):
        box = super().render(name, value, attrs, renderer)
        days = self.meant(value) if isinstance(value, str) else []
        if not days:
            return box
        # A form's own renderer knows no template of the site.
        return box + render_to_string(
            "admin/claims/_meant.html", {"name": name, "days": days}
        )

    def meant(self, words):
        """Return what to choose from where words cannot be taken as they are."""
        days = readings(words)
        odd = [day for day in days if is_odd(day, ahead=self.ahead)]
        if len(days) < 2 and (not odd or words.rstrip().endswith(MEANT)):
            return []
        return [in_words(day) + (MEANT if day in odd else "") for day in days]

    def value_from_datadict(self, data, files, name):
        chosen = data.get(f"{name}_meant")
        return chosen or super().value_from_datadict(data, files, name)


class DayField(forms.DateField):
    """A day that nobody can misread; of a day `ahead` the future is no surprise."""

    widget = DayInput

    def __init__(self, *, ahead=False, **kwargs):
        self.ahead = ahead
        super().__init__(**kwargs)
        self.widget.ahead = ahead

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        words = value.strip()
        if words in self.empty_values:
            return None
        days = readings(words)
        if len(days) == 2:
            first, second = map(in_words, days)
            raise ValidationError(
                _(
                    "“%(typed)s” may be %(first)s or %(second)s. Write the month as a "
                    "word."
                ),
                params={"typed": words, "first": first, "second": second},
                code="ambiguous",
            )
        if not days:
            raise ValidationError(
                _("Write the day with its month as a word and its year: %(example)s."),
                params={"example": in_words(date(2024, 5, 6))},
                code="invalid",
            )
        (day,) = days
        if is_odd(day, ahead=self.ahead) and not words.endswith(MEANT):
            raise ValidationError(self.question(day), code="odd")
        return day

    @staticmethod
    def question(day):
        is_future = day > datetime.now(UTC).date()
        asked = (
            _("%(day)s is after today. If it is meant, write it with “!” behind it.")
            if is_future
            else _("%(day)s is long ago. If it is meant, write it with “!” behind it.")
        )
        return asked % {"day": in_words(day)}

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def day_field(db_field, **kwargs):
    """Return the DayField of a model's field."""
    kwargs |= {"form_class": DayField, "ahead": db_field.name in AHEAD}
    return db_field.formfield(**kwargs)
