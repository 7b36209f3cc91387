"""The site, and one view that fails with a draft in its hands."""

from django.db import connection
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from factcheck.urls import urlpatterns as site


@csrf_exempt
def fail(request):
    """Let the database refuse the words of a form, and say so in its message."""
    words = request.POST["summary"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::integer", [words])


urlpatterns = [path("fail/", fail, name="fail"), *site]
