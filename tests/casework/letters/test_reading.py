"""A letter is read in a process of its own, which may use so much and no more, and knows nothing it is not told."""

import io
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx as docx_library
import pikepdf
import pytest
import typst

from casework.letters import child, limits, reading
from casework.letters.proposals import Known
from casework.letters.reading import Asked
from casework.letters.searching import Illness
from casework.letters.whose import Whose
from tenants.pictures import clean_png
from tests.casework.letters import samples
from tests.tasks.processes import wait_until
from tests.tenants.uploads import docx, pdf, word_text

MATTI = Whose("Matti", "Meikäläinen", "010180-999A")
HANDS = Illness("hands", "Rannekanavaoireyhtymä")
needs_tesseract = pytest.mark.skipif(
    not reading.tesseract(), reason="Debian's tesseract-ocr with fin and swe is missing"
)


def asked(content=b"", *, kind="pdf", client=MATTI, illnesses=(HANDS,)):
    return Asked(kind=kind, content=content, client=client, illnesses=illnesses, known=Known())


def answer(content, **how):
    """What the code of the child says, in this process."""
    return child.answer(reading.told(asked(content, **how)), content)


def texts(places):
    return [place["text"] for place in places]


def joined(*letters):
    """One PDF of several."""
    whole = io.BytesIO()
    with pikepdf.new() as pages:
        for letter in letters:
            with pikepdf.open(io.BytesIO(letter)) as part:
                pages.pages.extend(part.pages)
        pages.save(whole)
    return whole.getvalue()


@pytest.fixture
def no_tesseract(monkeypatch):
    monkeypatch.setattr(reading, "tesseract", lambda: "")


# --- kinds of files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "written"), [("pdf", samples.pdf), ("docx", samples.word)])
@pytest.mark.parametrize("letter", [samples.KELA, samples.SWEDISH])
def test_the_same_is_read_in_a_pdf_and_in_a_document(kind, written, letter):
    found = answer(written(letter), kind=kind)

    values = {name: proposal["value"] for name, proposal in found["proposals"].items()}
    assert values["decided_on"] == "2026-11-23"
    assert values["result"] == "rejected"
    assert values["printed_last_day"] == "2027-01-04"


def test_a_place_is_on_its_page():
    found = answer(samples.pdf("Saate\nMeikäläinen Matti", samples.KELA))

    assert found["proposals"]["printed_last_day"]["places"][0]["page"] == 2
    assert found["illnesses"]["hands"][0]["page"] == 2
    assert (found["pages"], found["read"]) == (2, 2)


def test_a_document_knows_no_pages():
    found = answer(samples.word(samples.KELA), kind="docx")

    assert found["pages"] == 0
    assert found["illnesses"]["hands"][0]["page"] == 0


def test_text_in_boxes_and_fields_of_a_document_is_read_once():
    said = "<w:r><w:t>{}</w:t></w:r>"
    field = f"<w:sdt><w:sdtContent>{said.format('Matti Meikäläinen')}</w:sdtContent></w:sdt>"
    inner = f"<w:txbxContent><w:p>{said.format('Hakemuksenne hylätään.')}</w:p></w:txbxContent>"
    letter = word_text(f"<w:p>{said.format('Hakija ')}{field}<w:r><w:pict>{inner}</w:pict></w:r></w:p>")
    found = answer(docx(word__document_dot_xml=letter), kind="docx")

    assert texts(found["proposals"]["result"]["places"]) == ["Hakemuksenne hylätään."]


def test_the_cells_of_a_table_in_a_document_stand_beside_each_other():
    """Below each other, the label at the end of the first row would take the first day of the second."""
    letter, written = docx_library.Document(), io.BytesIO()
    letter.add_paragraph("Kela\nMeikäläinen Matti")
    table = letter.add_table(rows=2, cols=3)
    for row, words in enumerate([("Saapunut", "Asianumero", "Päätöspäivä"), ("1.9.2026", "12/3", "23.11.2026")]):
        for cell, word in zip(table.rows[row].cells, words, strict=True):
            cell.text = word
    label = letter.add_table(rows=1, cols=2)
    label.rows[0].cells[0].text, label.rows[0].cells[1].text = "Viimeinen valituspäivä", "28.12.2026"
    letter.save(written)
    found = answer(written.getvalue(), kind="docx")["proposals"]

    assert found["decided_on"]["value"] == ""
    assert texts(found["printed_last_day"]["places"]) == ["Viimeinen valituspäivä 28.12.2026"]


