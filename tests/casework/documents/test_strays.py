"""A file without a row: whoever added it was cut off in between."""

from casework.documents import strays
from casework.models import Document
from tenants import files
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_paper


def test_a_file_whose_row_was_not_saved_is_forgotten_and_no_other(kaavi, aino, settings, tmp_path):
    settings.FILES = tmp_path
    paper = a_paper(a_case(by=aino), by=aino)
    files.store(b"%PDF", file_id=Document().file_id)
    strange = tmp_path / "kaavi" / "notes-of-the-operator.txt"
    strange.write_text("-")

    assert strays.forget() == 1

    assert set(files.stored()) == {paper.file_id}
    assert strange.exists()
    assert strays.forget() == 0
