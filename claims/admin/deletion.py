"""What a page of deletion lists: things with a name, not the rows that link them."""

from django.apps import apps
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst


class NamedDeletionMixin:
    """Lists what is deleted, without the rows that only link two others."""

    def get_deleted_objects(self, objs, request):
        if _is_only_linked(self.model):
            return self.named_alone(objs, request)
        deleted, counts, *rest = super().get_deleted_objects(objs, request)
        links = [
            model._meta
            for model in apps.get_models(include_auto_created=True)
            if model._meta.auto_created
        ]
        names = tuple(f"{capfirst(each.verbose_name)}: " for each in links)
        plurals = {each.verbose_name_plural for each in links}
        counts = {name: count for name, count in counts.items() if name not in plurals}
        return without(deleted, names), counts, *rest

    def named_alone(self, objs, request):
        """Return what Django does, and read none of the rows that only link others."""
        opts, named = self.opts, []
        page = f"{self.admin_site.name}:{opts.app_label}_{opts.model_name}_change"
        for each in objs:
            words = capfirst(opts.verbose_name), reverse(page, args=[each.pk]), each
            named.append(format_html('{}: <a href="{}">{}</a>', *words))
        may = all(self.has_delete_permission(request, each) for each in objs)
        lacking = set() if may else {opts.verbose_name}
        return named, {opts.verbose_name_plural: len(named)}, lacking, []


def _is_only_linked(model):
    """Return whether no rows but those of links go along with a row of a model."""
    fields = model._meta.get_fields(include_hidden=True)
    pointing = [each for each in fields if each.one_to_many or each.one_to_one]
    return all(
        each.related_model._meta.auto_created
        for each in pointing
        if each.auto_created and not each.concrete
    )


def without(deleted: list, names: tuple[str, ...]) -> list:
    """Return nested lists of words without those that begin with one of the names.

    >>> without(["Topic: Sea", ["Claim-topic: 1", "Claim: Ships"]], ("Claim-topic:",))
    ['Topic: Sea', ['Claim: Ships']]
    """
    return [
        without(each, names) if isinstance(each, list) else each
        for each in deleted
        if isinstance(each, list) or not str(each).startswith(names)
    ]
