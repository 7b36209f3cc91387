"""On paper a claim is one page: verdict, words, reasons, its sources at the foot."""

import io

import pypdfium2
import pytest

from claims.models import PublicClaim
from tests.pages.samples import sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

# What printers leave white.
MARGIN = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")


def on_paper(page):
    """Return the text of each page of A4."""
    page.emulate_media(media="print")
    paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4", margin=MARGIN)))
    return [sheet.get_textpage().get_text_bounded() for sheet in paper]


def longest(count):
    """Return claims of the demo, those first of which there is most to print."""
    rows = PublicClaim.objects.listed().in_force().select_related("words", "current")
    return sorted(
        rows,
        key=lambda claim: len(claim.current.explanation + claim.current.how_verified),
        reverse=True,
    )[:count]


@pytest.mark.parametrize("count", [2, pytest.param(100, marks=pytest.mark.slow)])
def test_a_claim_is_printed_on_one_page_with_its_sources(visits, count):
    with visits.visit(sample("list")) as page:
        for claim in longest(count):
            page.goto(visits.url + claim.get_absolute_url())
            sheets = on_paper(page)
            assert len(sheets) == 1, (claim, sheets[1:])
            for number, source in enumerate(claim.current.evidence, 1):
                assert f"{number}. " in sheets[0]
                assert source["title"].split()[0] in sheets[0]
            # The control: as on the screen, it takes more.
        page.emulate_media(media="screen")
        paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4", margin=MARGIN)))
        assert len(paper) > 1
