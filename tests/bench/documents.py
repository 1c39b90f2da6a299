"""Documents per second: added with the checks of an upload and sealed, and fetched through the view."""

import io
import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.test import override_settings

from casework.documents import actions as documents
from casework.models import Case, Document
from tenants import files
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.scope import in_municipality
from tests.bench import population
from tests.bench.timing import milliseconds
from tests.casework.documents.paper import PDF
from tests.people import browser_of, person

SIZES = {"20 kB": 20_000, "200 kB": 200_000, "2 MB": 2_000_000}
ROUNDS, WARM_UP = 40, 5


def measure() -> dict[str, object]:
    """Answer for each size how many are added and fetched in a second, one after the other."""
    with tempfile.TemporaryDirectory() as folder, override_settings(FILES=Path(folder)), in_municipality("kaavi"):
        aino = person("Aino", Role.COORDINATOR)
        [case] = population.fill(aino, clients_wanted=1)
        browser = browser_of(aino)
        found = {name: _of_size(case, size, by=aino, fetch=browser.get) for name, size in SIZES.items()}
    return {"documents_per_second": found}


def _of_size(case: Case, size: int, *, by: User, fetch: Callable[[str], object]) -> dict[str, float]:
    added: list[Document] = []
    adding = [milliseconds(lambda: added.append(_add(case, size, by=by))) for _ in range(ROUNDS)]
    paths = [f"/cases/{case.number}/documents/{document.pk}/" for document in added]
    fetching = [milliseconds(lambda path=path: fetch(path)) for path in paths]  # type: ignore[misc]  # its default
    return {"added": _per_second(adding), "fetched": _per_second(fetching)}


def _add(case: Case, size: int, *, by: User) -> Document:
    """Add a PDF of about this size, each with other content."""
    stream = b"2 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n" % (size, os.urandom(size // 2).hex().encode())
    content = PDF.replace(b"xref\n", stream + b"xref\n", 1)
    file = files.check_upload(io.BytesIO(content), "paper.pdf")
    return documents.add(case=case, file=file, kind="other", title="Paper", dated_on=None, by=by, at=population.AT)


def _per_second(times: list[float]) -> float:
    return round(1000 / statistics.median(times[WARM_UP:]), 1)
