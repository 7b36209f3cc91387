"""Tests of the desk; the machine's own modules tell what differs, as tests do."""

import pytest

pytest.register_assert_rewrite(
    "tests.desk.machine",
    "tests.desk.promises",
    "tests.desk.public_files",
    "tests.desk.public_pages",
    "tests.desk.public_records",
    "tests.desk.statement_edits",
)
