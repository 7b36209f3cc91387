"""Forms of speakers: the speaker itself, and merging it into another."""

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.forms.base import ConstraintForm, DeskForm
from claims.models import Speaker, SpeakerAlias, SpeakerRole
from claims.models.fields import unique_slug


class SpeakerForm(DeskForm):
    """A speaker; a name that looks like another's has to be confirmed."""

    not_the_same = forms.BooleanField(
        label=_("This is another speaker than the one whose name looks alike"),
        required=False,
    )

    class Meta:
        model = Speaker
        fields = (
            "name",
            "kind",
            "speaks_for",
            "slug",
            "description",
            "wikidata_id",
        )

    def clean(self):
        cleaned = super().clean()
        name = cleaned.get("name")
        if name and "slug" in cleaned and not cleaned["slug"]:
            # Two bearers of one name have each their own.
            kept = self.initial.get("slug")
            cleaned["slug"] = kept or unique_slug(Speaker, name)
        if name and "name" in self.changed_data and not cleaned.get("not_the_same"):
            others = Speaker.objects.unmerged().exclude(pk=self.instance.pk)
            alike = others.resembling(name)[:3]
            if alike:
                self.add_error(
                    "name",
                    _(
                        "This looks like %(names)s. Use that speaker, or say below "
                        "that this is another one."
                    )
                    % {"names": ", ".join(f"“{each}” (#{each.pk})" for each in alike)},
                )
        return cleaned


class RoleForm(ConstraintForm):
    """A role of a speaker: office, organisation, first and last day."""

    class Meta:
        model = SpeakerRole
        fields = ("title", "organisation", "since", "until")


class AliasForm(ConstraintForm):
    """An alias of a speaker."""

    class Meta:
        model = SpeakerAlias
        fields = ("name", "is_metonym")


class MergeForm(forms.Form):
    """The speaker to merge into; the widget comes from the view."""

    into = forms.ModelChoiceField(
        Speaker.objects.unmerged(),
        label=_("Merge into"),
        error_messages={
            "required": _("Choose the speaker who keeps the claims."),
            "invalid_choice": _("That speaker is not there, or was merged itself."),
        },
    )
    across_kinds = forms.BooleanField(
        label=_("They are one speaker all the same: merge them"), required=False
    )

    def __init__(self, *args, widget=None, **kwargs):
        super().__init__(*args, **kwargs)
        if widget is not None:
            widget.choices = self.fields["into"].choices
            self.fields["into"].widget = widget
