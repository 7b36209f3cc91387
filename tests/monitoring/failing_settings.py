"""The settings of a desk, with a view that fails."""

from factcheck.settings import *  # noqa: F403

# Nothing was collected.
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
ROOT_URLCONF = "tests.monitoring.failing_urls"
