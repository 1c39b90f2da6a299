"""What stands around a form about an application: the way to it, its heading, which application it is."""

from typing import Any

from casework.applications import presenters as presented
from casework.models import Application
from tenants.form_pages import FormPage


def below_application(found: Application, *, values: dict[str, Any] | None = None, **page: Any) -> FormPage:
    """The page of a form right below an application, to which its way out leads unless `cancel` says otherwise."""
    known = {
        "head": "casework/applications/parts/application_crumbs.html",
        "about": found.case.number,
        "cancel": found.get_absolute_url(),
    }
    named = {"title": presented.title_of(found), "payer": presented.payer_of(found)}
    return FormPage(**known | page, values={"case": found.case, "application": found} | named | (values or {}))
