"""The part of a form of evidence that keeps a copy: upload, name, who may see it."""

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from claims.desk.evidence_files import LARGEST, UnusableFile, keep, name_for
from claims.models import EvidenceFile

SALT = "claims.evidence-file"
# Longer than anybody leaves a refused form open.
KEPT_FOR = 24 * 3600


class KeptCopyForm(forms.ModelForm):
    """Takes an upload; of a form that is refused, the file need not be chosen again."""

    # Who uploads; set by the page.
    by = None

    upload = forms.FileField(
        label=_("Keep a copy"),
        required=False,
        help_text=_(
            "PDF, PNG, JPEG or WebP, at most 20 MB. Of a picture only the picture is "
            "kept: no place, no camera."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp"}),
    )
    file_name = forms.CharField(
        label=_("Name of the copy"),
        required=False,
        max_length=120,
        help_text=_("Texts show a picture by it: ![what it shows](name.png)"),
    )
    remove_copy = forms.BooleanField(label=_("Keep no copy"), required=False)
    kept = forms.CharField(
        label=_("Copy already sent"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "remove_copy" in self.fields and not self.instance.file_id:
            self.fields["remove_copy"].widget = forms.HiddenInput()

    def clean_upload(self):
        """Store the file, so that it is there whatever else the form lacks."""
        upload = self.cleaned_data["upload"]
        if not upload:
            return None
        if upload.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        # The form is read again after a refusal by the database.
        upload.seek(0)
        try:
            return keep(upload.read(), by=self.by)
        except UnusableFile as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self):
        cleaned = super().clean()
        if "upload" not in self.fields or "upload" in self.errors:
            return cleaned
        file, name = cleaned.get("upload"), cleaned.get("file_name", "")
        if file is not None:
            name = name or self.files[self.add_prefix("upload")].name
            self._keep_in_form(file, name)
        elif cleaned.get("kept"):
            file, kept_name = self._kept(cleaned["kept"])
            name = name or kept_name
        elif cleaned.get("remove_copy"):
            self.instance.file = None
        file = file or self.instance.file
        self.instance.file = file
        cleaned["file_name"] = name_for(name, file.kind) if file else ""
        if not file:
            cleaned["file_is_public"] = False
        return cleaned

    def _keep_in_form(self, file, name):
        """Let the form that is shown again say which file it has by now."""
        self.data = self.data.copy()
        value = signing.dumps([file.pk, name], salt=SALT)
        self.data[self.add_prefix("kept")] = value

    def _kept(self, value):
        try:
            pk, name = signing.loads(value, salt=SALT, max_age=KEPT_FOR)
            return EvidenceFile.objects.get(pk=pk), name
        except (signing.BadSignature, EvidenceFile.DoesNotExist):
            raise forms.ValidationError(
                _("The file chosen before is no longer here: choose it again.")
            ) from None
