"""/llms.txt: what this site is and how a program reads it, in a page of Markdown."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from claims.api.doors import answer, door, single
from claims.http.links import url_builder

TEXT = """\
# {NAME}

> {TAGLINE}. Claims that people made in print, word for word, each with the verdict of a
> fact-check desk where there is one, its evidence, and every correction.

When you use a claim: say whether it was reviewed. One that is not reviewed is neither
true nor false here; of one that is retracted no verdict is in force; one that answers
410 was withdrawn. Cite the address of the version and its day (`as_of`). Licence of the
data: {DATA_LICENCE}, {DATA_LICENCE_URL}. Words quoted from articles stay their
publishers'.

## For programs

- [API]({api}): claims, speakers, articles, topics, outlets, ratings, corrections
- [Was this checked?]({api_match}?text=): the claims like each sentence of a text, and
  which numbers, names and negations differ; longer texts by POST, as JSON
- [OpenAPI document]({api_openapi}): what each address takes and answers
- [MCP]({mcp}): tools for assistants; streamable HTTP, read only, no key
- [Changes]({changes}?since=0): every change since a number, to keep a copy
- [All claims]({claims_jsonl}): whole records as JSON Lines

## For people

- [Claims]({claims}): the list, with filters that all files and the API share
- [Rating scale]({ratings}): what each rating means
- [Corrections]({corrections}): what was corrected, retracted or withdrawn, and why
- [Data and licence]({data}): files, fields, terms
"""
NAMES = (
    "api", "api_match", "api_openapi", "mcp", "changes", "claims_jsonl", "claims",
    "ratings", "corrections", "data",
)  # fmt: skip


@door
def llms_text(request: HttpRequest) -> HttpResponse:
    """Return llms.txt."""
    single(request, ())
    at = url_builder(request)
    places = {name: at(reverse(f"claims:{name}")) for name in NAMES}
    return answer(
        TEXT.format(**settings.FACTCHECK, **places),
        media_type="text/markdown; charset=utf-8",
    )
