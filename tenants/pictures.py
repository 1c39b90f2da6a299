"""Uploaded pictures, decoded and written anew by Pillow; a TIFF becomes a PDF. Pure.

Nothing of the file is kept but its pixels, its orientation, its colour profile and its printed size: place and camera,
thumbnails, comments, and anything hidden in or behind the picture are gone.
"""

import io
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, ImageSequence
from PIL.PngImagePlugin import PngInfo

from tenants.errors import Refusal

LARGEST_PICTURE = 100_000_000  # pixels; of a TIFF, all its pages together
MOST_PAGES = 200
MOST_SCANS = 100  # of a progressive JPEG; each is decoded over the whole picture
SCAN = b"\xff\xda"
PNG_SIGNATURE, JPEG_START = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
ORIENTATION = 0x0112
LARGEST_PROFILE = 4 * 1024 * 1024
PDF_MODES = {"1", "L", "RGB", "CMYK"}
DEEP_GREYS = {"I;16", "I;16B", "I;16L"}
PAGE_QUALITY = 90
DOTS_PER_INCH = 300  # of a page that does not say how large it is printed

Image.MAX_IMAGE_PIXELS = None  # Pillow only warns of large ones; `_check_pixels` refuses them before they are decoded
_one_at_a_time = threading.Lock()  # a picture takes 400 MB at most while it is decoded


class DamagedPicture(Refusal):
    user_message = _("The picture is damaged or not complete. Open it, save it again and add the new file.")
    field = "file"


class PictureTooLarge(Refusal):
    user_message = _("The picture has too many pixels. Make it smaller and add it again.")
    field = "file"


def clean_png(content: bytes) -> bytes:
    """Write a PNG anew, with the same pixels.

    Raises:
        DamagedPicture, PictureTooLarge
    """
    with _decoded(content, "PNG") as image:
        info = image.info
        image.info = {key: info[key] for key in ("transparency",) if key in info}
        return _written(image, "PNG", pnginfo=_colours(info), icc_profile=_profile(info), **_density(info))


def clean_jpeg(content: bytes) -> bytes:
    """Write a JPEG anew, with its own tables, so that what is lost by it is not seen.

    Raises:
        DamagedPicture, PictureTooLarge
    """
    if content.count(SCAN) > MOST_SCANS:
        raise PictureTooLarge
    with _decoded(content, "JPEG") as image:
        info, turned = image.info, _turned(image)
        image.info, image.format = {}, "JPEG"  # a telephone's picture may be called MPO, for a second one behind it
        return _written(
            image,
            "JPEG",
            quality="keep",
            progressive=bool(info.get("progressive")),
            exif=turned,
            icc_profile=_profile(info),
            **_density(info),
        )


def is_tiff(content: bytes) -> bool:
    """Tell whether this begins as a TIFF, which scanners make."""
    return content.startswith(TIFF_STARTS)


def tiff_as_pdf(content: bytes) -> bytes:
    """Make a PDF of the pages of a TIFF; pages in black and white keep every dot.

    Raises:
        DamagedPicture, PictureTooLarge
    """
    with pikepdf.new() as pdf, _decoded(content, "TIFF") as image:
        _check_pages(image)
        for page in ImageSequence.Iterator(image):
            with pikepdf.open(io.BytesIO(_as_page(page))) as printed:
                pdf.pages.extend(printed.pages)
        whole = io.BytesIO()
        pdf.save(whole, deterministic_id=True)
        return whole.getvalue()


@contextmanager
def _decoded(content: bytes, kind: str) -> Iterator[Image.Image]:
    with _one_at_a_time:
        try:
            with Image.open(io.BytesIO(content), formats=[kind]) as image:
                _check_pixels(image.width * image.height)
                image.load()
                yield image
        except (
            OSError,
            SyntaxError,
            ValueError,
            EOFError,
            OverflowError,
            struct.error,
            KeyError,
            TypeError,
            IndexError,
        ):
            raise DamagedPicture from None


def _check_pixels(pixels: int) -> None:
    if not pixels:
        raise DamagedPicture
    if pixels > LARGEST_PICTURE:
        raise PictureTooLarge


def _written(image: Image.Image, kind: str, **options: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def _turned(image: Image.Image) -> bytes:
    """Write how a picture is turned as an Exif block of its own, empty for one that stands upright."""
    turned = image.getexif().get(ORIENTATION)
    if turned not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[ORIENTATION] = turned
    return exif.tobytes()


def _profile(info: dict[str | tuple[int, int], Any]) -> bytes | None:
    """Cut the colour profile to the size it gives (ICC.1 7.2); None when it is none."""
    profile: bytes = info.get("icc_profile") or b""
    size = int.from_bytes(profile[:4])
    is_profile = profile[36:40] == b"acsp" and 128 <= size <= min(len(profile), LARGEST_PROFILE)
    return profile[:size] if is_profile else None


def _density(info: dict[str | tuple[int, int], Any]) -> dict[str, tuple[float, float]]:
    """Tell how many dots an inch has, when the picture says so."""
    dots = info.get("dpi", (0, 0))
    return {"dpi": (float(dots[0]), float(dots[1]))} if all(0 < float(number) < 65_536 for number in dots) else {}


def _colours(info: dict[str | tuple[int, int], Any]) -> PngInfo:
    """Say again what the numbers of a PNG mean as colours, where it has no profile."""
    kept = PngInfo()
    if "gamma" in info:
        kept.add(b"gAMA", struct.pack(">I", round(info["gamma"] * 100_000)))
    if "chromaticity" in info:
        kept.add(b"cHRM", struct.pack(">8I", *(round(number * 100_000) for number in info["chromaticity"])))
    if "srgb" in info and not info.get("icc_profile"):
        kept.add(b"sRGB", bytes([info["srgb"]]))
    return kept


def _check_pages(image: Image.Image) -> None:
    pages = getattr(image, "n_frames", 1)
    if pages > MOST_PAGES:
        raise PictureTooLarge
    pixels = 0
    for page in range(pages):
        image.seek(page)
        pixels += image.width * image.height
        _check_pixels(pixels)


def _as_page(page: Image.Image) -> bytes:
    density = _density(page.info) or {"dpi": (DOTS_PER_INCH, DOTS_PER_INCH)}
    upright = ImageOps.exif_transpose(page)
    if upright.mode in DEEP_GREYS:
        upright = upright.point(lambda grey: grey / 256).convert("L")
    elif upright.mode not in PDF_MODES:
        upright = _on_white(upright)
    quality = {} if upright.mode == "1" else {"quality": PAGE_QUALITY}
    return _written(upright, "PDF", **quality, **density)


def _on_white(image: Image.Image) -> Image.Image:
    """Put what can be seen through on white paper."""
    layer = image.convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper
