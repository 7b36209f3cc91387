"""Forms of articles: adding one with its text, changing its metadata."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from claims.desk.languages import doubt_about_language, language_choices
from claims.exchange.articles import ArticleFile
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["language"] = ""
        self.fields["language"].choices = [("", "---------"), *language_choices()]

    def clean_body(self):
        try:
            return canonical(self.cleaned_data["body"])
        except TextRefused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def as_file(self) -> ArticleFile:
        """Return the article as an ArticleFile."""
        cleaned = self.cleaned_data
        return ArticleFile(
            cleaned["published_on"], cleaned["headline"], cleaned["body"]
        )

    def details(self) -> dict:
        """Return the metadata that add_article() stores."""
        return {name: self.cleaned_data[name] for name in DETAILS}


def _line(words):
    try:
        return " ".join(canonical(words).split())
    except TextRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
