"""What a document is called: on pages by its title, as a file by nothing that tells of a person."""

from django.utils.translation import gettext as _

from casework.models import Document
from tenants.display import day, helsinki
from tenants.files import CONTENT_TYPES
from tenants.names import search_key

ENDINGS = {content_type: str(kind) for kind, content_type in CONTENT_TYPES.items()}


def document_title(document: Document) -> str:
    """The title, or what the document is when nobody gave one."""
    return document.title or str(document.get_kind_display())


def dated_title(document: Document) -> str:
    """The title and the day, as a form offers it (`queries.offered`); of a replaced one, that it is."""
    name = f"{document_title(document)}, {day(document.dated_on or helsinki(document.created_at))}"
    is_replaced = getattr(document, "is_replaced", False)
    return _("%(name)s (a newer version has replaced it)") % {"name": name} if is_replaced else name


def download_name(document: Document, *, number: int) -> str:
    """A file name of case number, the document's own number in the case, kind and day: no name, no title."""
    on = document.dated_on or helsinki(document.created_at)
    kind = search_key(str(document.get_kind_display())).replace(" ", "-")
    return f"{document.case.number}-{number}-{kind}-{on.isoformat()}.{ENDINGS[document.content_type]}"
