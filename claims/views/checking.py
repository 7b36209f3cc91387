"""/check/: paste a sentence or a paragraph, and read what was checked of it."""

from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from claims.http.caching import uncached
from claims.http.client_ip import client_ip, client_network
from claims.http.responses import private
from claims.http.token_bucket import TokenBuckets, reads_of
from claims.lists.checking import LONGEST, MOST_SENTENCES, check_text
from claims.lists.query import InvalidQuery

# Characters of a text that may stand in an address, to be shared.
IN_ADDRESS = 500
buckets = TokenBuckets()


@uncached
# Nothing is written, no cookie is asked for: another site can do nothing with it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check(request):
    """Show the form and, of a text that was sent, what was checked of each sentence."""
    is_form = request.method == "POST"
    if not is_form and not request.GET:
        return render(request, "claims/check.html", _limits() | {"text": ""})
    text = (request.POST if is_form else request.GET).get("text", "")
    network = client_network(client_ip(request))
    wait = buckets.wait_for(network, settings.READS_A_MINUTE, reads_of(request))
    if wait:
        problem = _("Too many questions. Ask again in %(seconds)s seconds.")
        response = _answer(request, text, 429, problem=problem % {"seconds": wait})
        response.headers["Retry-After"] = str(wait)
        return response
    try:
        if not is_form:
            _refuse_address(request.GET)
        checked = check_text(text)
    except InvalidQuery as refusal:
        problem = " ".join(refusal.problems.values())
        return _answer(request, text, refusal.status, problem=problem)
    is_short = len(text) <= IN_ADDRESS
    return _answer(
        request,
        text,
        sentences=checked,
        count=sum(bool(each.found) for each in checked),
        address=f"{request.path}?{urlencode({'text': text})}" if is_short else "",
    )


# Its question is read as the public role reads, though it comes by POST.
check.reads_as_public = True


def _refuse_address(given):
    """Raise InvalidQuery for another parameter than `text`, and for a long text."""
    problems = {name: _("There is no such filter.") for name in given if name != "text"}
    if len(given.getlist("text")) > 1:
        problems["text"] = _("Only one value is possible here.")
    elif len(given.get("text", "")) > IN_ADDRESS:
        problems["text"] = _(
            "This is too long for an address. Send it by the form: its button does so."
        )
    if problems:
        raise InvalidQuery(problems)


def _answer(request, text, status=200, **values):
    context = _limits() | {"text": text} | values
    response = render(request, "claims/check.html", context, status=status)
    return private(response)


def _limits():
    return {"longest": LONGEST, "most": MOST_SENTENCES}
