"""Names of models and fields, marked for translation: no model says one itself.

Django makes them out of Python's own names ("published_on": "published on"), which no
catalogue would hold. `translate_names` puts a translated name in the place of each;
migrations see the model's own, so a language more or less is no change of the schema.
"""

from django.utils.translation import gettext_lazy


def translate_names(models) -> None:
    """Let each model and field be called by the language of whoever looks at it."""
    for model in models:
        options = model._meta
        plural = str(options.verbose_name_plural)
        options.verbose_name = gettext_lazy(str(options.verbose_name))
        options.verbose_name_plural = gettext_lazy(plural)
        for field in [*options.fields, *options.many_to_many]:
            if field.model is model and isinstance(field.verbose_name, str):
                field.verbose_name = gettext_lazy(field.verbose_name)
