"""Pages for everybody: the language switch, and the three pages of the footer."""

import pytest

from tenants.accounts.models import User
from tests.people import browser_of
from tests.tenants.accounts.signing_in import SET_UP, browser_at, type_password


@pytest.mark.parametrize("host", ["kaavi", "console"])
@pytest.mark.parametrize("path", ["/accessibility/", "/privacy/", "/help/"])
def test_everybody_may_read_them(db, host, path):
    page = browser_at(host).get(path)

    assert page.status_code == 200
    assert ("Kaavi" in page.content.decode()) == (host == "kaavi")


def test_the_statement_names_feedback_deadline_and_supervision(kaavi, settings):
    settings.SUPPORT_EMAIL = "palaute@suunta.example"
    visitor = browser_at("kaavi")
    visitor.cookies["suunta_language"] = "en"

    text = visitor.get("/accessibility/").content.decode()

    for needed in ("306/2019", "in part", "palaute@suunta.example", "two weeks", "Traficom", "22.11.2026"):
        assert needed in text, needed


def test_switching_the_language_remembers_it_in_the_browser_and_for_the_person(paula):
    visitor = browser_of(paula)

    answer = visitor.post("/language/", {"language": "sv", "next": "/people/"})

    assert answer.headers["Location"] == "/people/"
    assert visitor.get("/people/").headers["Content-Language"] == "sv"
    assert User.objects.get(pk=paula.pk).language == "sv"


def test_somebody_who_is_not_signed_in_may_switch_too(kaavi):
    visitor = browser_at("kaavi")

    assert visitor.post("/language/", {"language": "en", "next": "/account/login/"}).status_code == 302

    assert visitor.get("/account/login/").headers["Content-Language"] == "en"


def test_somebody_between_the_two_steps_may_switch_too(paula):
    visitor = browser_at("kaavi")
    type_password(visitor, paula.email)

    visitor.post("/language/", {"language": "en", "next": SET_UP})

    assert visitor.get(SET_UP).headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "a", ""],
)
def test_switching_never_leads_to_another_address(kaavi, elsewhere):
    answer = browser_at("kaavi").post("/language/", {"language": "sv", "next": elsewhere})

    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("language", ["de", "", "fi; path=/"])
def test_a_language_that_is_not_spoken_is_refused(kaavi, language):
    answer = browser_at("kaavi").post("/language/", {"language": language})

    assert answer.status_code == 400
    assert not answer.cookies


def test_a_link_cannot_switch(kaavi):
    assert browser_at("kaavi").get("/language/", {"language": "sv"}).status_code == 405
