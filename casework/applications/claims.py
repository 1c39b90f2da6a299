"""Whether an application can be of this benefit, decider and day: by the rules of its day, what is odd is asked."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.law import as_of
from casework.law.claim_windows import late_words
from casework.law.origins import written
from casework.models import Application, Case
from tenants.display import day
from tenants.doubts import Doubt, doubt


class NotDecidedThere(Doubt):
    user_message = _("As far as Suunta knows, %(decider)s does not decide on this benefit or service.")
    field = "decider_code"


class HadEnded(Doubt):
    user_message = _("As far as Suunta knows, this could be applied for until %(on)s: %(benefit)s.")

    def __init__(self, *, benefit: str, on: date, field: str) -> None:
        super().__init__(benefit=benefit, on=day(on))
        self.field = field


class HadNotBegun(Doubt):
    user_message = _("As far as Suunta knows, this can be applied for from %(on)s on: %(benefit)s.")

    def __init__(self, *, benefit: str, on: date, field: str) -> None:
        super().__init__(benefit=benefit, on=day(on))
        self.field = field


class FiledBeforeCase(Doubt):
    user_message = _("The case was opened on %(opened_on)s. This day is before that.")

    def __init__(self, *, opened_on: date, field: str) -> None:
        super().__init__(opened_on=day(opened_on))
        self.field = field


class ClaimIsLate(Doubt):
    user_message = _("The last day to claim was %(on)s. %(late)s (%(source)s)")
    field = "filed_on"


def check_claim(benefit_code: str, decider_code: str, *, on: date, field: str = "benefit_code") -> None:
    """Ask once more of a benefit that was not there on the day of the application, or is decided by somebody else.

    Raises:
        NoRule: no such benefit or decider at all.
    Doubts: HadEnded, HadNotBegun, NotDecidedThere
    """
    benefit, decider = as_of.benefit(benefit_code, on), as_of.decider(decider_code, on)
    if on < benefit.valid_from:
        doubt(HadNotBegun(benefit=benefit.name_in_sentence, on=benefit.valid_from, field=field))
    elif benefit.valid_to is not None and on > benefit.valid_to:
        doubt(HadEnded(benefit=benefit.name_in_sentence, on=benefit.valid_to, field=field))
    if decider.kind not in benefit.decider_kinds:
        doubt(NotDecidedThere(decider=decider.name_in_sentence))


def check_filing_day(case: Case, filed_on: date) -> None:
    """Ask once more of a filing before the case was opened: it is common, and so is a slip of the year.

    Doubts: FiledBeforeCase
    """
    if filed_on < case.opened_on:
        doubt(FiledBeforeCase(opened_on=case.opened_on, field="filed_on"))


def check_claim_time(application: Application) -> None:
    """Ask once more of a filing after the last day to claim, saying that it may be paid all the same (SVL 15:7).

    Doubts: ClaimIsLate
    """
    filed_on, claim_by = application.filed_on, application.claim_by
    if filed_on is None or claim_by is None or filed_on <= claim_by:
        return
    late, origin = late_words(application.benefit.late_claim)
    doubt(ClaimIsLate(on=day(claim_by), late=str(late), source=written([origin])))
