"""Lists by query string: filters, keyset pagination, facets, search, counts."""
