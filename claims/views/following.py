"""Following a list by mail: the form, and the pages under the links in the mails."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from claims.desk.following import (
    ask_to_follow,
    confirm,
    is_offered,
    leave,
    sender_hash,
)
from claims.exceptions import Refused
from claims.forms.following import FollowForm
from claims.http.caching import uncached
from claims.http.client_ip import client_ip, client_network
from claims.http.responses import plain_error, private, with_wait
from claims.http.token_bucket import TokenBuckets
from claims.http.typed import is_from_elsewhere
from claims.lists.following import list_to_follow, name_of_list
from claims.lists.query import InvalidQuery
from claims.views.errors import csrf_failure
from claims.views.list_pages import invalid_query_page

# Of one network: nobody finds a token by trying.
TRIES_A_MINUTE = 30
buckets = TokenBuckets()


# Nothing begins without the mail's owner: no cookie is needed, and none is set.
@uncached
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request):
    """Show the form for a list (GET), or have the address asked by mail (POST)."""
    if not is_offered():
        raise Http404
    sent = request.method == "POST"
    if sent and is_from_elsewhere(request):
        return csrf_failure(request)
    form = FollowForm(
        *((request.POST,) if sent else ()),
        initial={"list": request.GET.get("list", "")},
        label_suffix="",
    )
    try:
        query = list_to_follow(str(form["list"].value() or ""))
    except InvalidQuery as refusal:
        return invalid_query_page(request, refusal)
    if not sent or not form.is_valid():
        return _page(request, form, query, 400 if sent else 200)
    told = form.cleaned_data
    try:
        ask_to_follow(
            told["address"],
            query,
            pace=told["pace"],
            language=get_language(),
            sender=sender_hash(client_ip(request)),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return with_wait(_page(request, form, query, refusal.status), refusal)
    return redirect("claims:follow_sent")


@require_safe
def follow_sent(request):
    """Say that a mail is on its way, whatever was asked for whichever address."""
    return _link_page(request, "sent")


@uncached
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def follow_confirm(request, token):
    """Ask for one more press (GET: programs open links, too), or begin (POST)."""
    if (refusal := _too_many(request)) is not None:
        return refusal
    if request.method != "POST":
        return _link_page(request, "confirm")
    follower = confirm(token)
    if follower is None:
        return _link_page(request, "closed", status=404)
    return _link_page(request, "confirmed", name=name_of_list(follower.query))


@uncached
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def follow_leave(request, token):
    """Show the button that ends it (GET), or end it (POST, by RFC 8058 too).

    Of a link that was never one, or was used, the answer is the same.
    """
    if (refusal := _too_many(request)) is not None:
        return refusal
    if request.method != "POST":
        return _link_page(request, "leave")
    leave(token)
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return private(HttpResponse(status=200, content_type="text/plain"))
    return _link_page(request, "left")


def _page(request, form, query, status):
    context = {
        "form": form,
        "name": name_of_list(query),
        "query": query,
        "hours": settings.FOLLOW_CONFIRM_HOURS,
    }
    return private(render(request, "claims/follow.html", context, status=status))


def _link_page(request, phase, status=200, **context):
    context |= {"phase": phase, "hours": settings.FOLLOW_CONFIRM_HOURS}
    return private(render(request, "claims/follow_link.html", context, status=status))


def _too_many(request):
    wait = buckets.wait_for(client_network(client_ip(request)), TRIES_A_MINUTE)
    if not wait:
        return None
    answer = plain_error("Too many tries. Wait a moment.", status=429)
    answer["Retry-After"] = str(wait)
    return private(answer)
