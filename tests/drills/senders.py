"""A process that sends one municipality's due mails and finds out about unclear ones, again and again, until killed.

Run: `python -m tests.drills.senders SCHEMA`. The server may be away; the next round goes on.
"""

import sys
import time
from contextlib import suppress

import django


def main(schema: str) -> None:
    """Do what the alarms do, without the pauses between them."""
    django.setup()
    from django.utils import timezone

    from tenants.mail import delivery
    from tenants.mail.conversation import Unreachable
    from tenants.scope import in_municipality

    while True:
        with suppress(Unreachable), in_municipality(schema):
            delivery.deliver_due(at=timezone.now())
            delivery.reconcile(at=timezone.now())
        time.sleep(0.05)


if __name__ == "__main__":
    main(sys.argv[1])
