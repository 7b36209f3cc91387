"""Names of models and fields, marked for translation: no model says one itself.

Django makes them out of Python's own names ("published_on": "published on"), which no
catalogue would hold. `translate_names` puts a translated name in the place of each;
migrations see the model's own, so a language more or less is no change of the schema.
"""

from django.apps import apps
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

NAMES = (
    _("name"),
    _("slug"),
    _("homepage"),
    _("was public"),
    _("outlet"),
    _("headline"),
    _("byline"),
    _("language"),
    _("published on"),
    _("accessed on"),
    _("text rights"),
    _("current text"),
    _("created at"),
    _("search"),
    _("kind"),
    _("description"),
    _("speaks for"),
    _("merged into"),
    _("folded"),
    _("speaker"),
    _("title"),
    _("organisation"),
    _("is metonym"),
    _("article"),
    _("printed role"),
    _("via"),
    _("wording"),
    _("quote"),
    _("attribution"),
    _("stated on"),
    _("stated precision"),
    _("stated basis"),
    _("checkability"),
    _("repeats"),
    _("status"),
    _("listed at"),
    _("origin"),
    _("rule"),
    _("score"),
    _("proposed"),
    _("version"),
    _("client id"),
    _("created by"),
    _("updated at"),
    _("rating"),
    _("current"),
    _("sort date"),
    _("other speakers"),
    _("topics"),
    _("claim"),
    _("role"),
    _("ordinal"),
    _("text"),
    _("start"),
    _("end"),
    _("exact"),
    _("prefix"),
    _("suffix"),
    _("anchor"),
    _("confirmed by"),
    _("subject"),
    _("step"),
    _("from status"),
    _("to status"),
    _("by"),
    _("comment"),
    _("at"),
    _("table"),
    _("row"),
    _("operation"),
    _("actor"),
    _("before"),
    _("after"),
    _("secret"),
    _("former secret"),
    _("former until"),
    _("last change"),
    _("paused until"),
    _("key"),
    _("subscription"),
    _("recipient"),
    _("payload"),
    _("leased until"),
    _("label"),
    _("value"),
    _("bucket"),
    _("definition"),
    _("sign"),
    _("order"),
    _("retired"),
    _("summary"),
    _("explanation"),
    _("correction kind"),
    _("correction note"),
    _("correction asked by"),
    _("author"),
    _("contributors"),
    _("verdict"),
    _("publisher"),
    _("excerpt"),
    _("stance"),
    _("number"),
    _("rating label"),
    _("rating slug"),
    _("rating value"),
    _("rating bucket"),
    _("rating definition"),
    _("rating sign"),
    _("finding"),
    _("claim reviewed"),
    _("speaker name"),
    _("speaker kind"),
    _("speaker role"),
    _("speakers"),
    _("via name"),
    _("cue"),
    _("speaker words"),
    _("marks"),
    _("outlet name"),
    _("article url"),
    _("article published on"),
    _("statement basis"),
    _("former digest"),
    _("how verified"),
    _("as of"),
    _("evidence"),
    _("author name"),
    _("approver"),
    _("approver name"),
    _("note"),
    _("asked by"),
    _("override reason"),
    _("published at"),
    _("review url"),
    _("review key"),
    _("review title"),
    _("source kind"),
    _("published precision"),
    _("source digest"),
    _("digest"),
    _("message"),
    _("contact"),
    _("answer"),
    _("answered by"),
    _("correction"),
    _("sender"),
    _("round"),
    _("reason"),
    _("first rating"),
    _("first finding"),
    _("first author"),
    _("outlets"),
    _("articles"),
    _("speaker roles"),
    _("speaker alias"),
    _("speaker aliases"),
    _("topic"),
    _("claims"),
    _("span"),
    _("spans"),
    _("change"),
    _("changes"),
    _("ratings"),
    _("verdicts"),
    _("published verdict"),
    _("published verdicts"),
    _("reader report"),
    _("reader reports"),
    _("second rating"),
    _("second ratings"),
)


# What Django says in English on pages of its admin in other languages.
DJANGO_LACKS = (_("Norwegian Bokmal"),)

# As Django and the models name them; the admin shows rights by these names.
RIGHTS = (
    _("Can add"),
    _("Can change"),
    _("Can delete"),
    _("Can view"),
    _("Can annotate claim"),
    _("Can list claim"),
    _("Can withdraw claim"),
    _("Can publish verdict"),
    _("Can retract verdict"),
    _("Can submit verdict"),
)


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


def name_of_table(table: str) -> str:
    """Return what a table without its prefix is called: the name of its model.

    >>> name_of_table("claim_topics")
    'claim: topics'
    """
    for model in apps.get_app_config("claims").get_models(include_auto_created=True):
        if model._meta.db_table != f"claims_{table}":
            continue
        owner = model._meta.auto_created
        if not owner:
            return str(model._meta.verbose_name)
        for field in owner._meta.many_to_many:
            if field.remote_field.through is model:
                return f"{owner._meta.verbose_name}: {field.verbose_name}"
    return table
