"""What a page of deletion lists: things with a name, not the rows that link them."""

from django.apps import apps
from django.utils.text import capfirst


class NamedDeletionMixin:
    """Lists what is deleted, without the rows that only link two others."""

    def get_deleted_objects(self, objs, request):
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
