"""Uploads are refused or neutral, honest ones are taken (promise 23); what is kept is sealed (promises 16 and 17)."""

import hashlib
import io
import stat
import uuid
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants import archives, encryption, files, pdfs, pictures
from tenants.archives import DocumentTooLarge
from tenants.errors import Refusal
from tenants.files import Kind, check_upload, safe_name
from tenants.markup import ActiveDocument, DamagedDocument, UnusualDocument
from tenants.scope import in_municipality
from tests.tenants import uploads
from tests.tenants.uploads import DOCX, ODT, archive, docx, exif, jpeg, odt, pdf, png

BOMB = b"\0" * 5_000_000


def checked(content: bytes, name: str) -> files.CheckedFile:
    return check_upload(io.BytesIO(content), name)


def template(kind: str, target: str) -> bytes:
    return docx(word___rels__settings_dot_xml_dot_rels=uploads.relations(kind, target))


# --- honest files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (pdf(), "B-lausunto.pdf", Kind.PDF),
        (pdf(b"/AcroForm << /Fields [] >>"), "Kela KU 121.PDF", Kind.PDF),
        (pdf(after=b"\r\n\0\0"), "skannattu.pdf", Kind.PDF),
        (jpeg(), "kuva.jpg", Kind.JPEG),
        (jpeg(exif(6)), "IMG_0001.JPEG", Kind.JPEG),
        (png(), "kuva.png", Kind.PNG),
        (docx(), "Työ- ja toimintakyky.docx", Kind.DOCX),
        (docx(word__media__image1_dot_png=png()), "kuvallinen.docx", Kind.DOCX),
        (docx(word__embeddings__taulukko_dot_xlsx=archive(uploads.XLSX)), "taulukko.docx", Kind.DOCX),
        (docx(word__printerSettings1_dot_bin=b"\1"), "tulostettu.docx", Kind.DOCX),
        (template("attachedTemplate", "file:///C:\\Users\\aino\\Normal.dotm"), "mallista.docx", Kind.DOCX),
        (template("hyperlink", "https://www.kela.fi/"), "linkki.docx", Kind.DOCX),
        (odt(), "lausunto.odt", Kind.ODT),
        (odt({"Configurations2/menubar/": "", "Pictures/1.png": png()}), "lausunto.odt", Kind.ODT),
    ],
)  # fmt: skip
def test_an_honest_file_is_taken_for_what_it_is(content, name, kind):
    taken = checked(content, name)

    assert (taken.kind, taken.content_type, taken.name) == (kind, files.CONTENT_TYPES[kind], name)
    assert taken.size == len(taken.content)
    assert taken.sha256 == hashlib.sha256(taken.content).hexdigest()
    if kind not in {Kind.JPEG, Kind.PNG}:
        assert taken.content == content


