"""Files as people and attackers make them, for the tests of uploads."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from PIL import Image

OPEN = "application/vnd.openxmlformats-officedocument"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCX_TYPES = f"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>
<Default Extension="bin" ContentType="{OPEN}.wordprocessingml.printerSettings"/>
<Default Extension="xlsx" ContentType="{OPEN}.spreadsheetml.sheet"/>
<Override PartName="/word/document.xml" ContentType="{OPEN}.wordprocessingml.document.main+xml"/>
<Override PartName="/docProps/app.xml" ContentType="{OPEN}.extended-properties+xml"/></Types>"""
XLSX_TYPES = DOCX_TYPES.replace("/word/document.xml", "/xl/workbook.xml").replace(
    "wordprocessingml.document.main", "spreadsheetml.sheet.main"
)


def relations(kind: str, target: str, *, mode: str = "External", before: str = "") -> str:
    """One relationship of a part of a Word document; `before` is written before its kind."""
    where = f' TargetMode="{mode}"' if mode else ""
    kind = kind if ":" in kind else f"{RELATION}/{kind}"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" {before} Type="{kind}" Target="{target}"{where}/></Relationships>'
    )


def word_text(content: str = "<w:p><w:r><w:t>Lausunto</w:t></w:r></w:p>", more: str = "") -> str:
    """The main part of a Word document."""
    return f'<?xml version="1.0"?><w:document xmlns:w="{WORD}" {more}><w:body>{content}</w:body></w:document>'


DOCX: dict[str, str | bytes] = {
    "[Content_Types].xml": DOCX_TYPES,
    "_rels/.rels": relations("officeDocument", "word/document.xml", mode=""),
    "word/document.xml": word_text(),
    "docProps/app.xml": "<Properties><Application>Microsoft Office Word</Application></Properties>",
}
XLSX: dict[str, str | bytes] = {
    "[Content_Types].xml": XLSX_TYPES,
    "_rels/.rels": relations("officeDocument", "xl/workbook.xml", mode=""),
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
}
ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODT_NAMES = " ".join(
    f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "draw", "script", "meta", "form", "table")
)


def odt_text(
    content: str = "<text:p>Lausunto</text:p>", scripts: str = "<office:scripts/>", names: str = ODT_NAMES
) -> str:
    """The content of an OpenDocument text."""
    body = f"<office:body><office:text>{content}</office:text></office:body>"
    names = f'{names} xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<?xml version="1.0"?><office:document-content {names}>{scripts}{body}</office:document-content>'


ODT: dict[str, str | bytes] = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": odt_text(),
    "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0"/>',
}
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def archive(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack members as given, whatever their names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return packed.getvalue()


def docx(**more: str | bytes) -> bytes:
    """A small Word document, with parts added or replaced (`__` stands for a slash, `_dot_` for a dot)."""
    added = {name.replace("__", "/").replace("_dot_", "."): part for name, part in more.items()}
    return archive({**DOCX, **added})


def odt(members: Mapping[str, str | bytes] | None = None) -> bytes:
    """A small OpenDocument text, with members added or replaced."""
    return archive({**ODT, **(members or {})})


def pdf(root: bytes = b"", after: bytes = b"\n", *, more: Sequence[bytes] = ()) -> bytes:
    """A PDF of one empty page; `root` is put into its catalog, `more` are further objects, the first of them is 4."""
    first = (
        b"<</Type/Catalog/Pages 2 0 R " + root + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    content, places = b"%PDF-1.7\n", []
    for number, thing in enumerate((*first, *more), start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return content + tail % (size, table, size, len(content)) + after


def png(width: int = 1, height: int = 1, extra: bytes = b"", after: bytes = b"") -> bytes:
    """A black picture."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = png_chunk(b"IDAT", zlib.compress(b"\0" * (min(width, 100) + 1) * min(height, 100)))
    return b"\x89PNG\r\n\x1a\n" + head + extra + pixels + png_chunk(b"IEND", b"") + after


def png_chunk(name: bytes, content: bytes) -> bytes:
    """One part of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def jpeg(extra: bytes = b"", after: bytes = b"", width: int = 16, height: int = 16) -> bytes:
    """A small photograph, progressive as telephones make them, with segments added; its size may be a lie."""
    made = io.BytesIO()
    picture = Image.linear_gradient("L").resize((16, 16)).convert("RGB")
    picture.save(made, "JPEG", quality=85, progressive=True)
    head, frame, rest = made.getvalue().partition(b"\xff\xc2\0\x11\x08")
    size = struct.pack(">HH", height, width)
    return head[:20] + extra + head[20:] + frame + size + rest[4:] + after


def jpeg_segment(marker: int, content: bytes) -> bytes:
    """One part of a JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def exif(orientation: int, order: str = "<") -> bytes:
    """A camera's note: how the picture is turned, and where it was taken."""
    maker = struct.pack(f"{order}HHIHH", 0x010F, 2, 4, 0, 0)
    turn = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    head = {"<": b"II", ">": b"MM"}[order] + struct.pack(f"{order}HIH", 42, 8, 2)
    return jpeg_segment(0xE1, b"Exif\0\0" + head + maker + turn + b"\0\0\0\0GPS 62.97 28.63")
