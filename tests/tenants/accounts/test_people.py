"""The pages about people: who may open them, what they change, and how soon it applies."""

from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator

from tenants.accounts.models import RoleRequest, User
from tenants.accounts.permissions import Role
from tenants.audit.models import AccessEntry
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_console
from tests.people import browser_of, person
from tests.tenants.accounts.signing_in import give_phone, is_in

INVITATION = {"name": "Eeva", "email": "eeva@kaavi.example", "roles": ["coordinator"], "language": "fi"}


def edited(somebody: User, **changes):
    known = {"name": somebody.name, "language": somebody.language, "roles": somebody.roles, "version": somebody.version}
    return {**known, **changes}


def paths_about(somebody: User) -> dict[str, dict[str, object]]:
    """Every page about people with something to post to it."""
    return {
        "/people/": {},
        "/people/invite/": INVITATION,
        f"/people/{somebody.pk}/": edited(somebody, roles=["portal_admin"]),
        f"/people/{somebody.pk}/disable/": {},
        f"/people/{somebody.pk}/enable/": {},
        f"/people/{somebody.pk}/second-factor/": {"reason": "lost"},
        f"/people/invitations/{uuid4()}/withdraw/": {},
    }


@pytest.mark.parametrize("who", ["aino", "bertta", "daavid", "tiina"])
def test_only_administrators_of_the_portal_open_them(request, daavid, who):
    visitor = browser_of(request.getfixturevalue(who))

    for path, values in paths_about(daavid).items():
        assert visitor.get(path).status_code in {403, 405}, path
        assert visitor.post(path, values).status_code in {403, 405}, path
    assert User.objects.get(pk=daavid.pk).roles == ["team_member"]


def test_finance_does_not_open_them_on_the_console(fiona, oiva, console):
    visitor = browser_of(fiona)

    for path, values in paths_about(oiva).items():
        assert visitor.get(path).status_code in {403, 405}, path
        assert visitor.post(path, values).status_code in {403, 405}, path


def test_people_of_another_municipality_do_not_exist_here(paula, cecilia):
    visitor = browser_of(paula)

    for path, values in paths_about(cecilia).items():
        if str(cecilia.pk) in path:
            assert visitor.post(path, values).status_code == 404, path
    assert cecilia.email not in visitor.get("/people/").content.decode()


def test_the_list_shows_everybody_with_roles_and_second_step(paula, daavid):
    give_phone(daavid)

    page = browser_of(paula).get("/people/")

    listed = {found.name: found.has_second_factor for found in page.context["page"]}
    assert listed == {"Daavid": True, "Paula": False}
    assert daavid.email in page.content.decode()


def test_the_list_needs_few_queries_whatever_the_number_of_people(paula, django_assert_max_num_queries):
    visitor = browser_of(paula)
    for number in range(60):
        person(f"Nro{number}", Role.TEAM_MEMBER)

    with django_assert_max_num_queries(15):
        visitor.get("/people/")


def test_inviting_writes_a_mail_and_lists_the_invitation(paula):
    visitor = browser_of(paula)

    assert visitor.post("/people/invite/", INVITATION).headers["Location"] == "/people/"

    assert OutgoingEmail.objects.get().to_email == INVITATION["email"]
    assert [invitation.name for invitation in visitor.get("/people/").context["invitations"]] == ["Eeva"]


def test_inviting_offers_the_roles_of_this_side_only(paula, oiva):
    assert list(dict(browser_of(paula).get("/people/invite/").context["form"].fields["roles"].choices)) == [
        "coordinator",
        "team_member",
        "supervisor",
        "portal_admin",
        "privacy_officer",
    ]
    with in_console():
        assert list(dict(browser_of(oiva).get("/people/invite/").context["form"].fields["roles"].choices)) == [
            "operator",
            "finance",
        ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "paula@kaavi.example"}, "email"),
        ({"email": "no address"}, "email"),
        ({"roles": []}, "roles"),
        ({"roles": ["operator"]}, "roles"),
        ({"name": ""}, "name"),
        ({"language": "de"}, "language"),
    ],
)
def test_a_mistake_in_an_invitation_is_told_at_its_field(paula, changes, field):
    answer = browser_of(paula).post("/people/invite/", {**INVITATION, **changes})

    assert list(answer.context["form"].errors) == [field]
    assert not OutgoingEmail.objects.exists()


def test_withdrawing_an_invitation_takes_it_off_the_list(paula):
    visitor = browser_of(paula)
    visitor.post("/people/invite/", INVITATION)
    invitation = visitor.get("/people/").context["invitations"][0]

    visitor.post(f"/people/invitations/{invitation.pk}/withdraw/")

    assert not visitor.get("/people/").context["invitations"]
    assert visitor.post(f"/people/invitations/{invitation.pk}/withdraw/").status_code == 404


