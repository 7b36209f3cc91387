"""Italian: direct quotations."""
