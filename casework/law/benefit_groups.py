"""The headings under which lists offer benefits. Our own order, not that of any act. Pure."""

import enum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class BenefitGroup(enum.StrEnum):
    """What kind of benefit or service it is, in the order of lists."""

    DAILY_ALLOWANCES = "daily_allowances"
    PENSIONS = "pensions"
    REHABILITATION = "rehabilitation"
    OTHER = "other"

    @property
    def label(self) -> "StrOrPromise":
        return LABELS[self]


LABELS = {
    BenefitGroup.DAILY_ALLOWANCES: _("Daily allowances and unemployment benefits"),
    BenefitGroup.PENSIONS: _("Pensions"),
    BenefitGroup.REHABILITATION: _("Rehabilitation"),
    BenefitGroup.OTHER: _("Other benefits and services"),
}
