"""Pictures are written anew: they keep what they mean, and nothing hidden in or behind them."""

import io
import struct
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat
from PIL.PngImagePlugin import PngInfo

from tenants import files, pictures
from tenants.errors import Refusal
from tenants.files import CheckedFile, check_upload
from tests.tenants import uploads
from tests.tenants.uploads import archive, exif, jpeg, pdf, png

HIDDEN = b"GPS 62.97 28.63"
PROFILE = (132).to_bytes(4) + bytes(32) + b"acsp" + b"Display P3".ljust(92, b"\0")
PNG_PARTS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs"}
JPEG_MARKERS = {0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0, 0xE1, 0xE2, 0xEE}


def checked(content: bytes, name: str) -> CheckedFile:
    return check_upload(io.BytesIO(content), name)


def drawn(mode: str = "RGB") -> Image.Image:
    """A picture with slopes, edges and every grey."""
    slope = Image.linear_gradient("L").resize((64, 48))
    if mode == "I;16":
        return Image.frombytes("I;16", (64, 48), b"".join(struct.pack("<H", number * 21) for number in range(64 * 48)))
    return Image.merge("RGBA", (slope, slope.rotate(90), Image.radial_gradient("L").resize((64, 48)), slope)).convert(
        mode
    )


def saved(image: Image.Image, kind: str, **options) -> bytes:
    content = io.BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def parts_of_png(content: bytes) -> set[bytes]:
    found, place = set(), 8
    while place < len(content):
        found.add(content[place + 4 : place + 8])
        place += 12 + int.from_bytes(content[place : place + 4])
    return found


def markers_of_jpeg(content: bytes) -> set[int]:
    """The kinds of segments, up to the end of the picture, which must be the end of the file."""
    found, place = set(), 2
    while content[place : place + 2] != b"\xff\xd9":
        assert content[place] == 0xFF
        found.add(content[place + 1])
        place += 2 + int.from_bytes(content[place + 2 : place + 4])
        while content[place] != 0xFF or content[place + 1] in {0, *range(0xD0, 0xD8)}:
            place += 1
    assert place + 2 == len(content)
    return found


# --- the picture stays ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_keeps_every_pixel(mode):
    picture = drawn(mode)

    written = opened(checked(saved(picture, "PNG"), "kuva.png").content)

    assert written.mode == picture.mode
    assert written.tobytes() == picture.tobytes()


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("quality", [30, 75, 95])
@pytest.mark.parametrize("is_progressive", [False, True])
def test_what_a_jpeg_loses_is_not_seen(mode, quality, is_progressive):
    content = saved(drawn(mode), "JPEG", quality=quality, progressive=is_progressive)

    written = opened(checked(content, "kuva.jpg").content)

    difference = ImageStat.Stat(ImageChops.difference(opened(content), written))
    assert (written.size, written.mode) == ((64, 48), mode)
    assert max(difference.mean) < 2  # of 255


def test_a_transparent_colour_and_what_the_numbers_mean_are_kept():
    meaning = PngInfo()
    meaning.add(b"gAMA", struct.pack(">I", 45_455))
    meaning.add(b"cHRM", struct.pack(">8I", *range(30_000, 30_008)))
    content = saved(drawn("P"), "PNG", transparency=3, pnginfo=meaning, dpi=(300, 300))

    written = opened(checked(content, "kuva.png").content)

    assert {name: written.info[name] for name in ("gamma", "transparency", "dpi")} == {
        "gamma": 0.45455,
        "transparency": 3,
        "dpi": opened(content).info["dpi"],
    }
    assert written.info["chromaticity"] == opened(content).info["chromaticity"]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("turn", range(9))
def test_a_photograph_keeps_its_orientation_and_forgets_its_place(order, turn):
    written = checked(jpeg(exif(turn, order)), "kuva.jpg").content

    assert HIDDEN not in written
    assert opened(written).getexif() == ({0x0112: turn} if turn > 1 else {})


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "kuva.jpg"), ("PNG", "kuva.png")])
def test_a_picture_keeps_its_colour_profile_and_nothing_behind_it(kind, name):
    written = checked(saved(drawn(), kind, icc_profile=PROFILE + HIDDEN), name).content

    assert opened(written).info["icc_profile"] == PROFILE


