"""The page of a change of roles that waits: who opens it, one click to answer, and where else it shows."""

from typing import Any

import pytest
from lxml import html

from tenants.accounts import staff
from tenants.accounts.models import RoleRequest, User
from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_console
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of, person


@pytest.fixture
def waiting(paula, bertta, aino, daavid) -> RoleRequest:
    """Paula wants Daavid to be a coordinator; Bertta is told."""
    a_case(by=aino)
    known = {"name": daavid.name, "language": "fi", "version": daavid.version}
    found = staff.change(person=daavid, roles=["coordinator"], **known, by=paula, at=NOON)
    assert found is not None
    return found


def buttons(visitor, path: str) -> set[str]:
    """Where the buttons of the page's own part lead, without those of the frame."""
    page: Any = html.fromstring(visitor.get(path).content)
    return {form.action.rpartition(path)[2] for form in page.forms if path in (form.action or "")}


def test_the_supervisor_gets_from_the_mail_to_the_answer_with_one_click(bertta, daavid, waiting):
    path = OutgoingEmail.objects.get(to=bertta).text.partition(":8000")[2].split()[0]
    visitor = browser_of(bertta)

    page = visitor.get(path).content.decode()
    assert "Daavid" in page
    assert "Työkykykoordinaattori" in page
    assert "Paula" in page
    assert buttons(visitor, path) == {"confirm/", "refuse/"}
    assert visitor.post(f"{path}confirm/").headers["Location"] == path

    assert User.objects.get(pk=daavid.pk).roles == ["coordinator"]
    assert buttons(visitor, path) == set()
    assert "Vahvistettu" in visitor.get(path).content.decode()


def test_who_asked_sees_it_and_can_withdraw_only(paula, daavid, waiting):
    visitor, path = browser_of(paula), waiting.get_absolute_url()

    assert buttons(visitor, path) == {"withdraw/"}
    assert visitor.post(f"{path}confirm/").status_code == 409
    visitor.post(f"{path}withdraw/")

    assert RoleRequest.objects.get().outcome == "withdrawn"
    assert User.objects.get(pk=daavid.pk).roles == ["team_member"]


def test_a_refusal_shows_on_the_page(bertta, waiting):
    visitor, path = browser_of(bertta), waiting.get_absolute_url()

    visitor.post(f"{path}refuse/")

    assert "Hylätty" in visitor.get(path).content.decode()
    assert visitor.post(f"{path}confirm/").status_code == 409


@pytest.mark.parametrize("who", ["aino", "daavid", "tiina"])
def test_others_do_not_open_it(request, waiting, who):
    visitor, path = browser_of(request.getfixturevalue(who)), waiting.get_absolute_url()

    assert visitor.get(path).status_code == 403
    for act in ("confirm", "refuse", "withdraw"):
        assert visitor.post(f"{path}{act}/").status_code == 403


def test_it_does_not_exist_in_another_place(waiting, oiva, kaavi):
    with in_console():
        assert browser_of(oiva).get(waiting.get_absolute_url()).status_code == 404


def test_what_waits_stands_on_the_page_of_people_and_of_the_person(paula, daavid, waiting):
    visitor, path = browser_of(paula), waiting.get_absolute_url()

    for page in ("/people/", f"/people/{daavid.pk}/"):
        assert path in visitor.get(page).content.decode()
    assert "24.11.2026" in visitor.get("/people/").content.decode()

    visitor.post(f"{path}withdraw/")
    assert path not in visitor.get("/people/").content.decode()


def test_saving_says_that_the_roles_wait(paula, aino, daavid):
    a_case(by=aino)
    typed = {"name": "Daavid", "language": "fi", "roles": ["coordinator"], "version": daavid.version}

    answer = browser_of(paula).post(f"/people/{daavid.pk}/", typed, follow=True)

    assert "toinen henkilö" in answer.content.decode()


def test_two_roles_that_do_not_go_together_are_shown_to_be_put_right(paula):
    olli = person("Olli", Role.PRIVACY_OFFICER, Role.PORTAL_ADMIN)
    visitor = browser_of(paula)

    assert "Eivät sovi yhteen" in visitor.get("/people/").content.decode()
    assert "Nämä roolit eivät sovi yhteen" in visitor.get(f"/people/{olli.pk}/").content.decode()
    assert browser_of(olli).get("/people/").status_code == 200


def test_the_log_tells_the_roles_in_words(waiting, tiina):
    page = browser_of(tiina).get("/access-log/").content.decode()

    assert "Pyysi toiselta henkilöltä vahvistuksen rooleihin" in page
    assert "Tiimin jäsen → Työkykykoordinaattori" in page
