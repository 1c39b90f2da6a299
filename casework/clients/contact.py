"""How a client is reached, as far as it may be told."""

from casework.models import Client
from casework.models.hidden import Told


class Contact(Told):
    """Contact data as they are shown: the fields that a protective order hides, all empty while it does."""

    @property
    def postal_place(self) -> str:
        return f"{self.postal_code} {self.city}".strip()


def contact(client: Client, *, is_revealed: bool = False) -> Contact:
    """Read how a client is reached. `is_revealed`: a reason was given."""
    return Contact(client, is_hidden=client.is_protected and not is_revealed)
