"""Uploaded pictures, written anew from the parts that make the picture. Pure.

Whatever else the file carried is gone: place and camera, thumbnails, comments, and anything hidden behind the end. The
pixels are not touched; a photograph keeps its orientation.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tenants.errors import Refusal

LARGEST_PICTURE = 100_000_000  # pixels
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs"}

START, END, SCAN, EXIF = 0xD8, 0xD9, 0xDA, 0xE1
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
JPEG_KEPT = FRAMES | {0xC4, 0xCC, 0xDB, 0xDD, SCAN, 0xEE}  # tables, frames, scans, and Adobe's note on colours
END_OF_SCAN = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)
ORIENTATION = 0x0112


class DamagedPicture(Refusal):
    user_message = _("The picture is damaged or not complete. Open it, save it again and add the new file.")
    field = "file"


class PictureTooLarge(Refusal):
    user_message = _("The picture has too many pixels. Make it smaller and add it again.")
    field = "file"


def clean_png(content: bytes) -> bytes:
    """Write a PNG anew.

    Raises:
        DamagedPicture, PictureTooLarge
    """
    chunks = list(_png_chunks(content))
    if not chunks or chunks[0][0] != b"IHDR" or chunks[-1][0] != b"IEND" or len(chunks[0][1]) != 13:
        raise DamagedPicture
    _check_pixels(*struct.unpack(">II", chunks[0][1][:8]))
    return PNG_SIGNATURE + b"".join(_png_chunk(name, data) for name, data in chunks if name in PNG_KEPT)


def clean_jpeg(content: bytes) -> bytes:
    """Write a JPEG anew.

    Raises:
        DamagedPicture, PictureTooLarge
    """
    written, orientation, has_frame = [], 1, False
    for marker, data, scan in _jpeg_segments(content):
        if marker == EXIF:
            orientation = _orientation(data) or orientation
        if marker in FRAMES:
            has_frame = True
            _check_pixels(*_size_in_frame(data))
        if marker in JPEG_KEPT:
            written.append(_jpeg_segment(marker, data) + scan)
    if not has_frame:
        raise DamagedPicture
    exif = _jpeg_segment(EXIF, _exif(orientation)) if orientation > 1 else b""
    return bytes([0xFF, START]) + exif + b"".join(written) + bytes([0xFF, END])


def _check_pixels(width: int, height: int) -> None:
    if not width or not height:
        raise DamagedPicture
    if width * height > LARGEST_PICTURE:
        raise PictureTooLarge


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Read the chunks up to the end of the picture; what follows is not looked at."""
    position, name = len(PNG_SIGNATURE), b""
    while name != b"IEND":
        head = content[position : position + 8]
        if len(head) < 8:
            raise DamagedPicture
        length, name = int.from_bytes(head[:4]), head[4:]
        data = content[position + 8 : position + 8 + length]
        if content[position : position + 12 + length] != _png_chunk(name, data):
            raise DamagedPicture
        yield name, data
        position += 12 + length


def _png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Read marker, parameters and, after a start of scan, the scan; ends at the end-of-image marker."""
    position = 2
    while True:
        marker, position = _jpeg_marker(content, position)
        if marker == END:
            return
        length = int.from_bytes(content[position : position + 2])
        data = content[position + 2 : position + length]
        if length < 2 or len(data) != length - 2:
            raise DamagedPicture
        position += length
        scan = b""
        if marker == SCAN:
            following = END_OF_SCAN.search(content, position)
            if following is None:
                raise DamagedPicture
            scan, position = content[position : following.start()], following.start()
        yield marker, data, scan


def _jpeg_marker(content: bytes, position: int) -> tuple[int, int]:
    if content[position : position + 1] != b"\xff":
        raise DamagedPicture
    while content[position : position + 1] == b"\xff":  # any number of fill bytes
        position += 1
    if position >= len(content):
        raise DamagedPicture
    return content[position], position + 1


def _jpeg_segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def _size_in_frame(data: bytes) -> tuple[int, int]:
    if len(data) < 6:
        raise DamagedPicture
    height, width = struct.unpack(">HH", data[1:5])
    return width, height


def _orientation(data: bytes) -> int | None:
    """Read how a photograph is turned (Exif tag 0x0112, 1-8) from the first directory, None when it does not say."""
    tiff = data.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8 or tiff is data:
        return None
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    if start + 2 > len(tiff):
        return None
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    for entry in range(start + 2, min(start + 2 + 12 * count, len(tiff) - 11), 12):
        tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
        if tag == ORIENTATION:
            return value if 1 <= value <= 8 else None
    return None


def _exif(orientation: int) -> bytes:
    """Write an Exif block that holds the orientation and nothing else."""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, orientation, 0)
    return b"Exif\0\0MM\0\x2a" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
