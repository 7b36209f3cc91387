"""The form of a workflow step: version, comment, kind of correction, reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.desk.steps import REVISIONS, Step
from claims.forms.base import VersionForm
from claims.models.choices import AskedBy, PublicationKind

# Steps that a reader or the speaker may have asked for.
ASKED_FOR = {"revise", "retract", "withdraw"}
# Steps that need a tick where the wording departs from the printed words.
WORDS_ASKED = {"list", "submit", "publish"}

# Of a verdict: readers are shown the comment, written in CommonMark.
PUBLISHES_COMMENT = {"revise", "retract"}


class StepForm(VersionForm):
    """The fields that one step asks for."""

    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 50}),
    )
    kind = forms.ChoiceField(
        label=_("Kind of correction"),
        choices=[(kind.value, kind.label) for kind in REVISIONS],
        initial=PublicationKind.UPDATED,
        required=False,
    )
    asked_by = forms.ChoiceField(
        label=_("Who asked for this"),
        help_text=_("Readers will see it beside the correction."),
        choices=AskedBy.choices,
        initial=AskedBy.DESK,
        required=False,
    )
    override_reason = forms.CharField(
        label=_("Why without a second pair of eyes"),
        help_text=_("Readers will see this reason beside the verdict."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 50}),
    )

    # What the person saw of a verdict that readers would see.
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())

    def __init__(self, *args, step: Step, override=False, **kwargs):
        # Several of these forms stand on one page.
        kwargs.setdefault("auto_id", f"step_{step.name}_%s")
        super().__init__(*args, **kwargs)
        self.step = step
        if step.needs_comment:
            self.fields["comment"].label = step.needs_comment
        if step.name in PUBLISHES_COMMENT:
            self.fields["comment"].widget.attrs["data-commonmark"] = ""
        if step.name != "revise":
            del self.fields["kind"]
        if step.name not in ASKED_FOR:
            del self.fields["asked_by"]
        if step.name != "publish":
            del self.fields["seen"]
        if step.name not in {"publish", "retract", "withdraw", "list"}:
            del self.fields["override_reason"]
        elif not override:
            self.fields["override_reason"].widget = forms.HiddenInput()

    def details(self) -> dict:
        """Return what the step takes besides its comment."""
        details = {
            name: self.cleaned_data[name]
            for name in ("kind", "asked_by", "override_reason")
            if self.cleaned_data.get(name)
        }
        if self.step.name == "publish":
            # Whoever publishes has seen what: a request that does not say is refused.
            details["seen"] = self.cleaned_data["seen"]
        if self.step.name in WORDS_ASKED:
            details["words_checked"] = self.data.get("words_checked", "")
        return details
