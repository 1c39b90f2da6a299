"""Every paper of the house can be read by those who do not see it: language, title, headings and heads of tables."""

from itertools import pairwise
from typing import Any

import pytest
from django.urls import reverse
from outloud import check

from tenants.accounts.models import User
from tenants.accounts.permissions import PORTAL_ROLES, Role
from tests.browser.furnishing import portal
from tests.papers import ReadPdf, read_docx, read_pdf
from tests.people import PortalClient, browser_of, person
from tests.rules.routes import Route, all_routes

PAPERS = [
    route for route in all_routes() if route.side == "portal" and route.name.endswith(("_pdf", "_docx", "_paper"))
]
WORDS = [route for route in PAPERS if route.name.endswith("_docx")]
HEADINGS = ("/H1", "/H2", "/H3")
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def aino(kaavi) -> User:
    """Somebody who may do everything on this side, so that every page can be furnished."""
    return person("Aino", *(Role(role) for role in PORTAL_ROLES))


@pytest.fixture
def house(aino) -> dict[str, Any]:
    return portal(aino)


def fetched(browser: PortalClient, house: dict[str, Any], route: Route) -> bytes:
    """The content of a paper, which is of the kind that its name says."""
    address = reverse(route.name, kwargs={name: house[name] for name, _kind in route.arguments})
    answer: Any = browser.get(address, follow=True)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, WORD if route in WORDS else PDF), route.name
    return bytes(answer.content)


def faults(found: ReadPdf) -> list[str]:
    """What a reader who does not see the paper would miss."""
    headings = [tag for tag in found.tags if tag in HEADINGS]
    levels = [HEADINGS.index(heading) for heading in headings]
    wrong = {
        "language": found.language not in {"fi", "sv", "en"},
        "title": not found.title.strip() or not found.shows_title,
        "tags": not found.is_marked or not found.is_universal,
        "one first heading": headings[:1] != ["/H1"] or headings.count("/H1") != 1,
        "a level of headings left out": any(after > before + 1 for before, after in pairwise(levels)),
        "heads of tables": "/Table" in found.tags and found.tags.count("/THead") != found.tags.count("/Table"),
        "letters": "\ufffd" in found.text,
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


def test_there_are_papers_of_both_kinds():
    assert len(PAPERS) - len(WORDS) >= 9
    assert len(WORDS) >= 4


def test_every_paper_says_what_its_reader_needs(aino, house, tmp_path):
    browser, said = browser_of(aino), {}
    for route in PAPERS:
        if route in WORDS:
            continue
        content = fetched(browser, house, route)
        path = tmp_path / f"{route.name}.pdf"
        path.write_bytes(content)
        result = check(str(path))
        assert result.error is None, route.name
        errors = [f"{one.rule}: {one.message}" for one in result.findings if one.severity == "error"]
        said[route.name] = faults(read_pdf(content)) + errors

    assert {name: wrong for name, wrong in said.items() if wrong} == {}


def test_every_docx_has_a_language_a_title_and_pages(aino, house):
    browser = browser_of(aino)
    for route in WORDS:
        found = read_docx(fetched(browser, house, route))
        assert len(found.languages) == 1, route.name
        assert found.title, route.name
        assert found.fields == ["PAGE", "NUMPAGES"], route.name
        assert found.styles.count("Heading 1") == 1, route.name
