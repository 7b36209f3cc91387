from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = "Claims"
    default = True


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin, with the editors' desk as its site."""

    default = False
    # Outside claims.admin, whose pages register with it while they are imported.
    default_site = "claims.admin_site.DeskSite"
