"""The one road to a person's roles: at once, by the word of a second person, or after a day in which nobody said no.

What needs a second person is a table of values (`permissions.needs_second_person`); how it is asked is here. Who may
open the pages, and what else is known of a person, is left to the views and to `staff`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from tenants import due
from tenants.accounts import acts, letters
from tenants.accounts.models import Invitation, RoleRequest, User
from tenants.accounts.permissions import (
    CONSOLE_ROLES,
    PORTAL_ROLES,
    Permission,
    Role,
    manages_people,
    needs_second_person,
    roles_with,
    watches_administrators,
)
from tenants.errors import Refusal
from tenants.rounds import Round
from tenants.scope import active_municipality

WAIT = timedelta(days=1)

Outcome = RoleRequest.Outcome

_content: list[Callable[[], bool]] = []


class RoleNotOffered(Refusal):
    user_message = _("This role does not exist here.")
    field = "roles"


class OfficerAndAdministrator(Refusal):
    user_message = _(
        "The data-protection officer reads who did what with people and roles, so the two cannot be one person. "
        "Choose one of these roles."
    )
    field = "roles"


class LastAdministrator(Refusal):
    user_message = _("Nobody else could look after people and roles. Give somebody else that role first.")
    field = "roles"


class AlreadyClosed(Refusal):
    user_message = _("This has been settled already.")


class NotASecondPerson(Refusal):
    user_message = _("You asked for this, or the roles are yours. Somebody else has to say yes or no.")


class NotYours(Refusal):
    user_message = _("Only who asked for this can withdraw it. You can refuse it.")


class Overtaken(Refusal):
    user_message = _("The account has changed since this was asked. It has to be asked for again.")


# --- what may be given --------------------------------------------------------------------------------------------


def guard_when(has_content: Callable[[], bool]) -> None:
    """Let an upper floor say whether there is anything here yet that a role opens; called once from AppConfig.ready."""
    _content.append(has_content)


def offered() -> tuple[Role, ...]:
    """The roles people can have on this side of the house."""
    return PORTAL_ROLES if active_municipality() else CONSOLE_ROLES


def check(roles: list[str]) -> None:
    """Refuse roles of the other side of the house, none at all, and two that do not go together.

    Raises:
        RoleNotOffered, OfficerAndAdministrator
    """
    if not roles or not set(roles) <= {str(role) for role in offered()}:
        raise RoleNotOffered
    if watches_administrators(roles):
        raise OfficerAndAdministrator


# --- giving and asking --------------------------------------------------------------------------------------------


def locked(person: User, *, stays_administrator: bool) -> User:
    """Lock a person, after everybody who manages people: two administrators must not remove each other.

    Raises:
        LastAdministrator: nobody would be left who manages people.
    """
    everybody = User.objects.select_for_update(no_key=True).order_by("pk")
    administrators = everybody.filter(is_active=True, roles__overlap=roles_with(Permission.MANAGE_PEOPLE))
    others = [administrator for administrator in administrators if administrator.pk != person.pk]
    person = everybody.get(pk=person.pk)
    if person.has(Permission.MANAGE_PEOPLE) and not stays_administrator and not others:
        raise LastAdministrator
    return person


def give(*, person: User, roles: list[str], by: User, at: datetime) -> RoleRequest | None:
    """Give a locked person these roles, which the caller saves; or ask for them, and answer what waits now.

    A closed account is given them at once: nobody has them before it is opened again, and then they are asked for.
    """
    if set(roles) == set(person.roles):
        return None
    for waiting in _open_of(person):
        _close(waiting, Outcome.WITHDRAWN, by=by, at=at)
    if person.is_active and _is_asked(person.roles, roles, person=person, by=by):
        return _ask(RoleRequest(person=person, roles_before=person.roles, roles=roles), by=by, at=at)
    _set(person, roles, by=by, at=at)
    return None


def open_again(*, person: User, by: User, at: datetime) -> RoleRequest | None:
    """Open a locked, closed account, which the caller saves; or ask for it, because of the roles that it has."""
    for waiting in _open_of(person):
        return waiting
    if _is_asked([], person.roles, person=person, by=by):
        return _ask(RoleRequest(person=person, roles_before=[], roles=person.roles, opens_account=True), by=by, at=at)
    person.is_active = True
    return None


def end_what_they_began(person: User, *, by: User, at: datetime) -> None:
    """Let the invitations and requests of somebody who manages people no more die with that."""
    open_ones = Invitation.objects.select_for_update().filter(invited_by=person, accepted_at=None, withdrawn_at=None)
    for invitation in open_ones:
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])
        acts.record("person.invitation_withdrawn", key=invitation.pk, by=by)
    for waiting in RoleRequest.objects.select_for_update().filter(asked_by=person, closed_at=None):
        _close(waiting, Outcome.OVERTAKEN, by=by, at=at)


def forget_waiting(person: User, *, by: User, at: datetime) -> None:
    """Close what waits for a person whose account is closed."""
    for waiting in _open_of(person):
        _close(waiting, Outcome.OVERTAKEN, by=by, at=at)


def second_persons(role_request: RoleRequest) -> QuerySet[User]:
    """Find who may say yes or no to a request: administrators and supervisors, but those whom it concerns."""
    concerned = [role_request.asked_by_id, role_request.person_id]
    return User.objects.filter(is_active=True, roles__overlap=roles_with(Permission.CONFIRM_ROLES)).exclude(
        pk__in=concerned
    )


def has_second_person(role_request: RoleRequest) -> bool:
    """Tell whether anybody could say yes or no to a request."""
    return second_persons(role_request).exists()


# --- answering ----------------------------------------------------------------------------------------------------


@transaction.atomic
def confirm(*, role_request: RoleRequest, by: User, at: datetime) -> None:
    """Say yes as a second person: the change applies from the person's next request on.

    Raises:
        NotASecondPerson, AlreadyClosed
        Overtaken: the account is not what it was, or who asked may ask no more.
        LastAdministrator: nobody would be left who manages people.
    """
    person, role_request = _locked_both(role_request)
    _check_decides(role_request, by)
    if _is_overtaken(role_request, person):
        raise Overtaken
    _apply(role_request, person, Outcome.CONFIRMED, by=by, at=at)


@transaction.atomic
def refuse(*, role_request: RoleRequest, by: User, at: datetime) -> None:
    """Say no as a second person: everything stays as it is.

    Raises:
        NotASecondPerson, AlreadyClosed
    """
    role_request = _still_open(role_request)
    _check_decides(role_request, by)
    _close(role_request, Outcome.REFUSED, by=by, at=at)


@transaction.atomic
def withdraw(*, role_request: RoleRequest, by: User, at: datetime) -> None:
    """Take back what one asked for.

    Raises:
        NotYours, AlreadyClosed
    """
    role_request = _still_open(role_request)
    if role_request.asked_by_id != by.pk:
        raise NotYours
    _close(role_request, Outcome.WITHDRAWN, by=by, at=at)


def take_effect(*, at: datetime) -> int:
    """Apply what has waited for its day, of the side one is on, and close what is not valid any more; answer how many.

    Raises:
        SomeFailed
    """
    everything = Round()
    waiting = RoleRequest.objects.filter(closed_at=None, takes_effect_at__lte=at).order_by("takes_effect_at")
    for role_request in list(waiting):
        with everything.turn(f"role request {role_request.pk}"):
            everything.count += _settle(role_request, at=at)
    return everything.end()


def next_effect() -> datetime | None:
    """Answer when the day of the first change that waits is over."""
    first: datetime | None = RoleRequest.objects.filter(closed_at=None).aggregate(first=Min("takes_effect_at"))["first"]
    return first


def _settle(role_request: RoleRequest, *, at: datetime) -> bool:
    """Apply or close one whose day is over. One's own roles are not given by silence where nobody could speak."""
    if role_request.is_own and not has_second_person(role_request):
        return False
    try:
        _apply_unanswered(role_request, at=at)
    except AlreadyClosed:
        return False
    except (Overtaken, LastAdministrator):
        _close_overtaken(role_request, at=at)
    return True


