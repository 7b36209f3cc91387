"""What readers see of listed claims, found by their keys."""

from claims.models.kept_query import KeptQuery
from claims.models.public import PublicClaim

# Of a version, what it looks like in a list is kept; of the one that a claim repeats,
# how it is rated. To read all the rest of fifty claims was a quarter of a list's cost.
NO_PART_OF_A_LIST = (
    *("rating", "rating_value", "rating_definition", "claim_reviewed", "quote"),
    *("speaker", "speaker_role", "speakers", "cue", "speaker_words", "text", "via"),
    *("attribution", "stated_on", "stated_precision", "stated_basis", "checkability"),
    *("statement_basis", "former_digest", "replies", "not_asked_reason", "outcomes"),
    *("author", "author_name", "approver", "approver_name", "note", "asked_by"),
    *("override_reason", "as_of", "review_key", "review_title", "source_kind"),
    *("source_digest", "digest"),
)
OF_THE_OTHER = (
    *("finding", "speaker_name", "speaker_kind", "headline", "outlet_name", "via_name"),
    *("article_url", "article_published_on", "summary"),
)


def _in_a_list():
    """Return listed claims with what a list shows of them."""
    unread = [
        *(f"current__{name}" for name in NO_PART_OF_A_LIST),
        *(f"first_verdict__{name}" for name in (*NO_PART_OF_A_LIST, *OF_THE_OTHER)),
    ]
    return PublicClaim.objects.listed().for_listing().defer(*unread)


# As a list shows them; with their speakers' pictures; with their marks in an article.
LISTED_CLAIMS = KeptQuery(_in_a_list)
PICTURED_CLAIMS = KeptQuery(lambda: _in_a_list().select_related("speaker__picture"))
MARKED_CLAIMS = KeptQuery(lambda: PublicClaim.objects.listed().for_listing(marks=True))
