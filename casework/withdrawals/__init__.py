"""Withdrawals: of one consent, of the wish for the service; and what follows for everything planned."""
