"""Nobody who has a dump of the database has a link, a token or a key with it (promise 16, for accounts)."""

import re
import subprocess
import zlib

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import signing

from deploy.local import embedded, servers
from tenants.accounts import invitations
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tests.conftest import NOON
from tests.people import browser_of, person
from tests.tenants.accounts.signing_in import SECRET, SET_UP, browser_at, give_phone, type_password

SIGNED = re.compile(r"(\.?)([\w-]{20,}):[\w-]+:[\w-]{20,}")  # what Django signs: the content is in front, in the open
BINARY = re.compile(r"\\x((?:[0-9a-f]{2})+)")


def readable(dump: str) -> str:
    """All that somebody with a dump can read: the text itself, binary columns, and what is packed and signed only."""
    binary = [bytes.fromhex(found).decode("latin-1") for found in BINARY.findall(dump)]
    packed = [_unpacked(content, is_compressed=bool(dot)) for dot, content in SIGNED.findall(dump)]
    return "\n".join([dump, *binary, *packed])


def _unpacked(content: str, *, is_compressed: bool) -> str:
    try:
        found = signing.b64_decode(content.encode())
        return (zlib.decompress(found) if is_compressed else found).decode("latin-1")
    except (ValueError, zlib.error):
        return ""


def dump_of(database: str) -> str:
    address = embedded.database_url("superuser").rpartition("/")[0] + f"/{database}"
    command = [servers.postgres_binary("pg_dump"), "--data-only", address]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def invited(by: User) -> list[str]:
    roles = [Role.COORDINATOR.value]
    invitations.invite(email="eeva@kaavi.example", name="Eeva", roles=roles, by=by, at=NOON)
    return re.findall(r"/invitation/([\w-]+)/", OutgoingEmail.objects.get(to_email="eeva@kaavi.example").text)


def asked_for_a_new_password(somebody: User) -> list[str]:
    """The link was opened, too: from then on its key is in the session."""
    visitor = browser_at("kaavi")
    visitor.post("/account/password/reset/", {"email": somebody.email})
    link = OutgoingEmail.objects.get(to=somebody).text.partition(":8000")[2].split()[0]
    assert "set-password" in visitor.get(link).headers["Location"]
    return [link.rstrip("/").rpartition("-")[2]]


def setting_up_the_app(somebody: User) -> list[str]:
    visitor = browser_at("kaavi")
    type_password(visitor, somebody.email)
    return [visitor.get(SET_UP).context["form"].secret]


def has_set_up_the_app(somebody: User) -> list[str]:
    give_phone(somebody)
    codes = Authenticator.objects.get(user=somebody, type="recovery_codes").wrap().get_unused_codes()
    return [SECRET, *codes]


def test_a_dump_holds_no_link_no_token_and_no_key_of_an_app(own_database):
    with in_municipality("kaavi"):
        paula, aino = person("Paula", Role.PORTAL_ADMIN), person("Aino", Role.COORDINATOR)
        canaries = [
            *invited(by=paula),
            *asked_for_a_new_password(aino),
            *setting_up_the_app(person("Daavid", Role.TEAM_MEMBER)),
            *has_set_up_the_app(person("Bertta", Role.SUPERVISOR)),
        ]

    text = readable(dump_of("suunta_test_own"))

    assert len(canaries) == 14
    assert "eeva@kaavi.example" in text  # it is the dump of this database
    assert [canary for canary in canaries if canary in text] == []


@pytest.mark.parametrize("is_compressed", [True, False])
def test_a_secret_in_an_open_session_would_be_found(is_compressed):
    planted = signing.dumps({"mfa.totp.secret": "KANARIALINTU" * 20}, compress=is_compressed)

    assert "KANARIALINTU" in readable(f"1\t{planted}\t2026-11-23")
    assert "KANARIALINTU" in readable("1\t\\\\x" + b"KANARIALINTU".hex())


def test_a_session_of_another_place_or_of_an_earlier_version_is_empty(paula, tuusniemi, settings):
    browser_of(paula)
    row = Session.objects.get()
    assert row.get_decoded()["_auth_user_id"] == str(paula.pk)

    with in_municipality(tuusniemi):
        assert row.get_decoded() == {}
    row.session_data = signing.dumps({"_auth_user_id": str(paula.pk)}, salt="django.contrib.sessions.SessionStore")
    assert row.get_decoded() == {}
