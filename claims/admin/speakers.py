"""Speakers in the admin: names, aliases, merging two into one."""

import logging

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from claims.admin.base import DeskAdmin, LimitedInlineMixin
from claims.admin.contradictions import ContradictionsMixin
from claims.admin.widgets import RowSelect
from claims.desk import public_record
from claims.desk.merging import KindsDiffer, merge_speakers
from claims.desk.naming import readers_know, with_words_beginning
from claims.exceptions import NotPermitted, Refused
from claims.forms.base import ConstraintForm, ConstraintFormSet
from claims.forms.pictures import PictureForm
from claims.forms.speakers import MergeForm, SpeakerForm
from claims.models import Claim, Speaker, SpeakerAlias, SpeakerPicture, SpeakerRole
from claims.models.choices import PublicChangeKind
from claims.models.pictures import SMALL

refused = logging.getLogger("claims.desk.workflow")


class MergedFilter(admin.SimpleListFilter):
    title = _("merged")
    parameter_name = "merged"

    def lookups(self, request, model_admin):
        return [("no", _("Stands for itself")), ("yes", _("Merged into another"))]

    def queryset(self, request, queryset):
        if self.value() == "no":
            return queryset.unmerged()
        if self.value() == "yes":
            return queryset.filter(merged_into__isnull=False)
        return queryset


class AliasInline(LimitedInlineMixin, admin.TabularInline):
    model = SpeakerAlias
    form = ConstraintForm
    formset = ConstraintFormSet
    fields = ("name", "is_metonym")
    extra = 1


class RoleInline(LimitedInlineMixin, admin.StackedInline):
    model = SpeakerRole
    form = ConstraintForm
    formset = ConstraintFormSet
    fields = (("title", "organisation"), ("since", "until"))
    extra = 1


class PictureInline(LimitedInlineMixin, admin.StackedInline):
    """The picture of a speaker, shown with its credit."""

    model = SpeakerPicture
    form = PictureForm
    formset = ConstraintFormSet
    fields = (
        "shown",
        "upload",
        "alternative_text",
        "author",
        "licence",
        "licence_url",
        "source_url",
    )
    readonly_fields = ("shown",)
    max_num = 1

    @admin.display(description=_("as readers see it"))
    def shown(self, picture):
        return picture_shown(picture)


def picture_shown(picture):
    """Return a stored picture in its small size, once readers know the speaker."""
    if picture.pk is None or not picture.speaker.was_public:
        return "–"
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}">',
        picture.small_url,
        picture.alternative_text,
        SMALL,
        SMALL,
    )


