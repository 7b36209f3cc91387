"""Which rows a query string means: filters, cursors, facets, search, counts."""
