import subprocess
import sys

import pytest
from django.conf import settings

from tests.monitoring.receiver import receiver

# The control.
DEFAULTS = pytest.param("defaults", True, marks=pytest.mark.slow)


@pytest.mark.parametrize(("options", "found"), [DEFAULTS, ("ours", False)])
def test_a_report_holds_a_draft_by_default_and_none_by_these_options(options, found):
    with receiver() as (dsn, came):
        subprocess.run(
            [sys.executable, "-m", "tests.monitoring.failing_site", dsn, options],
            cwd=settings.BASE_DIR,
            check=True,
            capture_output=True,
        )
        report = came.get(timeout=60)
    assert "ValueError" in report and "failing_site" in report
    assert ("Quell" in report) is found
