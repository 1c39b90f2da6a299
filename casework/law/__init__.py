"""What law and practice say, as values and functions of values: no database, no clock. The rows are in `data/`."""
