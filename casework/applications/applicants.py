"""Who applies when it is not the client: the employer, to whom pay subsidy is paid (380/2023)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.law import as_of
from casework.models import Application
from casework.models.hidden import told
from tenants.errors import Refusal


class EmployerAppliesNot(Refusal):
    user_message = gettext_lazy("The client applies for this benefit, not an employer. Leave the employer empty.")
    field = "employer"


def check_employer(employer: str, benefit_code: str, *, on: date) -> None:
    """Refuse an employer where the client applies.

    Raises:
        NoRule, EmployerAppliesNot
    """
    if employer and not as_of.benefit(benefit_code, on).employer_applies:
        raise EmployerAppliesNot


def applicant_of(application: Application) -> str:
    """Name who applies when it is not the client; empty when it is. A protective order hides which employer."""
    if not application.benefit.employer_applies:
        return ""
    known = told(application)
    if known.employer:
        return _("%(employer)s, the employer") % {"employer": known.employer}
    return _("The employer") if known.has_any() else _("The employer, whose name is not recorded")
