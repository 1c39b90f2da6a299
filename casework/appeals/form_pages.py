"""What stands around a form about an appeal: the way to it, its heading, which appeal it is."""

from datetime import date
from typing import Any

from casework.appeals import presenters as presented
from casework.models import Appeal
from tenants.form_pages import FormPage


def below_appeal(found: Appeal, *, today: date, **page: Any) -> FormPage:
    """The page of a form right below an appeal."""
    return FormPage(
        head="casework/appeals/parts/appeal_crumbs.html",
        about=found.decision.application.case.number,
        cancel=found.get_absolute_url(),
        values=presented.page(found, today=today, can_work=True),
        **page,
    )
