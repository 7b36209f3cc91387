"""The claim form: words are pasted, and found in the article's text."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.desk.annotation import FIELDS, find_mark
from claims.desk.passages import occurrences_of
from claims.desk.revisions import needs_a_revision
from claims.exceptions import Incomplete
from claims.forms.base import DeskForm
from claims.models import Claim
from claims.models.choices import SpanRole

BETWEEN = "[...]"
# A word like "the" stands in a long article thousands of times; nobody reads on.
MOST_PLACES = 50

# Form field, role, field of the chosen places.
ROLES = (
    ("quote", SpanRole.CONTENT, "quote_places"),
    ("cue", SpanRole.CUE, "cue_places"),
    ("speaker_words", SpanRole.SPEAKER, "speaker_places"),
)


class PlacesWidget(forms.Widget):
    """Radio buttons to choose a place for words that occur several times."""

    template_name = "admin/claims/places.html"
    parts: list = []

    def value_from_datadict(self, data, files, name):
        chosen = {}
        for key in data:
            number = key.removeprefix(f"{name}_")
            if number != key and number.isascii() and number.isdigit():
                chosen[int(number[:4])] = data.get(key)
        return chosen

    def render(self, name, value, attrs=None, renderer=None):
        return render_to_string(
            self.template_name, self.get_context(name, value, attrs)
        )

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        value = value if isinstance(value, dict) else {}
        context["widget"]["parts"] = [
            {
                "name": f"{name}_{number}",
                "words": words,
                "places": places,
                "chosen": str(value.get(number, "")),
            }
            for number, words, places in self.parts
        ]
        return context

    def id_for_label(self, id_):
        return ""


class PlacesField(forms.Field):
    """The chosen place of each part of the words: {part: number of the place}."""

    widget = PlacesWidget

    def to_python(self, value):
        numbers = {}
        for part, number in (value or {}).items():
            number = str(number)
            if not (number.isascii() and number.isdigit() and len(number) < 7):
                raise ValidationError(_("Choose one of the places."))
            numbers[part] = int(number)
        return numbers

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class ClaimForm(DeskForm):
    """Adds or changes a claim: words in the article, speaker, date, topics."""

    quote = forms.CharField(
        label=gettext_lazy("Words of the claim"),
        max_length=12_000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text=gettext_lazy(
            "Paste them from the article. Where the claim is interrupted, put [...] "
            "between its parts."
        ),
    )
    quote_places = PlacesField(label=gettext_lazy("Which place?"), required=False)
    cue = forms.CharField(
        label=gettext_lazy("Cue"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("The words that attribute it: “said”, “pointed out”."),
    )
    cue_places = PlacesField(label=gettext_lazy("Which place?"), required=False)
    speaker_words = forms.CharField(
        label=gettext_lazy("Speaker as printed"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("As the article names the speaker: “Rood”, “he”."),
    )
    speaker_places = PlacesField(label=gettext_lazy("Which place?"), required=False)

    class Meta:
        model = Claim
        fields = (
            "article",
            "speaker",
            "other_speakers",
            "printed_role",
            "via",
            "wording",
            "attribution",
            "stated_on",
            "stated_precision",
            "stated_basis",
            "checkability",
            "topics",
        )
        widgets = {"wording": forms.Textarea(attrs={"rows": 2, "maxlength": 500})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "wording" in self.fields:
            self.fields["wording"].required = False
        if not self.instance.pk:
            return
        if "wording" not in self.data and needs_a_revision(self.instance):
            for words, _role, places in ROLES:
                del self.fields[words], self.fields[places]
        else:
            self._show_marks()

    def clean(self):
        cleaned = super().clean()
        article = cleaned.get("article") or (self.instance.pk and self.instance.article)
        self.marks = None
        if not article or "quote" not in self.fields:
            return cleaned
        if article.current_text is None:
            self.add_error(None, _("The article has no text yet."))
            return cleaned
        marks = []
        for field, role, places in ROLES:
            if cleaned.get(field):
                marks += self._marks(article.current_text, field, role, places)
        if not self.errors and self._differ(marks):
            self.marks = marks
        self.marked_text = article.current_text
        return cleaned

    def for_annotation(self) -> dict:
        """Return the cleaned fields for mark_claim() and change_claim()."""
        names = (*FIELDS, "other_speakers", "topics")
        return {n: self.cleaned_data[n] for n in names if n in self.cleaned_data}

    def _marks(self, text, field, role, places_field):
        """Return the marks of pasted words; add an error if a place must be chosen."""
        words = self.cleaned_data[field]
        parts = words.split(BETWEEN) if role == SpanRole.CONTENT else [words]
        parts = [part.strip() for part in parts]
        chosen = self.cleaned_data.get(places_field) or {}
        marks, open_parts, undecided = [], [], False
        for ordinal, part in enumerate(parts):
            if not part:
                self.add_error(field, _("There is nothing between two [...]."))
                continue
            places = occurrences_of(text.body, part)
            if len(places) > 1:
                open_parts.append((ordinal, part, places[:MOST_PLACES]))
                if ordinal not in chosen:
                    undecided = True
                    continue
            try:
                marks.append(
                    find_mark(
                        text,
                        part,
                        role=role,
                        ordinal=ordinal,
                        occurrence=chosen.get(ordinal, 1) if len(places) > 1 else 1,
                    )
                )
            except Incomplete as refusal:
                for sentence in refusal.missing.values():
                    self.add_error(field, sentence)
        self.fields[places_field].widget.parts = open_parts
        if undecided:
            self.add_error(
                places_field,
                _("These words stand in the article several times. Choose the place."),
            )
        return marks

    def _differ(self, marks):
        if not self.instance.pk:
            return True
        stored = {
            (s.role, s.ordinal, s.start, s.end, s.text_id)
            for s in self.instance.spans.all()
        }
        current = self.instance.article.current_text_id
        return stored != {(m.role, m.ordinal, m.start, m.end, current) for m in marks}

    def _show_marks(self):
        """Set the initial words and places from the claim's spans."""
        spans = list(self.instance.spans.select_related("text"))
        for field, role, places_field in ROLES:
            if field not in self.fields:
                continue
            own = [span for span in spans if span.role == role]
            self.fields[field].initial = f" {BETWEEN} ".join(s.exact for s in own)
            chosen, open_parts = {}, []
            for number, span in enumerate(own):
                places = occurrences_of(span.text.body, span.exact)
                if len(places) > 1:
                    open_parts.append((number, span.exact, places[:MOST_PLACES]))
                    chosen[number] = next(
                        (p.number for p in places if p.start == span.start), ""
                    )
            self.fields[places_field].initial = chosen
            self.fields[places_field].widget.parts = open_parts
