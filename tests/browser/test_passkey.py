"""A passkey as the second step, in Chromium with a virtual authenticator: set up, used, and nothing at another host."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from playwright.sync_api import Page, expect

from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.browser.serving import served
from tests.people import PASSWORD, person

TOUCH = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
ADD, USE = "#mfa_webauthn_add", "#mfa_webauthn_authenticate"


@dataclass
class Desk:
    """Paula's computer: a page, the fingerprint reader, and what the browser complained about."""

    page: Page
    port: int
    complaints: list[str]

    def open(self, path: str, host: str = "kaavi") -> None:
        self.page.goto(f"http://{host}.localhost:{self.port}{path}")

    def click_when_loaded(self, button: str) -> None:
        """Click a button that a script listens to: it must have run."""
        self.page.locator(button).wait_for()
        self.page.wait_for_load_state("load")
        self.page.click(button)

    def type_password(self, host: str = "kaavi") -> None:
        self.open("/account/login/", host)
        self.page.fill("[name=login]", f"paula@{host}.example")
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")


@pytest.fixture
def desk(own_database: dict[str, str], page: Page) -> Iterator[Desk]:
    for schema in ("kaavi", "tuusniemi"):
        with in_municipality(schema):
            person("Paula", Role.PORTAL_ADMIN)
    reader = page.context.new_cdp_session(page)
    reader.send("WebAuthn.enable")
    reader.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCH})
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    with served(own_database) as port:
        yield Desk(page, port, complaints)
    connection.close()  # while the loop runs, Django has another connection than before and after


def set_up_passkey(desk: Desk) -> None:
    desk.type_password()
    expect(desk.page).to_have_url(f"http://kaavi.localhost:{desk.port}/account/second-factor/app/")
    desk.page.click("main a[href='/account/second-factor/passkeys/add/']")
    desk.click_when_loaded(ADD)
    expect(desk.page).to_have_url(f"http://kaavi.localhost:{desk.port}/account/second-factor/codes/")


def test_a_passkey_is_set_up_instead_of_an_app_and_used_at_the_next_sign_in(desk):
    set_up_passkey(desk)
    expect(desk.page.locator(".codelist li")).to_have_count(10)
    desk.open("/people/")
    expect(desk.page.locator("h1")).to_be_visible()

    desk.page.context.clear_cookies()
    desk.type_password()
    desk.click_when_loaded(USE)

    desk.page.wait_for_url(lambda url: "/account/" not in url)
    desk.open("/people/")
    assert desk.page.url.endswith("/people/")
    assert not [complaint for complaint in desk.complaints if "Content Security" in complaint]


def test_a_passkey_is_nothing_at_another_host_even_with_a_copied_row(desk):
    set_up_passkey(desk)
    with in_municipality("kaavi"):
        stolen = Authenticator.objects.get(type="webauthn").data
    with in_municipality("tuusniemi"):
        twin = User.objects.get(email="paula@tuusniemi.example")
        Authenticator.objects.create(user=twin, type="webauthn", data=stolen)

    desk.type_password("tuusniemi")
    desk.click_when_loaded(USE)
    desk.page.wait_for_timeout(1500)
    desk.open("/people/", "tuusniemi")

    assert "/account/" in desk.page.url


def test_who_removes_the_only_passkey_is_led_to_the_set_up(desk):
    set_up_passkey(desk)

    desk.open("/account/second-factor/passkeys/")
    desk.page.click("main a[href$='/remove/']")
    desk.page.click("main button[type=submit]")

    expect(desk.page).to_have_url(f"http://kaavi.localhost:{desk.port}/account/second-factor/app/")
    with in_municipality("kaavi"):
        assert not Authenticator.objects.exists()
