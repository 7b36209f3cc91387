"""One search box on every page of the desk: claims, texts, speakers and verdicts."""

from dataclasses import dataclass, field
from functools import partial

from django.db.models import F, Func, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Left
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from claims.admin.search import (
    TERMS,
    PrefixQuery,
    found_in_terms,
    search_condition,
)
from claims.desk.blind import unseen_by
from claims.models import Article, ArticleText, Claim, Speaker, Verdict
from claims.models.choices import ClaimStatus
from claims.models.fulltext import (
    HEADLINE_WORDS,
    MOST_CHARACTERS,
    Matches,
    ask,
    matching_words,
)

MOST = 8
# Of so many found, by their numbers, the newest by day are shown.
NEWEST = 200
# A text is read whole to find a frequent word in it.
NEWEST_TEXTS = 16
PARTS = ("title", "note")
# Whose own list is searched by the same words.
LISTED = ("claim", "speaker")
# Where an excerpt of a long text is looked for.
BEGINNING = 20_000


@dataclass
class Kind:
    """What was found of one kind: its best rows, and the list that shows the rest."""

    model: str
    title: str
    rows: list = field(default_factory=list)

    @property
    def has_more(self):
        return len(self.rows) > MOST

    @property
    def list_url(self):
        named = self.model in LISTED
        return reverse(f"admin:claims_{self.model}_changelist") if named else ""


def urls(site):
    """Return the address of the search on the desk's AdminSite."""
    view = site.admin_view(partial(search_view, site))
    return [path("search/", view, name="search_desk")]


def search_view(site, request):
    """Show what the words asked for are found in, as far as the user may see it."""
    words = request.GET.get("q", "").strip()[:MOST_CHARACTERS]
    kinds = search_desk(words, request.user) if words else []
    rows = [row for kind in kinds for row in kind.rows]
    texts = [("", row[part]) for row in rows for part in PARTS]
    return TemplateResponse(
        request,
        "admin/claims/search.html",
        site.each_context(request)
        | {
            "title": _("Search the desk"),
            "words": words,
            "desk_words": words,
            "kinds": kinds,
            "hits": matching_words(ask(words), texts),
            "most": MOST,
            "is_empty": not any(kind.rows for kind in kinds),
        },
    )


def search_desk(words, user):
    """Return the Kinds of rows that hold some words, newest first."""
    searches = (
        ("claim", _("Claims"), _claims),
        ("article", _("Articles"), _articles),
        ("speaker", _("Speakers"), _speakers),
        ("verdict", _("Verdicts"), _verdicts),
    )
    return [
        Kind(model, title, find(words, user))
        for model, title, find in searches
        if user.has_perm(f"claims.view_{model}")
    ]


def _row(model, key, title, note):
    url = reverse(f"admin:claims_{model}_change", args=[key])
    return {"url": url, "title": title, "note": note}


def _claims(words, _user):
    listed = Q(status=ClaimStatus.LISTED)
    condition = search_condition(words, parts=listed, fields=TERMS)
    found = _newest(Claim.objects.filter(condition), "sort_date")
    rows = found.select_related("speaker").only(
        "wording", "quote", "status", "speaker__name"
    )
    return [
        _row(
            "claim",
            claim.pk,
            claim.wording,
            " · ".join(
                str(part)
                for part in (claim.get_status_display(), claim.speaker, claim.quote)
                if part
            ),
        )
        for claim in rows[: MOST + 1]
    ]


def _articles(words, _user):
    """Find words in headlines and in the texts that are current."""
    asked = ask(words)
    texts = ArticleText.objects.filter(found_in_terms(asked, "body")).order_by("-id")
    # A frequent word stands in every text: the newest of them will do.
    printed = Article.objects.filter(current_text__in=texts.values("pk")[:NEWEST_TEXTS])
    condition = search_condition(words)
    if asked:
        condition |= Q(Matches(HEADLINE_WORDS, asked.query))
    named = Article.objects.filter(condition).order_by("-id")
    keys = printed.order_by().values("pk").union(named.values("pk")[:NEWEST])
    found = Article.objects.filter(pk__in=keys).order_by("-published_on", "-id")
    rows = found.annotate(body=Left("current_text__body", BEGINNING)).defer("search")
    return [
        _row("article", article.pk, article.headline, article.body or "")
        for article in rows[: MOST + 1]
    ]


def _speakers(words, _user):
    rows = Speaker.objects.unmerged().containing(words).with_current_role()
    return [
        _row("speaker", speaker.pk, speaker.name, speaker.current_role)
        for speaker in rows.order_by("name", "id")[: MOST + 1]
    ]


def _verdicts(words, user):
    """Find words in verdicts, but for what the user may still rate blind."""
    vector = Func(
        "summary",
        "explanation",
        "how_verified",
        function="claim_words",
        output_field=TextField(),
    )
    found = _newest(
        Verdict.objects.annotate(vector=vector).filter(
            Matches(F("vector"), PrefixQuery(words, "english"))
        ),
        "updated_at",
    )
    unseen = unseen_by(user).filter(pk=OuterRef("pk")).values("pk")
    # A value and no IN: that reads all open verdicts for the few found.
    found = found.alias(unseen=Subquery(unseen[:1])).filter(unseen__isnull=True)
    rows = found.select_related("claim")
    return [
        _row(
            "verdict",
            verdict.pk,
            verdict.claim.wording,
            " ".join([verdict.summary, verdict.explanation, verdict.how_verified]),
        )
        for verdict in rows[: MOST + 1]
    ]


def _newest(rows, day):
    """Return the newest of the rows found, looked up among the newest keys alone."""
    keys = rows.order_by("-pk").values("pk")[:NEWEST]
    return rows.model.objects.filter(pk__in=keys).order_by(f"-{day}", "-pk")
