"""An OpenDocument text (ODT): its members by name and content, its elements by namespace and name. Pure."""

import posixpath
import re
from collections.abc import Mapping

from lxml import etree

from tenants import links
from tenants.markup import ActiveDocument, DamagedDocument, UnusualDocument, check_picture, elements, parsed

type Members = Mapping[str, bytes]  # content by name

TEXT = b"application/vnd.oasis.opendocument.text"
MANIFEST = "META-INF/manifest.xml"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
NAMESPACE = re.compile(r"urn:oasis:names:tc:[^:]+:xmlns:([^:]+):\d[\d.]*|http://openoffice\.org/2000/([^/]+)")
KINDS = {
    "", "text/xml", "application/rdf+xml", "application/binary", "application/x-openoffice-gdimetafile",
    'application/x-openoffice-gdimetafile;windows_formatname="gdimetafile"', "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.chart", "application/vnd.oasis.opendocument.formula",
    "application/vnd.oasis.opendocument.graphics", "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.sun.xml.ui.configuration", "application/x-font-ttf", "application/x-font-otf", "font/ttf",
    "font/otf",
}  # fmt: skip

XML_MEMBER = re.compile(
    r"(meta-inf/(manifest|documentsignatures)\.xml|(?!meta-inf/|basic/|scripts/|dialogs/).*\.(xml|rdf))"
)
PICTURE_MEMBER = re.compile(
    r"(.*/)?objectreplacements/[^/]+|.*\.(png|jpe?g|gif|bmp|tiff?|webp|svg|svm|emf|wmf)|pictures/[^/.]+"
)
OTHER_MEMBERS = re.compile(r"mimetype|layout-cache|fonts/[^/]+\.(ttf|otf)")

ACTIVE = {
    ("office", "script"), ("office", "dde-source"), ("text", "execute-macro"), ("text", "script"),
    ("presentation", "event-listener"), ("text", "dde-connection"), ("text", "dde-connection-decl"),
    ("table", "dde-link"), ("draw", "applet"), ("draw", "plugin"), ("draw", "floating-frame"),
    ("draw", "object-ole"), ("form", "connection-resource"), ("db", "data-source"),
}  # fmt: skip
ACTIVE_NAMESPACES = {"script", "http://www.w3.org/2002/xforms"}
CLICKED = {("text", "a"), ("draw", "a"), ("draw", "area-rectangle"), ("draw", "area-circle"), ("draw", "area-polygon")}
MACRO = re.compile(r"\s*(vnd\.sun\.star\.script:|macro:/)", re.IGNORECASE)
FETCHING_FORMULA = re.compile(r"\b(DDE|WEBSERVICE)\s*\(", re.IGNORECASE)
COMMANDS = (".uno:", "slot:")  # what the buttons and keys of a document's own bars do


def is_document(members: Members) -> bool:
    """Tell whether this is a text document: what it is stands in its first member."""
    first = next(iter(members), "")
    return first == "mimetype" and members[first].strip() == TEXT and "content.xml" in members


def check(members: Members) -> None:
    """Check the members of an OpenDocument text.

    Raises:
        DamagedDocument, ActiveDocument, UnusualDocument
    """
    for name, content in members.items():
        if name.endswith("/") and not content:
            continue
        _check_member(name, content, members)


def _check_member(name: str, content: bytes, members: Members) -> None:
    plain = name.lower()
    if plain == MANIFEST.lower():
        _check_manifest(parsed(content))
    elif XML_MEMBER.fullmatch(plain):
        if content:
            _check_markup(parsed(content), folder=posixpath.dirname(name), members=members)
    elif PICTURE_MEMBER.fullmatch(plain):
        check_picture(content)
    elif not OTHER_MEMBERS.fullmatch(plain):
        raise ActiveDocument


def _check_manifest(root: etree._Element) -> None:
    for namespace, name, element in elements(root):
        known = _known(namespace)
        if (known, name) == ("manifest", "encryption-data"):
            raise DamagedDocument
        if (known, name) == ("manifest", "file-entry"):
            kind = str(element.get(f"{{{namespace}}}media-type", "")).strip().lower()
            if kind not in KINDS and not kind.startswith("image/"):
                raise ActiveDocument
        elif known != "manifest":
            raise UnusualDocument


def _known(namespace: str) -> str:
    """Name a namespace of OpenDocument as programs do, whatever its version; another stays as it is."""
    found = NAMESPACE.fullmatch(namespace)
    return (found[1] or found[2]) if found else namespace


def _check_markup(root: etree._Element, *, folder: str, members: Members) -> None:
    for namespace, name, element in elements(root):
        kind = (_known(namespace), name)
        if kind in ACTIVE or kind[0] in ACTIVE_NAMESPACES:
            raise ActiveDocument
        for attribute, value in element.attrib.items():
            _check_attribute(kind, str(attribute), str(value), folder=folder, members=members)


def _check_attribute(kind: tuple[str, str], attribute: str, value: str, *, folder: str, members: Members) -> None:
    is_formula = etree.QName(attribute).localname in {"formula", "condition", "expression"}
    if MACRO.match(value) or (is_formula and FETCHING_FORMULA.search(value)):
        raise ActiveDocument
    if etree.QName(attribute).localname == "href" and not _may_point_to(kind, value, folder, members):
        raise ActiveDocument


def _may_point_to(kind: tuple[str, str], target: str, folder: str, members: Members) -> bool:
    """Tell whether an element may point there: a link to the web, a picture or an object inside the document."""
    if kind in CLICKED:
        return links.is_link(target)
    if kind == ("meta", "template"):
        return links.stays_here(target)
    if not target or target.startswith("#"):
        return True
    if folder.lower().startswith("configurations2") and target.lower().startswith(COMMANDS):
        return True
    inside = posixpath.normpath(posixpath.join(folder, target))
    return links.is_within(target) and any(name == inside or name.startswith(f"{inside}/") for name in members)
