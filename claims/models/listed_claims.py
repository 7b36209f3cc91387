"""What readers see of listed claims, found by their keys."""

from claims.models.kept_query import KeptQuery
from claims.models.public import PublicClaim

# As a list shows them; with their speakers' pictures; with their marks in an article.
LISTED_CLAIMS = KeptQuery(lambda: PublicClaim.objects.listed().for_listing())
PICTURED_CLAIMS = KeptQuery(
    lambda: (
        PublicClaim.objects.listed().for_listing().select_related("speaker__picture")
    )
)
MARKED_CLAIMS = KeptQuery(lambda: PublicClaim.objects.listed().for_listing(marks=True))
