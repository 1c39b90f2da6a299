"""A change of roles: what is asked of a second person, who that is, and how it ends."""

from datetime import timedelta
from typing import Any

import pytest

from casework.models import Referral
from tenants.accounts import invitations, role_changes, staff
from tenants.accounts.models import Invitation, RoleRequest, User
from tenants.accounts.permissions import CONSOLE_ROLES, PORTAL_ROLES, Role, needs_second_person
from tenants.audit.models import AccessEntry
from tenants.mail.models import OutgoingEmail
from tests.casework.cases.making import a_case, a_referral
from tests.conftest import NOON
from tests.people import person

A_DAY_LATER = NOON + timedelta(days=1)
GUARDED = {"coordinator", "team_member", "supervisor", "privacy_officer"}


@pytest.fixture
def a_client(aino):
    """From now on there is something to see here."""
    return a_case(by=aino)


@pytest.fixture
def pekka(kaavi) -> User:
    """The other administrator."""
    return person("Pekka", Role.PORTAL_ADMIN)


def give(somebody: User, *roles: str, by: User) -> RoleRequest | None:
    somebody = User.objects.get(pk=somebody.pk)
    known: dict[str, Any] = {"name": somebody.name, "language": somebody.language, "version": somebody.version}
    return staff.change(person=somebody, roles=list(roles), **known, by=by, at=NOON)


def asked(somebody: User, *roles: str, by: User) -> RoleRequest:
    waiting = give(somebody, *roles, by=by)
    assert waiting is not None
    return waiting


def roles_of(somebody: User) -> list[str]:
    return User.objects.get(pk=somebody.pk).roles


def outcome_of(waiting: RoleRequest) -> str:
    return RoleRequest.objects.get(pk=waiting.pk).outcome


def told() -> list[str]:
    found = OutgoingEmail.objects.filter(template="accounts/emails/roles_asked")
    return sorted(mail.to_email.partition("@")[0] for mail in found)


def logged(somebody: User) -> list[tuple[str, str, str]]:
    entries = AccessEntry.objects.filter(subject=str(somebody.pk), action__startswith="person.").order_by("id")
    return [(entry.action.removeprefix("person."), entry.actor_name, entry.reason) for entry in entries]


# --- what is asked ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", PORTAL_ROLES + CONSOLE_ROLES)
def test_a_role_that_opens_cases_or_the_log_is_asked_once_there_is_something_to_see(role):
    before = [str(Role.FINANCE)] if role != Role.FINANCE else []
    known = {"is_own": False}

    assert needs_second_person(before, [role], **known, has_content=True) == (role in GUARDED)
    assert not needs_second_person(before, [role], **known, has_content=False)


@pytest.mark.parametrize("has_content", [True, False])
@pytest.mark.parametrize(
    ("before", "after", "is_own"),
    [
        (["portal_admin"], ["portal_admin", "coordinator"], True),
        (["portal_admin"], ["coordinator"], True),
        (["portal_admin"], ["portal_admin", "team_member"], False),
        (["portal_admin", "coordinator"], ["coordinator"], False),
        (["operator"], ["finance"], False),
        (["operator"], ["operator", "finance"], True),
    ],
)
def test_own_roles_and_those_of_an_administrator_are_always_asked(before, after, is_own, has_content):
    assert needs_second_person(before, after, is_own=is_own, has_content=has_content)


@pytest.mark.parametrize(("before", "after"), [(["coordinator"], ["coordinator"]), (["a", "b"], ["b", "a"])])
def test_what_stays_is_not_asked(before, after):
    assert not needs_second_person(before, after, is_own=True, has_content=True)


def test_taking_a_role_away_applies_at_once(paula, a_client):
    anna = person("Anna", Role.COORDINATOR, Role.TEAM_MEMBER)

    assert give(anna, "team_member", by=paula) is None
    assert roles_of(anna) == ["team_member"]


def test_nothing_is_asked_while_there_is_no_case(paula, daavid):
    assert give(daavid, "coordinator", by=paula) is None
    assert roles_of(daavid) == ["coordinator"]


def test_a_referral_that_waits_is_something_to_see(paula, aino, daavid):
    a_referral(by=aino, at=NOON, received_on=NOON.date())
    assert Referral.objects.exists()

    assert asked(daavid, "coordinator", by=paula).is_open


