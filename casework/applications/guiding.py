"""What a page says beside an application: what is looked into first, what pays meanwhile, what follows."""

from datetime import date

from casework.cases.head import age
from casework.law.guidance import Guidance, Moment, guidance
from casework.models import Application


def known_of(application: Application, moment: Moment, *, today: date) -> list[Guidance]:
    """Find what is to be known of an application at a moment, by the rules of its day and the client's age today."""
    return guidance(
        moment,
        benefit=application.benefit_code,
        decider_kind=application.decider.kind,
        age=age(application.case.client.born_on, today=today),
        on=application.ruled_on,
    )


def of_application(application: Application, *, today: date) -> dict[str, list[Guidance]]:
    """What parts/guidance.html shows of an application; nothing once it is decided or withdrawn."""
    if not application.is_under_way:
        return {}
    return {moment.value: known_of(application, moment, today=today) for moment in (Moment.WAITING, Moment.BEFORE)}
