"""Tags that describe referrals to a clinic where a template of another noun lists them."""

from datetime import date

from django import template

from casework.care_referrals import presenters as care_referrals
from casework.models import CareReferral

register = template.Library()


@register.simple_tag
def care_referral_card(referral: CareReferral, today: date) -> care_referrals.Card:
    """Describe a referral as its card shows it; take it with `as card`."""
    return care_referrals.card(referral, today=today)