def test_where_nobody_says_what_there_is_everything_is_guarded(paula, daavid, monkeypatch):
    monkeypatch.setattr(role_changes, "_content", [])

    assert asked(daavid, "coordinator", by=paula).is_open


def test_the_name_is_saved_while_the_roles_wait(paula, daavid, a_client):
    known = {"language": "sv", "version": daavid.version}
    staff.change(person=daavid, name="Daavid L.", roles=["coordinator"], **known, by=paula, at=NOON)

    daavid.refresh_from_db()
    assert (daavid.name, daavid.language, daavid.roles) == ("Daavid L.", "sv", ["team_member"])


# --- who is asked, and what they are told -------------------------------------------------------------------------


def test_administrators_and_supervisors_are_told_but_who_asked_and_whose_roles_they_are(paula, pekka, bertta, a_client):
    person("Tiina", Role.PRIVACY_OFFICER)
    asked(bertta, "supervisor", "team_member", by=paula)

    assert told() == ["pekka"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_mail_says_which_roles_and_when_and_names_nobody(paula, bertta, daavid, a_client, language):
    User.objects.filter(pk=bertta.pk).update(language=language)
    waiting = asked(daavid, "coordinator", by=paula)

    mail = OutgoingEmail.objects.get(to=bertta)
    for part in (mail.text, mail.html):
        assert f"http://kaavi.localhost:8000/people/requests/{waiting.pk}/" in part
        assert "24.11.2026" in part
        assert {"fi": "Työkykykoordinaattori", "sv": "oordinator", "en": "Work-ability coordinator"}[language] in part
        assert not any(name in part for name in ("Daavid", "Paula", "daavid", "paula"))
    assert not any(name in mail.subject for name in ("Daavid", "Paula"))


# --- how it ends --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["pekka", "bertta"])
def test_another_administrator_or_the_supervisor_confirms(request, paula, daavid, a_client, who):
    second = request.getfixturevalue(who)
    waiting = asked(daavid, "coordinator", by=paula)
    assert roles_of(daavid) == ["team_member"]

    role_changes.confirm(role_request=waiting, by=second, at=NOON)

    assert roles_of(daavid) == ["coordinator"]
    change = "team_member → coordinator"
    assert logged(daavid) == [("roles_asked", "Paula", change), ("roles_confirmed", second.name, change)]


def test_a_supervisor_refuses_and_nothing_changes(paula, bertta, daavid, a_client):
    waiting = asked(daavid, "coordinator", by=paula)

    role_changes.refuse(role_request=waiting, by=bertta, at=NOON)

    role_changes.take_effect(at=A_DAY_LATER)
    assert roles_of(daavid) == ["team_member"]
    assert logged(daavid)[-1] == ("roles_refused", "Bertta", "team_member → coordinator")


@pytest.mark.parametrize("act", [role_changes.confirm, role_changes.refuse])
@pytest.mark.parametrize("who", ["paula", "daavid", "aino", "tiina"])
def test_nobody_else_answers(request, paula, daavid, a_client, who, act):
    """Not who asked, not whose roles they are, and nobody without the permission."""
    User.objects.filter(pk=daavid.pk).update(roles=["supervisor"])
    waiting = asked(daavid, "supervisor", "coordinator", by=paula)
    somebody = User.objects.get(pk=request.getfixturevalue(who).pk)

    with pytest.raises(role_changes.NotASecondPerson):
        act(role_request=waiting, by=somebody, at=NOON)

    assert roles_of(daavid) == ["supervisor"]


def test_only_who_asked_withdraws(paula, pekka, daavid, a_client):
    waiting = asked(daavid, "coordinator", by=paula)

    with pytest.raises(role_changes.NotYours):
        role_changes.withdraw(role_request=waiting, by=pekka, at=NOON)
    role_changes.withdraw(role_request=waiting, by=paula, at=NOON)

    assert outcome_of(waiting) == "withdrawn"
    with pytest.raises(role_changes.AlreadyClosed):
        role_changes.confirm(role_request=waiting, by=pekka, at=NOON)


def test_without_an_answer_it_takes_effect_after_a_day_and_once(paula, daavid, a_client):
    asked(daavid, "coordinator", by=paula)

    assert role_changes.take_effect(at=A_DAY_LATER - timedelta(seconds=1)) == 0
    assert roles_of(daavid) == ["team_member"]
    assert role_changes.take_effect(at=A_DAY_LATER) == 1
    assert role_changes.take_effect(at=A_DAY_LATER) == 0

    assert roles_of(daavid) == ["coordinator"]
    assert [what for what, _, _ in logged(daavid)] == ["roles_asked", "roles_unanswered"]


def test_own_roles_wait_for_somebody_who_could_say_no(paula, a_client):
    """Silence is an answer only where somebody could have spoken."""
    asked(paula, "portal_admin", "coordinator", by=paula)
    assert role_changes.take_effect(at=A_DAY_LATER) == 0
    assert roles_of(paula) == ["portal_admin"]

    person("Bertta", Role.SUPERVISOR)

    assert role_changes.take_effect(at=A_DAY_LATER) == 1
    assert roles_of(paula) == ["portal_admin", "coordinator"]


def test_a_newer_change_takes_the_place_of_the_one_that_waits(paula, bertta, daavid, a_client):
    first = asked(daavid, "coordinator", by=paula)
    second = asked(daavid, "supervisor", by=paula)

    assert (outcome_of(first), outcome_of(second)) == ("withdrawn", "")
    role_changes.take_effect(at=A_DAY_LATER)
    assert roles_of(daavid) == ["supervisor"]


def test_what_was_asked_before_the_account_was_closed_does_not_come_back(paula, bertta, daavid, a_client):
    waiting = asked(daavid, "coordinator", by=paula)

    staff.disable(person=daavid, by=paula, at=NOON)

    assert outcome_of(waiting) == "overtaken"


def test_what_somebody_asked_dies_with_their_account_or_role(paula, pekka, bertta, daavid, a_client):
    waiting = asked(daavid, "coordinator", by=pekka)
    resigning = asked(pekka, "team_member", by=paula)

    role_changes.confirm(role_request=resigning, by=bertta, at=NOON)

    assert outcome_of(waiting) == "overtaken"
    role_changes.take_effect(at=A_DAY_LATER)
    assert roles_of(daavid) == ["team_member"]


def test_what_the_database_was_told_past_us_is_not_overwritten(paula, bertta, daavid, a_client):
    waiting = asked(daavid, "coordinator", by=paula)
    User.objects.filter(pk=daavid.pk).update(roles=["supervisor"])

    with pytest.raises(role_changes.Overtaken):
        role_changes.confirm(role_request=waiting, by=bertta, at=NOON)
    assert role_changes.take_effect(at=A_DAY_LATER) == 1

    assert (outcome_of(waiting), roles_of(daavid)) == ("overtaken", ["supervisor"])


def test_the_last_administrator_is_not_taken_away_by_silence_either(paula, pekka, bertta):
    waiting = asked(pekka, "team_member", by=paula)
    User.objects.filter(pk=paula.pk).update(roles=["portal_admin"], is_active=False)

    assert role_changes.take_effect(at=A_DAY_LATER) == 1

    assert (outcome_of(waiting), roles_of(pekka)) == ("overtaken", ["portal_admin"])


# --- what goes together -------------------------------------------------------------------------------------------


def test_the_officer_is_no_administrator(paula, tiina):
    with pytest.raises(role_changes.OfficerAndAdministrator):
        give(tiina, "privacy_officer", "portal_admin", by=paula)
    known = {"email": "eeva@kaavi.example", "name": "Eeva", "by": paula, "at": NOON}
    with pytest.raises(role_changes.OfficerAndAdministrator):
        invitations.invite(roles=["portal_admin", "privacy_officer"], **known)
    assert not Invitation.objects.exists()


def test_who_has_both_from_before_keeps_working_and_can_be_put_right(paula, bertta):
    olli = person("Olli", Role.PRIVACY_OFFICER, Role.PORTAL_ADMIN)

    known: dict[str, Any] = {"language": "fi", "roles": olli.roles, "version": olli.version}
    staff.change(person=olli, name="Olli O.", **known, by=paula, at=NOON)
    assert User.objects.get(pk=olli.pk).name == "Olli O."

    role_changes.confirm(role_request=asked(olli, "privacy_officer", by=paula), by=bertta, at=NOON)
    assert roles_of(olli) == ["privacy_officer"]
