"""Subscriptions and the outbox in the admin: secrets, tests, what was given up."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from claims.admin.base import DeskAdmin, ReadOnlyAdmin
from claims.admin.changelist import two_line_cell
from claims.admin.queues import MessageQueue, QueueMixin
from claims.desk import follow_mail, following, notice_mail, outbox
from claims.forms.outbox import EVENT_CHOICES, SubscriptionForm
from claims.models import Message, Subscription
from claims.models.choices import Channel, MessageState, PublicChangeKind


def event_label(event):
    """Return what the desk calls an event."""
    labels = dict(PublicChangeKind.choices) | {
        outbox.TEST: _("A test"),
        notice_mail.NOTICE: _("Notice"),
        notice_mail.DIGEST: _("Digest of the day"),
        following.ASKED: _("To confirm"),
        follow_mail.TOLD: _("To who follows a list"),
    }
    return labels.get(event, event)


@admin.register(Subscription)
class SubscriptionAdmin(DeskAdmin):
    form = SubscriptionForm
    fields = ("channel", "address", "events", "note", "is_active")
    list_display = ("where", "channel", "told_of", "is_active", "waiting", "given_up")
    list_filter = ("channel", "is_active")
    nothing_yet = gettext_lazy(
        "Nobody is told yet. A webhook or a mail address that you add here is told of "
        "what is published from then on."
    )
    change_form_template = "admin/claims/subscription_form.html"

    def has_delete_permission(self, request, obj=None):
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def get_queryset(self, request):
        def counted(state):
            found = Message.objects.in_state(state).values("pk")
            return Count("messages", filter=Q(messages__in=found))

        return (
            super()
            .get_queryset(request)
            .annotate(
                waiting_messages=counted(MessageState.WAITING),
                dead_messages=counted(MessageState.DEAD),
            )
        )

    def get_readonly_fields(self, request, obj=None):
        return ("channel",) if obj else ()

    def get_deleted_objects(self, objs, request):
        """Return what goes along: its messages, which nobody needs a right of."""
        found, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return found, counts, lacking - {Message._meta.verbose_name}, protected

    @admin.display(description=gettext_lazy("address"), ordering="address")
    def where(self, subscription):
        return two_line_cell(subscription.address, subscription.note)

    @admin.display(description=gettext_lazy("events"))
    def told_of(self, subscription):
        if len(subscription.events) == len(EVENT_CHOICES):
            return _("all")
        return ", ".join(str(event_label(each)) for each in subscription.events)

    @admin.display(description=gettext_lazy("waiting"))
    def waiting(self, subscription):
        return subscription.waiting_messages

    @admin.display(description=gettext_lazy("given up"))
    def given_up(self, subscription):
        return subscription.dead_messages

    def save_model(self, request, obj, form, change):
        if change:
            obj.save()
        else:
            outbox.subscribe(obj)

    def response_add(self, request, obj, post_url_continue=None):
        if obj.channel == Channel.WEBHOOK:
            return self.secret_page(request, obj, obj.secret)
        return super().response_add(request, obj, post_url_continue)

    def secret_page(self, request, subscription, secret):
        """Show a secret, this once: on the answer itself, and stored nowhere else."""
        context = {
            "title": _("The secret of this webhook"),
            "thing": subscription,
            "secret": secret,
            "back": reverse("admin:claims_subscription_change", args=[subscription.pk]),
        }
        page = self.desk_page(request, "subscription_secret.html", context)
        # Sent again, the form would make another secret.
        page.is_done = True
        return page

    def get_urls(self):
        names = {"test": self.test_view, "secret": self.secret_view}
        return [
            *(
                path(
                    f"<path:object_id>/{name}/",
                    self.admin_site.admin_view(never_cache(view)),
                    name=f"claims_subscription_{name}",
                )
                for name, view in names.items()
            ),
            *super().get_urls(),
        ]

    def posted(self, request, object_id):
        """Return the subscription that a button was pressed for, None without one."""
        subscription = self.get_object(request, unquote(object_id))
        if subscription is None:
            raise Http404
        if not self.has_change_permission(request, subscription):
            raise PermissionDenied
        return subscription if request.method == "POST" else None

    def change_page(self, object_id):
        address = reverse("admin:claims_subscription_change", args=[unquote(object_id)])
        return HttpResponseRedirect(address)

    def test_view(self, request, object_id):
        """Queue a test; the process that delivers sends it."""
        subscription = self.posted(request, object_id)
        if subscription is not None:
            outbox.queue_test(subscription)
            self.message_user(
                request,
                _("A test is queued. The messages below show what becomes of it."),
                messages.SUCCESS,
            )
        return self.change_page(object_id)

    def secret_view(self, request, object_id):
        """Give a webhook another secret and show it."""
        subscription = self.posted(request, object_id)
        if subscription is None or subscription.channel != Channel.WEBHOOK:
            return self.change_page(object_id)
        self.log_change(request, subscription, _("New secret."))
        secret = outbox.replace_secret(subscription)
        return self.secret_page(request, subscription, secret)

    def render_change_form(self, request, context, *args, **kwargs):
        subscription = context["original"]
        if subscription is not None:
            context["last_messages"] = subscription.messages.all()[:10]
            context["may_change"] = self.has_change_permission(request, subscription)
        return super().render_change_form(request, context, *args, **kwargs)


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return MessageState.choices

    def queryset(self, request, queryset):
        state = self.value()
        return queryset.in_state(state) if state in MessageState.values else queryset


@admin.register(Message)
class MessageAdmin(QueueMixin, ReadOnlyAdmin):
    list_display = ("what", "state_of", "tries", "created_at")
    list_filter = (MessageQueue, StateFilter, "channel")
    list_select_related = ("subscription",)
    ordering = ("-pk",)
    fields = (
        *("what", "state", "tries", "last_error"),
        *("created_at", "due_at", "sent_at", "dead_at", "payload"),
    )
    readonly_fields = fields
    actions = ("send_again",)
    nothing_yet = gettext_lazy(
        "Nothing was queued yet. Subscriptions are told of what is published."
    )

    def has_send_permission(self, request):
        return request.user.has_perm("claims.change_message")

    def has_delete_permission(self, request, obj=None):
        """Let what was given up be deleted; the rest is deleted in time by itself."""
        if obj is None or not obj.dead_at:
            return False
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    @admin.display(description=gettext_lazy("message"))
    def what(self, message):
        return two_line_cell(event_label(message.event), message.shown_address)

    @admin.display(description=gettext_lazy("state"))
    def state(self, message):
        return message.state.label

    @admin.display(description=gettext_lazy("state"))
    def state_of(self, message):
        return two_line_cell(message.state.label, message.last_error)

    @admin.action(
        permissions=["send"], description=gettext_lazy("Send again what was given up")
    )
    def send_again(self, request, queryset):
        count = outbox.send_again(queryset)
        self.message_user(
            request,
            ngettext(
                "%(count)d message is queued again.",
                "%(count)d messages are queued again.",
                count,
            )
            % {"count": count},
            messages.SUCCESS if count else messages.WARNING,
        )
