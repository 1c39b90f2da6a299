"""What a page says of a benefit: its forms, claim windows and backpay, each with how well it is known."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.applications.claim_words import ClaimTime
from casework.law import figures
from casework.law.benefits import Benefit, Decider
from casework.law.figures import Figure, Group, Owns
from casework.law.origins import Origin

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LABELS: "dict[Group, StrOrPromise]" = {
    Group.FORMS: gettext_lazy("Forms"),
    Group.WINDOW: gettext_lazy("To be claimed"),
}


@dataclass(frozen=True)
class Known:
    """One thing that is known of a benefit. `origin` is None where the value says that nothing is; without a value the
    origin itself is what is told.
    """

    label: "StrOrPromise"
    value: str
    origin: Origin | None


def about(benefit: Benefit, decider: Decider, own: Owns, *, claim: ClaimTime | None = None) -> list[Known]:
    """Describe a benefit as it was on the day of its row, with the municipality's own figures.

    What `claim`, the panel beside it, says of the time to claim and of backpay is not said again.
    """
    shown = [figure for figure in figures.of_benefit(benefit, own) if not _is_told(figure, claim)]
    found = [_known(LABELS[figure.group], figure.value, figure.origin) for figure in shown]
    if any(figure.group is Group.FORMS and figure.value for figure in shown):
        found.insert(1, Known(_("Where to find the forms"), _where(decider), None))
    if benefit.other_system:
        text = _("one application covers both; it is filed on the day it arrives at either")
        found.append(Known(_("Both pension systems"), text, benefit.other_system))
    if claim is None or claim.paid is None:
        found.append(_backpay(benefit))
    return [*found, Known(_("Source"), "", benefit)]


def _is_told(figure: Figure, claim: ClaimTime | None) -> bool:
    return figure.group is Group.WINDOW and claim is not None and claim.window is not None


def _backpay(benefit: Benefit) -> Known:
    backpay = benefit.backpay
    if backpay is None:
        return _known(_("Paid backwards"), "", benefit)
    text = ngettext(
        "at most %(months)s month before the month of filing",
        "at most %(months)s months before the month of filing",
        backpay.months,
    )
    return Known(_("Paid backwards"), text % {"months": backpay.months}, backpay)


def _known(label: "StrOrPromise", value: str, origin: Origin) -> Known:
    return Known(label, value, origin) if value else Known(label, _("not verified"), None)


def _where(decider: Decider) -> str:
    """No address: nobody has noted one that was read."""
    return _("On the decider's own website: %(decider)s") % {"decider": decider.name}
