"""The article in a web page, without what stands around it; run by `limited`."""

import re

from django.utils.translation import gettext_noop

from claims.exchange.limited import serve

_LANG = re.compile(r"<html[^>]*\slang=[\"']?([\w-]+)", re.I)


def read(data: bytes, address: str = "") -> dict[str, str]:
    """Return text, title, day, byline, outlet, url and language; raise ValueError."""
    from trafilatura import bare_extraction

    page = data.decode()
    try:
        found = bare_extraction(
            page,
            url=address or None,
            with_metadata=True,
            include_comments=False,
            # The day of the page, not one that stands somewhere in its text.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except RecursionError:
        found = None
    told = found if isinstance(found, dict) else found.as_dict() if found else {}
    if not (told.get("text") or "").strip():
        raise ValueError(
            gettext_noop(
                "no article was found in this page. Copy its words and paste them."
            )
        )
    lang = _LANG.search(page)
    return {
        "text": re.sub(r"\n+", "\n\n", told["text"]),
        "title": told["title"] or "",
        "day": told["date"] or "",
        "byline": (told["author"] or "").replace("; ", ", "),
        "outlet": told["sitename"] or "",
        "url": address or told["url"] or "",
        "language": lang[1] if lang else "",
    }


if __name__ == "__main__":
    serve(read)
