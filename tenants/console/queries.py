"""What the console shows: municipalities, runs of jobs, outgoing mail. Never a text of a mail."""

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from tenants.mail.models import OutgoingEmail
from tenants.models import JobRun, Municipality

STEPS_SHOWN = 5


def municipalities() -> QuerySet[Municipality]:
    """Every municipality with its domains, by name."""
    return Municipality.objects.prefetch_related("domains")


def municipality_or_404(schema_name: str) -> Municipality:
    """Fetch a municipality in any state.

    Raises:
        Http404
    """
    found: Municipality = get_object_or_404(municipalities(), schema_name=schema_name)
    return found


def active_municipality_or_404(schema_name: str) -> Municipality:
    """Fetch a municipality that is in use.

    Raises:
        Http404
    """
    found: Municipality = get_object_or_404(Municipality, schema_name=schema_name, state=Municipality.State.ACTIVE)
    return found


def steps_of(municipality: Municipality) -> QuerySet[JobRun]:
    """The last steps of setting a municipality up."""
    return JobRun.objects.filter(municipality=municipality)[:STEPS_SHOWN]


def runs(*, is_failed_only: bool) -> QuerySet[JobRun]:
    """The runs of background jobs, the newest first."""
    found = JobRun.objects.select_related("municipality")
    return found.exclude(error="") if is_failed_only else found


def mails(state: str) -> QuerySet[OutgoingEmail]:
    """The mails of the place that is entered, all or those in one state."""
    found = OutgoingEmail.objects.defer("text", "html", "subject")
    return found.filter(state=state) if state else found


def mails_by_state() -> dict[str, int]:
    """How many mails of the place that is entered are in which state."""
    return dict(OutgoingEmail.objects.order_by().values_list("state").annotate(Count("pk")))


def mail_or_404(mail_id: str) -> OutgoingEmail:
    """Fetch a mail of the place that is entered.

    Raises:
        Http404
    """
    return get_object_or_404(OutgoingEmail, pk=mail_id)
