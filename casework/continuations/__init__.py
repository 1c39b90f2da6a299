"""The continuation of what was granted until a day."""
