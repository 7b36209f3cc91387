"""What editors and readers fill in, one subject per module."""
