"""What stands around a form about an application: the way to it, its heading, which application it is."""

from typing import Any

from casework.applications import presenters as presented
from casework.applications.pair_acts import told
from casework.models import Application
from tenants.components import Text
from tenants.form_pages import FormPage


def below_application(
    found: Application, *, acts: tuple[str, ...] = (), values: dict[str, Any] | None = None, **page: Any
) -> FormPage:
    """The page of a form right below an application, to which its way out leads unless `cancel` says otherwise.

    `acts` is what is done on it: of one to both pension systems the page says what becomes of the other half.
    """
    known = {
        "head": "casework/applications/parts/application_crumbs.html",
        "about": found.case.number,
        "cancel": found.get_absolute_url(),
        "intro": [*_paragraphs(page.pop("intro", "")), *(line for act in acts for line in told(act, found))],
    }
    named = {"title": presented.title_of(found), "payer": presented.payer_of(found)}
    return FormPage(**known | page, values={"case": found.case, "application": found} | named | (values or {}))


def _paragraphs(intro: Text | list[Text]) -> list[Text]:
    return intro if isinstance(intro, list) else [intro] if intro else []
