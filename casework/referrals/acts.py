"""What the access log calls looks and acts about referrals that no timeline tells of."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ACTIONS: "dict[str, StrOrPromise]" = {
    "referral": _("Referral"),
    "referral.received": _("Referral recorded"),
    "referral.listed": _("Referral seen in a list"),
    "referral.seen": _("Referral viewed"),
    "referral.new": _("Referral supplemented"),
    "referral.returned": _("Referral returned for more"),
    "referral.declined": _("Referral declined"),
    "referral.came_again": _("Declined referral taken up again"),
}
