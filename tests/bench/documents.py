"""Documents: added as an upload is and sealed, fetched through the view, and papers printed; in yardsticks."""

import io
import os
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.wsgi import get_wsgi_application

from casework.consents import paper as consent_papers
from casework.documents import actions as documents
from casework.documents.word import report_docx
from casework.models import Case, Document
from tenants import files
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.printing import Report, Section, Table, report_pdf
from tenants.scope import in_municipality
from tests.bench import cost, population, yardstick
from tests.bench.cost import Side
from tests.bench.day import AT
from tests.bench.visiting import Visitor, visitor
from tests.people import person
from tests.tenants.uploads import pdf

SIZES = {"20_kB": 20_000, "200_kB": 200_000, "2_MB": 2_000_000}


def measure(*, rounds: int = 20) -> dict[str, Any]:
    """Answer for each size what adding and fetching cost, and how many can be done in a second of CPU time."""
    with in_municipality("kaavi") as municipality:
        municipality.host  # noqa: B018  (fetched now, while the domains can be read)
        aino = person("Aino", Role.COORDINATOR)
        [case] = population.fill(aino, clients_wanted=1)
        reader = visitor(aino, get_wsgi_application())
        cost.keep_connection()
    plain = yardstick.side(municipality, reader.cookies)
    rows: dict[str, dict[str, float]] = {}
    for name, size in SIZES.items():
        rows |= _of_size(case, size, name, by=aino, reader=reader, plain=plain, rounds=rounds)
    return {"rows": rows | _of_papers(case, plain=plain, rounds=rounds)}


def _of_papers(case: Case, *, plain: Side, rounds: int) -> dict[str, dict[str, float]]:
    """What printing costs: the paper with most boxes, and a letter of a dozen pages."""
    text = "Pystyy istumaan tai seisomaan noin puoli tuntia kerrallaan, mutta ei jaksa nostaa. " * 30
    table = Table(
        columns=["Sairaus", "ICD-10", "Alkaen"], rows=[["Välilevyrappeumasta johtuva iskias", "M51.1", "2015"]] * 30
    )
    sections = [Section(heading=f"Kohta {number}", paragraphs=[text], table=table) for number in range(12)]
    known: dict[str, Any] = {"title": "Kuvaus", "author": "Kaavi", "footer": "Asia", "on": AT.date()}
    long = Report(language="fi", sections=sections, **known)
    boxes = consent_papers.paper(case, language="fi", on=AT.date())
    printing: dict[str, Callable[[], Any]] = {
        "print_consents_pdf": lambda: report_pdf(boxes),
        "print_long_pdf": lambda: report_pdf(long),
        "print_long_docx": lambda: report_docx(long),
    }
    with in_municipality("kaavi"):
        found = cost.in_turns({**printing, "yardstick": plain}, rounds=rounds)
    return {
        act: {"yardsticks": found.ratio(act, "yardstick"), "milliseconds": found.milliseconds(act)} for act in printing
    }


def _of_size(
    case: Case, size: int, name: str, *, by: User, reader: Visitor, plain: Side, rounds: int
) -> dict[str, dict[str, float]]:
    contents = [_content(size)]
    added: list[Document] = []
    _add(case, contents, added, by=by)
    path = f"/cases/{case.number}/documents/{{}}/"
    found = cost.in_turns(
        {
            "add": Side(partial(_add, case, contents, added, by=by), before=lambda: contents.append(_content(size))),
            "fetch": lambda: reader.get(path.format(added[0].pk)),
            "yardstick": plain,
        },
        rounds=rounds,
    )
    return {
        f"{act}_{name}": {
            "yardsticks": found.ratio(act, "yardstick"),
            "milliseconds": found.milliseconds(act),
            "a_second": round(1000 / found.milliseconds(act), 1),
        }
        for act in ("add", "fetch")
    }


def _content(size: int) -> bytes:
    """A PDF of about this size, each with other content."""
    return pdf(more=[b"<</Length %d>>stream\n%s\nendstream" % (size // 2 * 2, os.urandom(size // 2).hex().encode())])


def _add(case: Case, contents: list[bytes], added: list[Document], *, by: User) -> None:
    with in_municipality("kaavi"):
        file = files.check_upload(io.BytesIO(contents.pop()), "paper.pdf")
        added.append(documents.add(case=case, file=file, kind="other", title="Paper", dated_on=None, by=by, at=AT))
