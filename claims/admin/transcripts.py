"""Checking a transcript while somebody speaks: line by line, with earlier claims."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _

from claims.desk.annotation import Mark, mark_claim
from claims.desk.naming import speaker_named
from claims.exceptions import Incomplete, Refused
from claims.exchange.articles import (
    ArticleFile,
    ImportRefused,
    add_article,
    decode,
    get_or_add_outlet,
)
from claims.exchange.transcripts import Line, lines_of, times_of
from claims.forms.intake import IntakeForm
from claims.forms.transcripts import TranscriptForm
from claims.lists.matching import similar_to_each
from claims.models import Article, Claim
from claims.models.choices import AttributionKind, DateBasis, DatePrecision, SpanRole
from claims.text.language import detect_language

# Lines on a page, and earlier claims beside each; shorter lines say nothing.
ON_PAGE, MOST_FOUND, FEWEST_WORDS = 40, 2, 4


@dataclass(frozen=True)
class Row:
    """A line with the earlier claims like it, and the claim that was made of it."""

    line: Line
    found: list
    claim: object = None


class TranscriptMixin:
    """Adds to ArticleAdmin the page that checks a transcript line by line."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.transcript_view)
        return [
            path("transcript/", view, name="claims_article_transcript"),
            *super().get_urls(),
        ]

    def transcript_view(self, request):
        """Ask for a transcript, or show a part of it; mark a line of it as a claim."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if "body" in request.POST:
            return self._part(request, TranscriptForm(request.POST))
        form = IntakeForm(
            *((request.POST, request.FILES) if request.method == "POST" else ())
        )
        if form.is_valid():
            read = TranscriptForm.of(form.article, _times(form))
            return self._part(request, read)
        return self._page(request, {"intake": form}, 400 if form.is_bound else 200)

    def _page(self, request, context, status=200):
        response = self.desk_page(
            request,
            "article/transcript.html",
            {"title": _("Check a transcript")} | context,
            status=status,
        )
        response.is_done = status == 200
        return response

    def _part(self, request, form):
        """Show one part of a transcript, after marking a line if one was chosen."""
        if not form.is_valid():
            again = IntakeForm() if form.errors.keys() & {"body", "times"} else None
            return self._page(request, {"form": form, "intake": again}, 400)
        told = form.cleaned_data
        lines = lines_of(told["body"], told["times"])
        article = _article(told["article"])
        refusal = ""
        if "line" in request.POST:
            try:
                line = _chosen(lines, request.POST["line"])
                article = _marked(article, line, told, by=request.user)
            except Incomplete as refused:
                refusal = " ".join(refused.messages)
            except Refused as refused:
                refusal = str(refused)
        page = Paginator(lines, ON_PAGE).get_page(request.POST.get("page"))
        context = {
            "form": form,
            "page": page,
            "rows": _rows(page, article),
            "article": article,
            "refusal": refusal,
            "lines": len(lines),
        }
        return self._page(request, context, 400 if refusal else 200)


def _times(form):
    """Return the times of the cues of what was sent to be read."""
    file = form.cleaned_data["file"]
    try:
        if file is None:
            source = form.cleaned_data["raw_words"]
        else:
            file.seek(0)
            source = decode(file.read(), file.name, form.cleaned_data["encoding"])
    except ImportRefused:
        return []  # Word and PDF have no times
    return times_of(source, form.article.body)


def _article(key):
    if key is None:
        return None
    article = Article.objects.select_related("current_text").filter(pk=key).first()
    if article is None:
        raise Http404
    return article


def _chosen(lines, number):
    """Return the line of a number; raise Refused."""
    if not (number.isdecimal() and 0 < int(number[:9]) <= len(lines)):
        raise Refused(_("There is no such line in this transcript."))
    return lines[int(number) - 1]


def _marked(article, line, told, *, by):
    """Mark a line in its article, which is stored with the first one; return it."""
    if not by.has_perm("claims.add_claim"):
        raise Refused(_("You may not add claims."))
    if article is None:
        if not (told["headline"] and told["outlet"] and told["published_on"]):
            raise Refused(
                _(
                    "The transcript is stored with its first claim: give headline, "
                    "outlet and day first."
                )
            )
        file = ArticleFile(
            told["published_on"],
            told["headline"],
            told["body"],
            times=[pair for pair in told["times"] if pair[0] < len(told["body"])],
        )
        outlet = get_or_add_outlet(told["outlet"], by=by)
        article, _is_new = add_article(file, by=by, outlet=outlet)
    speaker = speaker_named(line.speaker) if line.speaker else None
    mark_claim(
        article,
        [Mark(SpanRole.CONTENT, line.start, line.end, line.words)],
        by=by,
        # The same line again is the same claim.
        client_id=uuid5(NAMESPACE_URL, f"{article.pk}:{line.start}:{line.end}"),
        speaker=speaker,
        attribution=AttributionKind.DIRECT,
        stated_on=article.published_on,
        stated_precision=DatePrecision.DAY,
        stated_basis=DateBasis.ARTICLE_DATE,
    )
    return article


def _rows(lines, article):
    """Return the lines of a part with the earlier claims like each."""
    made, found = _claims_at(article), _found(lines, article)
    return [
        Row(line, found.get(line.number, []), made.get(line.start)) for line in lines
    ]


def _claims_at(article):
    """Return the claims of an article by where their words begin."""
    if article is None:
        return {}
    claims = Claim.objects.filter(article=article).prefetch_related("spans")
    return {
        span.start: claim
        for claim in claims
        for span in claim.spans.all()
        if span.role == SpanRole.CONTENT and span.text_id == article.current_text_id
    }


def _found(lines, article):
    """Return the earlier claims like each line, by its number; the article's own not.

    What one speaker says is asked for at once.
    """
    said = defaultdict(list)
    for line in lines:
        if len(line.words.split()) >= FEWEST_WORDS:
            said[line.speaker].append(line)
    found = {}
    for name, theirs in said.items():
        matches = similar_to_each(
            [line.words for line in theirs],
            speaker_named(name) if name else None,
            MOST_FOUND + 1,
            language=detect_language(" ".join(line.words for line in theirs)) or "en",
        )
        for line, rows in zip(theirs, matches, strict=True):
            kept = [
                match
                for match in rows
                if match.tier and match.claim.article_id != getattr(article, "pk", None)
            ]
            found[line.number] = kept[:MOST_FOUND]
    return found
