"""The form by which readers report an error or suggest a claim."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from claims.desk.reports import file_report, sender_hash
from claims.exceptions import Refused
from claims.forms.reports import ReportForm
from claims.http.client_ip import client_ip
from claims.models import PublicClaim


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    """Show the form (GET) or store the report (POST)."""
    if request.method != "POST":
        claim = _claim_or_404(request.GET.get("claim", ""))
        initial = {"claim": claim.pk, "kind": "error"} if claim else {}
        return _page(request, ReportForm(initial=initial, label_suffix=""), claim)
    form = ReportForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _page(request, form, form.cleaned_data.get("claim"), status=400)
    try:
        file_report(**form.cleaned_data, sender=sender_hash(client_ip(request)))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        response = _page(request, form, form.cleaned_data["claim"], refusal.status)
        if hasattr(refusal, "retry_after"):
            response["Retry-After"] = str(refusal.retry_after)
        return response
    return redirect("claims:report_sent")


@require_safe
def report_sent(request):
    """Show the thanks after a report."""
    return render(request, "claims/report_sent.html")


def _page(request, form, claim, status=200):
    context = {"form": form, "claim": claim}
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
