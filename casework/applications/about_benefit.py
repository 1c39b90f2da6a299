"""What a page says of a benefit: its forms, claim windows and backpay, each with how well it is known."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.law import figures
from casework.law.benefits import Benefit, Decider
from casework.law.figures import Group, Owns
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


def about(benefit: Benefit, decider: Decider, own: Owns) -> list[Known]:
    """Describe a benefit as it was on the day of its row, with the municipality's own figures."""
    shown = figures.of_benefit(benefit, own)
    found = [_known(LABELS[figure.group], figure.value, figure.origin) for figure in shown]
    if any(figure.group is Group.FORMS and figure.value for figure in shown):
        found.insert(1, Known(_("Where to find the forms"), _where(decider), None))
    if benefit.other_system:
        text = _("one application covers both; it is filed on the day it arrives at either")
        found.append(Known(_("Both pension systems"), text, benefit.other_system))
    if benefit.backpay:
        months = benefit.backpay.months
        text = ngettext(
            "at most %(months)s month before the month of filing",
            "at most %(months)s months before the month of filing",
            months,
        )
        found.append(Known(_("Paid backwards"), text % {"months": months}, benefit.backpay))
    else:
        found.append(_known(_("Paid backwards"), "", benefit))
    return [*found, Known(_("Source"), "", benefit)]


def _known(label: "StrOrPromise", value: str, origin: Origin) -> Known:
    return Known(label, value, origin) if value else Known(label, _("not verified"), None)


def _where(decider: Decider) -> str:
    """No address: nobody has noted one that was read."""
    return _("On the decider's own website: %(decider)s") % {"decider": decider.name}
