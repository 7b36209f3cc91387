"""How days are written in each language of the interface: the month as a word."""
