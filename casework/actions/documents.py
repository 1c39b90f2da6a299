"""Adding a document to a case The content is checked and kept by tenants.files."""

from datetime import date, datetime

from django.db import transaction

from casework import timeline
from casework.actions.cases import locked_open
from casework.errors import check_day
from casework.models import Case, Document
from tenants import files
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.files import CheckedFile


@transaction.atomic
def add(
    *, case: Case, file: CheckedFile, kind: str, title: str, dated_on: date | None, by: User, at: datetime
) -> Document:
    """Add a file that was checked (`files.check_upload`) to a case; without a title it is called by its kind.

    Raises:
        BeforeBirth, InTheFuture, CaseIsClosed
    """
    case = locked_open(case)
    check_day(dated_on, born_on=case.client.born_on, today=helsinki(at), field="dated_on")
    document = Document.objects.create(
        case=case,
        kind=kind,
        title=title,
        dated_on=dated_on,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
        uploaded_by=by,
    )
    facts = {"kind": kind}
    timeline.add(case=case, kind="document.added", by=by, at=at, on=dated_on, about=document, facts=facts)
    files.store(file.content, file_id=document.file_id)
    return document
