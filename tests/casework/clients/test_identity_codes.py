"""An identity code is found by its hash and told by nothing in the database: whoever steals it has to guess the key.

Name and date of birth lie open, so a thief has some hundred codes to try for each client. No hash of any of them may be
there that can be made without a key from outside.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from lxml import html

from casework.clients.identity import identity_index
from casework.models import Client
from tenants import identity_code
from tenants.accounts.permissions import Role
from tenants.once import sending
from tenants.once.models import SentForm
from tenants.scope import in_municipality
from tests.people import PortalClient, browser_of, person
from tests.tenants.test_secrets_at_rest import dump_of

BORN = date(1974, 3, 5)
CODE = identity_code.artificial(BORN, 47)
DIGESTS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s", "sha3_256")
PURPOSE = "client.identity_code"  # as the code names it, which is no secret


def all_codes(born_on: date) -> list[str]:
    """Every code that somebody born on a day can have, as it is stored."""
    day, marks = f"{born_on:%d%m%y}", identity_code.SEPARATORS[born_on.year // 100 * 100]
    checked = (f"{number:03}{_check(day, number)}" for number in range(2, 1000))
    return [f"{day}{mark}{end}" for end in checked for mark in marks]


def _check(day: str, number: int) -> str:
    return identity_code.CHECK_CHARACTERS[int(f"{day}{number:03}") % len(identity_code.CHECK_CHARACTERS)]


def hashes_without_a_key(code: str, known: list[bytes], typed: dict[str, str]) -> Iterator[bytes]:
    """All that a thief makes of one code: with what the code of the service says, and what lies in the database."""
    written = [code.encode(), code.lower().encode(), code.replace(code[6], "").encode()]
    written += [f"{PURPOSE}{between}{code}".encode() for between in ("", "\0", ":", "|")]
    for text in (*written, form_of(code, typed)):
        yield from (hashlib.new(name, text).digest() for name in DIGESTS)
        yield from (hmac.digest(key, text, "sha256") for key in known)


def form_of(code: str, typed: dict[str, str]) -> bytes:
    """What the form of a new client was sent with, if this was its code: all else in it lies open."""
    fields = sorted({**typed, "identity_code": code}.items())
    return "".join(repr((name, [value])) for name, value in fields if name not in sending.NOT_TYPED).encode()


def hexadecimal(dump: str) -> set[str]:
    """All that lies in a dump as hexadecimal digits: binary columns, and digests in texts."""
    return {found.lower() for found in re.findall(r"(?<![0-9a-fA-F])[0-9a-fA-F]{32,128}(?![0-9a-fA-F])", dump)}


def wrapped_keys(dump: str) -> list[bytes]:
    """The keys of Kaavi as they lie in the dump, which are of no use without the master key."""
    [rows] = re.findall(r"COPY kaavi\.keys_datakey [^;]+;\n(.*?)\n\\\.", dump, re.DOTALL)
    return [bytes.fromhex(found) for found in re.findall(r"\\x([0-9a-f]+)", rows)]


@pytest.fixture
def stolen(own_database) -> tuple[str, dict[str, str]]:
    """A dump of the database in which Aino has written down a client through the page, and what she typed."""
    with in_municipality("kaavi"):
        browser = browser_of(person("Aino", Role.COORDINATOR))
        typed = typed_by(browser)
        assert browser.post(reverse("client_new"), typed).status_code == 302
        assert Client.objects.get().identity_code == CODE
        assert SentForm.objects.count() == 1
    return dump_of("suunta_test_own"), typed


def typed_by(browser: PortalClient) -> dict[str, str]:
    """The form of a new client as a browser sends it, filled in."""
    page: Any = html.fromstring(browser.get(reverse("client_new")).content)
    [form] = [one for one in page.forms if sending.FIELD in one.fields]
    who = {"first_name": "Liisa", "last_name": "Laine", "born_on": BORN.isoformat(), "identity_code": CODE}
    return dict(form.form_values()) | who | {"language": "fi", "decision_channel": "post"}


def test_no_hash_in_a_dump_tells_the_code_without_the_key(stolen):
    dump, typed = stolen
    lying, codes, known = hexadecimal(dump), all_codes(BORN), [b"", b"suunta", b"kaavi", *wrapped_keys(dump)]

    told = {code for code in codes for made in hashes_without_a_key(code, known, typed) if made.hex() in lying}

    assert told == set()
    assert CODE in codes
    assert len(known) == 6


def test_with_the_key_the_same_search_finds_it_at_once(stolen):
    dump, _typed = stolen
    with in_municipality("kaavi"):
        lying = hexadecimal(dump)
        assert [code for code in all_codes(BORN) if identity_index(code).hex() in lying] == [CODE]


def test_the_code_itself_is_nowhere_in_the_dump(stolen):
    dump, _typed = stolen

    assert "Laine" in dump
    assert CODE not in dump
    assert CODE.encode().hex() not in dump
