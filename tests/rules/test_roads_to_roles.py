"""Nobody changes their own roles alone, and nobody gives case content alone: each road by which roles are given."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command, execute_from_command_line
from django.utils import timezone

from deploy.local.embedded import ROOT
from tenants.accounts import invitations, role_changes
from tenants.accounts.models import Invitation, RoleRequest, User
from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_console, in_municipality
from tests import databases
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of, person
from tests.tenants.accounts.signing_in import browser_at

MAY_WRITE_ROLES = {"tenants/accounts/role_changes.py", "tenants/accounts/invitations.py"}
FLOORS = ("tenants", "casework", "billing", "tasks", "deploy")
WRITERS = {"User", "Invitation", "RoleRequest", "create", "update", "update_or_create", "get_or_create"}
PASSWORD = "kuusi-koivu-mänty-haapa"


def edited(somebody: User, *roles: str) -> dict[str, object]:
    return {"name": somebody.name, "language": somebody.language, "roles": roles, "version": somebody.version}


def now(somebody: User) -> User:
    return User.objects.get(pk=somebody.pk)


@pytest.fixture
def a_client(aino):
    return a_case(by=aino)


@pytest.mark.parametrize("roles", [["portal_admin", "coordinator"], ["coordinator"], ["supervisor", "portal_admin"]])
@pytest.mark.parametrize("is_first", [True, False], ids=["without a case", "with a case"])
def test_the_own_page(paula, bertta, aino, roles, is_first):
    person("Pekka", Role.PORTAL_ADMIN)
    if not is_first:
        a_case(by=aino)

    browser_of(paula).post(f"/people/{paula.pk}/", edited(paula, *roles))

    assert now(paula).roles == ["portal_admin"]
    assert RoleRequest.objects.get().is_open


@pytest.mark.parametrize("role", ["coordinator", "team_member", "supervisor", "privacy_officer"])
def test_the_page_of_a_person(paula, a_client, role):
    """Billing has no role here, so somebody without case content is one whose roles were taken away."""
    somebody = person("Anna")

    browser_of(paula).post(f"/people/{somebody.pk}/", edited(somebody, role))

    assert now(somebody).roles == []
    assert RoleRequest.objects.get().roles == [role]


def test_the_page_of_an_administrator(paula, bertta):
    pekka = person("Pekka", Role.PORTAL_ADMIN)

    browser_of(paula).post(f"/people/{pekka.pk}/", edited(pekka, "team_member"))

    assert now(pekka).roles == ["portal_admin"]


def test_opening_a_closed_account(paula, bertta, aino, a_client):
    """Its owner may be long gone: what they could see is given anew."""
    visitor = browser_of(paula)
    visitor.post(f"/people/{aino.pk}/disable/")

    visitor.post(f"/people/{aino.pk}/enable/")

    assert not now(aino).is_active
    visitor.post(f"/people/{aino.pk}/enable/")
    waiting = RoleRequest.objects.get()
    assert (waiting.opens_account, waiting.given) == (True, aino.role_names)
    role_changes.confirm(role_request=waiting, by=bertta, at=NOON)
    assert now(aino).is_active


def test_changing_a_closed_account_and_opening_it_then(paula, daavid, a_client):
    visitor = browser_of(paula)
    visitor.post(f"/people/{daavid.pk}/disable/")
    visitor.post(f"/people/{daavid.pk}/", edited(now(daavid), "supervisor"))

    visitor.post(f"/people/{daavid.pk}/enable/")

    assert not now(daavid).is_active
    assert RoleRequest.objects.get().roles == ["supervisor"]


@pytest.mark.parametrize("email", ["paula+toinen@kaavi.example", "PAULA+x@Kaavi.example"])
def test_an_invitation_to_ones_own_mailbox(paula, email):
    invitation = {"name": "Eeva", "email": email, "roles": ["coordinator"], "language": "fi"}

    answer = browser_of(paula).post("/people/invite/", invitation)

    assert list(answer.context["form"].errors) == ["email"]
    assert not Invitation.objects.exists()


def test_opening_the_link_of_ones_own_invitation(paula):
    known: dict[str, Any] = {"email": "eeva@kaavi.example", "name": "Eeva", "roles": [Role.COORDINATOR]}
    invitations.invite(**known, by=paula, at=NOON)
    link = OutgoingEmail.objects.get().text.partition(":8000")[2].split()[0]
    accepted = {"name": "Eeva", "password": PASSWORD, "password_again": PASSWORD}

    for answer in (browser_of(paula).get(link), browser_of(paula).post(link, accepted)):
        assert answer.status_code == 410
    assert not User.objects.filter(email="eeva@kaavi.example").exists()


def test_an_invitation_from_before_to_both_sides_of_the_log(paula):
    known: dict[str, Any] = {"email": "eeva@kaavi.example", "name": "Eeva", "roles": [Role.PRIVACY_OFFICER]}
    invitation = invitations.invite(**known, by=paula, at=NOON)
    link = OutgoingEmail.objects.get().text.partition(":8000")[2].split()[0]
    Invitation.objects.filter(pk=invitation.pk).update(roles=["privacy_officer", "portal_admin"])

    assert browser_at("kaavi").get(link).status_code == 410


@pytest.mark.parametrize("invite", ["invite", "invite_first"])
def test_an_invitation_by_nobody_where_somebody_works(paula, invite):
    known = {"email": "eeva@kaavi.example", "roles": [Role.COORDINATOR], "at": NOON}
    known |= {"name": "Eeva", "by": None} if invite == "invite" else {}

    with pytest.raises(invitations.NobodyInvites):
        getattr(invitations, invite)(**known)


def test_the_command_that_adds_a_municipality_invites_an_administrator_and_gives_no_case(own_database):
    known = {"name": "Leppävirta", "business_id": "1572860-0", "domain": "leppavirta.localhost"}
    with databases.as_migrator():
        call_command("add_municipality", "leppavirta", **known, admin_email="lea@leppavirta.example", stdout=StringIO())

    with in_municipality("leppavirta"):
        assert [invitation.roles for invitation in Invitation.objects.all()] == [["portal_admin"]]
        assert not User.objects.exists()


def test_djangos_own_command_for_administrators_makes_nobody(kaavi):
    words = ["manage.py", "createsuperuser", "--noinput", "--email=eve@kaavi.example", "--name=Eve"]
    with pytest.raises(SystemExit, match="Suunta has no superusers"):
        execute_from_command_line(words)

    assert not User.objects.exists()


def test_the_console_has_the_same_rules(oiva, fiona, console):
    visitor = browser_of(oiva)
    person("Otso", Role.OPERATOR)

    visitor.post(f"/people/{oiva.pk}/", edited(oiva, "operator", "finance"))
    assert now(oiva).roles == ["operator"]
    waiting = RoleRequest.objects.get()
    assert [mail.to_email for mail in OutgoingEmail.objects.all()] == ["otso@console.example"]

    with in_console():
        role_changes.take_effect(at=timezone.now() + timedelta(days=1))
    assert now(oiva).roles == waiting.roles


def writes_of_roles(source: str) -> Iterator[ast.AST]:
    """Where somebody's roles are set: by an assignment, or by a word of a call that writes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == "roles" and isinstance(node.ctx, ast.Store):
            yield node
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in WRITERS:
            yield from (keyword for keyword in node.keywords if keyword.arg == "roles")


def test_nobody_writes_roles_on_another_road():
    found = {
        str(path.relative_to(ROOT))
        for floor in FLOORS
        for path in (ROOT / floor).rglob("*.py")
        if "migrations" not in path.parts and any(writes_of_roles(path.read_text()))
    }

    assert found == MAY_WRITE_ROLES


@pytest.mark.parametrize(
    "line",
    [
        "person.roles = ['supervisor']",
        "person.roles += ['supervisor']",
        "User.objects.filter(pk=1).update(roles=['supervisor'])",
        "User(email='eve@kaavi.example', roles=['supervisor'])",
        "User.objects.create(roles=['supervisor'])",
        "person.name, person.roles = name, roles",
    ],
)
def test_a_planted_road_is_found(line):
    assert list(writes_of_roles(line))
