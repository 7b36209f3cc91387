"""Published checks from files: ClaimReview and flat tables (see README.md)."""
