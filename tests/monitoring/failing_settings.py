"""The settings of a desk, with a view that fails."""

from factcheck.settings import *  # noqa: F403

ROOT_URLCONF = "tests.monitoring.failing_urls"
