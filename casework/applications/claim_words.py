"""What pages say of the time to claim: the bar of an application in preparation, and the panel beside it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.applications import claim_days
from casework.applications.deadlines import ShownDeadline, shown
from casework.figures.queries import own_figures
from casework.law import figures
from casework.law.claim_windows import late_words, paid_from
from casework.law.figures import Figure, Group
from casework.law.origins import Origin
from casework.models import Application
from tenants.display import day, distance, weekday_day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Sentence:
    """A sentence of law or practice, and how well it is known."""

    text: "StrOrPromise"
    origin: Origin


@dataclass(frozen=True)
class ClaimTime:
    """The panel “When to claim”. `window`: the rule in words, where no day is reckoned by it or none is known yet."""

    deadline: ShownDeadline | None
    window: Figure | None
    is_asked: bool  # whether the day can be given from which it is counted
    is_running: bool
    late: Sentence | None
    paid: Sentence | None


def of_draft(application: Application, *, today: date) -> tuple[str, str, str]:
    """Say until when an application in preparation is to be filed: a sentence, a note and a tone."""
    safe_day, last_day = application.claim_safe_by, application.claim_by
    if safe_day is None or last_day is None:
        return _("Not filed yet."), "", ""
    if today <= safe_day:
        note = _("last day to claim %(day)s, %(distance)s")
        told = note % {"day": day(last_day), "distance": distance(last_day, today=today)}
        return _("Aim to file by %(day)s") % {"day": weekday_day(safe_day)}, told, ""
    if today <= last_day:
        text = _("Last day to claim %(day)s") % {"day": weekday_day(last_day)}
        return text, distance(last_day, today=today), "warning"
    return _("The last day to claim was %(day)s. File it all the same.") % {"day": day(last_day)}, "", "danger"


def counted(application: Application) -> str:
    """Say what follows from the day that was written down."""
    if application.claim_by is None:
        return _("The last day to claim is not known.")
    return _("The last day to claim is %(day)s.") % {"day": day(application.claim_by)}


def claim_time(application: Application, *, today: date) -> ClaimTime | None:
    """Describe when an application is to be filed and from when it is paid; None when nothing is known of either."""
    windows, backpay = claim_days.windows_of(application), application.benefit.backpay
    window = _window(application)
    if not application.is_under_way or not (window.value or backpay):
        return None
    deadline = claim_days.of_application(application)
    is_over = application.is_draft and deadline is not None and deadline.last_day < today
    return ClaimTime(
        deadline=shown(deadline, today=today) if deadline else None,
        window=None if deadline or not window.value else window,
        is_asked=bool(windows),
        is_running=application.is_draft,
        late=Sentence(*late_words(application.benefit.late_claim)) if is_over else None,
        paid=Sentence(_paid(application, today=today), backpay) if backpay else None,
    )


def _window(application: Application) -> Figure:
    found = figures.of_benefit(application.benefit, own_figures(application.ruled_on))
    return next(figure for figure in found if figure.group is Group.WINDOW)


def _paid(application: Application, *, today: date) -> str:
    """Say how far back it is paid, and which day that is."""
    backpay, filed_on = application.benefit.backpay, application.filed_on
    if backpay is None:
        return ""
    values = {"months": backpay.months, "day": day(paid_from(backpay, filed_on=filed_on or today))}
    if filed_on is not None:
        text = ngettext(
            "Filed on %(filed)s: paid for at most %(months)d month before the month of filing, from %(day)s.",
            "Filed on %(filed)s: paid for at most %(months)d months before the month of filing, from %(day)s.",
            backpay.months,
        )
        return text % {**values, "filed": day(filed_on)}
    text = ngettext(
        "Paid for at most %(months)d month before the month of filing: from %(day)s if it is filed this month.",
        "Paid for at most %(months)d months before the month of filing: from %(day)s if it is filed this month.",
        backpay.months,
    )
    return text % values
