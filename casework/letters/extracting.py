"""From the bytes of a file to the text of its pages: PDF, DOCX, pictures. Runs in the child process only."""

import io
import math
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice

import docx
import pypdfium2 as pdfium
from docx.oxml.ns import qn
from lxml import etree
from pypdfium2 import raw as pdfium_c

from casework.letters.limits import MOST_PAGES, MOST_PICTURES, MOST_PIXELS, MOST_TEXT, PICTURE_SECONDS
from casework.letters.text import Page

SHORTEST_PAGE = 20  # characters; a page with fewer is a picture, with a stamp at most
SHORTEST_SCAN = 200  # of a page that a picture fills: a stamp and what the scanner printed in the margin are no letter
FILLS = 0.7  # of a page
FIRST_OBJECTS = 10  # of a page, among which the picture of a scan is
SCALE = 300 / 72  # dots an inch, which the reader of pictures likes best
RECOGNISED = ("-l", "fin+swe", "--psm", "3")

TEXT, TAB, BREAK, PARAGRAPH = qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:p")
PICTURE = pdfium_c.FPDF_PAGEOBJ_IMAGE
ROW, CELL = qn("w:tr"), qn("w:tc")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same text once more


class Locked(Exception):
    """The file opens with a password only."""


class Damaged(Exception):
    """The file cannot be opened."""


class OnlyPictures(Exception):
    """The file is a picture, and there is nothing to read pictures with."""


class Unrecognised(Exception):
    """The file is a picture in which nothing was recognised."""


class Empty(Exception):
    """There is no text in the file."""


@dataclass(frozen=True)
class Contents:
    """The pages with text, how many there are (0: the file knows none), and how many pictures could not be read."""

    pages: list[Page]
    count: int
    unread: int = 0

    @property
    def read(self) -> int:
        """How many pages were looked at to their end, empty ones too."""
        return min(self.count, MOST_PAGES) - self.unread


def extract(content: bytes, *, kind: str, tesseract: str) -> Contents:
    """Read a file of a kind (`tenants.files.Kind`); `tesseract` is the path of the reader of pictures, "" for none.

    Raises:
        Locked, Damaged, OnlyPictures, Unrecognised, Empty
    """
    extracted = _extracted(content, kind, tesseract)
    if any(page.text.strip() for page in extracted.pages):
        return extracted
    if extracted.unread:
        raise Unrecognised if tesseract else OnlyPictures
    raise Empty


def _extracted(content: bytes, kind: str, tesseract: str) -> Contents:
    if kind == "pdf":
        return _of_pdf(content, tesseract)
    if kind == "docx":
        return Contents([Page(0, _of_docx(content))], 0)
    if not tesseract:
        return Contents([], 1, unread=1)
    pages = _recognised(1, content, tesseract)
    return Contents(pages, 1, unread=1 - len(pages))


def _of_pdf(content: bytes, tesseract: str) -> Contents:
    with _opened(content) as opened:
        count, pages, begun = len(opened), list[Page](), time.monotonic()
        pictures = read_pictures = 0
        for index in range(min(count, MOST_PAGES)):
            page = opened[index]
            text, is_scan = page.get_textpage().get_text_bounded()[:MOST_TEXT], _is_scan(page)
            if len(text.strip()) >= (SHORTEST_SCAN if is_scan else SHORTEST_PAGE):
                pages.append(Page(index + 1, text, is_picture=is_scan))
                continue
            if _is_empty(page):
                continue
            pictures += 1
            if tesseract and pictures <= MOST_PICTURES and time.monotonic() - begun < PICTURE_SECONDS:
                recognised = _recognised(index + 1, _picture_of(page), tesseract)
                pages, read_pictures = pages + recognised, read_pictures + len(recognised)
    return Contents(pages, count, pictures - read_pictures)


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        is_locked = error.err_code == pdfium_c.FPDF_ERR_PASSWORD
        raise (Locked if is_locked else Damaged) from None


def _is_scan(page: pdfium.PdfPage) -> bool:
    """Tell whether a picture fills a page: the text on it, if any, is what the scanner's machine read in it."""
    width, height = page.get_size()
    found = (one for one in islice(page.get_objects(max_depth=1), FIRST_OBJECTS) if one.type == PICTURE)
    return any(_area(*picture.get_bounds()) >= FILLS * width * height for picture in found)


def _area(left: float, bottom: float, right: float, top: float) -> float:
    return (right - left) * (top - bottom)


def _is_empty(page: pdfium.PdfPage) -> bool:
    return next(iter(page.get_objects(max_depth=1)), None) is None


def _picture_of(page: pdfium.PdfPage) -> bytes:
    picture, (width, height) = io.BytesIO(), page.get_size()
    scale = min(SCALE, math.sqrt(MOST_PIXELS / max(width * height, 1)))
    page.render(scale=scale, grayscale=True).to_pil().save(picture, "PNG", compress_level=1)
    return picture.getvalue()


def _recognised(number: int, picture: bytes, tesseract: str) -> list[Page]:
    """Read a picture as a page; none when nothing was recognised in it, or it was more than the reader could."""
    found = subprocess.run([tesseract, "stdin", "stdout", *RECOGNISED], input=picture, capture_output=True, check=False)
    text = found.stdout.decode(errors="replace")[:MOST_TEXT]
    return [Page(number, text, is_picture=True)] if found.returncode == 0 and text.strip() else []


def _of_docx(content: bytes) -> str:
    """The text of headers, body and footers, a paragraph or a plain row of a table a line; boxes as they come."""
    try:
        document = docx.Document(io.BytesIO(content))
        headers = [(section.first_page_header, section.header) for section in document.sections]
        parts = [header._element for both in headers for header in both]
        parts += [document.element, *(section.footer._element for section in document.sections)]
        text = "\n".join(line for part in parts for line in _lines(part))
    except Exception:  # whatever the library stumbles over: the file is not what it says
        raise Damaged from None
    return text[: MOST_PAGES * MOST_TEXT]


def _lines(part: etree._Element) -> Iterator[str]:
    paragraphs = (one for one in part.iter(PARAGRAPH) if next(one.iterancestors(FALLBACK), None) is None)
    for _line, together in groupby(paragraphs, _row_or_itself):
        yield " ".join(map(_written, together))


def _row_or_itself(paragraph: etree._Element) -> etree._Element:
    """The row of a table that has one line a cell: a label and what it is of stand side by side there."""
    row = next(paragraph.iterancestors(ROW), None)
    if row is None or next(row.iter(BREAK), None) is not None:
        return paragraph
    return row if len(list(row.iter(PARAGRAPH))) == len(row.findall(CELL)) else paragraph


def _written(paragraph: etree._Element) -> str:
    return "".join(_sign(node) for node in paragraph.iter(TEXT, TAB, BREAK) if _is_in(node, paragraph))


def _is_in(node: etree._Element, paragraph: etree._Element) -> bool:
    """Tell whether it stands right in this paragraph, not in one of a text box in it."""
    return next(node.iterancestors(PARAGRAPH)) is paragraph


def _sign(node: etree._Element) -> str:
    return {TAB: " ", BREAK: "\n"}.get(str(node.tag)) or node.text or ""
