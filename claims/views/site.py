"""The icon, and the style sheet of the colours in the settings."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from claims.http.caching import kept_for


@kept_for(86400)
@require_safe
def favicon(request):
    """Redirect to the desk's icon, for browsers that look at no page first."""
    return HttpResponseRedirect(static(settings.FACTCHECK["LOGO"] or "claims/icon.svg"))


@kept_for(300)
@require_safe
def desk_colours(request):
    """Return the colours of FACTCHECK_COLOURS as CSS custom properties."""
    colours = settings.FACTCHECK["COLOURS"]
    light = {name: shade for name, shade in colours.items() if name[:5] != "dark-"}
    dark = {name[5:]: shade for name, shade in colours.items() if name[:5] == "dark-"}
    # The selectors of tokens.css, which is loaded before.
    sheet = f':root,\nhtml[data-theme="light"] {{\n{_declarations(light)}}}\n'
    if dark:
        shades = f"{{\n{_declarations(dark)}}}\n"
        sheet += (
            "@media (prefers-color-scheme: dark) {\n"
            f':root:not([data-theme="light"]) {shades}}}\n'
            f':root[data-theme="dark"] {shades}'
        )
    return HttpResponse(sheet, content_type="text/css; charset=utf-8")


def _declarations(colours):
    return "".join(f"  --{name}: {shade};\n" for name, shade in colours.items())
