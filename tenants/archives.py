"""Uploaded text documents (docx, odt) are archives: what they may hold, and how much. Pure.

Limits: 50 MB in all, 1,000 members, ratio 100, no paths. What the members are is judged by `word` and `opendocument`.
"""

import dataclasses
import io
import re
import struct
import zipfile
import zlib

from django.utils.translation import gettext_lazy as _

from tenants import opendocument, pdfs, word
from tenants.errors import Refusal
from tenants.markup import ActiveDocument, DamagedDocument, UnusualDocument

LARGEST_UNPACKED = 50 * 1024 * 1024
MOST_MEMBERS = 1_000
HIGHEST_RATIO = 100
TOO_SMALL_FOR_A_RATIO = 100_000  # bytes; a short file of spaces is no bomb

START, CENTRAL_ENTRY = b"PK\x03\x04", b"PK\x01\x02"
END, END_LENGTH = b"PK\x05\x06", 22  # the last record; a comment would make it longer
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
DEEPEST = 2  # a document in a document


class DocumentTooLarge(Refusal):
    user_message = _("The document holds more than can be taken in. Save it as PDF and add that.")
    field = "file"


@dataclasses.dataclass
class Room:
    """How much may still be unpacked of one upload, documents within documents included."""

    size: int = dataclasses.field(default_factory=lambda: LARGEST_UNPACKED)
    members: int = dataclasses.field(default_factory=lambda: MOST_MEMBERS)


def check(content: bytes) -> str | None:
    """Check an archive and name what it is: "docx", "odt", or None for another kind of archive.

    Raises:
        DamagedDocument: not readable to the end, or encrypted.
        DocumentTooLarge: more than 50 MB or 1,000 members when unpacked, or packed more than 100 times.
        ActiveDocument: macros, programs, what loads by itself, or a part of a kind that is not known.
        UnusualDocument: a member's name leads out of the archive, is there twice, or something is hidden around it; a
            document type is declared.
    """
    room = Room()
    members = _unpacked(content, room)
    if opendocument.is_document(members):
        opendocument.check(members)
        return "odt"
    if word.is_package(members) and word.is_document(members):
        _check_package(members, room, depth=0)
        return "docx"
    return None


def _check_package(members: dict[str, bytes], room: Room, *, depth: int) -> None:
    for embedded in word.check(members):
        within = _unpacked(embedded, room)
        if depth == DEEPEST or not word.is_package(within):
            raise ActiveDocument
        _check_package(within, room, depth=depth + 1)


def _unpacked(content: bytes, room: Room) -> dict[str, bytes]:
    """Read every member to its end, which also compares lengths and checksums with what the directory says."""
    if content.count(CENTRAL_ENTRY) > MOST_MEMBERS:
        raise DocumentTooLarge
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_directory(members, content, room)
            return {member.filename: _read(archive, member, room) for member in members}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, struct.error):
        raise DamagedDocument from None


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: Room) -> bytes:
    with archive.open(member) as file:
        content = file.read(room.size + 1)
    room.size -= len(content)
    room.members -= 1
    if room.size < 0 or room.members < 0:
        raise DocumentTooLarge
    return content


def _check_directory(members: list[zipfile.ZipInfo], content: bytes, room: Room) -> None:
    if len(members) > room.members or sum(member.file_size for member in members) > room.size:
        raise DocumentTooLarge
    if any(_is_packed_too_much(member.file_size, member.compress_size) for member in members):
        raise DocumentTooLarge
    if any(member.flag_bits & 1 or member.compress_type not in METHODS for member in members):
        raise DamagedDocument
    names = {member.filename.lower() for member in members}
    if len(names) != len(members) or any(map(_leads_out, members)) or _is_something_else_too(members, content):
        raise UnusualDocument


def _is_packed_too_much(size: int, packed: int) -> bool:
    return size > TOO_SMALL_FOR_A_RATIO and size > HIGHEST_RATIO * max(packed, 1)


def _is_something_else_too(members: list[zipfile.ZipInfo], content: bytes) -> bool:
    """Tell whether the archive begins late or ends early, so that another program would read another file in it."""
    begins_late = min((member.header_offset for member in members), default=1) != 0
    ends_early = content[-END_LENGTH:][: len(END)] != END
    return begins_late or ends_early or pdfs.is_pdf(content)


def _leads_out(member: zipfile.ZipInfo) -> bool:
    name = member.orig_filename
    is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
    return is_link or name.startswith("/") or ".." in name.split("/") or bool(re.search(r"[\\:\x00-\x1f]", name))
