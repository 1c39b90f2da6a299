"""Documents people add: checked by their content, kept encrypted outside every served folder.

Which person may add or read one, and the row that describes it, belong to the floors above. A file is served only by a
view with a permission and a log entry.
"""

import enum
import hashlib
import re
import unicodedata
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils.translation import gettext_lazy as _

from tenants import archives, pdfs, pictures
from tenants.errors import Refusal
from tenants.keys import ring
from tenants.keys.sealing import HEADER_LENGTH, EncryptionError, key_id_of, seal, unseal

LARGEST_FILE = 20 * 1024 * 1024
LONGEST_NAME, LONGEST_ENDING = 100, 10
FILE_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # drafts and strangers have other names


class Kind(enum.StrEnum):
    """What may be added. A TIFF is kept as PDF."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    DOCX = "docx"
    ODT = "odt"


CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
}
HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
OTHER_PICTURES = {b"GIF8": "GIF", b"BM": "BMP"}
ENDINGS = {Kind.JPEG: {".jpg", ".jpeg", ".jpe", ".jfif"}, Kind.TIFF: {".tif", ".tiff"}}
CLEANED = {
    Kind.PDF: pdfs.clean,
    Kind.JPEG: pictures.clean_jpeg,
    Kind.PNG: pictures.clean_png,
    Kind.TIFF: pictures.tiff_as_pdf,
}


class NotAnAcceptedFile(Refusal):
    user_message = _("This file is not a PDF, picture or text document. Save it as PDF and add that.")
    field = "file"


class PictureKindNotTaken(NotAnAcceptedFile):
    user_message = _("Pictures of this kind (%(kind)s) are not taken. Save the picture as JPEG or PDF and add that.")


class FileTooLarge(Refusal):
    user_message = _("The file is too large: %(limit)s MB is the most. Make it smaller or divide it.")
    field = "file"


class EmptyFile(Refusal):
    user_message = _("The file is empty. Choose another one.")
    field = "file"


class WrongEnding(Refusal):
    user_message = _(
        "The ending of the file's name is not that of its content (%(ending)s). Change the ending and add it again."
    )
    field = "file"


class FileMissing(EncryptionError):
    """The file was stored but is not there any longer."""


class Upload(Protocol):
    """An open file."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True)
class CheckedFile:
    """What was added, after the checks. `content` is what to store: pictures written anew, PDFs cut to themselves."""

    kind: Kind
    content_type: str
    size: int
    sha256: str
    name: str = field(repr=False)  # safe to show and to offer for download; not used as a path
    content: bytes = field(repr=False)


def check_upload(file: Upload, name: str) -> CheckedFile:
    """Check a file that a person adds, by its content; its name must agree.

    Raises:
        EmptyFile, FileTooLarge, NotAnAcceptedFile, PictureKindNotTaken, WrongEnding; what `archives.check`,
            `pdfs.clean` and those of `pictures` raise.
    """
    content = file.read(LARGEST_FILE + 1)
    if not content:
        raise EmptyFile
    if len(content) > LARGEST_FILE:
        raise FileTooLarge(limit=LARGEST_FILE // 1024**2)
    kind = _kind_of(content)
    shown_name = safe_name(name)
    if PurePosixPath(shown_name).suffix.lower() not in ENDINGS.get(kind, {f".{kind}"}):
        raise WrongEnding(ending=f".{kind}")
    if kind in CLEANED:
        content = CLEANED[kind](content)
    if kind is Kind.TIFF:
        kind, shown_name = Kind.PDF, f"{PurePosixPath(shown_name).stem}.{Kind.PDF}"
    digest = hashlib.sha256(content).hexdigest()
    return CheckedFile(kind, CONTENT_TYPES[kind], len(content), digest, name=shown_name, content=content)


def safe_name(name: str) -> str:
    """Make a file name harmless to show: no folders, control or direction characters, no leading dot, not long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(character for character in last if unicodedata.category(character)[0] != "C").strip(" .")
    path = PurePosixPath(plain)
    ending = path.suffix if len(path.suffix) <= LONGEST_ENDING else ""
    return plain.removesuffix(ending)[: LONGEST_NAME - len(ending)] + ending


def store(content: bytes, *, file_id: uuid.UUID) -> None:
    """Seal content and write it under the municipality that is entered; replaces an earlier content at once.

    Call it inside the transaction that writes the row, after that: a row without a file is an error, and a file
    without a row is noise that the owner of the row forgets, by `stored`.

    Raises:
        StoreAway
    """
    sealed = seal(content, key=ring.current_key(), place=_place(file_id))
    _store().save(_name(file_id), ContentFile(sealed))


def read(file_id: uuid.UUID) -> bytes:
    """Read and open a file of the municipality that is entered.

    Raises:
        FileMissing, UnknownVersion, UnknownKey, BadTag, StoreAway
    """
    try:
        sealed = _sealed(file_id)
    except FileNotFoundError:
        raise FileMissing(str(file_id)) from None
    return unseal(sealed, find_key=ring.key, place=_place(file_id))


def discard(file_id: uuid.UUID) -> None:
    """Delete a file; one that is gone already is well.

    Raises:
        StoreAway
    """
    _store().delete(_name(file_id))


def stored() -> Iterator[uuid.UUID]:
    """Name every file of this municipality.

    Raises:
        StoreAway
    """
    try:
        _folders, names = _store().listdir(ring.active_schema())
    except FileNotFoundError:  # nothing was ever stored
        return
    yield from (uuid.UUID(name) for name in sorted(names) if FILE_ID.fullmatch(name))


def stored_under_other_keys() -> Iterator[uuid.UUID]:
    """Name the files of this municipality that were not sealed with the current key, damaged ones too."""
    current = ring.current_key().id
    yield from (file_id for file_id in stored() if _key_of(file_id) != current)


def _key_of(file_id: uuid.UUID) -> uuid.UUID | None:
    """Read which key a file was sealed with; None when it cannot be told."""
    try:
        return key_id_of(_sealed(file_id, HEADER_LENGTH))
    except (EncryptionError, OSError):
        return None


def _sealed(file_id: uuid.UUID, length: int = -1) -> bytes:
    with _store().open(_name(file_id)) as file:
        found: bytes = file.read(length)
        return found


def _store() -> Storage:
    return storages["documents"]


def _name(file_id: uuid.UUID) -> str:
    return f"{ring.active_schema()}/{uuid.UUID(str(file_id))}"


def _place(file_id: uuid.UUID) -> str:
    return f"{ring.active_schema()}|files|{file_id}"


def _kind_of(content: bytes) -> Kind:
    if other := _other_picture(content):
        raise PictureKindNotTaken(kind=other)
    for kind, start in ((Kind.JPEG, pictures.JPEG_START), (Kind.PNG, pictures.PNG_SIGNATURE)):
        if content.startswith(start):
            return kind
    if pictures.is_tiff(content):
        return Kind.TIFF
    if content.startswith(archives.START):
        document = archives.check(content)
        if document is not None:
            return Kind(document)
    if pdfs.is_pdf(content):
        return Kind.PDF
    raise NotAnAcceptedFile


def _other_picture(content: bytes) -> str:
    """Name the kind of a picture that is not taken, empty for anything else: phones make HEIC."""
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        return "AVIF" if content[8:12].startswith(b"avi") else "HEIC"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP"
    return next((name for start, name in OTHER_PICTURES.items() if content.startswith(start)), "")
