"""The form by which readers report an error or suggest a claim."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from claims.desk.reports import file_report, sender_hash
from claims.exceptions import Refused
from claims.forms.reports import ReportForm
from claims.http.caching import uncached
from claims.http.client_ip import client_ip, client_network
from claims.http.links import url_builder
from claims.http.responses import plain_error, private, with_wait
from claims.http.token_bucket import TokenBuckets
from claims.http.typed import is_from_elsewhere
from claims.models import PublicClaim
from claims.reading.tracking import report_phase
from claims.views.errors import csrf_failure

# Of one network: nobody finds a token by trying.
TRIES_A_MINUTE = 30
buckets = TokenBuckets()


@uncached
# No cookie is asked for, so none is set: the browser says which page a form stood on.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    """Show the form (GET) or store the report (POST)."""
    if request.method != "POST":
        claim = _claim_or_404(request.GET.get("claim", ""))
        initial = {"claim": claim.pk, "kind": "error"} if claim else {}
        return _page(request, ReportForm(initial=initial, label_suffix=""), claim)
    if is_from_elsewhere(request):
        return csrf_failure(request)
    form = ReportForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _page(request, form, form.cleaned_data.get("claim"), status=400)
    try:
        filed = file_report(**form.cleaned_data, sender=sender_hash(client_ip(request)))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        page = _page(request, form, form.cleaned_data["claim"], refusal.status)
        return with_wait(page, refusal)
    if filed.token:
        return redirect("claims:report_tracking", token=filed.token)
    return redirect("claims:report_sent")


@require_safe
def report_sent(request):
    """Show the thanks after a report."""
    return render(request, "claims/report_sent.html")


@uncached
@require_safe
def report_tracking(request, token):
    """Show how far the desk is with a report to whoever has its token, no more."""
    wait = buckets.wait_for(client_network(client_ip(request)), TRIES_A_MINUTE)
    if wait:
        answer = plain_error("Too many tries. Wait a moment.", status=429)
        answer["Retry-After"] = str(wait)
        return private(answer)
    phase = report_phase(token)
    if phase is None:
        raise Http404
    context = {"phase": phase, "address": url_builder(request)(request.path)}
    return private(render(request, "claims/report_tracking.html", context))


# Whoever has just sent a report is led here: no replica may have it yet.
report_tracking.reads_primary = True


def _page(request, form, claim, status=200):
    days = settings.REPORT_CONTACT_DAYS
    context = {"form": form, "claim": claim, "days": days}
    return render(request, "claims/report.html", context, status=status)


def _claim_or_404(number):
    """Return the listed claim of a number, None for no number, or raise 404."""
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    claim = PublicClaim.objects.select_related("words").filter(pk=int(number)).first()
    if claim is None:
        raise Http404
    return claim
