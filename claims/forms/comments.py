"""Forms of comments: what somebody says in a thread, and says better."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Comment for the desk"),
        help_text=_("@ and a login tells that person."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )


class ReplyForm(CommentForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Reply")
        self.fields["text"].widget.attrs["rows"] = 2


class EditForm(CommentForm):
    """Other words for a comment; `seen` is the number of those that were shown."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("In other words")
