"""Invitations: one link, one account, one week; the account starts with setting up the second step."""

import re
from datetime import timedelta

import pytest

from tenants.accounts import invitations, role_changes, staff
from tenants.accounts.models import Invitation, RoleRequest, User
from tenants.accounts.permissions import Role
from tenants.audit.models import AccessEntry
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_console
from tests.conftest import NOON
from tests.people import browser_of, person
from tests.tenants.accounts.signing_in import SET_UP, browser_at

PASSWORD = "kuusi-koivu-mänty-haapa"
GOOD = {"name": "Eeva Esimerkki", "password": PASSWORD, "password_again": PASSWORD}


def invite(paula, **changes) -> Invitation:
    values = {"email": "eeva@kaavi.example", "name": "Eeva", "roles": [Role.COORDINATOR], "by": paula, "at": NOON}
    return invitations.invite(**{**values, **changes})


def link_in_the_mail():
    return OutgoingEmail.objects.all()[0].text.partition(":8000")[2].split()[0]


def token_in_the_mail():
    return link_in_the_mail().split("/")[2]


def test_the_link_makes_an_account_and_leads_to_the_second_step(paula):
    invite(paula, language="sv", roles=[Role.COORDINATOR, Role.SUPERVISOR])
    visitor = browser_at("kaavi")

    assert "eeva@kaavi.example" in visitor.get(link_in_the_mail()).content.decode()
    answer = visitor.post(link_in_the_mail(), GOOD)

    eeva = User.objects.get(email="eeva@kaavi.example")
    assert (eeva.name, eeva.language, eeva.roles) == ("Eeva Esimerkki", "sv", ["coordinator", "supervisor"])
    assert eeva.check_password(PASSWORD)
    assert visitor.get(answer.headers["Location"]).headers["Location"] == SET_UP
    assert visitor.get(SET_UP).status_code == 200
    assert visitor.cookies["suunta_language"].value == "sv"


def test_who_is_signed_in_as_somebody_else_becomes_the_invited_person(paula, bertta):
    invite(paula)
    visitor = browser_of(bertta)

    visitor.post(link_in_the_mail(), GOOD)

    assert visitor.get("/people/").headers["Location"] == SET_UP


def test_the_link_works_once(paula):
    invite(paula)
    browser_at("kaavi").post(link_in_the_mail(), GOOD)

    for answer in (browser_at("kaavi").get(link_in_the_mail()), browser_at("kaavi").post(link_in_the_mail(), GOOD)):
        assert answer.status_code == 410
    assert User.objects.filter(email="eeva@kaavi.example").count() == 1


def test_the_link_works_for_a_week(paula):
    invite(paula)

    invitations.find(token_in_the_mail(), at=NOON + timedelta(days=7, seconds=-1))
    with pytest.raises(invitations.InvitationNotValid):
        invitations.find(token_in_the_mail(), at=NOON + timedelta(days=7))


def test_the_link_of_one_municipality_is_nothing_in_another(paula):
    invite(paula)
    link = link_in_the_mail()

    assert browser_at("kaavi").get(link).status_code == 200
    assert browser_at("tuusniemi").get(link).status_code == 410
    assert browser_at("console").get(link).status_code == 410


def test_a_second_invitation_to_the_same_address_makes_the_first_link_useless(paula):
    invite(paula)
    first = token_in_the_mail()

    invite(paula, email="EEVA@kaavi.example")

    with pytest.raises(invitations.InvitationNotValid):
        invitations.find(first, at=NOON)
    assert invitations.find(token_in_the_mail(), at=NOON).email == "eeva@kaavi.example"


def test_who_has_an_account_is_not_invited(paula, aino):
    with pytest.raises(invitations.AlreadyAMember):
        invite(paula, email="Aino@kaavi.example")

    assert not Invitation.objects.exists()
    assert not OutgoingEmail.objects.exists()


@pytest.mark.parametrize("roles", [[], [Role.OPERATOR], [Role.COORDINATOR, Role.FINANCE], ["emperor"]])
def test_roles_of_the_other_side_are_not_given(paula, roles):
    with pytest.raises(role_changes.RoleNotOffered):
        invite(paula, roles=roles)


def test_the_token_is_in_the_mail_only(paula):
    invitation = invite(paula)

    assert token_in_the_mail() not in str(Invitation.objects.values().get(pk=invitation.pk))


def test_a_withdrawn_invitation_does_not_open(paula):
    invitation = invite(paula)
    link = link_in_the_mail()

    invitations.withdraw(invitation=invitation, by=paula, at=NOON)

    assert browser_at("kaavi").get(link).status_code == 410
    with pytest.raises(invitations.InvitationNotValid):
        invitations.withdraw(invitation=invitation, by=paula, at=NOON)


