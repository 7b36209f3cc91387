"""The text of a PDF's pages and its title; run as a program by `limited`."""

import re
from collections import Counter

from django.utils.translation import gettext_noop

from claims.exchange.limited import serve

MOST_PAGES = 300  # the refusal says so too
MOST_CHARACTERS = 4_000_000
# What pdfium writes for a hyphen at a line's end, the line's end left out.
HYPHENS = "\x02\ufffe"


def read(data: bytes) -> dict[str, str]:
    """Return the `text` and `title` of a PDF; raise ValueError."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > MOST_PAGES:
            raise ValueError(
                gettext_noop(
                    "the PDF has over 300 pages. Save those of the article alone."
                )
            )
        title = document.get_metadata_dict(skip_empty=True).get("Title", "")
        pages = [page.get_textpage().get_text_bounded() for page in document]
    except pypdfium2.PdfiumError as error:
        is_locked = "password" in str(error).casefold()
        raise ValueError(
            gettext_noop("the PDF has a password. Save a copy without one.")
            if is_locked
            else gettext_noop("the PDF is damaged, or is none.")
        ) from error
    text = "\n".join(without_margins(pages))
    if not text.strip():
        raise ValueError(
            gettext_noop(
                "there is no text in the PDF, only pictures (a scan?). Have its text "
                "recognised (OCR) first."
            )
        )
    if len(text) > MOST_CHARACTERS:
        raise ValueError(
            gettext_noop("the PDF has more text than an article can have.")
        )
    for hyphen in HYPHENS:
        text = text.replace(hyphen, "-\n")
    return {"text": text, "title": title}


def without_margins(pages: list[str]) -> list[str]:
    """Return pages without their numbers and the lines that stand on most of them."""

    def form(line: str) -> str:
        return re.sub(r"\d+", "#", " ".join(line.split()))

    cut = [page.replace("\r\n", "\n").strip("\n").split("\n") for page in pages]
    edges = Counter(
        form(line) for lines in cut for line in {lines[0], lines[-1]} if line.strip()
    )
    often = {line for line, count in edges.items() if count >= max(3, len(cut) / 2)}

    def is_margin(line: str) -> bool:
        return not line.strip() or form(line) in often or line.strip().isdecimal()

    for lines in cut:
        while lines and is_margin(lines[0]):
            del lines[0]
        while lines and is_margin(lines[-1]):
            del lines[-1]
    return ["\n".join(lines) for lines in cut]


if __name__ == "__main__":
    serve(read)
