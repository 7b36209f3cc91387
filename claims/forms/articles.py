"""Forms of articles: adding one with its text, changing its metadata."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from claims.desk.duplicates import articles_with_words
from claims.desk.languages import doubt_about_language, language_choices
from claims.exchange.articles import LONGEST_NAME, ArticleFile
from claims.exchange.transcripts import times_of
from claims.forms.base import DeskForm
from claims.models import Article
from claims.text.canonical import MAX_CHARACTERS, TextRefused, canonical

DETAILS = (
    "byline",
    "url",
    "archived_url",
    "language",
    "accessed_on",
    "text_rights",
)


class ArticleForm(DeskForm):
    """Changes an article's metadata; its text has a form of its own."""

    class Meta:
        model = Article
        fields = ("headline", "outlet", "published_on", *DETAILS)

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get("language")
        if field is not None:  # a reader of the desk gets no fields
            field.choices = language_choices(self.instance.language)
            if self.instance.pk:
                field.help_text = doubt_about_language(self.instance)

    def clean_headline(self):
        return _line(self.cleaned_data["headline"])


class NewArticleForm(ArticleForm):
    """Adds an article with its pasted text."""

    body = forms.CharField(
        label=_("Text"),
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 22, "cols": 100}),
        help_text=_(
            "Paste the article without its headline; an empty line between "
            "paragraphs. A text is never overwritten: correcting it later, at its "
            "annotation, keeps this one too."
        ),
    )

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        help_text=_("Told by the text, unless you choose one."),
    )
    new_outlet = forms.CharField(
        label=_("Or a new outlet"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("Its name, where it is not here yet."),
    )
    # The file of a transcript, for the seconds of its words.
    raw_subtitles = forms.CharField(
        label="",
        required=False,
        strip=False,
        max_length=MAX_CHARACTERS,
        widget=forms.HiddenInput,
    )
    # Shown once it turns out that it must be asked.
    take_anyway = forms.BooleanField(
        label=_("Take it in all the same"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", "")
        self.fields["language"].choices = [("", "---------"), *language_choices()]

    def clean_body(self):
        try:
            return canonical(self.cleaned_data["body"])
        except TextRefused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean_new_outlet(self):
        name = self.cleaned_data["new_outlet"]
        if name and self.cleaned_data.get("outlet"):
            raise ValidationError(_("Choose an outlet, or name a new one, not both."))
        return name

    def _post_clean(self):
        super()._post_clean()
        if self.errors or self.cleaned_data["take_anyway"]:
            return
        for same in articles_with_words(self.cleaned_data["body"]):
            self.add_error("body", str(same))
            self.fields["take_anyway"].widget = forms.CheckboxInput()

    def as_file(self) -> ArticleFile:
        """Return the article as an ArticleFile."""
        cleaned = self.cleaned_data
        return ArticleFile(
            cleaned["published_on"],
            cleaned["headline"],
            cleaned["body"],
            times=times_of(cleaned["raw_subtitles"], cleaned["body"]),
        )

    def details(self) -> dict:
        """Return the metadata that add_article() stores."""
        return {name: self.cleaned_data[name] for name in DETAILS}


def _line(words):
    try:
        return " ".join(canonical(words).split())
    except TextRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
