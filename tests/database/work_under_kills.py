"""People who write over HTTP and remember what was acknowledged; what must be there."""

import json
import random
import threading
from collections import Counter, defaultdict
from http.client import HTTPException
from urllib.parse import urlencode
from uuid import uuid4

CSRF = "c" * 32
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PAGES = ("/", "/claims/", "/claims.csv", "/claimreview.json", "/api/claims", "/admin/")


class Work:
    """Threads at work on one desk until stopped, and what came of it."""

    def __init__(self, web):
        self.web = web
        self.statuses = Counter()
        self.acknowledged = defaultdict(list)
        self.broken = []
        self.count = 0
        self.told = threading.Condition()
        self.is_over = threading.Event()
        self.threads = []

    def begin(self, *tasks):
        self.threads = [threading.Thread(target=task, daemon=True) for task in tasks]
        for thread in self.threads:
            thread.start()

    def end(self):
        self.is_over.set()
        for thread in self.threads:
            thread.join(90)
            assert not thread.is_alive(), "somebody waits for an answer for ever"

    def wait_for(self, more, seconds=120):
        """Wait until so many more writes were acknowledged."""
        with self.told:
            goal = self.count + more
            assert self.told.wait_for(lambda: self.count >= goal, seconds)

    def ask(self, path, **how):
        """Return status, headers and body; None where the line broke."""
        try:
            answer = self.web.ask(path, **how)
        except (OSError, HTTPException):
            return None
        self.statuses[answer[0]] += 1
        return answer

    def note(self, who, what):
        with self.told:
            self.acknowledged[who].append(what)
            self.count += 1
            self.told.notify_all()

    # --- Who is at work ---------------------------------------------------------------

    def form(self, who, path, fields, cookies=""):
        """Return a task that sends one form after another, each until it is stored."""

        def task():
            number = 0
            while not self.is_over.is_set():
                number += 1
                words = f"{who} {number}"
                sent = fields(words) | {
                    "csrfmiddlewaretoken": CSRF,
                    "form_token": str(uuid4()),
                }
                headers = FORM | {"Cookie": f"csrftoken={CSRF}; {cookies}"}
                while not self.is_over.is_set():
                    answer = self.ask(
                        path, method="POST", body=urlencode(sent), **headers
                    )
                    if answer and answer[0] == 302:
                        self.note(who, words)
                        break
                    self.refused(answer)

        return task

    def wording(self, who, address, version, cookies):
        """Return a task that changes the words of one claim again and again."""

        def task():
            number, seen, read = 0, version, ""
            headers = {
                "Content-Type": "application/json",
                "Cookie": f"csrftoken={CSRF}; {cookies}",
                "X-CSRFToken": CSRF,
            }
            while not self.is_over.is_set():
                number += 1
                words = f"{who} {number}."
                while not self.is_over.is_set():
                    sent = {"version": seen, "fields": {"wording": words}}
                    # Asked whether the words say what is printed, they say yes.
                    sent["words_checked"] = read
                    answer = self.ask(
                        address, method="PATCH", body=json.dumps(sent), **headers
                    )
                    status = answer and answer[0]
                    if status in (200, 409):
                        shown = json.loads(answer[2])
                        claim = shown["claim" if status == 200 else "current"]
                        seen = claim["version"]
                        if claim["wording"] == words:
                            self.note(who, words)
                            break
                    elif status == 422:
                        read = json.loads(answer[2])["words"]["digest"]
                    else:
                        self.refused(answer)

        return task

    def reading(self, cookies):
        """Return a task that reads pages and files, and looks whether all is whole."""

        def task():
            chance = random.Random(cookies)
            while not self.is_over.is_set():
                path = chance.choice(PAGES)
                answer = self.ask(path, Cookie=cookies)
                if answer and answer[0] == 200 and not is_whole(path, *answer[1:]):
                    self.broken.append((path, answer[2][-200:]))
                # A visitor of the desk is led to its door.
                elif answer and answer[0] not in (200, 302):
                    self.refused(answer)

        return task

    def refused(self, answer):
        if answer is None:
            return
        status, headers, body = answer
        if status != 503 or "Retry-After" not in headers:
            self.broken.append((status, body[:2000]))


def is_whole(path, headers, body):
    """Return whether what came as a 200 ends as it should."""
    if path == "/claims.csv":
        return body.count(b"\r\n") == int(headers["Claims-Rows"]) + 1
    if "html" in headers["Content-Type"]:
        return body.rstrip().endswith(b"</html>")
    json.loads(body)
    return True
