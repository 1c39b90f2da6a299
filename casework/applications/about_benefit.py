"""What a page says of a benefit: its annex, forms, claim windows and backpay, each with how well it is known."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.law.benefits import Backpay, Benefit, ClaimWindow, StatementKind, WindowStart
from casework.law.origins import Origin


@dataclass(frozen=True)
class Known:
    """One thing that is known of a benefit. `origin` is None where the value says that nothing is; without a value the
    origin itself is what is told.
    """

    label: str
    value: str
    origin: Origin | None


def about(benefit: Benefit) -> list[Known]:
    """Describe a benefit as it was on the day of its row."""
    return [
        _known(_("Forms"), ", ".join(benefit.forms), benefit.of_forms),
        _known(_("Statement"), _(" or ").join(map(_statement, benefit.statements)), benefit.of_statements),
        *_windows(benefit),
        _known(_("Paid backwards"), _backpay(benefit.backpay), benefit.backpay),
        Known(_("Source"), "", benefit),
    ]


def _windows(benefit: Benefit) -> Iterator[Known]:
    label = _("To be claimed")
    if not benefit.claim_windows:
        yield _known(label, "", None)
    for window in benefit.claim_windows:
        yield Known(label, _window(window), window)


def _window(window: ClaimWindow) -> str:
    starts = {
        WindowStart.INCAPACITY_STARTS: _("from the start of incapacity for work"),
        WindowStart.PAID_PERIOD_ENDS: _("from the end of the paid period"),
        WindowStart.DAY_WANTED: _("from the day it is wanted for"),
    }
    within = ngettext("within %(months)d month", "within %(months)d months", window.months)
    return f"{within % {'months': window.months}} {starts[window.counted_from]}"


def _statement(kind: StatementKind) -> str:
    return _("Care or rehabilitation plan").lower() if kind is StatementKind.REHABILITATION_PLAN else kind.value


def _backpay(backpay: Backpay | None) -> str:
    if backpay is None:
        return ""
    text = ngettext(
        "at most %(months)s month before the month of filing",
        "at most %(months)s months before the month of filing",
        backpay.months,
    )
    return text % {"months": backpay.months}


def _known(label: str, value: str, origin: Origin | None) -> Known:
    return Known(label, value, origin) if value else Known(label, _("not verified"), None)