@pytest.mark.parametrize("made_up", [b"", b"no profile", bytes(200), HIDDEN * 40])
def test_what_only_calls_itself_a_colour_profile_is_left_out(made_up):
    segment = uploads.jpeg_segment(0xE2, b"ICC_PROFILE\0\1\1" + made_up)
    chunk = uploads.png_chunk(b"iCCP", b"icc\0\0" + zlib.compress(made_up))

    assert b"ICC_PROFILE" not in checked(jpeg(segment), "kuva.jpg").content
    assert b"iCCP" not in checked(png(extra=chunk), "kuva.png").content


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "kuva.jpg"), ("PNG", "kuva.png")])
def test_a_scan_keeps_its_printed_size(kind, name):
    written = opened(checked(saved(drawn(), kind, dpi=(300, 600)), name).content)

    assert [round(dots) for dots in written.info["dpi"]] == [300, 600]


def test_a_scan_whose_size_stands_in_exif_keeps_it():
    entries = [struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0), struct.pack("<HHII", 0x011A, 5, 1, 62)]
    entries += [struct.pack("<HHII", 0x011B, 5, 1, 70), struct.pack("<HHIHH", 0x0128, 3, 1, 2, 0)]
    tiff = b"II" + struct.pack("<HIH", 42, 8, 4) + b"".join(entries) + bytes(4) + struct.pack("<IIII", 300, 1, 300, 1)
    photograph = jpeg(uploads.jpeg_segment(0xE1, b"Exif\0\0" + tiff + HIDDEN))

    written = opened(checked(photograph, "kuva.jpg").content)

    assert written.info["dpi"] == (300, 300)
    assert written.getexif() == {0x0112: 6}


def test_a_telephones_picture_with_a_second_one_behind_it_is_taken_without_it():
    content = saved(drawn(), "MPO", save_all=True, append_images=[Image.new("RGB", (8, 8))])

    written = checked(content, "kuva.jpg").content

    assert opened(written).format == "JPEG"
    assert markers_of_jpeg(written) <= JPEG_MARKERS


# --- what is not the picture goes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("hidden", [uploads.HTML, archive({"a": "b"}), pdf()])
def test_nothing_hidden_in_or_behind_a_picture_is_kept(hidden):
    comment, text = uploads.jpeg_segment(0xFE, hidden), uploads.png_chunk(b"tEXt", b"a\0" + hidden)
    in_the_scan = jpeg().replace(b"\xff\xd9", hidden.replace(b"\xff", b"") + b"\xff\xd9")

    for photograph in (jpeg(comment, after=hidden), in_the_scan):
        written = checked(photograph, "kuva.jpg").content
        assert hidden not in written
        assert markers_of_jpeg(written) <= JPEG_MARKERS
    assert checked(png(extra=text, after=hidden), "kuva.png").content == checked(png(), "kuva.png").content


def test_what_is_hidden_behind_the_pixels_of_a_png_goes():
    too_much = uploads.png_chunk(b"IDAT", zlib.compress(b"\0\0" + HIDDEN, 0))
    hiding = png().replace(uploads.png_chunk(b"IDAT", zlib.compress(b"\0\0")), too_much)
    assert HIDDEN in hiding

    assert checked(hiding, "kuva.png").content == checked(png(), "kuva.png").content


def test_a_photograph_that_is_drawn_over_again_and_again_is_refused():
    photograph = jpeg()
    scan = photograph.rindex(b"\xff\xda")
    again = photograph[scan:-2]

    with pytest.raises(pictures.PictureTooLarge):
        checked(photograph[:-2] + again * 500 + b"\xff\xd9", "kuva.jpg")


