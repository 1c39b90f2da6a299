"""Uploaded pictures, written anew from the parts that make the picture. Pure.

Whatever else the file carried is gone: place and camera, thumbnails, comments, and anything hidden behind the end. The
pixels are not touched; a picture keeps what they mean: its orientation, its colour profile and its printed size.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tenants.errors import Refusal

LARGEST_PICTURE = 100_000_000  # pixels
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"pHYs"}
PNG_PROFILE = b"iCCP"

START, END, SCAN, JFIF, EXIF, PROFILE = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
JPEG_KEPT = FRAMES | {0xC4, 0xCC, 0xDB, 0xDD, SCAN, 0xEE}  # tables, frames, scans, and Adobe's note on colours
END_OF_SCAN = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)
ORIENTATION, X_DENSITY, Y_DENSITY, DENSITY_UNIT = 0x0112, 0x011A, 0x011B, 0x0128
PROFILE_MARK, PROFILE_PART = b"ICC_PROFILE\0", 65_519  # bytes of a profile in one segment (ICC.1 B.4)
LARGEST_PROFILE = 4 * 1024 * 1024

type Segment = tuple[int, bytes, bytes]  # marker, parameters and, after a start of scan, the scan
type Directory = dict[int, tuple[int, ...]]  # numbers by tag


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
    kept = ((name, _png_kept(name, data)) for name, data in chunks)
    return PNG_SIGNATURE + b"".join(_png_chunk(name, data) for name, data in kept if data is not None)


def clean_jpeg(content: bytes) -> bytes:
    """Write a JPEG anew.

    Raises:
        DamagedPicture, PictureTooLarge
    """
    segments = list(_jpeg_segments(content))
    frames = [data for marker, data, _scan in segments if marker in FRAMES]
    if not frames:
        raise DamagedPicture
    for frame in frames:
        _check_pixels(*_size_in_frame(frame))
    picture = b"".join(_jpeg_segment(marker, data) + scan for marker, data, scan in segments if marker in JPEG_KEPT)
    meaning = _jfif(segments) + _exif(segments) + _profile(segments)
    return bytes([0xFF, START]) + meaning + picture + bytes([0xFF, END])


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


def _png_kept(name: bytes, data: bytes) -> bytes | None:
    """What is kept of a chunk, None for nothing: of a profile its content, not its name or what hides behind it."""
    if name != PNG_PROFILE:
        return data if name in PNG_KEPT else None
    packed = data.partition(b"\0")[2]
    try:
        profile = _whole_profile(zlib.decompressobj().decompress(packed[1:], LARGEST_PROFILE))
    except zlib.error:
        return None
    return b"icc\0\0" + zlib.compress(profile) if profile else None


def _whole_profile(content: bytes) -> bytes:
    """Cut a colour profile to the size it gives (ICC.1 7.2); empty when it is none."""
    size = int.from_bytes(content[:4])
    return content[:size] if content[36:40] == b"acsp" and 128 <= size <= len(content) else b""


def _png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _jpeg_segments(content: bytes) -> Iterator[Segment]:
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


def _jfif(segments: list[Segment]) -> bytes:
    """Write the density of a JFIF head anew, when it says more than square pixels; its thumbnail is left out."""
    for marker, data, _scan in segments:
        if marker == JFIF and data[:5] == b"JFIF\0" and len(data) >= 14:
            density = data[7:12]
            is_said = density != b"\0\0\1\0\1" and data[7] <= 2
            return _jpeg_segment(JFIF, data[:7] + density + b"\0\0") if is_said else b""
    return b""


def _profile(segments: list[Segment]) -> bytes:
    """Write the colour profile anew, from the parts that the file gives in their order."""
    parts = [data[12:] for marker, data, _scan in segments if marker == PROFILE and data.startswith(PROFILE_MARK)]
    whole = _whole_profile(b"".join(part[2:] for part in sorted(parts, key=lambda part: part[:1])))
    cut = [whole[start : start + PROFILE_PART] for start in range(0, len(whole), PROFILE_PART)]
    heads = (PROFILE_MARK + bytes([number, len(cut)]) for number in range(1, len(cut) + 1))
    return b"".join(_jpeg_segment(PROFILE, head + part) for head, part in zip(heads, cut, strict=True))


def _exif(segments: list[Segment]) -> bytes:
    """Write an Exif block that holds orientation and density and nothing else, when the file had them."""
    found: Directory = {}
    for marker, data, _scan in segments:
        if marker == EXIF:
            found |= _directory(data)
    entries = []
    if 1 < found.get(ORIENTATION, (0,))[0] <= 8:
        entries.append(struct.pack(">HHIHH", ORIENTATION, 3, 1, found[ORIENTATION][0], 0))
    density = [found.get(tag, (0, 0)) for tag in (X_DENSITY, Y_DENSITY)]
    numbers = b""
    if all(all(pair) for pair in density):
        after = 8 + 2 + 12 * (len(entries) + 3) + 4
        entries += [
            struct.pack(">HHII", tag, 5, 1, after + 8 * place) for place, tag in enumerate((X_DENSITY, Y_DENSITY))
        ]
        entries.append(struct.pack(">HHIHH", DENSITY_UNIT, 3, 1, found.get(DENSITY_UNIT, (2,))[0], 0))
        numbers = b"".join(struct.pack(">II", *pair) for pair in density)
    if not entries:
        return b""
    body = struct.pack(">IH", 8, len(entries)) + b"".join(entries) + struct.pack(">I", 0) + numbers
    return _jpeg_segment(EXIF, b"Exif\0\0MM\0\x2a" + body)


def _directory(data: bytes) -> Directory:
    """Read short and rational numbers of the first directory of an Exif block: how a picture is turned, its density."""
    tiff = data.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8 or tiff is data:
        return {}
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    if start + 2 > len(tiff):
        return {}
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    found: Directory = {}
    for entry in range(start + 2, min(start + 2 + 12 * count, len(tiff) - 11), 12):
        tag, kind, _count, place = struct.unpack_from(f"{order}HHII", tiff, entry)
        if kind == 3:
            found.setdefault(tag, struct.unpack_from(f"{order}H", tiff, entry + 8))
        elif kind == 5 and place + 8 <= len(tiff):
            found.setdefault(tag, struct.unpack_from(f"{order}II", tiff, place))
    return found
