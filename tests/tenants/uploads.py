"""Files as people and attackers make them, for the tests of uploads."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from PIL import Image

DOCX_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
    'document.main+xml"/></Types>'
)
DOCX: dict[str, str | bytes] = {
    "[Content_Types].xml": DOCX_TYPES,
    "_rels/.rels": '<?xml version="1.0"?><Relationships/>',
    "word/document.xml": "<w:document><w:t>Lausunto</w:t></w:document>",
    "docProps/app.xml": "<Properties><Application>Microsoft Office Word</Application></Properties>",
}
ODT: dict[str, str | bytes] = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": "<office:document-content><office:scripts/><text:p>Lausunto</text:p></office:document-content>",
    "META-INF/manifest.xml": "<manifest:manifest/>",
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


def pdf(body: bytes = b"", after: bytes = b"\n") -> bytes:
    """A small PDF."""
    return b"%PDF-1.7\n1 0 obj\n<< " + body + b" >>\nendobj\nxref\n0 1\ntrailer\n<< >>\nstartxref\n9\n%%EOF" + after


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