# --- hostile and mistaken files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (uploads.EICAR, "eicar.pdf"),
        (uploads.EICAR, "eicar.com"),
        (uploads.SVG, "kuva.svg"),
        (uploads.SVG, "kuva.png"),
        (uploads.HTML, "sivu.pdf"),
        (b"<?xml version='1.0'?>" + uploads.SVG, "kuva.jpg"),
        (b"MZ\x90\0" + bytes(100), "ohjelma.pdf"),
        (b"\x7fELF" + bytes(100), "ohjelma.docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "vanha.doc"),
        (b"GIF89a" + pdf(), "kuva.gif"),
        (b"{\\rtf1 }", "teksti.rtf"),
        (b"tavallista teksti\xc3\xa4", "teksti.txt"),
        (archive({"setup.exe": "MZ"}), "paketti.docx"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}), "t.odt"),
        (archive(uploads.XLSX), "t.docx"),
        (b"\x1f\x8b\x08\0" + bytes(50), "paketti.odt"),
    ],
)
def test_a_file_of_another_type_is_refused_whatever_its_name(content, name):
    with pytest.raises(files.NotAnAcceptedFile) as refused:
        checked(content, name)
    assert refused.value.field == "file"


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "tyhjä.pdf", files.EmptyFile),
        (pdf() + b"\n" * files.LARGEST_FILE, "suuri.pdf", files.FileTooLarge),
        (jpeg(), "kuva.pdf", files.WrongEnding),
        (pdf(), "lasku.pdf.exe", files.WrongEnding),
        (pdf(), "lasku.pdf\0.exe", files.WrongEnding),
        (pdf(), "lasku\u202efdp.exe", files.WrongEnding),
        (pdf(), "lasku", files.WrongEnding),
        (docx(), "makro.docm", files.WrongEnding),
        (pdf()[:-10], "katkennut.pdf", pdfs.DamagedPdf),
        (b"%PDF-1.7 startxref 9 %%EOF", "tyhjä.pdf", pdfs.DamagedPdf),
        (pdf(after=archive({"a": "b"})), "polyglotti.pdf", pdfs.PdfAndAnotherFile),
        (pdf(after=archive({"a": "b"}) + b"%%EOF"), "polyglotti.pdf", pdfs.PdfAndAnotherFile),
        (pdf(after=uploads.HTML), "polyglotti.pdf", pdfs.PdfAndAnotherFile),
        (jpeg()[:-90], "katkennut.jpg", pictures.DamagedPicture),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + uploads.HTML, "kuva.jpg", pictures.DamagedPicture),
        (jpeg()[:20] + b"\xff\xd9", "kuva.jpg", pictures.DamagedPicture),
        (jpeg(width=60_000, height=60_000), "pommi.jpg", pictures.PictureTooLarge),
        (png()[:-25], "katkennut.png", pictures.DamagedPicture),
        (png().replace(b"IDAT", b"JDAT"), "kuva.png", pictures.DamagedPicture),
        (png(width=0), "kuva.png", pictures.DamagedPicture),
        (png(width=2**31 - 1, height=2**31 - 1), "pommi.png", pictures.PictureTooLarge),
        (docx(word__vbaProject_dot_vba=b"\xd0\xcf"), "makro.docx", ActiveDocument),
        (docx(word__embeddings__oleObject1_dot_bin=b"MZ"), "olio.docx", ActiveDocument),
        (template("control", "a.xml"), "olio.docx", ActiveDocument),
        (archive(DOCX | {"[Content_Types].xml": uploads.DOCX_TYPES.replace(
            f"{uploads.OPEN}.wordprocessingml.document.main", "application/vnd.ms-word.document.macroEnabled.main")}),
         "makro.docx", ActiveDocument),
        (template("attachedTemplate", "https://evil.example/x.dotm"), "malli.docx", ActiveDocument),
        (template("attachedTemplate", "\\\\evil.example\\x.dotm"), "malli.docx", ActiveDocument),
        (template("oleObject", "file://evil.example/x"), "malli.docx", ActiveDocument),
        (odt({"Basic/Standard/Module1.xml": "Sub Main"}), "makro.odt", ActiveDocument),
        (odt({"Scripts/python/a.py": "import os"}), "makro.odt", ActiveDocument),
        (odt({"content.xml": uploads.odt_text(scripts="<office:scripts><script:event-listener/></office:scripts>")}),
         "makro.odt", ActiveDocument),
        (docx(word__document_dot_xml=BOMB), "pommi.docx", DocumentTooLarge),
        (archive(DOCX | {f"{number}.xml": "" for number in range(1_000)}), "monta.docx", DocumentTooLarge),
        (docx(word__document_dot_xml='<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "pommi.docx", UnusualDocument),
        (docx(word__document_dot_xml='<!DOCTYPE a><a/>'.encode("utf-16")), "pommi.docx", UnusualDocument),
        (docx(**{"../../etc/passwd": "x"}), "polku.docx", UnusualDocument),
        (archive({**DOCX, "/etc/passwd": "x"}), "polku.docx", UnusualDocument),
        (archive({**DOCX, "..\\windows\\x": "x"}), "polku.docx", UnusualDocument),
        (archive({**DOCX, "C:x": "x"}), "polku.docx", UnusualDocument),
        (archive({**DOCX, "word/Document.xml": "toinen"}), "kaksi.docx", UnusualDocument),
        (docx() + uploads.HTML, "polyglotti.docx", UnusualDocument),
        (archive({"%PDF-1.7": ""} | DOCX), "polyglotti.docx", UnusualDocument),
        (docx()[:-30], "katkennut.docx", DamagedDocument),
        (archive(DOCX, zipfile.ZIP_STORED).replace(b"Lausunto", b"Lausunta"), "eri.docx", DamagedDocument),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_seems_is_refused_with_its_reason(content, name, refusal):
    with pytest.raises(refusal) as refused:
        checked(content, name)
    assert str(refused.value.user_message)
    assert refused.value.field == "file"


def test_an_archive_with_a_password_or_a_link_is_refused():
    locked = bytearray(archive({"a": "b"} | DOCX))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(DamagedDocument):
        checked(bytes(locked), "salattu.docx")

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")
    with pytest.raises(UnusualDocument):
        checked(packed.getvalue(), "linkki.docx")


def test_many_small_members_that_unpack_to_too_much_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_UNPACKED", 20_000)
    members = {f"word/media/{number}.png": bytes(9_000) for number in range(3)}

    with pytest.raises(DocumentTooLarge):
        checked(archive(ODT | members), "iso.odt")


def test_an_archive_that_lies_about_its_lengths_is_refused():
    lying = bytearray(archive({"mimetype": ODT["mimetype"], "content.xml": "x" * 90_000}))
    entry = lying.rindex(b"PK\x01\x02")
    lying[entry + 24 : entry + 28] = (10).to_bytes(4, "little")

    with pytest.raises(DamagedDocument):
        checked(bytes(lying), "valhe.odt")


@given(st.binary(max_size=200), st.sampled_from([b"", b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"]))
def test_no_bytes_break_the_checks(content, start):
    with pytest.raises(Refusal):
        checked(start + content, "x.pdf")


@pytest.mark.parametrize("make", [jpeg, png, docx, odt, pdf])
def test_no_damage_breaks_the_checks(make):
    whole = make()
    for position in range(0, len(whole), max(1, len(whole) // 150)):
        damaged = whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :]
        for attempt in (damaged, whole[:position]):
            try:
                checked(attempt, f"x.{make.__name__}")
            except Refusal as refused:
                assert refused.field == "file"  # noqa: PT017 (either outcome is right, no other exception is)


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\windows\\kuva.pdf", "kuva.pdf"),
        ("/abs/kuva.pdf", "kuva.pdf"),
        (".htaccess", "htaccess"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("kuva\u202efdp.exe", "kuvafdp.exe"),
        ("  lausunto .pdf ", "lausunto .pdf"),
        ("a" * 300 + ".pdf", "a" * 96 + ".pdf"),
        ("Työkyky.pdf", "Työkyky.pdf"),
        ("..", ""),
        ("", ""),
    ],
)
def test_a_name_is_harmless(name, safe):
    assert safe_name(name) == safe


@given(st.text(max_size=300))
def test_no_name_leads_anywhere(name):
    safe = safe_name(name)

    assert not set(safe) & set("/\\\0\n\r")
    assert not safe.startswith(".")
    assert len(safe) <= files.LONGEST_NAME


# --- keeping ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    return settings.FILES


def test_a_stored_file_is_sealed_and_only_its_owner_reads_it(kaavi, folder):
    file_id = uuid.uuid4()
    files.store(pdf(b"canary 010594Y9032"), file_id=file_id)

    (path,) = folder.rglob("*-*")
    assert path == folder / "kaavi" / str(file_id)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"010594Y9032" not in path.read_bytes()
    assert b"%PDF" not in path.read_bytes()
    assert files.read(file_id) == pdf(b"canary 010594Y9032")


def test_a_file_copied_over_another_or_to_a_neighbour_is_refused(kaavi, tuusniemi, folder):
    first, second = uuid.uuid4(), uuid.uuid4()
    files.store(b"first", file_id=first)
    files.store(b"second", file_id=second)
    (folder / "kaavi" / str(second)).write_bytes((folder / "kaavi" / str(first)).read_bytes())
    with pytest.raises(encryption.BadTag):
        files.read(second)

    with in_municipality(tuusniemi):
        files.store(b"theirs", file_id=first)
        (folder / "tuusniemi" / str(first)).write_bytes((folder / "kaavi" / str(first)).read_bytes())
        with pytest.raises(encryption.UnknownKey):
            files.read(first)
        with pytest.raises(files.FileMissing):
            files.read(uuid.uuid4())


def test_storing_again_replaces_and_discarding_twice_is_well(kaavi, folder):
    file_id = uuid.uuid4()
    files.store(b"first", file_id=file_id)
    files.store(b"second", file_id=file_id)
    assert files.read(file_id) == b"second"

    files.discard(file_id)
    files.discard(file_id)
    with pytest.raises(files.FileMissing):
        files.read(file_id)
    assert list(folder.rglob("*-*")) == []


@pytest.mark.parametrize("file_id", ["../../etc/passwd", "x"])
def test_only_a_uuid_names_a_file(kaavi, folder, file_id):
    with pytest.raises(ValueError, match="UUID"):
        files.read(file_id)
