"""The public doors, opened after each step and held against what was published."""

import hashlib
import re

from django.apps import apps
from django.db import connection
from django.test import Client

from tests.desk.public_files import (
    FILES,
    LISTS,
    check_files,
    check_list,
    check_speakers,
)
from tests.desk.public_pages import addresses, check_own_pages

TABLE = re.compile(r"\bclaims_\w+")


class Doors:
    """The public doors; each is opened again once a table that it read has changed."""

    def __init__(self):
        self.client = Client()
        self.seen = {}
        self.opened = 0
        self.checked = {}
        self.tables = {model._meta.db_table for model in apps.get_models(True)}

    def open(self, path, state):
        """Return status and body of an address; `state` tells each table's contents."""
        known = self.seen.get(path)
        if known and known[0] == {table: state.get(table) for table in known[0]}:
            return known[1]
        read = set()

        def note(execute, sql, params, many, context):
            named = set(TABLE.findall(str(sql)))
            # What hides behind a function of the database may read any table.
            read.update(named if named <= self.tables else state)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = self.client.get(path)
            body = b"".join(response) if response.streaming else response.content
        if response.streaming:
            # The database copies it out, and nobody hears from where.
            read.update(state)
        self.opened += 1
        answer = response.status_code, body.decode()
        self.seen[path] = {table: state.get(table) for table in read}, answer
        return answer

    def check(self, claims, names, state):
        """Assert that each door says of each claim what was last published on it."""
        lists = {path: self.open(path, state) for path in LISTS}
        files = {path: self.open(path, state)[1] for path in FILES}
        speakers = {
            key: self.open(names.speaker_page(key), state)[1]
            for key in names.slugs
            if key not in names.merged
        }
        for claim in claims:
            pages = [self.open(path, state) for path in addresses(claim)]
            seen = (pages, lists, files, speakers)
            expected = (claim.versions, claim.topics, names.merged, names.bodies)
            before = self.checked.get(claim.pk)
            now = hashlib.sha256(repr((seen, expected)).encode()).digest()
            if now == before:
                continue
            check_own_pages(claim, names, pages)
            for path, (_status, page) in lists.items():
                check_list(claim, path, page)
            check_files(claim, names, files)
            check_speakers(claim, names, speakers)
            self.checked[claim.pk] = now
