"""Reads papers back as their readers get them: what a PDF's structure says, and what a DOCX is built of."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import docx
from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class ReadPdf:
    """A PDF as assistive technology reads it."""

    language: str
    title: str
    shows_title: bool
    is_marked: bool
    is_universal: bool
    tags: Sequence[str]
    text: str
    pages: int


@dataclass(frozen=True)
class ReadDocx:
    """A DOCX as a word processor reads it."""

    languages: set[str]
    title: str
    author: str
    parts: Sequence[str]
    styles: Sequence[str]
    text: str
    fields: Sequence[str]
    markup: str


def read_pdf(content: bytes) -> ReadPdf:
    """Read a PDF."""
    reader = PdfReader(io.BytesIO(content))
    root: Any = reader.root_object
    known = reader.metadata
    return ReadPdf(
        language=str(root.get("/Lang", "")),
        title=str(known.title or "") if known else "",
        shows_title=bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
        is_marked=bool(root.get("/MarkInfo", {}).get("/Marked", False)),
        is_universal=b"pdfuaid:part" in root["/Metadata"].get_data(),
        tags=list(tags(root["/StructTreeRoot"])),
        text=pdf_text(content),
        pages=len(reader.pages),
    )


def pdf_text(content: bytes) -> str:
    """The words of a PDF in one line, without the marks of where a word may break."""
    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages)).replace("\u200b", "")


def tags(node: Any) -> Iterator[str]:
    """The tags of a PDF's structure tree, in order."""
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            yield from tags(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from tags(node["/K"])


def read_docx(content: bytes) -> ReadDocx:
    """Read a DOCX."""
    found = docx.Document(io.BytesIO(content))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        markup = "\n".join(package.read(name).decode() for name in names if name.endswith(".xml"))
    core = found.core_properties
    defaults = found.styles.element.iter(f"{WORD}lang")
    return ReadDocx(
        languages={core.language, *(str(one.get(f"{WORD}val")) for one in defaults)},
        title=core.title,
        author=core.author,
        parts=names,
        styles=[paragraph.style.name or "" for paragraph in found.paragraphs if paragraph.style],
        text=docx_text(content),
        fields=re.findall(r'w:instr="(\w+)"', markup),
        markup=markup,
    )


def docx_text(content: bytes) -> str:
    """The words of a DOCX with those of its tables and its footer."""
    found = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    footer = found.sections[0].footer.paragraphs[0].text
    return "\n".join([*(paragraph.text for paragraph in found.paragraphs), *cells, footer])


def colours(markup: str) -> set[str]:
    """The colours of letters that a DOCX names."""
    return set(re.findall(r'<w:color w:val="([0-9A-F]{6})"', markup))


def contrast(colour: str) -> float:
    """The contrast of a colour on white (WCAG 2.2, relative luminance)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def is_well_formed(content: bytes) -> bool:
    """Tell whether every part of a DOCX can be parsed."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return all(etree.fromstring(package.read(name)) is not None for name in package.namelist())
