"""The three groups of a desk and what each may do."""

from django.db import migrations

ANNOTATORS = {
    "outlet": ("view", "add", "change"),
    "article": ("view", "add", "change"),
    "articletext": ("view", "add"),
    "speaker": ("view", "add", "change"),
    "speakeralias": ("view", "add", "change", "delete"),
    "topic": ("view", "add", "change"),
    "claim": ("view", "add", "change", "list", "annotate"),
    "span": ("view", "add", "change", "delete"),
    "verdict": ("view",),
    "evidence": ("view",),
    "publishedverdict": ("view",),
    "rating": ("view",),
    "transition": ("view",),
    "change": ("view",),
    "readerreport": ("view",),
}
REVIEWERS = {
    "verdict": ("add", "change", "submit"),
    "evidence": ("add", "change", "delete"),
}
EDITORS = {
    "verdict": ("publish", "retract"),
    "claim": ("withdraw",),
    "speaker": ("delete",),
    "topic": ("delete",),
    "rating": ("add", "change"),
    "readerreport": ("change",),
}
GROUPS = {
    "Annotators": (ANNOTATORS,),
    "Reviewers": (ANNOTATORS, REVIEWERS),
    "Editors": (ANNOTATORS, REVIEWERS, EDITORS),
}


def add_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    # Django makes permissions after all migrations; the groups need them now.
    for name, rights in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for model, actions in ((m, a) for part in rights for m, a in part.items()):
            kind, _ = ContentType.objects.get_or_create(app_label="claims", model=model)
            for action in actions:
                permission, _ = Permission.objects.get_or_create(
                    content_type=kind,
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {model}"},
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0004_rating_scale"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(add_groups, migrations.RunPython.noop)]
