"""The form that reads an article from a file, pasted words or another site's page."""

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from claims.exchange.articles import LONGEST_ADDRESS, ImportRefused
from claims.exchange.documents import LARGEST_DOCUMENT, SUFFIXES, read_document
from claims.models.fields import without_login
from claims.text.canonical import MAX_CHARACTERS


class IntakeForm(forms.Form):
    """Takes a file, pasted words or a page that a bookmarklet sent, to be read.

    What begins with `raw_` comes as it was sent, so that what is put right is told.
    """

    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        help_text=_(
            "Text, a saved web page (HTML), Word (.docx), PDF, subtitles (.vtt, .srt)."
        ),
    )
    raw_words = forms.CharField(
        label=_("Or paste the words"),
        required=False,
        strip=False,
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 14, "cols": 100}),
        help_text=_("With the headline, the name of who wrote it and the day on top."),
    )
    keep_lines = forms.BooleanField(
        label=_("Leave the lines as they are"),
        required=False,
        help_text=_("For verse and tables. Else lines that a margin ended are joined."),
    )
    encoding = forms.ChoiceField(
        label=_("Encoding of the file"),
        required=False,
        choices=[
            ("", _("UTF-8, or as the file says")),
            ("windows-1252", _("Windows, Western European (1252)")),
            ("windows-1250", _("Windows, Central European (1250)")),
            ("windows-1251", _("Windows, Cyrillic (1251)")),
            ("windows-1253", _("Windows, Greek (1253)")),
            ("windows-1254", _("Windows, Turkish (1254)")),
            ("windows-1256", _("Windows, Arabic (1256)")),
        ],
    )
    raw_page = forms.CharField(
        required=False, strip=False, widget=forms.HiddenInput, max_length=8_000_000
    )
    address = forms.URLField(
        required=False,
        widget=forms.HiddenInput,
        max_length=LONGEST_ADDRESS,
        validators=[without_login],
        assume_scheme="https",
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file is not None and file.size > LARGEST_DOCUMENT:
            raise ValidationError(
                _(
                    "The file has %(size)d MB; at most %(most)d are read. Save the "
                    "text alone, without pictures, or paste the words."
                )
                % {"size": file.size // 10**6, "most": LARGEST_DOCUMENT // 10**6}
            )
        return file

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        file, page = cleaned["file"], cleaned["raw_page"]
        words = cleaned["raw_words"].strip()
        if not (file or page or words):
            raise ValidationError(_("Choose a file, or paste the words."))
        if file and words:
            raise ValidationError(_("Choose a file or paste words, not both."))
        if file:
            self.article = self._read("file", file.read(), file.name)
            return cleaned
        told = page and self._read("raw_words", page.encode(), "page.html")
        said = words and self._read("raw_words", words.encode(), "words")
        self.article = said or told
        if told and said:
            # Of a page in which words were selected, everything but its own words.
            self.article = replace(told, body=said.body, repairs=said.repairs)
        return cleaned

    def _read(self, field, data, name):
        """Return the article in a file, or None with the reason at its field."""
        cleaned = self.cleaned_data
        try:
            return read_document(
                data,
                name,
                encoding=cleaned["encoding"] if field == "file" else "",
                keep_lines=cleaned["keep_lines"],
                address=cleaned["address"],
            )
        except ImportRefused as refusal:
            self.add_error(field, str(refusal))
            return None
