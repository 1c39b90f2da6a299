"""Reading the referral that a case began with."""

from django.utils.translation import gettext_lazy as _

from casework.models import Case, Referral
from tenants.errors import Refusal


class NobodyReferred(Refusal):
    user_message = _("Nobody referred the client to the service, so there is nobody to write to.")


def referral_of(case: Case) -> Referral:
    """Find who referred the client, the newest referral first; a client who came alone referred nobody.

    Raises:
        NobodyReferred
    """
    found: Referral | None = (
        case.referrals.exclude(source=Referral.Source.CLIENT).order_by("-received_on", "-created_at").first()
    )
    if found is None:
        raise NobodyReferred
    return found
