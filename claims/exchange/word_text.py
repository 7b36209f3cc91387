"""The text of a Word file (.docx): its paragraphs as printed, and its title.

Words put in under “track changes” count, those taken out do not; rows of a table become
paragraphs. Headers, footers and notes lie in other parts and are left out.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from django.utils.translation import gettext

LARGEST_PART = 40_000_000  # bytes that one part unpacks to

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
# What was taken out under “track changes”, and copies for old programs.
_NOT_PRINTED = {f"{_WORD}del", f"{_WORD}moveFrom", f"{_COMPATIBLE}Fallback"}
_SIGNS = {f"{_WORD}tab": " ", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}
_SIGNS |= {f"{_WORD}noBreakHyphen": "‑"}


def read(data: bytes) -> tuple[list[str], str]:
    """Return the paragraphs and the title of a Word file; raise ValueError."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            main = _part(archive, "word/document.xml")
            if main is None:
                raise ValueError(
                    gettext(
                        "this is a ZIP, or a file of another program, and no Word "
                        "document. Save it as .docx or as text."
                    )
                )
            core = _part(archive, "docProps/core.xml")
        # Python's parser refuses entities that multiply.
        blocks = list(_blocks(ElementTree.fromstring(main)))  # noqa: S314
        told = ElementTree.fromstring(core) if core else None  # noqa: S314
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,  # a password, or elements in elements without end
        ElementTree.ParseError,
    ) as error:
        raise ValueError(
            gettext("the Word file is damaged, or has a password.")
        ) from error
    printed = [(style, words) for style, words in blocks if words.strip()]
    if not printed:
        raise ValueError(gettext("there is no text in the Word file."))
    styled = (words for style, words in printed if style in {"Title", "Heading1"})
    title = next(styled, "") or (told is not None and told.findtext(_TITLE)) or ""
    return [words for _style, words in printed], title


def _part(archive: zipfile.ZipFile, path: str) -> bytes | None:
    """Return a file in a ZIP, or None; what unpacks to too much is not unpacked."""
    try:
        info = archive.getinfo(path)
    except KeyError:
        return None
    if info.file_size > LARGEST_PART:
        raise ValueError(
            gettext("the Word file unpacks to %(size)s bytes, too many.")
            % {"size": f"{info.file_size:,}"}
        )
    return archive.read(info)


def _blocks(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Yield the style and words of each paragraph, and of each row of a table."""
    if element.tag in _NOT_PRINTED:
        return
    if element.tag == f"{_WORD}p":
        style = element.find(f"{_WORD}pPr/{_WORD}pStyle")
        named = "" if style is None else style.get(f"{_WORD}val", "")
        yield named, "".join(_words(element))
    elif element.tag == f"{_WORD}tr":
        cells = (
            " ".join(words for _style, words in _blocks(cell) if words.strip())
            for cell in element
        )
        yield "", " | ".join(words for words in cells if words)
        return
    for child in element:
        yield from _blocks(child)


def _words(element: ElementTree.Element) -> Iterator[str]:
    """Yield the words of a paragraph as printed, without paragraphs inside it."""
    for child in element:
        if child.tag == f"{_WORD}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _NOT_PRINTED and child.tag != f"{_WORD}p":
            yield from _words(child)
