"""Referrals: the inbox in which clients arrive, and what became of each."""
