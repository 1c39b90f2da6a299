"""Consents and powers of attorney: when they count, what they allow, and what was handed over on them."""
