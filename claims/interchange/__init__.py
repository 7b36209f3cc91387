"""Marked articles written for other programs, and read back with the same spans."""
