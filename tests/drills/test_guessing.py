"""Passwords are guessed a thousand times: from one address and from two hundred, at one account and at two hundred."""

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from itertools import cycle
from urllib.parse import urlencode

import pytest
from django.utils import translation

from tenants.accounts.adapter import AccountAdapter
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tests.browser.serving import served
from tests.clock import NOON
from tests.people import PASSWORD, person
from tests.tenants.accounts.signing_in import LOGIN, browser_at, type_password

TRIES = 1_000
ADDRESSES = [f"198.51.100.{number}" for number in range(200)]
OFFICE, HOME = "192.0.2.1", "203.0.113.7"  # forty people behind one proxy; the owner of the account that is guessed at
WINDOW, AT_MOST, AT_MOST_OF_ONE_ADDRESS = timedelta(minutes=5), 5, 40
RESET = "/account/password/reset/"
NEW = "kuusi-koivu-mänty-haapa"


def words(error: str) -> str:
    with translation.override("fi"):
        return str(AccountAdapter().error_messages[error])


@dataclass(frozen=True)
class Town:
    """The web server, with one proxy before it, which says from where somebody comes."""

    port: int
    token: str

    def signs_in(self, address: str, email: str, password: str) -> str:
        """Try a password; answer "in", "tried" or "refused"."""
        status, text = self.posts(address, LOGIN, login=email, password=password)
        if status == 302:
            return "in"
        if status == 429 or words("too_many_login_attempts") in text:
            return "refused"
        assert words("email_password_mismatch") in text, f"{status} {text}"
        return "tried"

    def posts(self, address: str, path: str, **fields: str) -> tuple[int, str]:
        web = HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Host": "kaavi.localhost", "X-Forwarded-For": address, "Cookie": f"suunta_csrf={self.token}"}
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "fi"}
        web.request("POST", path, urlencode({**fields, "csrfmiddlewaretoken": self.token}), headers)
        answer = web.getresponse()
        text = answer.read().decode()
        web.close()
        return answer.status, text

    def guesses(self, addresses: Iterable[str], emails: Iterable[str]) -> Counter[str]:
        """Guess so many times, sixteen at once; the addresses and the accounts take turns."""
        turns = zip(range(TRIES), cycle(addresses), cycle(emails), strict=False)
        with ThreadPoolExecutor(16) as crowd:
            return Counter(crowd.map(lambda turn: self.signs_in(turn[1], turn[2], f"väärä sana {turn[0]}"), turns))


@pytest.fixture
def people(own_database) -> list[User]:
    with in_municipality("kaavi"):
        return [person(f"Nro{number}", Role.TEAM_MEMBER) for number in range(300)]


@pytest.mark.alone
def test_guessing(own_database, people, real_clock, tell):
    owner, one, *others = [somebody.email for somebody in people]
    office, many = others[:40], others[40:240]
    with served({**own_database, "SUUNTA_PROXIES": "1"}) as port:
        town = Town(port, token_of(port))
        with ThreadPoolExecutor(1) as meanwhile:
            signed_in = meanwhile.submit(lambda: Counter(town.signs_in(OFFICE, email, PASSWORD) for email in office))
            from_many = town.guesses(ADDRESSES, [owner])
        own_password = town.signs_in(HOME, owner, PASSWORD)
        new_password = with_a_new_password(town, people[0])
        from_one = town.guesses(ADDRESSES[:1], [one])
        at_many = town.guesses(ADDRESSES[1:2], many)

    figures = {"from_200": from_many, "from_1": from_one, "at_200_accounts": at_many, "office": signed_in.result()}
    tell(**figures, owner_meanwhile=own_password, owner_with_a_new_password=new_password)
    assert from_many == {"tried": AT_MOST, "refused": TRIES - AT_MOST}
    assert from_one == {"tried": AT_MOST, "refused": TRIES - AT_MOST}
    assert at_many["tried"] <= AT_MOST_OF_ONE_ADDRESS * 5  # minutes that it may have taken
    assert at_many["in"] == 0
    assert signed_in.result() == {"in": len(office)}
    assert (own_password, new_password) == ("refused", "in")


def token_of(port: int) -> str:
    """Open the sign-in page once: its cookie is what every form of this drill is sent with."""
    web = HTTPConnection("127.0.0.1", port, timeout=120)
    web.request("GET", LOGIN, headers={"Host": "kaavi.localhost", "X-Forwarded-For": HOME})
    cookie = web.getresponse().headers["Set-Cookie"]
    web.close()
    return cookie.partition("suunta_csrf=")[2].partition(";")[0]


def with_a_new_password(town: Town, owner: User) -> str:
    """Let the owner, who is refused, ask for a link, choose a new password and sign in with it."""
    assert town.posts(HOME, RESET, email=owner.email)[0] == 302
    with in_municipality("kaavi"):
        link = OutgoingEmail.objects.get(to=owner).text.partition(f".localhost:{town.port}")[2].split()[0]
        browser = browser_at("kaavi")
        form = browser.get(link).headers["Location"]
        assert browser.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    return town.signs_in(HOME, owner.email, NEW)


def test_guessing_for_an_hour(aino, monkeypatch, time_is, tell):
    tried: list[timedelta] = []
    passed = timedelta()
    monkeypatch.setattr(type(aino), "check_password", lambda user, password: tried.append(passed))
    browsers = [browser_at("kaavi", address) for address in ADDRESSES]

    for number in range(TRIES):
        passed = number * timedelta(hours=1) / TRIES
        time_is(NOON + passed)
        type_password(browsers[number % len(browsers)], aino.email, f"väärä sana {number}")

    most = max(within(tried, begin) for begin in tried)
    tell(tries=TRIES, addresses=len(ADDRESSES), tried=len(tried), most_in_five_minutes=most)
    assert most == AT_MOST
    assert len(tried) <= AT_MOST * (timedelta(hours=1) // WINDOW + 1)


def within(tried: list[timedelta], begin: timedelta) -> int:
    """Count those in the five minutes that begin here."""
    return sum(begin <= at < begin + WINDOW for at in tried)
