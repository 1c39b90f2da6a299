"""What stands around a form about an appeal: the way to it, its heading, which appeal it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from casework.appeals import presenters as presented
from casework.models import Appeal
from tenants.form_pages import FormPage


def below_appeal(found: Appeal, *, today: date, values: Mapping[str, Any] | None = None, **page: Any) -> FormPage:
    """The page of a form right below an appeal; `values` are what its template reads besides."""
    return FormPage(
        head="casework/appeals/parts/appeal_crumbs.html",
        about=found.decision.application.case.number,
        cancel=found.get_absolute_url(),
        values={**presented.page(found, today=today, can_work=True), **(values or {})},
        **page,
    )
