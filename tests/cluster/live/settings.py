"""The settings of the desk, with the app whose migration is run under load."""

from factcheck.settings import *  # noqa: F403
from factcheck.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.cluster.live"]
