"""The form that takes in published checks: a file or what was uploaded, its mapping."""

import base64
import binascii
import zlib

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.exchange.published.mapping import Mapping, read_mapping
from claims.exchange.records import InvalidValue

# What a page takes; more goes in by manage.py import_reviews.
LARGEST = 20_000_000


class ReviewImportForm(forms.Form):
    """A file of checks; after the dry run its content travels along in `packed`."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("ClaimReview as JSON or saved HTML, or a table as CSV, TSV, JSON."),
    )
    mapping = forms.CharField(
        label=_("Mapping"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8, "cols": 60, "spellcheck": "false"}),
        help_text=_("JSON. A table needs one; the dry run proposes it."),
    )
    keep_going = forms.BooleanField(
        label=_("Take the good rows though others are broken"), required=False
    )
    packed = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean_mapping(self) -> Mapping:
        text = self.cleaned_data["mapping"].strip()
        try:
            return read_mapping(text) if text else Mapping()
        except InvalidValue as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean(self):
        cleaned = super().clean()
        file = cleaned.get("file")
        if file is not None:
            if file.size > LARGEST:
                raise forms.ValidationError(
                    _("The file is too large for this page. Use import_reviews.")
                )
            cleaned["content"], cleaned["name"] = file.read(), file.name
        elif cleaned.get("packed"):
            cleaned["content"] = _unpacked(cleaned["packed"])
        elif not self.errors:
            raise forms.ValidationError(_("Choose a file."))
        return cleaned


def packed(content: bytes) -> str:
    """Return a file's content as a hidden field carries it."""
    return base64.b85encode(zlib.compress(content)).decode()


def _unpacked(words):
    try:
        unzip = zlib.decompressobj()
        content = unzip.decompress(base64.b85decode(words), LARGEST)
    except (ValueError, zlib.error, binascii.Error) as error:
        raise forms.ValidationError(
            _("What was uploaded did not arrive whole. Choose the file again.")
        ) from error
    if unzip.unconsumed_tail:
        raise forms.ValidationError(
            _("The file is too large for this page. Use import_reviews.")
        )
    return content
