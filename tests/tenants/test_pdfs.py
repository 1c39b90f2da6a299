"""PDFs: cut to what they are, and refused with a reason of their own when they act by themselves."""

import io
import zlib

import pikepdf
import pytest

from tenants import pdfs
from tenants.files import check_upload
from tenants.markup import UnusualDocument
from tests.tenants.uploads import archive, pdf

FORM_SCRIPTS = [
    b'AFNumber_Format(2, 0, 0, 0, "", true);',
    b"AFDate_FormatEx('d.m.yyyy')",
    b'AFSimple_Calculate("SUM", new Array ("a", "b"));\nAFRange_Validate(true, 0, false, 0);',
    b'AFNumber_Keystroke(0,2,0,0,"\\\\u20ac",true);',
    b"",
]


def taken(content: bytes) -> bytes:
    return check_upload(io.BytesIO(content), "lausunto.pdf").content


def acting(action: bytes) -> bytes:
    return pdf(b"/OpenAction 4 0 R", more=[b"<<" + action + b">>"])


@pytest.mark.parametrize("after", [b"", b"\n", b"\r\n\0\0", b"\n\x1a"])
def test_a_pdf_with_nothing_around_it_stays_as_it_is(after):
    assert taken(pdf(after=after)) == pdf(after=after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\n\n", b"\n"),
        (b"\xef\xbb\xbf", b"\n"),
        (b"Received: by gateway\r\n\r\n", b"\n"),
        (b"", b"\n--=_Part_1--\r\n"),
    ],
)
def test_what_a_gateway_or_a_scanner_put_around_a_pdf_is_cut_off(before, after):
    assert taken(before + pdf(after=after)) == pdf(after=b"\n")


@pytest.mark.parametrize(
    "around", [archive({"a": "b"}), b"MZ" + bytes(90), b"#!/bin/sh\n", b"<html></html>", b"\x7fELF"]
)
def test_another_file_around_a_pdf_is_refused(around):
    for content in (around + pdf(), b"\r\n" + around + pdf(), pdf() + around):
        with pytest.raises((pdfs.PdfAndAnotherFile, UnusualDocument)):  # what begins as an archive is read as one
            taken(content)


@pytest.mark.parametrize(
    ("action", "refusal"),
    [
        (b"/S /Launch /F (a.exe)", pdfs.PdfWithPrograms),
        (b"/S /#4caunch /F (a.exe)", pdfs.PdfWithPrograms),
        (b"/S /Unheard", pdfs.PdfWithPrograms),
        (b"/S /JavaScript /JS (app.alert\\(1\\))", pdfs.PdfWithScripts),
        (b"/S /JavaScript", pdfs.PdfWithScripts),
        (b"/S /SubmitForm /F (https://evil.example)", pdfs.PdfThatSends),
        (b"/S /ImportData /F (a.fdf)", pdfs.PdfThatSends),
        (b"/S /GoToR /F (a.pdf) /D [0]", pdfs.PdfThatLeadsElsewhere),
        (b"/S /GoToE /D [0]", pdfs.PdfThatLeadsElsewhere),
        (b"/S /URI /URI (file://evil.example/a)", pdfs.PdfThatLeadsElsewhere),
        (b"/Type /Filespec /EF << /F 3 0 R >>", pdfs.PdfWithFiles),
        (b"/S /Rendition", pdfs.PdfWithMedia),
        (b"/XFA (x)", pdfs.PdfFormOfAnotherKind),
    ],
)
def test_what_acts_by_itself_is_refused_with_a_sentence_of_its_own(action, refusal):
    with pytest.raises(refusal):
        taken(acting(action))


@pytest.mark.parametrize("script", FORM_SCRIPTS)
def test_a_form_may_show_check_and_add_up_numbers(script):
    literal = script.replace(b"(", b"\\(").replace(b")", b"\\)")

    assert taken(pdf(more=[b"<< /AA << /F << /S /JavaScript /JS (" + literal + b") >> >> >>"]))


@pytest.mark.parametrize(
    "behind", ["app.alert(1)", "AFNumber_Format(app.alert(1))", "AFNumber_Format(2);x", "AFEvil(1)"]
)
def test_nothing_else_is_called_behind_what_forms_use(behind):
    assert not pdfs._is_form_script(f"AFNumber_Format(2);{behind}")


def test_a_script_that_nobody_could_read_to_its_end_is_judged_at_once():
    assert not pdfs._is_form_script("AFNumber_Format(" + "new Array( '' , " * 120 + " " * 100)
    assert not pdfs._is_form_script("AFSimple_Calculate(1);" * 1_000)


def test_a_file_that_opens_with_a_password_only_is_taken_and_what_is_not_locked_is_judged():
    def locked(action: str, packed: pikepdf.ObjectStreamMode) -> bytes:
        made, content = pikepdf.new(), io.BytesIO()
        made.add_blank_page()
        made.Root.OpenAction = pikepdf.Dictionary({"/S": pikepdf.Name(action), "/D": pikepdf.Array([0])})
        made.save(content, object_stream_mode=packed, encryption=pikepdf.Encryption(owner="o", user="salainen"))
        return content.getvalue()

    for packed in (pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate):
        assert taken(locked("/GoTo", packed))
    with pytest.raises(pdfs.PdfWithPrograms):
        taken(locked("/Launch", pikepdf.ObjectStreamMode.disable))


def test_objects_that_unpack_to_too_much_are_refused():
    bomb = zlib.compress(b" " * (pdfs.LARGEST_STREAM + 1), 9)
    head = b"<</Type/ObjStm/N 1/First 10/Filter/FlateDecode/Length %d>>stream\n" % len(bomb)
    table = b"<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>stream\n%s\nendstream"
    whole = pdf(more=[head + bomb + b"\nendstream", b"null"])
    places = [0, *(whole.index(b"%d 0 obj" % number) for number in range(1, 5))]
    start = whole.index(b"5 0 obj")
    rows = b"".join(b"\1" + place.to_bytes(4) + b"\0\0" for place in places)
    rows += b"\2" + (4).to_bytes(4) + b"\0\0" + b"\1" + start.to_bytes(4) + b"\0\0"
    packed = whole.replace(b"5 0 obj\nnull", b"6 0 obj\n" + table % (len(rows), rows))
    packed = packed[: packed.index(b"xref\n0")] + b"startxref\n%d\n%%%%EOF\n" % start

    with pytest.raises(pdfs.DamagedPdf):
        taken(packed)


def test_more_objects_than_a_paper_has_are_refused(monkeypatch):
    monkeypatch.setattr(pdfs, "MOST_OBJECTS", 5)

    with pytest.raises(pdfs.PdfTooLarge):
        taken(pdf(more=[b"null"] * 9))
