"""Middleware of every request under test: what the desk writes names who acts.

The database asks for a name, as it does of the web's role. It cannot tell that a test
has a transaction of its own around everything; outside one, nobody would be named.
"""

import re

from django.db import connection

WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "claims_(\w+)"')
# What readers send, sign-ins, and who is looking at an article.
NOBODYS = {"readerreport", "reportercontact", "logintry", "presence"}


def named(get_response):
    """Refuse, while a request is answered, each desk write that would name nobody."""

    def middleware(request):
        asked = connection.transaction_setting("factcheck.needs_actor", "on")
        with connection.execute_wrapper(in_a_transaction), asked:
            return get_response(request)

    return middleware


def in_a_transaction(execute, sql, params, many, context):
    """Run a statement; a desk write outside a transaction fails the test."""
    write = WRITE.match(sql) if isinstance(sql, str) else None
    if write and write[1] not in NOBODYS:
        begun = [each for each in connection.atomic_blocks if not each._from_testcase]
        assert begun, f"outside a transaction: {sql}"
    return execute(sql, params, many, context)
