"""Identifiers of organisations. Pure."""

from stdnum.fi import ytunnus


def is_business_id(text: str) -> bool:
    """Tell whether this is a Finnish business ID with the right check digit, written 1234567-8."""
    return len(text) == 9 and text[7] == "-" and ytunnus.is_valid(text)
