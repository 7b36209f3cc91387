"""The form that replaces a rating in use by one with other words."""

from claims.forms.base import ConstraintForm
from claims.models import Rating


class ReplacementForm(ConstraintForm):
    """A new rating in the place of another; an empty slug is made of its label."""

    class Meta:
        model = Rating
        fields = ("label", "sign", "definition", "value", "bucket", "slug")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
