"""Loading the demo's pages about the desk: written by one person, approved by another.

`pages/<language>/<page>.md` holds the title as a heading, from the second version on a
line that begins with "note:", and the text; `<page>.1.md` is the first of two versions.
"""

from datetime import UTC, datetime
from pathlib import Path

from claims.desk.pages import publish_page, submit_page, write_page
from claims.models import DeskPage

PUBLISHED_ON = datetime(2026, 1, 12, 9, tzinfo=UTC)
CHANGED_ON = datetime(2026, 4, 20, 9, tzinfo=UTC)
NOTE = "note:"


def load_pages(folder: Path, *, author, approver) -> int:
    """Load the pages into a desk that has none; return how many versions there are."""
    if DeskPage.objects.exists():
        return 0
    files = sorted(
        folder.glob("*/*.md"), key=lambda file: len(file.suffixes), reverse=True
    )
    for file in files:
        page = DeskPage.objects.filter(slug=_slug(file), language=file.parent.name)
        _publish(
            page.first() or DeskPage(slug=_slug(file), language=file.parent.name),
            file.read_text(encoding="utf-8"),
            author,
            approver,
        )
    return len(files)


def _slug(file):
    return file.name.partition(".")[0]


def _publish(page, text, author, approver):
    title, body = text.removeprefix("# ").split("\n", 1)
    note = ""
    if body.startswith(NOTE):
        note, body = body.removeprefix(NOTE).split("\n", 1)
    page.title, page.note, page.body = title, note.strip(), body.strip()
    page = write_page(page, by=author)
    page = submit_page(page, by=author, version=page.version)
    day = CHANGED_ON if page.note else PUBLISHED_ON
    publish_page(page, by=approver, version=page.version, at=day)
