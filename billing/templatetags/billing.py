"""Filters of the pages of billing: quantities and the words of a tax treatment."""

from decimal import Decimal

from django import template

from billing.presenters import percent
from billing.vat import Vat

register = template.Library()


@register.filter
def plain_number(number: Decimal) -> str:
    """Write a quantity with a decimal comma and no needless zeros: 1,5."""
    whole = number.normalize()
    return f"{whole:f}".replace(".", ",")


@register.filter
def vat_rate(vat: Vat) -> str:
    """Write the rate of a row; outside the scope there is none."""
    return "–" if vat.is_outside_scope else percent(vat.rate)


@register.filter
def vat_words(vat: Vat) -> str:
    """Name a tax group with its rate, or with the ground for no tax."""
    label = str(vat.category.label)
    return f"{label} {percent(vat.rate)}" if vat.is_taxable else f"{label}: {vat.reason or vat.reason_code}"
