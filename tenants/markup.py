"""The XML and the pictures inside an added document, read by a parser that fetches and unfolds nothing. Pure."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from lxml import etree

from tenants.errors import Refusal

ENCODINGS = {None, "UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ASCII", "ISO-8859-1", "WINDOWS-1252"}
PICTURES = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"II\xbc", b"VCLMTF",
    b"\xd7\xcd\xc6\x9a", b"\1\0\x09\0", b"\2\0\x09\0",
)  # fmt: skip
SVG, HTML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"
FETCHED = re.compile(r"@import|url\(\s*[\"']?(?!#|data:image/)", re.IGNORECASE)
DRAWN = {
    "svg", "g", "defs", "title", "desc", "metadata", "symbol", "use", "path", "rect", "circle", "ellipse", "line",
    "polyline", "polygon", "text", "tspan", "textPath", "clipPath", "mask", "pattern", "marker", "linearGradient",
    "radialGradient", "stop", "filter", "image", "switch", "style", "view",
}  # fmt: skip


class DamagedDocument(Refusal):
    user_message = _("The document is damaged or has a password. Save it again without a password, or as PDF.")
    field = "file"


class ActiveDocument(Refusal):
    user_message = _(
        "The document holds macros, programs or parts that can act or load by themselves. Save it as PDF and add that."
    )
    field = "file"


class UnusualDocument(Refusal):
    user_message = _("The document is built in an unusual way and could be harmful. Save it as PDF and add that.")
    field = "file"


def parsed(content: bytes) -> etree._Element:
    """Read XML: no entities, nothing from the network, no endless depth.

    Raises:
        DamagedDocument: it is none.
        UnusualDocument: it declares a document type, or is written in letters that few programs read.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnusualDocument if b"<!DOCTYPE" in content.replace(b"\0", b"") else DamagedDocument from None
    about = root.getroottree().docinfo
    if about.internalDTD is not None or about.doctype or str(about.encoding or "UTF-8").upper() not in ENCODINGS:
        raise UnusualDocument
    return root


def elements(root: etree._Element) -> Iterator[tuple[str, str, etree._Element]]:
    """Walk all elements in their order, each with its namespace and its name."""
    for element in root.iter(etree.Element):
        name = etree.QName(element)
        yield name.namespace or "", name.localname, element


def check_picture(content: bytes) -> None:
    """Check that a part which calls itself a picture is one; a drawn one must be nothing but drawn.

    Raises:
        ActiveDocument, and what `parsed` raises.
    """
    if not content or content.startswith(PICTURES) or _is_other_picture(content):
        return
    if b"<" not in content[:100].replace(b"\0", b""):
        raise ActiveDocument
    for namespace, name, element in elements(parsed(content)):
        is_drawn = namespace != HTML and (namespace != SVG or name in DRAWN or name.startswith("fe"))
        is_still = not any(_acts(str(key), str(value)) for key, value in element.attrib.items())
        if not is_drawn or not is_still or FETCHED.search(element.text or ""):
            raise ActiveDocument


def _is_other_picture(content: bytes) -> bool:
    is_metafile = content.startswith(b"\1\0\0\0") and content[40:44] == b" EMF"
    return is_metafile or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")


def _acts(attribute: str, value: str) -> bool:
    """Tell whether an attribute of a drawing runs a script or points out of it."""
    name = etree.QName(attribute).localname.lower()
    points_out = name in {"href", "src"} and not value.strip().startswith(("#", "data:image/"))
    return name.startswith("on") or points_out or FETCHED.search(value) is not None
