"""A benchmark of pages and downloads on generated archives, in ratios.

Figures of one run are held against others of the same run: a page against the plainest
way to show its rows, an archive against one a tenth of its size.
"""
