"""What stands around a form about an application for removal: the way to it, its heading, which one it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from casework.models import Removal
from casework.removals import presenters as presented
from casework.removals.queries import appeals_of
from tenants.form_pages import FormPage


def below_removal(found: Removal, *, today: date, values: Mapping[str, Any] | None = None, **page: Any) -> FormPage:
    """The page of a form right below an application for removal; `values` are what its template reads besides."""
    return FormPage(
        head="casework/removals/parts/removal_crumbs.html",
        about=found.decision.application.case.number,
        cancel=found.get_absolute_url(),
        values={**presented.page(found, appeals_of(found.decision), today=today, can_work=True), **(values or {})},
        **page,
    )
