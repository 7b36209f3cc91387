"""The csrf_token tag, which on pages of the desk also names the form it stands in."""

from uuid import uuid4

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

register = template.Library()

# Of the field by which a form that is sent twice is known.
FORM_TOKEN = "form_token"  # noqa: S105 - a name


class NamedFormNode(CsrfTokenNode):
    """Renders the token against forged requests, and one of this form alone."""

    def render(self, context):
        fields = super().render(context)
        if not (fields and context.get("names_forms")):
            return fields
        field = '<input type="hidden" name="{}" value="{}">'
        return fields + format_html(field, FORM_TOKEN, uuid4())


@register.tag
def csrf_token(_parser, _token):
    """Return the node of `{% csrf_token %}`; a builtin, so no form can forget it."""
    return NamedFormNode()
