"""The form of a speaker's picture: upload and credit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.desk.evidence_files import LARGEST, UnusableFile
from claims.desk.speaker_pictures import store_picture
from claims.forms.base import ConstraintForm
from claims.models import SpeakerPicture


class PictureForm(ConstraintForm):
    """A picture of a speaker, and what is said of it wherever it is shown."""

    upload = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_(
            "PNG, JPEG or WebP, at most 20 MB. It is cut square, and nothing but the "
            "picture is kept: no place, no camera."
        ),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
    )

    class Meta:
        model = SpeakerPicture
        fields = (
            "alternative_text",
            "author",
            "licence",
            "licence_url",
            "source_url",
        )

    def clean_upload(self):
        """Store the files, so that they are there before a row tells of them."""
        upload = self.cleaned_data["upload"]
        if not upload:
            if not self.instance.pk:
                raise forms.ValidationError(_("Choose a picture."))
            return None
        if upload.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        # The form is read again after a refusal by the database.
        upload.seek(0)
        try:
            return store_picture(upload.read())
        except UnusableFile as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self):
        cleaned = super().clean()
        if stored := cleaned.get("upload"):
            self.instance.sha256, self.instance.path = stored
        return cleaned
