"""Canonical article text: its form, its segments, its differences, moved spans."""
