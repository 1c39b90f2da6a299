"""Tasks and promises of a case."""
