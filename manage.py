#!/usr/bin/env python3
"""The workbench's commands: `python manage.py help` lists them."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit(
            "Django is not installed for this Python. From the project's folder run:\n"
            "  python3 -m venv .venv && .venv/bin/pip install -e '.[demo]'\n"
            "and use .venv/bin/python manage.py ..."
        )
    from factcheck.database.time_limits import unhurried

    # A command takes the time that it needs; a server's threads have their limits.
    with unhurried():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