def test_the_header_of_the_first_page_of_a_document_is_read():
    letter, written = docx_library.Document(), io.BytesIO()
    letter.sections[0].different_first_page_header_footer = True
    letter.sections[0].first_page_header.paragraphs[0].text = "Meikäläinen Matti"
    letter.add_paragraph("Hakemuksenne hylätään.")
    letter.save(written)

    assert answer(written.getvalue(), kind="docx")["proposals"]["result"]["value"] == "rejected"


@pytest.mark.parametrize("name", ["Matti Meikä\u00ad\nläinen", "MATTI MEIKÄ\u00ad\nLÄINEN"])
def test_a_name_that_was_broken_at_the_end_of_a_line_is_found(name):
    letter = word_text(f"<w:p><w:r><w:t>{name.replace(chr(10), '</w:t><w:br/><w:t>')}</w:t></w:r></w:p>")

    assert "mismatches" not in answer(docx(word__document_dot_xml=letter), kind="docx")


def test_a_code_that_was_broken_at_the_end_of_a_line_is_seen():
    """Of somebody of the same name: pdfium writes a sign of its own for that hyphen."""
    narrow = "#set page(width: 6.6cm)\nMatti Meikäläinen \\\nhenkilötunnus: 131052-308T"
    found = answer(typst.compile(narrow.encode()))

    assert found["mismatches"] == ["identity_code"]


def test_a_letter_of_somebody_else_is_not_looked_into():
    found = answer(samples.pdf(samples.KELA), client=Whose("Maija", "Virtanen", "131052-308T"))

    assert found == {"pages": 1, "read": 1, "unread": 0, "mismatches": ["identity_code", "name"]}


@pytest.mark.parametrize(
    ("content", "kind", "why"),
    [
        (pdf(), "pdf", "empty"),
        (b"%PDF-1.7\nnothing\n%%EOF", "pdf", "damaged"),
        (docx(word__document_dot_xml="<broken"), "docx", "damaged"),
        (docx(word__document_dot_xml=word_text("")), "docx", "empty"),
    ],
)
def test_what_cannot_be_read_says_why(content, kind, why):
    assert answer(content, kind=kind) == {"why": why}


def test_a_letter_that_opens_with_a_password_says_so():
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.pdf(samples.KELA))) as opened:
        opened.save(locked, encryption=pikepdf.Encryption(owner="omistaja", user="lukija"))

    assert answer(locked.getvalue()) == {"why": "locked"}


# --- limits -------------------------------------------------------------------------------------------------------


def test_a_letter_of_three_hundred_pages_is_read_up_to_the_limit_and_says_so():
    found = answer(samples.pdf(samples.KELA, *(f"Sivu {number} ja sen teksti." for number in range(2, 301))))

    assert (found["pages"], found["read"]) == (300, limits.MOST_PAGES)
    assert found["proposals"]["result"]["value"] == "rejected"


def test_a_tree_of_two_hundred_thousand_pages_is_read_up_to_the_limit():
    """The same page named again and again: a small file that has as many pages as its author likes."""
    kids = b"3 0 R " * 200_000
    many = pdf(b"").replace(b"/Kids[3 0 R]/Count 1", b"/Kids[" + kids + b"]/Count 200000")

    assert reading.read(asked(many)).get("why") in {"empty", "damaged"}


def test_a_page_with_endless_text_is_cut():
    found = answer(samples.pdf("Matti Meikäläinen\nPäätöspäivä 23.11.2026\n" + "sana sana sana\n" * 3000))

    assert found["proposals"]["decided_on"]["value"] == "2026-11-23"


