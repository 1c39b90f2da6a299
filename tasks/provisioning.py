"""Making the municipalities that were asked for. Its worker alone signs in to the database as the migrator."""

import logging
from datetime import datetime, timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.utils import timezone

from tasks import jobs
from tasks.app import app
from tenants import provisioning, schema_versions
from tenants.models import Municipality
from tenants.scope import in_console

JOB = "provisioning.make"
SETTLED = timedelta(seconds=2)  # `manage.py add_municipality` asks and makes at once; leave it its own request

State = Municipality.State
logger = logging.getLogger(__name__)


class WrongLogin(Exception):
    """This worker may not change the structure of the database: it needs SUUNTA_LOGIN=migrator."""


@app.task(name="provisioning.make_requested")
def make_requested() -> int:
    """Make every municipality that was asked for; one that fails says so on its page and stops no other.

    Raises:
        WrongLogin: this worker reads the wrong queue.
        BeingUpdated: what was asked for waits until the template is of this version.
    """
    if settings.LOGIN != "migrator":
        raise WrongLogin
    with in_console():
        schema_versions.check_template()
        at = timezone.now()
        provisioning.request_interrupted_again()
        requested = list(Municipality.objects.filter(state=State.REQUESTED, created_at__lte=at - SETTLED))
        return sum(_make(municipality, at=at) for municipality in requested)


def _make(municipality: Municipality, *, at: datetime) -> bool:
    """Make one, unless somebody else has begun to; tell whether it is in use now."""
    try:
        with jobs.recorded(JOB, municipality) as run:
            provisioning.provision(municipality, at=at)
            run.count = 1
    except SoftTimeLimitExceeded:  # this process has to stop; the request is interrupted, and made again
        raise
    except Exception:  # provision has marked it as failed
        logger.exception("A municipality was not made")
        return False
    return True