ANY_PICTURE = [
    saved(drawn("RGB"), "JPEG", progressive=True, comment=b"Matti", icc_profile=PROFILE),
    saved(drawn("CMYK"), "JPEG", dpi=(200, 200)),
    saved(drawn("P"), "PNG", transparency=3, icc_profile=PROFILE),
    saved(drawn("RGBA"), "PNG", dpi=(300, 300)),
    saved(drawn("1"), "TIFF", compression="group4"),
    saved(drawn("RGB"), "TIFF", compression="tiff_lzw"),
]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(ANY_PICTURE),
    st.lists(st.binary(max_size=8), max_size=4),
    st.data(),
)
def test_whatever_is_done_to_a_picture_only_a_picture_comes_out(content, strokes, data):
    for stroke in strokes:
        place, gone = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 12))
        content = content[:place] + stroke + content[place + gone :]
    name = {b"\x89": "kuva.png", b"\xff": "kuva.jpg"}.get(content[:1], "kuva.tif")

    try:
        written = checked(content, name)
    except Refusal:
        return

    if written.kind is files.Kind.PNG:
        assert parts_of_png(written.content) <= PNG_PARTS
        assert opened(written.content).tobytes() == opened(content).tobytes()
    elif written.kind is files.Kind.JPEG:
        assert markers_of_jpeg(written.content) <= JPEG_MARKERS
        assert opened(written.content).size == opened(content).size


# --- other kinds ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "compression"),
    [
        ("1", "group4"),
        ("1", None),
        ("L", "tiff_lzw"),
        ("RGB", "jpeg"),
        ("RGBA", None),
        ("P", "tiff_lzw"),
        ("I;16", None),
    ],
)
def test_a_scan_in_tiff_becomes_a_pdf_of_its_pages_and_size(mode, compression):
    scan = saved(
        drawn(mode), "TIFF", compression=compression, dpi=(100, 100), save_all=True, append_images=[drawn(mode)]
    )

    taken = checked(scan, "Skannaus 1.TIF")

    assert (taken.kind, taken.name, taken.content_type) == (files.Kind.PDF, "Skannaus 1.pdf", "application/pdf")
    with pikepdf.open(io.BytesIO(taken.content)) as made:
        assert [[float(number) for number in page.mediabox] for page in made.pages] == [[0, 0, 46.08, 34.56]] * 2
    assert checked(taken.content, "uudelleen.pdf").content == taken.content
    assert checked(scan, "Skannaus 1.TIF").sha256 == taken.sha256


def test_a_scan_in_black_and_white_keeps_every_dot():
    taken = checked(saved(drawn("1"), "TIFF", compression="group4"), "skannaus.tiff")

    with pikepdf.open(io.BytesIO(taken.content)) as made:
        (image,) = made.pages[0].get_images().values()
        assert isinstance(image, pikepdf.Stream)
        assert pikepdf.PdfImage(image).as_pil_image().convert("1").tobytes() == drawn("1").tobytes()


@pytest.mark.parametrize(
    "content", [b"II*\0" + bytes(100), b"MM\0*" + b"\0\0\0\x08", b"II*\0\x08\0\0\0" + b"\xff" * 200]
)
def test_a_damaged_tiff_is_refused(content):
    with pytest.raises(pictures.DamagedPicture):
        checked(content, "skannaus.tif")


def test_a_tiff_of_too_many_pages_or_dots_is_refused(monkeypatch):
    scan = saved(drawn("1"), "TIFF", save_all=True, append_images=[drawn("1")] * 4)
    monkeypatch.setattr(pictures, "MOST_PAGES", 4)
    with pytest.raises(pictures.PictureTooLarge):
        checked(scan, "skannaus.tif")

    monkeypatch.setattr(pictures, "MOST_PAGES", 5)
    monkeypatch.setattr(pictures, "LARGEST_PICTURE", 64 * 48 * 4)
    with pytest.raises(pictures.PictureTooLarge):
        checked(scan, "skannaus.tif")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"\0\0\0\x18ftypheic" + bytes(100), "IMG_0001.heic", "HEIC"),
        (b"\0\0\0\x18ftypmif1" + bytes(100), "IMG_0001.jpg", "HEIC"),
        (b"RIFF\0\0\0\0WEBPVP8 " + bytes(100), "kuva.webp", "WebP"),
        (b"GIF89a" + bytes(100), "kuva.gif", "GIF"),
    ],
)
def test_another_kind_of_picture_is_refused_with_what_to_do(content, name, kind):
    with pytest.raises(files.PictureKindNotTaken) as refused:
        checked(content, name)

    assert kind in str(refused.value.user_message)
    assert "JPEG" in str(refused.value.user_message)


def test_a_tiff_that_calls_itself_a_jpeg_is_told_what_it_is():
    with pytest.raises(files.WrongEnding) as refused:
        checked(saved(drawn(), "TIFF"), "skannaus.jpg")

    assert ".tiff" in str(refused.value.user_message)
