"""Uploaded text documents (docx, odt) are archives: what they may hold, and how much. Pure.

Limits: 50 MB in all, 1,000 members, ratio 100, no macros, no paths.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tenants.errors import Refusal

LARGEST_UNPACKED = 50 * 1024 * 1024
MOST_MEMBERS = 1_000
HIGHEST_RATIO = 100
TOO_SMALL_FOR_A_RATIO = 100_000  # bytes; a short file of spaces is no bomb

DOCX_CONTENT_TYPE = b"wordprocessingml.document.main+xml"
ODT_CONTENT_TYPE = b"application/vnd.oasis.opendocument.text"
CENTRAL_ENTRY = b"PK\x01\x02"
END, END_LENGTH = b"PK\x05\x06", 22  # the last record; a comment would make it longer
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

ACTIVE_NAME = re.compile(
    r"vbaproject|vbadata|activex|^basic/|^scripts/"
    r"|(^|/)(?!printersettings)[^/]*\.(bin|ole|exe|dll|scr|com|bat|cmd|ps1|vbs|vbe|js|jse|jar|hta|lnk)$"
)
ACTIVE_XML = re.compile(
    rb"macroenabled|vbaproject|ms-office\.activex|<script:event-listener|<office:script[\s>]|sun\.star\.basic-library",
    re.IGNORECASE,
)
RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>", re.IGNORECASE)
LOADED_ON_OPENING = re.compile(rb"/(attachedTemplate|oleObject|subDocument|frame|aFChunk|control)[\"']", re.IGNORECASE)
ON_ANOTHER_MACHINE = re.compile(
    rb"Target\s*=\s*[\"']\s*(https?:|ftp:|mhtml:|file:(//[^/]|/{4}|/*\\\\)|\\\\|//)", re.IGNORECASE
)
ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


class DamagedDocument(Refusal):
    user_message = _("The document is damaged or has a password. Save it again without a password, or as PDF.")
    field = "file"


class DocumentTooLarge(Refusal):
    user_message = _("The document holds more than can be taken in. Save it as PDF and add that.")
    field = "file"


class DocumentWithMacros(Refusal):
    user_message = _("The document holds macros, programs or links that load by themselves. Save it as PDF.")
    field = "file"


class DocumentWithPaths(Refusal):
    user_message = _("The document is built in an unusual way and could be harmful. Save it as PDF and add that.")
    field = "file"


def check(content: bytes) -> str | None:
    """Check an archive and name what it is: "docx", "odt", or None for another kind of archive.

    Raises:
        DamagedDocument: not readable to the end, or encrypted.
        DocumentTooLarge: more than 50 MB or 1,000 members when unpacked, or packed more than 100 times.
        DocumentWithMacros: macros, programs, or a template that is loaded from another machine.
        DocumentWithPaths: a member's name leads out of the archive, is there twice, or something is hidden around it.
    """
    if content.count(CENTRAL_ENTRY) > MOST_MEMBERS:
        raise DocumentTooLarge
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_directory(members, content)
            kind = _kind(archive)
            if kind is not None:
                for name, data in _unpacked(archive, members):
                    _check_member(name, data)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, struct.error):
        raise DamagedDocument from None


def _check_directory(members: list[zipfile.ZipInfo], content: bytes) -> None:
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise DocumentTooLarge
    if any(_is_packed_too_much(member.file_size, member.compress_size) for member in members):
        raise DocumentTooLarge
    if any(member.flag_bits & 1 or member.compress_type not in METHODS for member in members):
        raise DamagedDocument
    names = {member.filename.lower() for member in members}
    if len(names) != len(members) or any(map(_leads_out, members)) or _is_something_else_too(members, content):
        raise DocumentWithPaths


def _is_packed_too_much(size: int, packed: int) -> bool:
    return size > TOO_SMALL_FOR_A_RATIO and size > HIGHEST_RATIO * max(packed, 1)


def _is_something_else_too(members: list[zipfile.ZipInfo], content: bytes) -> bool:
    """Tell whether the archive begins late or ends early, so that another program would read another file in it."""
    begins_late = min((member.header_offset for member in members), default=1) != 0
    ends_early = content[-END_LENGTH:][: len(END)] != END
    return begins_late or ends_early or b"%PDF-" in content[:1024]


def _leads_out(member: zipfile.ZipInfo) -> bool:
    name = member.orig_filename
    is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
    return is_link or name.startswith("/") or ".." in name.split("/") or bool(re.search(r"[\\:\x00-\x1f]", name))


def _kind(archive: zipfile.ZipFile) -> str | None:
    names = archive.namelist()
    if names and names[0] == "mimetype" and archive.read("mimetype").strip() == ODT_CONTENT_TYPE:
        return "odt" if "content.xml" in names else None
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        types = archive.read("[Content_Types].xml").replace(b"\0", b"")
        if ACTIVE_XML.search(types):
            raise DocumentWithMacros
        return "docx" if DOCX_CONTENT_TYPE in types else None
    return None


def _unpacked(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """Read every member to its end, which also compares lengths and checksums with what the directory says."""
    left = LARGEST_UNPACKED
    for member in members:
        with archive.open(member) as file:
            data = file.read(left + 1)
        left -= len(data)
        if left < 0:
            raise DocumentTooLarge
        yield member.filename.lower(), data


def _check_member(name: str, data: bytes) -> None:
    if ACTIVE_NAME.search(name):
        raise DocumentWithMacros
    if not name.endswith((".xml", ".rels", ".rdf")):
        return
    text = data.replace(b"\0", b"")  # UTF-16 reads like ASCII
    if ENTITY.search(text):
        raise DocumentTooLarge  # entities that multiply when the document is opened
    if ACTIVE_XML.search(text) or any(map(_loads_from_elsewhere, RELATIONSHIP.findall(text))):
        raise DocumentWithMacros


def _loads_from_elsewhere(relationship: bytes) -> bool:
    is_external = b"external" in relationship.lower()
    return is_external and bool(LOADED_ON_OPENING.search(relationship) and ON_ANOTHER_MACHINE.search(relationship))
