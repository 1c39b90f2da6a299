"""What a document is called: on pages by its title, as a file by nothing that tells of a person."""

from casework.models import Document
from tenants.display import helsinki
from tenants.files import CONTENT_TYPES
from tenants.names import search_key

ENDINGS = {content_type: str(kind) for kind, content_type in CONTENT_TYPES.items()}


def document_title(document: Document) -> str:
    """The title, or what the document is when nobody gave one."""
    return document.title or str(document.get_kind_display())


def download_name(document: Document, *, number: int) -> str:
    """A file name of case number, the document's own number in the case, kind and day: no name, no title."""
    on = document.dated_on or helsinki(document.created_at)
    kind = search_key(str(document.get_kind_display())).replace(" ", "-")
    return f"{document.case.number}-{number}-{kind}-{on.isoformat()}.{ENDINGS[document.content_type]}"
