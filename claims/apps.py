from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = _("Claims")
    default = True

    def import_models(self):
        super().import_models()
        # Before the forms of the desk are made: they ask the models for names.
        from claims.models.names import translate_names

        translate_names(self.models.values())

    def ready(self):
        # Registers the checks.
        from claims.management import page_checks, role_checks  # noqa: F401


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin, with the editors' desk as its site."""

    default = False
    # Outside claims.admin, whose pages register with it while they are imported.
    default_site = "claims.admin_site.DeskSite"
