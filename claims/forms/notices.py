"""The form in which somebody chooses what they are told, and how."""

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.desk.notices import Choice
from claims.models.choices import MailWhen, NoticeKind


class NoticeChoicesForm(forms.Form):
    """For each kind of notice: in the product or not, by mail at once, daily, never."""

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        for kind, choice in choices.items():
            self.fields[f"{kind}_shown"] = forms.BooleanField(
                label=_("At the desk"), required=False, initial=choice.in_product
            )
            self.fields[f"{kind}_mail"] = forms.ChoiceField(
                label=_("By mail"), choices=MailWhen.choices, initial=choice.mail
            )

    def rows(self):
        """Yield each kind with its two fields."""
        for kind in NoticeKind:
            yield kind, self[f"{kind}_shown"], self[f"{kind}_mail"]

    def chosen(self) -> dict[str, Choice]:
        """Return what was chosen of each kind."""
        return {
            kind: Choice(
                self.cleaned_data[f"{kind}_shown"], self.cleaned_data[f"{kind}_mail"]
            )
            for kind in NoticeKind
        }
