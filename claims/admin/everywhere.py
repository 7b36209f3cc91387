"""One search box on every page of the desk: claims, texts, speakers and verdicts."""

from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connections
from django.db.models import F, Func, Max, OuterRef, Q, QuerySet, Subquery, TextField
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
from claims.lists.stretches import AGAIN, BITMAP, last_rows, sql_of
from claims.models import Article, ArticleText, Claim, Speaker, Verdict
from claims.models.choices import ClaimStatus
from claims.models.fulltext import (
    HEADLINE_WORDS,
    MOST_CHARACTERS,
    Asked,
    Matches,
    ask,
    matching_words,
)

MOST = 8
# Of so many found, by their numbers, the newest by day are shown.
NEWEST = 200
# A text is read whole to find a frequent word in it.
NEWEST_TEXTS = 16
# Words are common that stand in so many of so many claims, each so far from the next.
COMMON, SAMPLE, APART = 8, 40, 20
# Of common words so many are looked for in so many times as many of the newest rows.
NEAR = 8
# So many of the newest claims are asked for first where more have the words.
RECENT = 20_000
# How rows are found, and what takes that back: one after another, or by their indexes,
# with memory for the places of a word that stands in every claim of a million.
IN_ORDER = "SET LOCAL enable_bitmapscan = off; {}; SET LOCAL enable_bitmapscan = on"
BY_INDEX = (
    f"{BITMAP} SET LOCAL work_mem = '64MB'; {{}}{AGAIN}; SET LOCAL work_mem TO DEFAULT"
)
PARTS = ("title", "note")
# Whose own list is searched by the same words.
LISTED = ("claim", "speaker")
# The paragraphs that end within so many characters: no word lies across their ends.
FIRST_PARAGRAPHS = Func(
    Left("body", 2_000),
    template=r"substring(%(expressions)s from E'^.*\n\n')",
    output_field=TextField(),
)
# Where an excerpt of a long text is looked for.
BEGINNING = 20_000


class Sought(NamedTuple):
    """The words that somebody looks for, the claims that have them, and how common."""

    words: str
    asked: Asked
    user: AbstractBaseUser
    claims: QuerySet
    are_common: bool
    newest: int  # number of the newest claim

    @property
    def has_phrase(self):
        """Whether words are to follow each other, which no index tells."""
        return "<" in self.asked.tsquery


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
    asked = ask(words)
    kinds = search_desk(words, asked, request.user) if words else []
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
            "hits": matching_words(asked, texts),
            "most": MOST,
            "is_empty": not any(kind.rows for kind in kinds),
        },
    )


def search_desk(words, asked, user):
    """Return the Kinds of rows that hold some words, newest first."""
    searches = (
        ("claim", _("Claims"), _claims),
        ("article", _("Articles"), _articles),
        ("speaker", _("Speakers"), _speakers),
        ("verdict", _("Verdicts"), _verdicts),
    )
    sought = _sought(words, asked, user)
    return [
        Kind(model, title, find(sought))
        for model, title, find in searches
        if user.has_perm(f"claims.view_{model}")
    ]


def _row(model, key, title, note):
    url = reverse(f"admin:claims_{model}_change", args=[key])
    return {"url": url, "title": title, "note": note}


def _claims(sought):
    keys = _found_near(sought.claims, NEWEST, sought)
    if len(keys) < NEWEST and sought.newest > RECENT and not sought.has_phrase:
        recent = sought.claims.filter(pk__gt=sought.newest - RECENT)
        keys = _found_by_index(recent, NEWEST, sought)
    if len(keys) < NEWEST:
        keys = _found_by_index(sought.claims, NEWEST, sought)
    found = Claim.objects.filter(pk__in=keys).order_by("-sort_date", "-pk")
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


def _articles(sought):
    """Find words in headlines and in the texts that are current."""
    asked = sought.asked
    in_body = found_in_terms(asked, "body")
    texts = ArticleText.objects.annotate(beginning=FIRST_PARAGRAPHS)
    # The whole text is read where its beginning has not got the words, or where they
    # ask for what is not in it.
    in_text = in_body
    if "!" not in asked.tsquery:
        in_text = found_in_terms(asked, "beginning") | in_body
    # A frequent word stands in every text: the newest of them will do.
    keys = _found_near(texts.filter(in_text), NEWEST_TEXTS, sought)
    if len(keys) < NEWEST_TEXTS:
        texts = ArticleText.objects.filter(in_body)
        keys = _found_by_index(texts, NEWEST_TEXTS, sought)
    printed = Article.objects.filter(current_text__in=keys)
    condition = search_condition(sought.words)
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


def _speakers(sought):
    rows = Speaker.objects.unmerged().containing(sought.words).with_current_role()
    return [
        _row("speaker", speaker.pk, speaker.name, speaker.current_role)
        for speaker in rows.order_by("name", "id")[: MOST + 1]
    ]


def _verdicts(sought):
    """Find words in verdicts, but for what the user may still rate blind."""
    vector = Func(
        "summary",
        "explanation",
        "how_verified",
        function="claim_words",
        output_field=TextField(),
    )
    matching = Verdict.objects.annotate(vector=vector).filter(
        Matches(F("vector"), PrefixQuery(sought.words, "english"))
    )
    keys = matching.order_by("-pk").values("pk")[:NEWEST]
    found = Verdict.objects.filter(pk__in=keys).order_by("-updated_at", "-pk")
    unseen = unseen_by(sought.user).filter(pk=OuterRef("pk")).values("pk")
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


def _sought(words, asked, user):
    """Return what is sought, and whether it is common: nothing is in a small archive.

    Rows are read in their order for common words alone, which are soon found: a row's
    terms take long to make. The planner would do so for words that he thinks common,
    and take minutes over one that stands nowhere.
    """
    listed = Q(status=ClaimStatus.LISTED)
    condition = search_condition(words, parts=listed, fields=TERMS)
    claims = Claim.objects.filter(condition)
    newest = _newest_number(Claim)
    # Most rows lack a word, and no index finds them.
    are_common = bool(asked) and not asked.candidates
    if not are_common and newest > RECENT:
        sample = range(newest, newest - APART * SAMPLE, -APART)
        are_common = claims.filter(pk__in=sample).count() >= COMMON
    return Sought(words, asked, user, claims, are_common, newest)


def _found_near(rows, most, sought):
    """Return the newest keys of rows with common words, looked for one after another.

    None where they are rare: an index finds those.
    """
    if not sought.are_common:
        return []
    near = rows.filter(pk__gt=_newest_number(rows.model) - NEAR * most)
    return _newest_keys(near, most, IN_ORDER)


def _newest_number(model):
    return model.objects.aggregate(newest=Max("pk"))["newest"] or 0


def _found_by_index(rows, most, sought):
    """Return the newest keys of rows as the indexes find them, all of which are read.

    Each row that has the words of a phrase is looked at: how to find those is left to
    the planner.
    """
    return _newest_keys(rows, most, "{}" if sought.has_phrase else BY_INDEX)


def _newest_keys(rows, most, how):
    sql, params = sql_of(rows.order_by("-pk").values_list("pk")[:most])
    with connections[rows.db].cursor() as cursor:
        cursor.execute(how.format(sql), params)
        return [key for (key,) in last_rows(cursor)]
