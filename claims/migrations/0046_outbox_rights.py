"""Editors look after subscriptions, and send again what was given up."""

from django.db import migrations

RIGHTS = {
    "subscription": ("view", "add", "change", "delete"),
    "message": ("view", "change", "delete"),
}


def permissions(apps):
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    # Django makes permissions after all migrations; the group needs them now.
    for model, actions in RIGHTS.items():
        kind, _ = ContentType.objects.get_or_create(app_label="claims", model=model)
        for action in actions:
            permission, _ = Permission.objects.get_or_create(
                content_type=kind,
                codename=f"{action}_{model}",
                defaults={"name": f"Can {action} {model}"},
            )
            yield permission


def give(apps, schema_editor):
    # A desk may have renamed the group.
    for group in apps.get_model("auth", "Group").objects.filter(name="Editors"):
        group.permissions.add(*permissions(apps))


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="Editors"):
        group.permissions.remove(*permissions(apps))


class Migration(migrations.Migration):
    dependencies = [("claims", "0045_outbox")]

    operations = [migrations.RunPython(give, take)]