def test_the_access_log_tells_one_story_of_a_person(paula):
    invitation = invite(paula)
    eeva = invitations.accept(token=token_in_the_mail(), name="Eeva", password=PASSWORD, at=NOON)

    assert eeva.pk == invitation.pk
    story = AccessEntry.objects.filter(subject_kind="person", subject=str(eeva.pk)).order_by("id")
    assert [(entry.action, entry.actor_name) for entry in story] == [
        ("person.invited", "Paula"),
        ("person.joined", "Eeva"),
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"password": "lyhyt", "password_again": "lyhyt"}, "password"),
        ({"password": "eeva@kaavi.example", "password_again": "eeva@kaavi.example"}, "password"),
        ({"password": "123456789012345", "password_again": "123456789012345"}, "password"),
        ({"password_again": "jotakin-aivan-muuta"}, "password_again"),
        ({"name": ""}, "name"),
        ({"password": "", "password_again": ""}, "password"),
    ],
)
def test_a_weak_or_mistyped_password_is_told_at_its_field(paula, changes, field):
    invite(paula)

    answer = browser_at("kaavi").post(link_in_the_mail(), {**GOOD, **changes})

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not User.objects.filter(email="eeva@kaavi.example").exists()


def test_somebody_who_got_an_account_meanwhile_is_told(paula):
    invite(paula)
    User.objects.create(email="eeva@kaavi.example", name="Eeva")

    answer = browser_at("kaavi").post(link_in_the_mail(), GOOD)

    assert answer.context["form"].errors


def test_the_first_administrator_is_invited_by_nobody(kaavi):
    invitation = invitations.invite_first(email="First@kaavi.example", roles=[Role.PORTAL_ADMIN], at=NOON)

    assert (invitation.invited_by, invitation.email) == (None, "first@kaavi.example")
    assert OutgoingEmail.objects.get().to_email == "first@kaavi.example"


def resign(paula, pekka):
    known = {"name": paula.name, "language": paula.language, "version": paula.version}
    staff.change(person=paula, roles=["coordinator"], **known, by=pekka, at=NOON)
    role_changes.confirm(role_request=RoleRequest.objects.get(), by=person("Bertta", Role.SUPERVISOR), at=NOON)


def be_closed(paula, pekka):
    staff.disable(person=paula, by=pekka, at=NOON)


@pytest.mark.parametrize("leave", [resign, be_closed])
def test_an_invitation_dies_with_its_inviters_account_or_role(paula, leave):
    invite(paula)
    link, pekka = link_in_the_mail(), person("Pekka", Role.PORTAL_ADMIN)

    leave(paula, pekka)

    assert browser_at("kaavi").get(link).status_code == 410
    assert browser_at("kaavi").post(link, GOOD).status_code == 410
    assert AccessEntry.objects.filter(action="person.invitation_withdrawn").exists()
    User.objects.filter(pk=paula.pk).update(is_active=True, roles=["portal_admin"])
    assert browser_at("kaavi").get(link).status_code == 410


@pytest.mark.parametrize("left", [{"is_active": False}, {"roles": ["coordinator"]}])
def test_an_invitation_of_somebody_who_left_long_ago_does_not_open_either(paula, left):
    """Before, nobody withdrew it: an earlier version's invitations are looked at when they are opened."""
    invite(paula)
    User.objects.filter(pk=paula.pk).update(**left)
    pekka = person("Pekka", Role.PORTAL_ADMIN)

    assert browser_at("kaavi").get(link_in_the_mail()).status_code == 410
    assert "Kutsuja ei ole enää pääkäyttäjä" in browser_of(pekka).get("/people/").content.decode()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_mail_and_the_page_say_who_invites_and_where(paula, language):
    invite(paula, language=language)

    mail = OutgoingEmail.objects.get()
    page = browser_at("kaavi").get(link_in_the_mail()).content.decode()
    for text in (mail.text, mail.html, page):
        assert re.search(r"(Kutsuja|Inbjuden av|Invited by): Paula", text)
        assert re.search(r"(Kunta|Kommun|Municipality): Kaavi", text)


def test_the_first_invitation_and_the_consoles_say_so_too(oiva, kaavi):
    invitations.invite_first(email="first@kaavi.example", roles=[Role.PORTAL_ADMIN], at=NOON)
    assert "Kutsuja: Suunnan ylläpito\nKunta: Kaavi" in OutgoingEmail.objects.get().text

    with in_console():
        invite(oiva, roles=[Role.FINANCE])
        assert "Kutsuja: Oiva\nPaikka: Suunnan hallinta" in OutgoingEmail.objects.get().text
