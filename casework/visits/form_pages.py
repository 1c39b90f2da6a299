"""What stands around a form about an appointment: the way to it, its heading, which appointment it is."""

from typing import Any

from casework.models import Appointment
from casework.visits import presenters as presented
from tenants.form_pages import FormPage


def below_appointment(found: Appointment, **page: Any) -> FormPage:
    """The page of a form right below an appointment, to which its way out leads."""
    return FormPage(
        head="casework/visits/parts/appointment_crumbs.html",
        about=found.case.number,
        cancel=found.get_absolute_url(),
        values={"case": found.case, "appointment": found, **presented.crumb(found)},
        **page,
    )
