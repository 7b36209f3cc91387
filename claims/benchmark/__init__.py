"""How fast the pages and files are on an archive of any size, told as ratios.

Figures of one run are held against others of the same run: a page against the plainest
way to show its rows, an archive against one a tenth of its size.
"""
