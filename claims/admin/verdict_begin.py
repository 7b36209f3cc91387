"""The form of a claim's first verdict, stored with what is typed in it, not before."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from claims.desk.workflow import StepNotAllowed, begin_verdict
from claims.forms.verdicts import VerdictForm
from claims.models import Claim, Verdict

MAX_KEY = 2**63 - 1
# What somebody types of a piece of evidence; the rest of a row is filled in already.
TYPED = ("title", "url", "publisher", "excerpt", "archived_url")


class FirstVerdictForm(VerdictForm):
    """The form of a verdict that is not stored yet, on the claim of its class."""

    claim: Claim

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.claim = self.claim

    def clean(self):
        cleaned = super().clean()
        rows = any(
            value.strip()
            for name, value in self.data.items()
            if name.startswith("evidence-") and name.rpartition("-")[2] in TYPED
        )
        if not rows and not set(self.changed_data) - {"seen"}:
            raise ValidationError(_("Nothing is typed yet, so nothing is stored."))
        return cleaned


def claim_begun(request):
    """Return the claim whose first verdict the address asks for, or None."""
    key = request.GET.get("claim", "")
    if not key.isdecimal() or int(key) > MAX_KEY:
        return None
    return Claim.objects.filter(pk=int(key)).first()


def first_verdict_form(claim):
    """Return the form of a claim's first verdict."""
    return type("FirstVerdictForm", (FirstVerdictForm,), {"claim": claim})


def begin_as_typed(typed: Verdict, names, *, by) -> tuple[Verdict, bool]:
    """Begin a claim's verdict with the fields that were typed; return it and if it is
    new: sent twice it is begun once. What somebody else has begun meanwhile stays.
    """
    values = {name: getattr(typed, name) for name in names}
    known = Verdict.objects.filter(claim=typed.claim_id).first()
    if known is not None:
        is_same = all(getattr(known, name) == value for name, value in values.items())
        if known.author_id == by.pk and is_same:
            return known, False
        raise StepNotAllowed(
            _("Somebody has begun this verdict meanwhile. Nothing of yours is saved.")
        )
    verdict = begin_verdict(typed.claim, by=by)
    for name, value in values.items():
        setattr(verdict, name, value)
    verdict.version += 1
    verdict.save()
    return verdict, True
