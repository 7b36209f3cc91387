"""File formats: importing articles and claims, exporting claims and annotations."""
