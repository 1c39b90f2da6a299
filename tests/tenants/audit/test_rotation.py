"""Keys are replaced in the access log, too: by the migrator, who alone may write there, and the chain stays whole."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tenants.audit import access_log, checking
from tenants.audit.access_log import Subject
from tenants.audit.models import AccessEntry
from tenants.database.current import connection
from tenants.keys import ring
from tenants.scope import in_municipality
from tests import databases
from tests.people import person


def rotate() -> None:
    call_command("rotate_keys", "--municipality", "kaavi", "--settle", "0", stdout=StringIO())


def keys_in_use() -> set[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("select substring(reason from 2 for 16) from audit_accessentry where reason <> ''")
        return {bytes(key) for (key,) in cursor.fetchall()}


@pytest.fixture
def reasons(own_database, settings, tmp_path):
    """Two reasons in Kaavi's log, one of them for two cases; and no documents, which have keys, too."""
    settings.FILES = tmp_path
    with in_municipality("kaavi"):
        aino = person("Aino")
        for numbers, reason in ((["1"], "Aino is ill."), (["2", "3"], "A request."), (["4"], "")):
            subjects = [Subject("case", f"2026-000{number}") for number in numbers]
            access_log.record(by=aino, action="case.seen", subjects=subjects, reason=reason)
    yield
    ring.forget("kaavi")


def test_the_migrator_gives_reasons_a_new_key_and_the_chain_stays_whole(reasons):
    with databases.as_migrator():
        rotate()

    with in_municipality("kaavi"):
        assert keys_in_use() == {ring.current_key().id.bytes}
        told = [entry.reason for entry in AccessEntry.objects.order_by("id")]
        assert told == ["Aino is ill.", "A request.", "A request.", ""]
        assert checking.check().is_whole


def test_another_login_says_what_it_could_not_do_and_keeps_the_old_key(reasons):
    with pytest.raises(CommandError, match=r"3 values were refused .* SUUNTA_LOGIN=migrator.* not retired"):
        rotate()

    with in_municipality("kaavi"):
        assert checking.check().is_whole
    with databases.as_migrator():
        rotate()
