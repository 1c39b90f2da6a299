"""Small PDFs for the demo's documents: one page of plain text, written by hand because it takes no time."""

import io
from collections.abc import Sequence
from textwrap import wrap

from tenants import files
from tenants.files import CheckedFile

CODING = "cp1252"  # what PDF calls WinAnsiEncoding
WIDTH = 88  # characters of a line
FOOT = "Esittelyaineistoa. Henkilö ja tiedot ovat keksittyjä."


def paper(title: str, paragraphs: Sequence[str]) -> CheckedFile:
    """Write a paper and let it pass the checks of an upload."""
    lines = [line for paragraph in [*paragraphs, FOOT] for line in [*wrap(paragraph, WIDTH), ""]]
    return files.check_upload(io.BytesIO(_pdf(title, lines)), "asiakirja.pdf")


def _pdf(title: str, lines: Sequence[str]) -> bytes:
    page = _page(title, lines)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/Lang(fi)>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R/B 6 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
    )
    return _assembled(objects)


def _page(title: str, lines: Sequence[str]) -> bytes:
    shown = b"\n".join(b"(%s)'" % _escaped(line) for line in lines)
    return b"BT /B 16 Tf 60 770 Td (%s) Tj /F 11 Tf 16 TL 0 -12 Td\n%s\nET" % (_escaped(title), shown)


def _escaped(text: str) -> bytes:
    for character in ("\\", "(", ")"):
        text = text.replace(character, f"\\{character}")
    return text.encode(CODING, errors="replace")


def _assembled(objects: Sequence[bytes]) -> bytes:
    """Put objects behind each other and say at which byte each begins."""
    content, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, found in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, found)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return content + tail % (size, table, size, len(content))
