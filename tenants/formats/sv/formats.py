"""Days as in Finland: Django's Swedish takes 11/23/2026, the month first."""

DATE_FORMAT = "j.n.Y"
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%Y-%m-%d"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\N{NO-BREAK SPACE}"
NUMBER_GROUPING = 3