CONFINED = """
import resource, sys
from casework.letters import limits

limits.confine()
for one in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE):
    print(resource.getrlimit(one)[0])
try:
    bytearray(limits.MEMORY)
except MemoryError:
    print("no memory")
try:
    with open(sys.argv[1], "w") as file:
        file.write("words")
except OSError:
    print("no file")
"""


def test_the_child_may_not_use_more_memory_nor_time_nor_write_a_file(tmp_path):
    command = [sys.executable, "-c", CONFINED, str(tmp_path / "leak")]
    said = subprocess.check_output(command, cwd=reading.ROOT, text=True)

    assert said.splitlines() == [str(limits.MEMORY), str(limits.PROCESSOR_SECONDS), "0", "no memory", "no file"]


def test_a_page_of_five_metres_is_drawn_as_small_as_memory_allows(monkeypatch):
    """At three hundred dots an inch it would be 3.6 billion of them."""
    monkeypatch.setattr(reading, "tesseract", lambda: shutil.which("true") or "")
    vast = pdf(more=[b"<</Length 12>>stream\n0 0 9 9 re f\nendstream"])
    vast = vast.replace(b"/MediaBox[0 0 595 842]", b"/MediaBox[0 0 14400 14400]/Contents 4 0 R")

    assert reading.read(asked(vast)) == {"why": "unrecognised"}


# --- the child ----------------------------------------------------------------------------------------------------


def test_a_letter_is_read_by_the_child():
    found = reading.read(asked(samples.pdf(samples.KELA)))

    assert texts(found["illnesses"]["hands"])[0].startswith("Lausuntonne mukaan teillä on rannekanavaoireyhtymää")
    assert found["proposals"]["result"]["value"] == "rejected"


