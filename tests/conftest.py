"""Fixtures everybody uses: the four municipalities and the people in them.

`kaavi` enters the municipality for the whole test. Tests that need two enter the second with `in_municipality`.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest
from pytest_django.plugin import DjangoDbBlocker

from casework.figures.queries import forget_figures
from casework.models.own_annex import forget_own_annexes
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.hosts import forget_hosts
from tenants.models import Municipality
from tenants.scope import in_console, in_municipality
from tests import databases
from tests.clock import NOON
from tests.people import PortalClient, browser_of, person

__all__ = ["NOON"]


COPYING = pytest.StashKey[Future[bool]]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the servers and copy the kept database while the tests are being collected."""
    hands_out_to_workers = session.config.pluginmanager.has_plugin("dsession")
    if not session.config.option.collectonly and not hands_out_to_workers:
        session.config.stash[COPYING] = ThreadPoolExecutor(1).submit(databases.start_and_copy)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """Wait for that: tests change the environment, which says where the servers are."""
    if COPYING in session.config.stash:
        wait([session.config.stash[COPYING]])


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        databases.make_base_database(is_copied=request.config.stash[COPYING].result())
        yield
        databases.drop_database(databases.BASE)


@pytest.fixture(autouse=True)
def what_is_remembered_is_asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test's database said of hosts and figures is nothing to the next; within a test it holds."""
    forget_hosts()
    forget_figures()
    forget_own_annexes()
    monkeypatch.setattr("tenants.hosts.MEMORY", 3600.0)
    monkeypatch.setattr("casework.models.remembered.MEMORY", 3600.0)


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, str]]:
    """A copy of the database in which commits are real; its value is the environment for other processes."""
    with django_db_blocker.unblock(), databases.copied_database("suunta_test_own") as environment:
        yield environment


@pytest.fixture
def kaavi(db: None) -> Iterator[Municipality]:
    with in_municipality("kaavi") as municipality:
        yield municipality


@pytest.fixture
def tuusniemi(db: None) -> Municipality:
    """The neighbour; not entered."""
    with in_console():
        return databases.municipality("tuusniemi")


@pytest.fixture
def console(db: None) -> Iterator[None]:
    with in_console():
        yield


@pytest.fixture
def aino(kaavi: Municipality) -> User:
    return person("Aino", Role.COORDINATOR)


@pytest.fixture
def bertta(kaavi: Municipality) -> User:
    return person("Bertta", Role.SUPERVISOR)


@pytest.fixture
def daavid(kaavi: Municipality) -> User:
    return person("Daavid", Role.TEAM_MEMBER)


@pytest.fixture
def paula(kaavi: Municipality) -> User:
    """Portal administrator in Kaavi: people and roles, no case content."""
    return person("Paula", Role.PORTAL_ADMIN)


@pytest.fixture
def tiina(kaavi: Municipality) -> User:
    """Data-protection officer in Kaavi."""
    return person("Tiina", Role.PRIVACY_OFFICER)


@pytest.fixture
def cecilia(tuusniemi: Municipality) -> User:
    """Coordinator in Tuusniemi: the outsider."""
    with in_municipality(tuusniemi):
        return person("Cecilia", Role.COORDINATOR)


@pytest.fixture
def oiva(db: None) -> User:
    with in_console():
        return person("Oiva", Role.OPERATOR)


@pytest.fixture
def fiona(db: None) -> User:
    with in_console():
        return person("Fiona", Role.FINANCE)


@pytest.fixture
def aino_browser(aino: User) -> PortalClient:
    return browser_of(aino)
