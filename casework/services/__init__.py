"""Service entries: what was done for how long; what billing reads."""
