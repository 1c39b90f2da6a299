"""Of a corpus of uploads no hostile file gets through, and no honest one is refused (promise 23)."""

import io

import pytest

from tenants.errors import Refusal
from tenants.files import check_upload
from tenants.markup import DamagedDocument
from tenants.pdfs import DamagedPdf
from tests.tenants.corpus import documents, hostile, prints

READ_BY_NOBODY = {"docx: deep as a well"}


@pytest.fixture(scope="module")
def honest():
    return documents.files() | prints.files()


def answer(name: str, content: bytes) -> Refusal | None:
    """What is said to somebody who adds a file; nothing when it is taken, and taken again as it is kept."""
    try:
        taken = check_upload(io.BytesIO(content), name)
        again = check_upload(io.BytesIO(taken.content), taken.name)
    except Refusal as refusal:
        return refusal
    assert again.kind is taken.kind
    return None


def test_no_honest_file_is_refused(honest):
    refused = {what: type(said).__name__ for what, (name, content) in honest.items() if (said := answer(name, content))}

    assert refused == {}
    assert len(honest) >= 200


def test_no_hostile_file_gets_through():
    answers = {what: answer(name, content) for what, (name, content) in hostile.files().items()}

    assert [what for what, said in answers.items() if said is None] == []
    assert [
        what for what, said in answers.items() if said and (said.field != "file" or not str(said.user_message))
    ] == []
    assert len(answers) >= 60


def test_a_hostile_file_is_refused_for_what_it_does_and_not_as_damaged():
    answers = {what: answer(name, content) for what, (name, content) in hostile.files().items()}

    assert {what for what, said in answers.items() if isinstance(said, DamagedDocument | DamagedPdf)} == READ_BY_NOBODY
