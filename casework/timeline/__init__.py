"""The timeline of a case: writing and reading it, the kinds of its lines, and the ledger of what was announced."""
