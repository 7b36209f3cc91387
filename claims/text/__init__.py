"""Article text: canonical form, cutting at marks, differences, re-anchoring."""
