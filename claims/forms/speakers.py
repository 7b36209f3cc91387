"""How a speaker, its other names and a merge are filled in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.forms.desk import DeskForm
from claims.models import Speaker


class SpeakerForm(DeskForm):
    class Meta:
        model = Speaker
        fields = (
            "name",
            "kind",
            "title",
            "speaks_for",
            "slug",
            "description",
            "wikidata_id",
        )


class MergeForm(forms.Form):
    """Whom a speaker is merged into; the widget comes from the page."""

    into = forms.ModelChoiceField(
        Speaker.objects.unmerged(),
        label=_("Merge into"),
        error_messages={
            "required": _("Choose the speaker who keeps the claims."),
            "invalid_choice": _("That speaker is not there, or was merged itself."),
        },
    )

    def __init__(self, *args, widget=None, **kwargs):
        super().__init__(*args, **kwargs)
        if widget is not None:
            widget.choices = self.fields["into"].choices
            self.fields["into"].widget = widget
