"""English: the rules, the tables of words, names and days."""
