"""A desk in a real browser: an article open, somebody signed in, nothing hushed up."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.conftest import sign_in
from tests.windows import complaints_of

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"


class DeskPage:
    """A page with the desk on it, and what a person does and sees there."""

    def __init__(self, page, address):
        self.page, self.address = page, address

    def open(self, fragment=""):
        self.page.goto(self.address + fragment)
        self.page.wait_for_selector("html[data-desk=ready]")
        return self

    def press(self, *keys):
        # What was said before must not be taken for the answer to these keys.
        self.page.evaluate("document.getElementById('live')?.replaceChildren()")
        for key in keys:
            self.page.keyboard.press(key)

    def later(self, seconds):
        """Let some time pass at once, for who was opened with `own_time`."""
        self.page.clock.run_for(seconds * 1000)

    def type(self, words):
        self.page.keyboard.type(words)

    def says(self, *words):
        """Wait until the live line says some words."""
        live = self.page.locator("#live")
        for each in words:
            live.filter(has_text=each).wait_for()

    def told(self):
        return self.page.text_content("#live")

    def place(self, words, occurrence=1):
        """Return where words stand on the screen: left, middle, right."""
        return self.page.evaluate(
            """([words, nth]) => {
              for (const p of document.querySelectorAll("#text p")) {
                const node = p.firstChild;
                let at = -1;
                while ((at = node.data.indexOf(words, at + 1)) >= 0) {
                  nth -= 1;
                  if (nth) continue;
                  const range = document.createRange();
                  range.setStart(node, at);
                  range.setEnd(node, at + words.length);
                  const boxes = range.getClientRects();
                  const first = boxes[0], last = boxes[boxes.length - 1];
                  return [first.left, first.top + first.height / 2,
                          last.right, last.top + last.height / 2];
                }
              }
            }""",
            [words, occurrence],
        )

    def drag(self, words, occurrence=1):
        """Drag the mouse from the first to the last letter of some words."""
        left, top, right, bottom = self.place(words, occurrence)
        mouse = self.page.mouse
        mouse.move(left + 1, top)
        mouse.down()
        mouse.move(right - 1, bottom, steps=4)
        mouse.up()
        self.says("Selected")

    def click(self, words, occurrence=1):
        left, top, *_rest = self.place(words, occurrence)
        self.page.mouse.click(left + 3, top)
        self.page.wait_for_timeout(30)

    def highlighted(self, name):
        """Return the words drawn in one way, in order."""
        return self.page.evaluate(
            """(name) => [...CSS.highlights.get(`desk-${name}`)].map((r) => {
              const range = document.createRange();
              range.setStart(r.startContainer, r.startOffset);
              range.setEnd(r.endContainer, r.endOffset);
              return range.toString();
            })""",
            name,
        )

    def listed(self):
        return self.page.locator("#list .an-claim")

    def focus(self):
        """Return the id of what has the focus."""
        return self.page.evaluate(
            "document.activeElement.id || document.activeElement.className"
        )

    def until(self, check, seconds=8):
        """Wait until something holds that the browser cannot be asked for."""
        for _moment in range(seconds * 20):
            if check():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("it did not come to that")

    def accessible(self):
        """Return what axe-core objects to in the page as it is now."""
        if not AXE.exists():
            pytest.skip("no axe-core here: npm install --no-save axe-core")
        if not self.page.evaluate("typeof axe === 'object'"):
            # The devtools protocol may put scripts where the page's policy would not.
            self.page.evaluate(AXE.read_text())
        return self.page.evaluate(
            """async () => (await axe.run(document, {resultTypes: ["violations"]}))
              .violations.map((v) => `${v.id}: ${v.nodes
                .map((n) => n.html.slice(0, 160)).join(" | ")}`)"""
        )


@pytest.fixture
def at_desk(open_window, live_server):
    """Return a function that opens an article's desk for somebody."""
    opened = []

    def open_desk(article, user, *, path="", own_time=False, **options):
        page = open_window(keep=not own_time, **options)
        if own_time:
            page.context.clock.install()
        sign_in(page.context, live_server, user)
        here = reverse("admin:claims_article_annotate", args=[article.pk])
        desk = DeskPage(page, live_server.url + here)
        opened.append(desk)
        if options.get("java_script_enabled", True):
            desk.open(path)
        else:
            desk.page.goto(desk.address)
        return desk

    yield open_desk
    complaints = [each for desk in opened for each in complaints_of(desk.page)]
    assert complaints == []