@admin.register(Speaker)
class SpeakerAdmin(ContradictionsMixin, DeskAdmin):
    form = SpeakerForm
    inlines = (RoleInline, AliasInline, PictureInline)
    list_display = ("name", "current_role", "kind", "speaks_for", "merged_into")
    list_select_related = ("speaks_for", "merged_into")
    list_filter = ("kind", MergedFilter)
    search_fields = ("name",)
    autocomplete_fields = ("speaks_for",)
    change_form_template = "admin/claims/speaker_form.html"
    search_configuration = "simple"
    fieldsets = (
        (None, {"fields": ("name", "not_the_same", "kind", "speaks_for")}),
        (
            _("Particulars"),
            {"fields": ("description", "wikidata_id", "slug", "merged_into")},
        ),
    )
    readonly_fields = ("merged_into",)

    def get_queryset(self, request):
        return super().get_queryset(request).with_current_role()

    @admin.display(description=_("office today"), ordering="current_role")
    def current_role(self, speaker):
        return speaker.current_role

    def get_search_results(self, request, queryset, search_term):
        """Search names and aliases, folded: without case, accents and dots.

        A box that chooses the first one by Enter is offered words that begin so only.
        """
        is_box = request.path.endswith("/autocomplete/")
        if is_box:
            queryset = queryset.unmerged()
        typed = search_term.strip()
        if not typed:
            return queryset, False
        if not is_box:
            return queryset.containing(typed), False
        found = with_words_beginning(queryset, typed)
        return found.order_by("nearness", "name", "pk"), False

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change:
            public_record.write_speaker(form.instance, PublicChangeKind.RENAMED)

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("claims.delete_speaker")

    def delete_view(self, request, object_id, extra_context=None):
        speaker = self.get_object(request, unquote(object_id))
        if speaker is not None and self.has_delete_permission(request, speaker):
            count = speaker.claims.count() + speaker.joint_claims.count()
            if count or readers_know(speaker):
                return self.desk_page(
                    request,
                    "speaker_has_claims.html",
                    {
                        "title": _("Speakers with claims stay"),
                        "speaker": speaker,
                        "count": count,
                    },
                    status=409,
                )
        return super().delete_view(request, object_id, extra_context)

    def view_on_site(self, speaker):
        # A refused form may have emptied the slug that the stored row still has.
        if not speaker.slug or not Claim.objects.listed().by(speaker).exists():
            return None
        return speaker.get_absolute_url()

    def render_change_form(self, request, context, *args, **kwargs):
        if context["original"] is not None:
            speaker = context["original"]
            context["claims_count"] = speaker.claims.count()
            if not speaker.merged_into_id:
                others = Speaker.objects.unmerged().exclude(pk=speaker.pk)
                context["lookalikes"] = others.resembling(speaker.name)[:5]
        return super().render_change_form(request, context, *args, **kwargs)

    # --- Two that are one ------------------------------------------------------

    def get_urls(self):
        merge = self.admin_site.admin_view(self.merge_view)
        return [
            path("<path:object_id>/merge/", merge, name="claims_speaker_merge"),
            *super().get_urls(),
        ]

    def merge_view(self, request, object_id):
        """Show a preview of the merge (GET), or merge (POST)."""
        speaker = self.get_object(request, unquote(object_id))
        if speaker is None:
            raise Http404
        if not self.has_change_permission(request, speaker):
            raise PermissionDenied
        # The same search box as in forms, fed by this very page's list.
        field = Speaker._meta.get_field("speaks_for")
        widget = RowSelect(field, self.admin_site)
        data = request.POST if request.method == "POST" else request.GET or None
        form = MergeForm(data, widget=widget)
        into, status = None, 200
        if form.is_bound and form.is_valid():
            into = form.cleaned_data["into"]
            if into == speaker:
                form.add_error("into", _("A speaker cannot be merged into itself."))
                into = None
        if request.method == "POST":
            status = 400
            if into is not None:
                try:
                    merge_speakers(
                        speaker,
                        into,
                        by=request.user,
                        across_kinds=form.cleaned_data["across_kinds"],
                    )
                except KindsDiffer as refusal:
                    form.add_error("across_kinds", str(refusal))
                    status = refusal.status
                except Refused as refusal:
                    if isinstance(refusal, NotPermitted):
                        refused.warning("%s may not merge speakers", request.user)
                    form.add_error(None, str(refusal))
                    status, into = refusal.status, None
                else:
                    self.message_user(
                        request,
                        _("“%(name)s” is now “%(into)s”.")
                        % {"name": speaker, "into": into},
                        messages.SUCCESS,
                    )
                    return HttpResponseRedirect(
                        reverse("admin:claims_speaker_change", args=[into.pk])
                    )
        return self.desk_page(
            request,
            "speaker_merge.html",
            {
                "title": _("Merge “%(name)s”") % {"name": speaker},
                "speaker": speaker,
                "into": into,
                "form": form,
                "media": self.media + form.media,
                "preview": into and merge_preview(speaker, into),
            },
            status=status,
        )


def merge_preview(speaker, into):
    """Return what a merge would move: number of claims, names, slug."""
    names = {into.folded, *into.aliases.values_list("folded", flat=True)}
    own = [(speaker.name, speaker.folded)]
    own += list(speaker.aliases.values_list("name", "folded"))
    gained = {folded: name for name, folded in reversed(own) if folded not in names}
    claims = speaker.claims.order_by(F("id").desc())
    return {
        "count": claims.count(),
        "claims": claims[:10],
        "names": list(gained.values()),
        "spokespeople": list(speaker.spokespeople.all()[:20]),
        "earlier": list(speaker.merged_speakers.all()[:20]),
        "kinds_differ": speaker.kind != into.kind,
    }
