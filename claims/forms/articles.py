"""How an article is typed in: its particulars and, once, its pasted text."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from claims.exchange.articles import ArticleFile
from claims.forms.desk import DeskForm
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
    """An article that is already here: everything but its text can be mended."""

    class Meta:
        model = Article
        fields = ("headline", "outlet", "published_on", *DETAILS)

    def clean_headline(self):
        return _line(self.cleaned_data["headline"])


class NewArticleForm(ArticleForm):
    """A new article with the text as it was printed."""

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

    def clean_body(self):
        try:
            return canonical(self.cleaned_data["body"])
        except TextRefused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def as_file(self) -> ArticleFile:
        """Return the article as the import takes it."""
        cleaned = self.cleaned_data
        return ArticleFile(
            cleaned["published_on"], cleaned["headline"], cleaned["body"]
        )

    def details(self) -> dict:
        """Return what the import stores beside the text."""
        return {name: self.cleaned_data[name] for name in DETAILS}


def _line(words):
    try:
        return " ".join(canonical(words).split())
    except TextRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
