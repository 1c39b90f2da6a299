"""Referrals to a rehabilitation assessment clinic: prepared, sent, accepted or refused, until the report is here."""
