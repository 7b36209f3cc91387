"""A site of one view that fails; run with a DSN and `defaults` or `ours`.

It asks itself once, signed in, and ends when the report is sent.
"""

import sys

import django
import sentry_sdk
from django.conf import settings
from django.test import Client
from django.urls import path

WORDS = "the ferry to Quell is paid for"


def fail(request):
    words = request.POST["summary"]
    raise ValueError(f"cannot use {words}")


urlpatterns = [path("fail/", fail)]

if __name__ == "__main__":
    dsn, options = sys.argv[1:]
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"])
    django.setup()
    if options == "defaults":
        sentry_sdk.init(dsn)
    else:
        from factcheck.monitoring.error_reports import start

        start(dsn)
    client = Client(raise_request_exception=False)
    client.post("/fail/?q=Quell", {"summary": WORDS})
    sentry_sdk.flush()
