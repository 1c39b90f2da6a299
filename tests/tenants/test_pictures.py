"""Pictures are written anew: they keep what they mean, and nothing hidden in or behind them."""

import io
import struct
import zlib

import pytest

from tenants import files, pictures
from tenants.files import CheckedFile, check_upload
from tests.tenants import uploads
from tests.tenants.uploads import archive, exif, jpeg, pdf, png


def checked(content: bytes, name: str) -> CheckedFile:
    return check_upload(io.BytesIO(content), name)


@pytest.mark.parametrize("hidden", [uploads.HTML, archive({"a": "b"}), pdf()])
def test_nothing_hidden_in_or_behind_a_picture_is_kept(hidden):
    comment, text = uploads.jpeg_segment(0xFE, hidden), uploads.png_chunk(b"tEXt", hidden)

    assert checked(jpeg(comment, after=hidden), "kuva.jpg").content == jpeg().replace(jpeg()[2:20], b"")
    assert checked(png(extra=text, after=hidden), "kuva.png").content == png()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("turn", range(9))
def test_a_photograph_keeps_its_orientation_and_forgets_its_place(order, turn):
    written = checked(jpeg(exif(turn, order)), "kuva.jpg").content

    assert b"GPS" not in written
    assert (b"Exif" in written) == (turn > 1)
    assert checked(written, "kuva.jpg").content == written


PROFILE = (132).to_bytes(4) + bytes(32) + b"acsp" + b"Display P3".ljust(92, b"\0")
HIDDEN = b"GPS 62.97 28.63"


def test_a_photograph_keeps_its_colour_profile_and_nothing_behind_it():
    parts = [PROFILE[:70], PROFILE[70:] + HIDDEN]
    segments = [
        uploads.jpeg_segment(0xE2, b"ICC_PROFILE\0" + bytes([number, 2]) + part) for number, part in enumerate(parts, 1)
    ]

    written = checked(jpeg(segments[1] + segments[0]), "kuva.jpg").content

    assert b"ICC_PROFILE\0\1\1" + PROFILE in written
    assert HIDDEN not in written
    assert checked(written, "kuva.jpg").content == written


def test_a_png_keeps_its_colour_profile_without_its_name():
    chunk = uploads.png_chunk(b"iCCP", b"Matin kuva\0\0" + zlib.compress(PROFILE + HIDDEN) + HIDDEN)

    written = checked(png(extra=chunk), "kuva.png").content

    assert zlib.compress(PROFILE) in written
    assert HIDDEN not in written
    assert b"Matin" not in written


@pytest.mark.parametrize("made_up", [b"", b"no profile", bytes(200), HIDDEN * 40])
def test_what_only_calls_itself_a_colour_profile_is_left_out(made_up):
    segment = uploads.jpeg_segment(0xE2, b"ICC_PROFILE\0\1\1" + made_up)
    chunk = uploads.png_chunk(b"iCCP", b"icc\0\0" + zlib.compress(made_up))

    assert b"ICC_PROFILE" not in checked(jpeg(segment), "kuva.jpg").content
    assert checked(png(extra=chunk), "kuva.png").content == png()


@pytest.mark.parametrize("unit", [1, 2])
def test_a_scan_keeps_its_printed_size_and_loses_its_thumbnail(unit):
    density = bytes([unit]) + (300).to_bytes(2) + (300).to_bytes(2)
    scan = jpeg().replace(b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0", b"JFIF\0\x01\x01" + density + b"\0\0")

    written = checked(scan, "kuva.jpg").content

    assert written[2:20] == uploads.jpeg_segment(0xE0, b"JFIF\0\x01\x01" + density + b"\0\0")


def test_a_scan_whose_size_stands_in_exif_keeps_it():
    entries = [struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0), struct.pack("<HHII", 0x011A, 5, 1, 62)]
    entries += [struct.pack("<HHII", 0x011B, 5, 1, 70), struct.pack("<HHIHH", 0x0128, 3, 1, 2, 0)]
    tiff = b"II" + struct.pack("<HIH", 42, 8, 4) + b"".join(entries) + bytes(4) + struct.pack("<IIII", 300, 1, 600, 2)
    photograph = jpeg(uploads.jpeg_segment(0xE1, b"Exif\0\0" + tiff + HIDDEN))

    written = checked(photograph, "kuva.jpg").content

    assert pictures._directory(written[6:]) == {0x0112: (6,), 0x011A: (300, 1), 0x011B: (600, 2), 0x0128: (2,)}
    assert HIDDEN not in written
    assert checked(written, "kuva.jpg").content == written


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"\0\0\0\x18ftypheic" + bytes(100), "IMG_0001.heic", "HEIC"),
        (b"\0\0\0\x18ftypmif1" + bytes(100), "IMG_0001.jpg", "HEIC"),
        (b"MM\0*" + bytes(100), "skannaus.tiff", "TIFF"),
        (b"II*\0" + bytes(100), "skannaus.jpg", "TIFF"),
        (b"RIFF\0\0\0\0WEBPVP8 " + bytes(100), "kuva.webp", "WebP"),
    ],
)
def test_another_kind_of_picture_is_refused_with_what_to_do(content, name, kind):
    with pytest.raises(files.PictureKindNotTaken) as refused:
        checked(content, name)

    assert kind in str(refused.value.user_message)
    assert "JPEG" in str(refused.value.user_message)
