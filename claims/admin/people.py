"""People and groups in the admin: Django's pages, with rights named by the page."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm
from django.contrib.auth.models import Group
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.deletion import NamedDeletionMixin

ACTIONS = ("add", "change", "delete", "view")
# The groups that come with the desk; one made by hand is called as it was called.
GROUPS = {
    "Annotators": gettext_lazy("Annotators"),
    "Reviewers": gettext_lazy("Reviewers"),
    "Editors": gettext_lazy("Editors"),
}


def group_label(group) -> str:
    """Return the name of a group in the language of the page."""
    return str(GROUPS.get(group.name, group.name))


def right_label(permission) -> str:
    """Return a permission in the language of the page: model, and what may be done."""
    model = permission.content_type.model_class()
    name = model._meta.verbose_name if model else permission.content_type.model
    # Apps of others name theirs in no language but English.
    name = _(str(name))
    action = permission.codename.split("_")[0]
    may = _(f"Can {action}") if action in ACTIONS else _(permission.name)
    return f"{capfirst(name)}: {may}"


class UsablePasswordMixin:
    """Says in the language of the page what Django says in English only."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "usable_password" in self.fields:
            words = _("With a password, or by another way of signing in only.")
            if self.has_one:
                words += " " + _("Without one, the present password is lost.")
            self.fields["usable_password"].help_text = words


class DeskPasswordForm(UsablePasswordMixin, AdminPasswordChangeForm):
    has_one = True


class DeskUserForm(UsablePasswordMixin, AdminUserCreationForm):
    has_one = False


class RightsMixin(NamedDeletionMixin):
    """Labels permissions by model and action, and sorts them so."""

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None and db_field.name in {"permissions", "user_permissions"}:
            field.label_from_instance = right_label
        if field is not None and db_field.name == "groups":
            field.label_from_instance = group_label
        return field


class GroupFilter(admin.RelatedFieldListFilter):
    """Filters people by group, with groups named in the language of the page."""

    def field_choices(self, field, request, model_admin):
        return [
            (group.pk, group_label(group)) for group in Group.objects.order_by("pk")
        ]


admin.site.unregister(Group)


@admin.register(Group)
class DeskGroupAdmin(RightsMixin, GroupAdmin):
    """Groups, with names and rights in the language of the page."""

    # What is done to several at once would be to delete them.
    actions = None

    list_display = ("label",)

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def label(self, group):
        return group_label(group)


class PeopleAdmin(RightsMixin, UserAdmin):
    """Logins, with rights named in the language of the page; `users` registers them."""

    add_form = DeskUserForm
    change_password_form = DeskPasswordForm
    list_display = ("username", "first_name", "last_name", "email", "may_sign_in")
    list_filter = (("groups", GroupFilter), "is_active", "is_superuser")

    @admin.display(description=gettext_lazy("the desk"), ordering="is_staff")
    def may_sign_in(self, user):
        return "✓" if user.is_active and user.is_staff else "–"