def test_a_new_role_applies_at_the_next_request(paula, aino):
    aino_browser = browser_of(aino)
    assert aino_browser.get("/people/").status_code == 403

    browser_of(paula).post(f"/people/{aino.pk}/", edited(aino, roles=["portal_admin"], name="Aino A.", language="sv"))

    assert aino_browser.get("/people/").status_code == 200
    aino.refresh_from_db()
    assert (aino.name, aino.language, aino.version) == ("Aino A.", "sv", 2)
    entry = AccessEntry.objects.get(action="person.changed")
    assert (entry.actor_name, entry.subject, entry.reason) == ("Paula", str(aino.pk), "coordinator → portal_admin")


def test_who_saves_second_is_told_and_keeps_what_was_typed(paula, aino):
    visitor = browser_of(paula)
    visitor.post(f"/people/{aino.pk}/", edited(aino, name="First"))

    answer = visitor.post(f"/people/{aino.pk}/", edited(aino, name="Second"))

    assert answer.context["form"].non_field_errors()
    assert 'value="Second"' in answer.content.decode()
    assert User.objects.get(pk=aino.pk).name == "First"
    assert visitor.post(f"/people/{aino.pk}/", edited(aino, name="Second", version=2)).status_code == 302


def test_a_closed_account_is_out_at_once_and_stays_out_of_its_old_sessions(paula, tiina):
    tiinas, paulas = browser_of(tiina), browser_of(paula)
    tiina.roles = ["portal_admin"]
    tiina.save()
    assert is_in(tiinas)

    paulas.post(f"/people/{tiina.pk}/disable/")
    assert not is_in(tiinas)

    paulas.post(f"/people/{tiina.pk}/enable/")
    assert not is_in(tiinas)
    assert is_in(browser_of(User.objects.get(pk=tiina.pk)))
    assert set(AccessEntry.objects.values_list("action", flat=True)) == {"person.disabled", "person.enabled"}


def test_the_last_administrator_stays(paula, aino):
    visitor = browser_of(paula)

    answer = visitor.post(f"/people/{paula.pk}/", edited(paula, roles=["coordinator"]))

    assert list(answer.context["form"].errors) == ["roles"]
    assert User.objects.get(pk=paula.pk).roles == ["portal_admin"]


def test_a_closed_account_does_not_count_as_an_administrator(paula):
    person("Pekka", Role.PORTAL_ADMIN)
    User.objects.filter(name="Pekka").update(is_active=False)

    answer = browser_of(paula).post(f"/people/{paula.pk}/", edited(paula, roles=["coordinator"]))

    assert list(answer.context["form"].errors) == ["roles"]


def test_an_administrator_may_hand_over_to_another_who_says_yes(paula):
    pekka = person("Pekka", Role.PORTAL_ADMIN)

    answer = browser_of(paula).post(f"/people/{paula.pk}/", edited(paula, roles=["coordinator"]))
    assert answer.status_code == 302
    waiting = RoleRequest.objects.get()
    browser_of(pekka).post(f"/people/requests/{waiting.pk}/confirm/")

    assert User.objects.get(pk=paula.pk).roles == ["coordinator"]


def test_nobody_closes_or_resets_their_own_account(paula):
    person("Pekka", Role.PORTAL_ADMIN)
    give_phone(paula)
    visitor = browser_of(paula)

    assert visitor.post(f"/people/{paula.pk}/disable/").status_code == 409
    assert visitor.post(f"/people/{paula.pk}/second-factor/", {"reason": "lost"}).context["form"].errors
    assert is_in(visitor)
    assert Authenticator.objects.filter(user=paula).exists()


def test_taking_away_the_second_step_needs_a_reason_ends_sessions_and_is_told_and_logged(paula, tiina):
    give_phone(tiina)
    tiina.roles = ["portal_admin"]
    tiina.save()
    tiinas, paulas = browser_of(tiina), browser_of(paula)

    assert paulas.post(f"/people/{tiina.pk}/second-factor/", {"reason": " "}).context["form"].errors
    assert is_in(tiinas)
    paulas.post(f"/people/{tiina.pk}/second-factor/", {"reason": "Called back, phone in the lake"})

    assert not is_in(tiinas)
    assert not Authenticator.objects.filter(user=tiina).exists()
    assert OutgoingEmail.objects.get(to=tiina).template == "accounts/emails/second_factor_changed"
    entry = AccessEntry.objects.get(action="person.second_factor_reset")
    assert (entry.subject, entry.reason) == (str(tiina.pk), "Called back, phone in the lake")


def test_operators_look_after_the_people_of_the_console(oiva, fiona, console):
    visitor = browser_of(oiva)

    assert visitor.get("/people/").status_code == 200
    assert visitor.post(f"/people/{fiona.pk}/", edited(fiona, roles=["finance", "operator"])).status_code == 302
    assert User.objects.get(pk=fiona.pk).roles == ["finance", "operator"]
    assert list(visitor.post(f"/people/{fiona.pk}/", edited(fiona, roles=["coordinator"])).context["form"].errors) == [
        "roles"
    ]
