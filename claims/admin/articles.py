"""Articles, outlets and topics in the admin."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.admin.annotate import annotate_urls
from claims.admin.base import DeskAdmin
from claims.admin.comments import CommentsMixin
from claims.admin.intake import IntakeMixin
from claims.admin.narrowing import AgeFilter, LanguageFilter, PrintedFilter
from claims.admin.suggestions import SuggestionReportMixin
from claims.admin.together import TogetherMixin
from claims.admin.transcripts import TranscriptMixin
from claims.desk import public_record
from claims.desk.languages import doubt_about_language, why_no_suggestions
from claims.desk.suggestion_weights import left_out_note
from claims.desk.suggestions import suggest_claims
from claims.exceptions import Incomplete
from claims.exchange.articles import add_article, get_or_add_outlet
from claims.forms.articles import ArticleForm, NewArticleForm
from claims.models import Article, Claim, Outlet, PublicClaim, Topic
from claims.models.choices import PublicChangeKind
from claims.models.facets import OUTLET, TOPIC
from claims.text.canonical import paragraphs


@admin.register(Article)
class ArticleAdmin(
    TogetherMixin,
    IntakeMixin,
    TranscriptMixin,
    SuggestionReportMixin,
    CommentsMixin,
    DeskAdmin,
):
    list_display = ("headline", "annotation", "outlet", "published_on", "text_rights")
    list_select_related = ("outlet",)
    list_filter = (PrintedFilter, AgeFilter, "text_rights", LanguageFilter)
    search_fields = ("headline",)
    autocomplete_fields = ("outlet",)
    change_form_template = "admin/claims/article_form.html"

    def claims_of_rows(self, rows):
        return Claim.objects.undecided().filter(
            article__in=rows.order_by().values("pk")
        )

    def get_queryset(self, request):
        # The words of an article are in its texts; lists never need them.
        return super().get_queryset(request).defer("search")

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs["form"] = ArticleForm if obj else NewArticleForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        printed = ("byline", "url", "archived_url", "accessed_on")
        where = _("Where it was printed")
        if obj is None:
            first = (
                *("headline", "published_on", "body", "raw_subtitles", "take_anyway"),
            )
            return [
                (None, {"fields": first}),
                (where, {"fields": ("outlet", "new_outlet", *printed)}),
                self.reading(),
            ]
        return [
            (None, {"fields": ("headline", "published_on")}),
            (where, {"fields": ("outlet", *printed)}),
            self.reading(),
            (_("Text"), {"fields": ("text_as_printed",)}),
        ]

    @staticmethod
    def reading():
        return _("For readers"), {"fields": ("language", "text_rights")}

    def get_readonly_fields(self, request, obj=None):
        return ("text_as_printed",) if obj else ()

    @admin.display(description=_("as printed"))
    def text_as_printed(self, article):
        if article.current_text is None:
            return _("This article has no text.")
        body = article.current_text.body
        return format_html(
            '<div class="desk-print">{}</div>',
            format_html_join(
                "", "<p>{}</p>", ((body[start:end],) for start, end in paragraphs(body))
            ),
        )

    @admin.display(description=_("claims"))
    def annotation(self, article):
        return format_html(
            '<a href="{}">{}</a>', self.annotate_url(article), _("Annotate")
        )

    @staticmethod
    def annotate_url(article):
        return reverse("admin:claims_article_annotate", args=[article.pk])

    def save_model(self, request, obj, form, change):
        if change:
            obj.save()
            public_record.write_article(obj, PublicChangeKind.EDITED)
            if "language" in form.changed_data:
                self.suggest(request, obj)
            return
        outlet, name = form.cleaned_data["outlet"], form.cleaned_data["new_outlet"]
        if name:
            outlet = get_or_add_outlet(name, by=request.user)
        article, is_new = add_article(
            form.as_file(), by=request.user, outlet=outlet, **form.details()
        )
        if not is_new:
            raise Incomplete(
                {"headline": _("This article is already here, with the same words.")}
            )
        obj.pk = article.pk
        obj.refresh_from_db()
        chosen = form.cleaned_data["language"]
        if not chosen and (doubt := doubt_about_language(obj)):
            self.message_user(request, doubt, messages.WARNING)
        self.suggest(request, obj)

    def suggest(self, request, article):
        """Suggest the claims of an article and say how many, or why there are none."""
        if not request.user.has_perm("claims.add_claim"):
            return
        if sentence := why_no_suggestions(article):
            self.message_user(request, sentence, messages.WARNING)
            return
        suggested = suggest_claims(article, by=request.user)
        if found := len(suggested.new):
            said = ngettext(
                "%(count)d claim is suggested, for you to accept, correct or reject.",
                "%(count)d claims are suggested, for you to accept, correct or reject.",
                found,
            )
            self.message_user(request, said % {"count": found}, messages.SUCCESS)
        elif not suggested.known:
            self.message_user(
                request, _("Nothing was found to suggest; mark claims by hand.")
            )
        if suggested.left_out:
            self.message_user(request, left_out_note(article), messages.WARNING)

    def response_add(self, request, obj, post_url_continue=None):
        """Redirect to the article's annotation desk after adding it."""
        response = super().response_add(request, obj, post_url_continue)
        others = {"_popup", "_continue", "_addanother"}
        if others & set(request.POST) or not self.has_view_permission(request, obj):
            return response
        return HttpResponseRedirect(self.annotate_url(obj))

    def render_change_form(self, request, context, *args, **kwargs):
        article = context["original"]
        if article is not None:
            context["annotate_url"] = self.annotate_url(article)
            context["claims_count"] = article.claims.count()
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self):
        # Pages about one article stand here, before Django's own.
        return [*annotate_urls(self), *super().get_urls()]

    def view_on_site(self, article):
        return article.get_absolute_url() if _is_public(Article, article) else None


@admin.register(Outlet)
class OutletAdmin(DeskAdmin):
    list_display = ("name", "homepage")
    search_fields = ("name",)
    fields = ("name", "slug", "homepage")
    prepopulated_fields = {"slug": ("name",)}

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change:
            public_record.note_code(OUTLET + obj.pk)
            relayed = PublicClaim.objects.listed().filter(via=obj)
            relayed = relayed.exclude(outlet=obj).values_list("pk", flat=True)
            public_record.note_change(relayed, PublicChangeKind.EDITED)

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(name__icontains=search_term.strip()), False

    def view_on_site(self, outlet):
        return outlet.get_absolute_url() if _is_public(Outlet, outlet) else None


@admin.register(Topic)
class TopicAdmin(DeskAdmin):
    list_display = ("name", "slug")
    search_fields = ("name",)
    fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change:
            public_record.note_code(TOPIC + obj.pk)

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(name__icontains=search_term.strip()), False

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("claims.delete_topic")

    def delete_model(self, request, obj):
        claims = list(obj.claims.values_list("pk", flat=True))
        obj.delete()
        public_record.write(claims, PublicChangeKind.EDITED)

    def view_on_site(self, topic):
        return topic.get_absolute_url() if _is_public(Topic, topic) else None


def _is_public(model, thing):
    return model.objects.public().filter(pk=thing.pk).exists()
