"""How a client is reached, as far as it may be told."""

from dataclasses import dataclass

from casework.models import Client
from casework.models.hidden import told


@dataclass(frozen=True)
class Contact:
    """Contact data as they are shown; all empty while a protective order hides them."""

    phone: str
    email: str
    street: str
    postal_place: str


def contact(client: Client, *, is_revealed: bool = False) -> Contact:
    """Read how a client is reached. `is_revealed`: a reason was given."""
    known = told(client, is_hidden=client.is_protected and not is_revealed)
    return Contact(known.phone, known.email, known.street, f"{known.postal_code} {known.city}".strip())