@transaction.atomic
def _apply_unanswered(role_request: RoleRequest, *, at: datetime) -> None:
    person, role_request = _locked_both(role_request)
    if _is_overtaken(role_request, person):
        raise Overtaken
    _apply(role_request, person, Outcome.UNANSWERED, by=role_request.asked_by, at=at)


@transaction.atomic
def _close_overtaken(role_request: RoleRequest, *, at: datetime) -> None:
    role_request = _still_open(role_request)
    _close(role_request, Outcome.OVERTAKEN, by=role_request.asked_by, at=at)


# --- steps --------------------------------------------------------------------------------------------------------


def _is_asked(before: list[str], after: list[str], *, person: User, by: User) -> bool:
    return needs_second_person(before, after, is_own=person.pk == by.pk, has_content=_has_content())


def _has_content() -> bool:
    """The console shows no case; where nobody says what there is, everything is guarded."""
    return active_municipality() is not None and (not _content or any(has_content() for has_content in _content))


def _ask(role_request: RoleRequest, *, by: User, at: datetime) -> RoleRequest:
    role_request.asked_by, role_request.asked_at, role_request.takes_effect_at = by, at, at + WAIT
    role_request.save(force_insert=True)
    due.announce(due.Kind.ROLES, at=role_request.takes_effect_at)
    _record("asked", role_request, by=by)
    for somebody in second_persons(role_request):
        letters.roles_asked(role_request, to=somebody, at=at)
    return role_request


