"""Claims taken in from files: each file whole or not at all, and never twice."""

from claims.claim_imports.taking import ClaimsRefused, TakenIn, take_in

__all__ = ["ClaimsRefused", "TakenIn", "take_in"]
