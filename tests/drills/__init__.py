"""Drills: what `make test-deep` does for minutes with real processes, and what nobody waits for at each change.

Each says its figures as one line of JSON, for deploy/promises.md.
"""
