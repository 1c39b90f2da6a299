"""A house for faults: what flows need, and the neighbour who looks after each fault."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tenants.accounts.permissions import Role
from tenants.database.current import connection
from tenants.scope import in_municipality
from tests import databases
from tests.bench.visiting import Visitor
from tests.casework.cases.making import a_case
from tests.faults.books import Books
from tests.faults.flows import Flow, visitor_of
from tests.faults.trial import Trial, quiet
from tests.people import browser_of, person

SCHEMAS = ("public", "kaavi", "tuusniemi")
OWN = "Tuusniemeläinen"  # the neighbour's client
OF_KAAVI = ("Meikäläinen", "Selkäkipu", "Puhuttu jaksamisesta")


@contextmanager
def trial_in(
    database: str, *, files: Path, mails: Path, ready: Callable[[], list[Flow]]
) -> Iterator[tuple[Trial, list[Flow]]]:
    """Make flows ready in a database of one's own, and give what is needed to try them."""
    flows, neighbour = ready(), _neighbour()
    connection.leave()
    with databases.as_superuser(database) as superuser, quiet():
        books = Books(superuser, SCHEMAS).keep()
        yield Trial(books, files, mails, neighbour, own=OWN, others=OF_KAAVI), flows


def _neighbour() -> Visitor:
    with in_municipality("tuusniemi"):
        cecilia = person("Cecilia", Role.COORDINATOR)
        a_case(by=cecilia, last_name=OWN)
        return visitor_of(browser_of(cecilia))
