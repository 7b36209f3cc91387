"""Was this checked before? What readers may ask, for the desk's own pages too."""

from claims.lists.matching import (
    SIMILAR,
    VERY_CLOSE,
    Match,
    Tier,
    alike,
    similar_claims,
)

__all__ = ["SIMILAR", "VERY_CLOSE", "Match", "Tier", "alike", "similar_claims"]