def _apply(role_request: RoleRequest, person: User, outcome: Outcome, *, by: User, at: datetime) -> None:
    _close(role_request, outcome, by=by, at=at)
    _set(person, role_request.roles, by=by, at=at)
    person.is_active = True
    person.save_version("roles", "is_active")


def _set(person: User, roles: list[str], *, by: User, at: datetime) -> None:
    is_resigning = manages_people(person.roles) and not manages_people(roles)
    person.roles = roles
    if is_resigning:
        end_what_they_began(person, by=by, at=at)


def _close(role_request: RoleRequest, outcome: Outcome, *, by: User, at: datetime) -> None:
    role_request.outcome, role_request.closed_by, role_request.closed_at = outcome, by, at
    role_request.save(update_fields=["outcome", "closed_by", "closed_at"])
    _record(outcome, role_request, by=by)


def _record(what: str, role_request: RoleRequest, *, by: User) -> None:
    change = acts.change_of_roles(role_request.roles_before, role_request.roles)
    acts.record(f"person.roles_{what}", key=role_request.person_id, by=by, reason=change)


def _open_of(person: User) -> QuerySet[RoleRequest]:
    return RoleRequest.objects.select_for_update().filter(person=person, closed_at=None)


def _locked_both(role_request: RoleRequest) -> tuple[User, RoleRequest]:
    """Lock the person first, as whoever changes them does."""
    person = locked(role_request.person, stays_administrator=manages_people(role_request.roles))
    return person, _still_open(role_request)


def _still_open(role_request: RoleRequest) -> RoleRequest:
    rows = RoleRequest.objects.select_for_update(of=("self",)).select_related("asked_by")
    found = rows.filter(pk=role_request.pk, closed_at=None).first()
    if found is None:
        raise AlreadyClosed
    return found


def _check_decides(role_request: RoleRequest, by: User) -> None:
    if not role_request.may_be_decided_by(by):
        raise NotASecondPerson


def _is_overtaken(role_request: RoleRequest, person: User) -> bool:
    """Tell whether the account is not what it was when this was asked, or who asked may ask no more."""
    expected = role_request.roles if role_request.opens_account else role_request.roles_before
    is_as_it_was = set(person.roles) == set(expected) and person.is_active != role_request.opens_account
    return not (is_as_it_was and role_request.asked_by.has(Permission.MANAGE_PEOPLE))
