"""The form of a subscription: an address for its channel, and the events it is told."""

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from claims.exchange.webhooks import check_address
from claims.forms.base import DeskForm
from claims.models import Subscription
from claims.models.choices import Channel
from claims.models.outbox import EVENTS

EVENT_CHOICES = [(event.value, event.label) for event in EVENTS]


class SubscriptionForm(DeskForm):
    """A subscription; its channel stays what it was at first."""

    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=Channel.choices,
        widget=forms.RadioSelect,
        initial=Channel.WEBHOOK,
    )
    events = forms.MultipleChoiceField(
        label=_("Events"),
        choices=EVENT_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        initial=[value for value, _label in EVENT_CHOICES],
    )

    class Meta:
        model = Subscription
        fields = ("channel", "address", "events", "note", "is_active")
        widgets = {"address": forms.TextInput(attrs={"class": "vLargeTextField"})}

    def clean_address(self):
        address = self.cleaned_data["address"].strip()
        channel = self.cleaned_data.get("channel", self.instance.channel)
        if channel == Channel.MAIL:
            validate_email(address)
        elif channel == Channel.WEBHOOK:
            # Its name is looked up when something is sent, and never by the site.
            check_address(address, may_be_private=settings.WEBHOOKS_PRIVATE)
        return address
