"""What can be done to a figure: put the municipality's own in its place, or return to the shipped one."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.figures.queries import forget_figures
from casework.law.errors import InTheFuture
from casework.law.figures import Figure, Unit
from casework.models import OwnFigure
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.display import helsinki
from tenants.errors import Refusal

MOST = {Unit.DAYS: 3650, Unit.YEARS: 100}


class NotANumber(Refusal):
    user_message = _("Write a whole number from 1 to %(most)s.")
    field = "value"


@transaction.atomic
def put(
    *, figure: Figure, value: str, valid_from: date, source: str, checked_on: date, by: User, at: datetime
) -> OwnFigure:
    """Put a municipality's own figure in place of the shipped one from a day on; without a value the shipped one again.

    Every row stays as the history. What was reckoned with another figure before is not reckoned anew.

    Raises:
        NotANumber: days and years are whole numbers.
        InTheFuture: nobody has checked it yet on a day to come.
    """
    if not by.has(Permission.CORRECT_FIGURES):
        raise PermissionDenied
    if checked_on > helsinki(at):
        raise InTheFuture(field="checked_on")
    _check_value(figure, value)
    own = OwnFigure.objects.create(
        figure=figure.key, value=value, valid_from=valid_from, source=source, checked_on=checked_on, written_by=by
    )
    forget_figures()  # for what this transaction reads yet; whoever reads beside it reads the old ones
    transaction.on_commit(forget_figures)
    return own


def _check_value(figure: Figure, value: str) -> None:
    most = MOST.get(figure.unit)
    if value and most and not (value.isascii() and value.isdigit() and 1 <= int(value) <= most):
        raise NotANumber(most=most)
