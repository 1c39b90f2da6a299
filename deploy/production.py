"""What a machine must be to run Suunta for anybody but its owner: Django's checks, gathered by `tenants.starting`.

Each says what is missing or weak in one sentence with the name of what to set, and none raises: the next is told, too.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError

from deploy.checks import database_logs_no_values
from deploy.health import broker_answers
from tenants import schema_versions
from tenants.database.current import connection
from tenants.errors import BeingUpdated
from tenants.keys import master, ring
from tenants.keys.sealing import EncryptionError
from tenants.mail.conversation import Conversation, Unreachable
from tenants.models import Municipality
from tenants.scope import active_municipalities, in_console, in_municipality
from tenants.starting import ENVIRONMENT, PRODUCTION
from tenants.stores import StoreAway

SHORTEST_SECRET = 50  # characters
GIVEN = ("REDIS_URL", "SUUNTA_MASTER_KEYS_FILE", "SMTP_HOST")
GIVEN_IN_PUBLIC = ("SUUNTA_FROM", "SUUNTA_SUPPORT_EMAIL")  # what else stands there is nobody's address
MOST_NAMED = 3


@register(ENVIRONMENT)
def environment_is_understood(**_: Any) -> list[CheckMessage]:
    """Tell what the settings could not read, before any command does its work."""
    return [Error(fault, id="suunta.E040") for fault in settings.FAULTS]


@register(PRODUCTION, deploy=True)
def everything_is_given(**_: Any) -> list[CheckMessage]:
    """Name what has to be set and is not, and a secret that can be guessed."""
    names = GIVEN if settings.BASE_DOMAIN == "localhost" else GIVEN + GIVEN_IN_PUBLIC
    missing: list[CheckMessage] = [Error(f"{name} is not set.") for name in names if not os.environ.get(name)]
    if not (os.environ.get("SUUNTA_FILES") or settings.S3_BUCKET):
        missing.append(Error("SUUNTA_FILES (or SUUNTA_S3_BUCKET, where several hosts share the documents) is not set."))
    if len(os.environ.get("SECRET_KEY", "")) < SHORTEST_SECRET:
        missing.append(Error(f"SECRET_KEY is not set, or shorter than {SHORTEST_SECRET} characters."))
    return missing


@register(PRODUCTION, deploy=True)
def public_address_is_closed(**_: Any) -> list[CheckMessage]:
    """A host that others reach speaks https, and is no demo."""
    if settings.BASE_DOMAIN == "localhost":
        return []
    found: list[CheckMessage] = []
    if not settings.PUBLIC_ADDRESS.startswith("https://{host}"):
        found.append(Error(f"SUUNTA_PUBLIC_ADDRESS has to be https://{{host}}, it is {settings.PUBLIC_ADDRESS}."))
    if settings.IS_DEMO:
        found.append(Error("SUUNTA_DEMO=1 is for localhost: its people have a password that stands in the code."))
    return found


@register(PRODUCTION, deploy=True)
def database_is_ours(**_: Any) -> list[CheckMessage]:
    """The database is of an age that we know, lets in no more than it should, and opens with our master keys."""
    if not settings.DATABASES["default"]["NAME"]:
        return []
    if fault := _entered():
        return [Error(fault)]
    return [*(Error(fault) for fault in _not_opened()), *database_logs_no_values(databases=["default"])]


@register(PRODUCTION, deploy=True)
def documents_can_be_kept(**_: Any) -> list[CheckMessage]:
    """The place of documents is there and can be written to; a folder that is not mounted is not made."""
    if settings.S3_BUCKET:
        return [Error(fault) for fault in _refused_by_bucket()]
    if not os.environ.get("SUUNTA_FILES"):
        return []
    try:
        with tempfile.TemporaryFile(dir=settings.FILES):
            return []
    except OSError as error:
        return [Error(f"Documents cannot be kept in {settings.FILES} (SUUNTA_FILES): {error.strerror}.")]


@register(PRODUCTION, deploy=True)
def neighbours_answer(**_: Any) -> list[CheckMessage]:
    """Warn of a broker or mail server that is away: both come back, and whoever starts meanwhile is of use."""
    away: list[CheckMessage] = []
    if os.environ.get("REDIS_URL") and not broker_answers():
        away.append(Warning("The broker does not answer (REDIS_URL)."))
    if os.environ.get("SMTP_HOST"):
        try:
            with Conversation() as conversation:
                conversation.open()
        except Unreachable as error:
            away.append(Warning(f"The mail server cannot be reached: {error} (SMTP_HOST)."))
    return away


def _refused_by_bucket() -> Iterator[str]:
    bucket = storages["documents"]
    try:
        bucket.delete(bucket.save(f"checked/{uuid4()}", ContentFile(b"1")))
    except StoreAway as away:
        yield f"Documents cannot be kept in the bucket {settings.S3_BUCKET} (SUUNTA_S3_BUCKET): {away.__cause__}"


def _entered() -> str:
    """Enter the database; answer why that is not possible, nothing when it is."""
    try:
        connection.ensure_connection()
    except ImproperlyConfigured as fault:  # too old, or a login that is too strong
        return str(fault)
    except DatabaseError as error:
        return f"The database does not let us in: {' '.join(str(error).split())}"
    with suppress(DatabaseError), in_console():
        if not schema_versions.is_public_behind():
            return ""
    return "The database is not of this version: run manage.py prepare_database."


def _not_opened() -> list[str]:
    """Say what is wrong with the master keys, as far as the database can tell."""
    if not os.environ.get("SUUNTA_MASTER_KEYS_FILE"):
        return []
    try:
        master.load(settings.MASTER_KEYS_FILE)
    except ImproperlyConfigured as fault:
        return [str(fault)]
    closed = list(_closed())
    if not closed:
        return []
    more = f" and {len(closed) - MOST_NAMED} more" if len(closed) > MOST_NAMED else ""
    which = ", ".join(closed[:MOST_NAMED])
    return [f"{settings.MASTER_KEYS_FILE} holds other master keys than the database was sealed with: {which}{more}."]


def _closed() -> Iterator[str]:
    """Name the places whose keys the master keys do not open."""
    with in_console():
        if not _opens():
            yield "the console"
        places = active_municipalities()
    yield from (place.schema_name for place in places if not _opens_in(place))


def _opens_in(place: Municipality) -> bool:
    try:
        with in_municipality(place):
            return _opens()
    except BeingUpdated:
        return True  # nobody enters it now; whoever updates it opens it


def _opens() -> bool:
    try:
        ring.current_key()
    except EncryptionError:
        return False
    return True
