from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = "Claims"
    default = True

    def ready(self):
        # Registers the checks.
        from claims.management import role_checks  # noqa: F401


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin, with the editors' desk as its site."""

    default = False
    # Outside claims.admin, whose pages register with it while they are imported.
    default_site = "claims.admin_site.DeskSite"
