"""The health check, and the style sheet of the colours in the settings."""

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, router
from django.http import HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from claims.http.caching import kept_for, uncached
from claims.models import PublicClaim


@uncached
@require_safe
def healthz(request):
    """Return 200 while the site and its database work, else 503."""
    try:
        for alias in {router.db_for_read(PublicClaim), DEFAULT_DB_ALIAS}:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT 1")
        status, words = 200, "ok\n"
    except DatabaseError:
        status, words = 503, "the database does not answer\n"
    return HttpResponse(
        words,
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


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