def test_the_child_is_told_nothing_by_its_environment(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    seen: dict[str, Any] = {}

    def popen(command, **options):
        seen.update(options, command=command)
        raise OSError("only looked at")

    monkeypatch.setattr(subprocess, "Popen", popen)
    with pytest.raises(OSError, match="only looked at"):
        reading.read(asked(b"x"))

    assert seen["env"].keys() == {"PATH", "LANG", "OMP_THREAD_LIMIT"}
    assert seen["stderr"] is subprocess.DEVNULL
    assert not any("Matti" in word for word in seen["command"])


def child_that(monkeypatch, program):
    """Put another program in the place of the child."""
    monkeypatch.setattr(reading, "PROGRAM", ("-c", program))


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("print('begun', flush=True); import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "damaged"),
        ("print('begun', flush=True); raise SystemExit(1)", "damaged"),
        ("print('begun', flush=True); import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "too_much"),
        ("print('begun', flush=True); import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too_much"),
    ],
)
def test_how_a_child_ended_says_why_a_letter_could_not_be_read(monkeypatch, program, why):
    child_that(monkeypatch, program)

    assert reading.read(asked(b"x")) == {"why": why}


def test_a_child_that_did_not_begin_is_no_fault_of_the_letter(monkeypatch):
    child_that(monkeypatch, "import nothing_of_that_name")

    with pytest.raises(reading.ReaderBroken):
        reading.read(asked(b"x"))


def test_a_child_that_takes_too_long_is_ended_with_all_it_started(monkeypatch, tmp_path):
    monkeypatch.setattr(reading, "SECONDS", 2)
    child_that(
        monkeypatch,
        "import subprocess, time\np = subprocess.Popen(['sleep', '600'])\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(p.pid))\nprint('begun', flush=True)\ntime.sleep(600)",
    )

    assert reading.read(asked(b"x")) == {"why": "too_much"}
    wait_until(lambda: not is_alive(int((tmp_path / "pid").read_text())))


def is_alive(pid):
    """Whether a process still runs; one that is dead may wait to be buried."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


# --- pictures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("content", "kind"), [(samples.scanned, "pdf"), (samples.picture, "png")])
def test_where_pictures_cannot_be_read_a_scan_says_so(no_tesseract, content, kind):
    assert answer(content(samples.KELA), kind=kind) == {"why": "only_pictures"}


def test_of_a_letter_with_text_and_a_picture_the_text_is_read_and_the_picture_counted(no_tesseract):
    found = answer(joined(samples.pdf(samples.KELA), samples.scanned("Liite")))

    assert (found["pages"], found["read"], found["unread"]) == (2, 1, 1)


def reader_of_pictures(monkeypatch, name):
    """Put a program in the place of Tesseract: `true` recognises nothing, `false` breaks."""
    monkeypatch.setattr(reading, "tesseract", lambda: shutil.which(name) or "")


@pytest.mark.parametrize("program", ["true", "false"])
@pytest.mark.parametrize(("content", "kind"), [(samples.scanned, "pdf"), (samples.picture, "png")])
def test_a_picture_in_which_nothing_is_recognised_says_so(monkeypatch, program, content, kind):
    reader_of_pictures(monkeypatch, program)

    assert answer(content(samples.KELA), kind=kind) == {"why": "unrecognised"}


@pytest.mark.parametrize("program", ["true", "false"])
def test_a_page_in_which_nothing_is_recognised_was_not_read(monkeypatch, program):
    reader_of_pictures(monkeypatch, program)
    found = answer(joined(samples.pdf(samples.KELA), samples.scanned("Liite")))

    assert (found["pages"], found["read"], found["unread"]) == (2, 1, 1)


def test_of_a_long_scan_in_which_nothing_is_recognised_not_every_page_is_tried(monkeypatch, tmp_path):
    program, tried = tmp_path / "tesseract", tmp_path / "tried"
    program.write_text(f"#!/bin/sh\necho >> {tried}\n")
    program.chmod(0o700)
    monkeypatch.setattr(reading, "tesseract", lambda: str(program))
    page = samples.scanned("Liite")

    assert answer(joined(*[page] * (limits.MOST_PICTURES + 2))) == {"why": "unrecognised"}
    assert len(tried.read_text().splitlines()) == limits.MOST_PICTURES


def test_a_stamp_on_a_scan_is_not_its_letter(no_tesseract):
    stamped = samples.with_text_over(samples.scanned(samples.KELA), samples.pdf("Skannattu 25.11.2026 klo 10.12 Canon"))

    assert answer(stamped) == {"why": "only_pictures"}


def test_the_text_that_a_scanner_laid_over_its_picture_was_read_by_a_machine(no_tesseract):
    searchable = samples.with_text_over(samples.scanned(samples.KELA), samples.pdf(samples.KELA))
    found = answer(searchable)

    assert found["proposals"]["result"]["value"] == "rejected"
    assert all(place["is_picture"] for place in found["proposals"]["result"]["places"])


def test_an_empty_page_is_no_picture(monkeypatch):
    monkeypatch.setattr(reading, "tesseract", lambda: "/no/such/program")

    assert answer(pdf()) == {"why": "empty"}


@needs_tesseract
@pytest.mark.parametrize(("content", "kind"), [(samples.scanned, "pdf"), (samples.picture, "png")])
def test_a_scan_is_read_and_says_that_a_machine_read_it(content, kind):
    """In this process, which has no limit of time: on a busy machine a page takes half a minute."""
    found = answer(clean_png(content(samples.KELA)) if kind == "png" else content(samples.KELA), kind=kind)

    [place] = found["proposals"]["printed_last_day"]["places"]
    assert found["proposals"]["printed_last_day"]["value"] == "2027-01-04"
    assert place["is_picture"]
    assert found["illnesses"]["hands"]


def test_a_reader_of_pictures_without_finnish_is_none(monkeypatch, tmp_path):
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho 'List of available languages (1):'\necho eng\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    assert reading.tesseract.__wrapped__() == ""


def test_signals_of_limits_are_known():
    assert {-signal.SIGKILL, -signal.SIGXCPU} == reading.LIMIT_REACHED
