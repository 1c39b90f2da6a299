"""Documents people add: checked by their content, kept encrypted outside every served folder.

Which person may add or read one, and the row that describes it, belong to the floors above. A file is served only by a
view with a permission and a log entry.
"""

import enum
import hashlib
import os
import re
import secrets
import unicodedata
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tenants import archives, pdfs, pictures
from tenants.errors import Refusal
from tenants.keys import ring
from tenants.keys.sealing import HEADER_LENGTH, EncryptionError, key_id_of, seal, unseal

LARGEST_FILE = 20 * 1024 * 1024
LONGEST_NAME, LONGEST_ENDING = 100, 10
DRAFT = ".draft"
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
    """
    path = _path(file_id)
    for folder in (path.parent.parent, path.parent):  # the mode of a call is for the last folder only
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}{DRAFT}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(seal(content, key=ring.current_key(), place=_place(file_id)))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def read(file_id: uuid.UUID) -> bytes:
    """Read and open a file of the municipality that is entered.

    Raises:
        FileMissing, UnknownVersion, UnknownKey, BadTag
    """
    try:
        sealed = _path(file_id).read_bytes()
    except FileNotFoundError:
        raise FileMissing(str(file_id)) from None
    return unseal(sealed, find_key=ring.key, place=_place(file_id))


def discard(file_id: uuid.UUID) -> None:
    """Delete a file; one that is gone already is well."""
    _path(file_id).unlink(missing_ok=True)


def stored() -> Iterator[uuid.UUID]:
    """Name every file of this municipality."""
    for path in sorted((Path(settings.FILES) / ring.active_schema()).glob("*-*")):
        if FILE_ID.fullmatch(path.name):
            yield uuid.UUID(path.name)


def stored_under_other_keys() -> Iterator[uuid.UUID]:
    """Name the files of this municipality that were not sealed with the current key, damaged ones too."""
    current = ring.current_key().id
    yield from (file_id for file_id in stored() if _key_of(_path(file_id)) != current)


def _key_of(path: Path) -> uuid.UUID | None:
    """Read which key a file was sealed with; None when it cannot be told."""
    try:
        with path.open("rb") as file:
            return key_id_of(file.read(HEADER_LENGTH))
    except (EncryptionError, OSError):
        return None


def _path(file_id: uuid.UUID) -> Path:
    return Path(settings.FILES) / ring.active_schema() / str(uuid.UUID(str(file_id)))


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
