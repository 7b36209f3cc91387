"""The page under a one-time link, on which whoever was asked answers."""

from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from claims.desk.replies import LinkClosed, answer_by_link
from claims.exceptions import Refused
from claims.forms.replies import AnswerForm
from claims.http.caching import uncached
from claims.http.client_ip import client_ip, client_network
from claims.http.responses import plain_error, private
from claims.http.token_bucket import TokenBuckets
from claims.reading.replies import question_under

# Of one network, whatever it asks here: nobody finds a token by trying.
TRIES_A_MINUTE = 30
LONGEST_TOKEN = 100
buckets = TokenBuckets()


# The token is the secret that another site would need: no cookie, and none is set.
@csrf_exempt
@uncached
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request, token):
    """Show what is asked under a link (GET), or take the answer, once (POST)."""
    wait = buckets.wait_for(client_network(client_ip(request)), TRIES_A_MINUTE)
    if wait:
        answer = plain_error("Too many tries. Wait a moment.", status=429)
        answer["Retry-After"] = str(wait)
        return private(answer)
    token = token[:LONGEST_TOKEN]
    if request.method != "POST":
        return _page(request, token, AnswerForm(label_suffix=""))
    form = AnswerForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _page(request, token, form, status=400)
    try:
        answer_by_link(token, form.cleaned_data["answer"])
    except LinkClosed:
        return _closed(request)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, token, form, status=refusal.status)
    return private(redirect("claims:reply_sent"))


# Whoever has just answered sees the link closed: no replica may know of it yet.
reply.reads_primary = True


@require_safe
def reply_sent(request):
    """Show the thanks after an answer."""
    return private(render(request, "claims/reply_sent.html"))


def _page(request, token, form, status=200):
    question = question_under(token)
    if question is None:
        return _closed(request)
    context = {"form": form, "question": question}
    return private(render(request, "claims/reply.html", context, status=status))


def _closed(request):
    """Return the same page for a link that is used, over, replaced or made up."""
    return private(render(request, "claims/reply_closed.html", status=404))
