"""Statement requests in every state: one late and reminded of, one sent back, one that came and grows old, one off."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework.models import Case
from casework.statements import actions as statements
from casework.statements.actions import Arrival
from tenants import files
from tenants.accounts.models import User
from tests.casework.statements.making import a_statement
from tests.tenants.uploads import pdf


def furnish(case: Case, aino: User) -> dict[str, object]:
    """Make one of each object of the room; the answer are the arguments of its addresses."""
    now, today = timezone.now(), timezone.localdate()

    def days_ago(days: int) -> Any:
        return today - timedelta(days=days)

    known: dict[str, Any] = {"case": case, "by": aino, "at": now, "asked_of": "Tri Koski, Kaavin terveysasema"}
    late = a_statement(
        asked_on=days_ago(60), due_on=days_ago(30), purpose="Kaikki sairaudet ja niiden haitta.", **known
    )
    late = statements.remind(
        request=late, reminded_on=days_ago(20), due_on=days_ago(5), version=late.version, by=aino, at=now
    )
    a_statement("returned", kind="C", asked_on=days_ago(40), due_on=days_ago(10), **known)
    paper = files.check_upload(SimpleUploadedFile("lausunto.pdf", pdf()), "lausunto.pdf")
    arrival = Arrival(received_on=days_ago(170), written_on=days_ago(175), file=paper)
    a_statement("received", arrival=arrival, asked_on=days_ago(199), due_on=days_ago(165), **known)
    a_statement("cancelled", kind="psychologist", asked_on=days_ago(30), due_on=today + timedelta(days=12), **known)
    return {"statement_id": late.pk}
