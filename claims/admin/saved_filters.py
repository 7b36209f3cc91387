"""Saved filters in the admin: keeping a list under a name, and forgetting it."""

from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from claims.desk.saved_filters import (
    drop_filter,
    filters_of,
    may_drop,
    save_filter,
)
from claims.exceptions import Incomplete
from claims.models import SavedFilter


class SavedFilterForm(forms.ModelForm):
    """The name of a list, and whether everybody gets it."""

    model = forms.CharField(max_length=30)
    query = forms.CharField(max_length=4000, required=False)

    class Meta:
        model = SavedFilter
        fields = ("name", "is_shared")


def urls(site):
    """Return the addresses for keeping lists on the desk's AdminSite."""
    save, drop = partial(save_list_view, site), drop_list_view
    return [
        path("lists/save/", site.admin_view(save), name="save_list"),
        path("lists/<int:pk>/drop/", site.admin_view(drop), name="drop_list"),
    ]


def save_list_view(site, request):
    """Keep a list with its filters (POST), and lead back to it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = SavedFilterForm(request.POST)
    name = request.POST.get("model", "")
    if name not in _lists_for(site, request.user):
        raise PermissionDenied
    if not form.is_valid():
        sentences = (each for errors in form.errors.values() for each in errors)
        raise Incomplete({None: " ".join(sentences)})
    saved = save_filter(by=request.user, **form.cleaned_data)
    said = _("“%(name)s” is on your front page.") % {"name": saved.name}
    messages.success(request, said)
    return HttpResponseRedirect(_address(saved))


def drop_list_view(request, pk):
    """Forget a list (POST), and lead to the front page."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    saved = SavedFilter.objects.filter(pk=pk).first()
    if saved is None:
        raise Http404
    drop_filter(saved, by=request.user)
    messages.success(request, _("The list is forgotten."))
    return HttpResponseRedirect(reverse("admin:index"))


def saved_lists(site, user):
    """Return the lists kept for a user, each with its address."""
    lists = _lists_for(site, user)
    return [
        {"saved": saved, "url": _address(saved), "may_drop": may_drop(saved, user)}
        for saved in filters_of(user)
        if saved.model in lists
    ]


def _address(saved):
    changelist = reverse(f"admin:claims_{saved.model}_changelist")
    return f"{changelist}?{saved.query}" if saved.query else changelist


def _lists_for(site, user):
    """Return the names of the models of the desk whose lists a user may see."""
    names = {
        model._meta.model_name
        for model in site._registry
        if model._meta.app_label == "claims"
    }
    return {name for name in names if user.has_perm(f"claims.view_{name}")}
