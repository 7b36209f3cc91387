"""Days in German: 6. Mai 2024."""

DATE_FORMAT = "j. F Y"
SHORT_DATE_FORMAT = "j. M Y"
DATETIME_FORMAT = "j. F Y, H:i"
SHORT_DATETIME_FORMAT = "j. M Y, H:i"
# The first is what the calendar beside a field writes.
DATE_INPUT_FORMATS = ["%d. %B %Y", "%d %B %Y", "%Y-%m-%d"]
