"""What stands around a form about a case: the way to it, its heading, whose case it is."""

from typing import Any

from casework.models import Case
from tenants.form_pages import FormPage


def below_case(case: Case, *, values: dict[str, Any] | None = None, **page: Any) -> FormPage:
    """The page of a form right below a case, to which its way out leads unless `cancel` says otherwise."""
    known = {"head": "casework/cases/parts/case_crumbs.html", "about": case.number, "cancel": case.get_absolute_url()}
    return FormPage(**known | page, values={"case": case} | (values or {}))
