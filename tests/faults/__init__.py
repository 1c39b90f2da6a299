"""Faults at every word that is said to the database, what a flow may leave behind then, and the flows themselves.

`tests/tenants/test_faults.py` tries a few at each change, `make test-deep ARGS="-k faults"` all of them.
"""
