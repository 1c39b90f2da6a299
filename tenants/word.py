"""A Word document (DOCX): its parts by their declared kinds, and what these point to, against lists of what may be.

A kind that stands in no list is refused: a part that is called something else is still of its kind.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from tenants import links
from tenants.markup import ActiveDocument, UnusualDocument, check_picture, elements, parsed

type Parts = Mapping[str, bytes]  # content by name

TYPES_PART, PACKAGE_LINKS = "[Content_Types].xml", "_rels/.rels"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
WORD = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
}
OLD_DRAWING = "urn:schemas-microsoft-com:vml"

OPEN = "application/vnd.openxmlformats-officedocument."
MAIN = f"{OPEN}wordprocessingml.document.main+xml"
MAINS = {MAIN, f"{OPEN}spreadsheetml.sheet.main+xml"}
EMBEDDED = {f"{OPEN}wordprocessingml.document", f"{OPEN}spreadsheetml.sheet"}
RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"
MARKUP = {
    "application/xml", "text/xml", RELATIONSHIPS, "application/inkml+xml",
    "application/vnd.openxmlformats-package.core-properties+xml",
    "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
    *(f"{OPEN}{name}+xml" for name in (
        "theme", "themeoverride", "custom-properties", "extended-properties", "customxmlproperties", "drawing",
        "drawingml.chart", "drawingml.chartshapes", "drawingml.diagramdata", "drawingml.diagramlayout",
        "drawingml.diagramstyle", "drawingml.diagramcolors",
    )),
    *(f"{OPEN}wordprocessingml.{name}+xml" for name in (
        "document.main", "document.glossary", "styles", "settings", "websettings", "fonttable", "numbering",
        "footnotes", "endnotes", "comments", "commentsextended", "commentsids", "commentsextensible", "people",
        "header", "footer",
    )),
    *(f"{OPEN}spreadsheetml.{name}+xml" for name in (
        "sheet.main", "worksheet", "styles", "sharedstrings", "calcchain", "table", "comments", "sheetmetadata",
    )),
    *(f"application/vnd.ms-word.{name}+xml" for name in ("styleswitheffects", "keymapcustomizations")),
    *(f"application/vnd.ms-office.{name}+xml" for name in (
        "classificationlabels", "chartex", "chartstyle", "chartcolorstyle", "drawingml.diagramdrawing", "documenttasks",
        "intelligence", "intelligence2",
    )),
    "application/vnd.ms-excel.threadedcomments+xml", "application/vnd.ms-excel.person+xml", f"{OPEN}vmldrawing",
}  # fmt: skip
PICTURES = {f"image/{name}" for name in (
    "png", "jpeg", "jpg", "gif", "bmp", "tiff", "x-emf", "emf", "x-wmf", "wmf", "svg+xml", "webp", "vnd.ms-photo",
)}  # fmt: skip
OTHERS = {
    f"{OPEN}obfuscatedfont", "application/x-fontdata", "application/x-font-ttf", "font/ttf", "font/otf",
    f"{OPEN}wordprocessingml.printersettings", f"{OPEN}spreadsheetml.printersettings",
    "application/vnd.openxmlformats-package.digital-signature-origin",
    "application/vnd.openxmlformats-package.digital-signature-certificate",
}  # fmt: skip

PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xd0\xcf\x11\xe0", b"PK\3\4")

RELATION = re.compile(
    r"http://schemas\.openxmlformats\.org/(?:officedocument|package)/2006/relationships/(?P<open>.+)"
    r"|http://purl\.oclc\.org/ooxml/officedocument/relationships/(?P<strict>.+)"
    r"|http://schemas\.microsoft\.com/office/\d{4}(?:/\d\d)?/relationships/(?P<office>.+)"
)
RELATIONS = {
    "officedocument", "extended-properties", "custom-properties", "metadata/core-properties", "metadata/thumbnail",
    "extendedproperties", "customproperties", "styles", "settings", "websettings", "fonttable", "theme",
    "themeoverride", "numbering", "footnotes", "endnotes", "comments", "header", "footer", "image", "hyperlink",
    "chart", "chartusershapes", "diagramdata", "diagramlayout", "diagramquickstyle", "diagramcolors",
    "glossarydocument", "customxml", "customxmlprops", "font", "printersettings", "package", "drawing", "vmldrawing",
    "worksheet", "sharedstrings", "calcchain", "table", "sheetmetadata", "digital-signature/origin",
    "digital-signature/signature", "digital-signature/certificate",
}  # fmt: skip
RELATIONS_OF_OFFICE = {
    "styleswitheffects", "keymapcustomizations", "people", "commentsextended", "commentsids", "commentsextensible",
    "chartstyle", "chartcolorstyle", "chartex", "diagramdrawing", "hdphoto", "classificationlabels", "documenttasks",
    "intelligence", "threadedcomment", "person",
}  # fmt: skip
POINTS_OUT = {"hyperlink": links.is_link, "attachedtemplate": links.stays_here, "image": links.stays_here}

FETCHING_FIELDS = {
    "DDE",
    "DDEAUTO",
    "LINK",
    "IMPORT",
    "INCLUDE",
    "INCLUDETEXT",
    "DATABASE",
    "RD",
    "CONTROL",
    "HTMLCONTROL",
}
NESTED = "\0"
FIELD_NAME = re.compile(r'\s*"?([^\s"\\]+)')
TOKEN = re.compile(r'\\([a-z@#*!])(?=[\s"]|$)|"([^"]*)"|([^\s"]+)', re.IGNORECASE)
SWITCHES_WITH_A_WORD = set("lotsc*@#")  # of HYPERLINK and INCLUDEPICTURE, and those of every field


@dataclass(frozen=True)
class Types:
    """What kind each part is, as the document declares it."""

    by_ending: Mapping[str, str]
    by_name: Mapping[str, str]

    def of(self, part: str) -> str:
        """Tell the kind of a part, empty when the document does not say."""
        name = part.lower()
        return self.by_name.get(f"/{name}", "") or self.by_ending.get(name.rpartition(".")[2], "")


def is_package(parts: Parts) -> bool:
    """Tell whether this is a package of Office, whatever it is about."""
    return TYPES_PART in parts and PACKAGE_LINKS in parts


def is_document(parts: Parts) -> bool:
    """Tell whether this is a text document, by its main part.

    Raises:
        ActiveDocument: it is one with macros.
    """
    kind = _main_kind(parts)
    if "macroenabled" in kind:
        raise ActiveDocument
    return kind == MAIN


def check(parts: Parts) -> Iterator[bytes]:
    """Check a package of Office; hands out the packages embedded in it, to be checked in the same way.

    Raises:
        DamagedDocument, ActiveDocument, UnusualDocument
    """
    types = _types(parts)
    if _main_kind(parts) not in MAINS:
        raise ActiveDocument
    for name, content in parts.items():
        if name == TYPES_PART or name.endswith("/"):
            continue
        kind = RELATIONSHIPS if name.lower().endswith(".rels") else types.of(name)
        if kind in EMBEDDED:
            yield content
        else:
            _check_part(kind, content)


def _main_kind(parts: Parts) -> str:
    """Tell the kind of the part that the package names as its document."""
    for relation in _relations(parts[PACKAGE_LINKS]):
        found = RELATION.fullmatch(_value(relation, "Type").lower())
        if found and "officedocument" in found.groups():
            return _types(parts).of(_value(relation, "Target").lstrip("/"))
    return ""


def _types(parts: Parts) -> Types:
    root = parsed(parts[TYPES_PART])
    if root.tag != f"{TYPES}Types":
        raise UnusualDocument
    by_ending: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for entry in root:
        declared, key = {f"{TYPES}Default": (by_ending, "Extension"), f"{TYPES}Override": (by_name, "PartName")}.get(
            str(entry.tag), (None, "")
        )
        name = _value(entry, key).lower()
        if declared is None or name in declared:
            raise UnusualDocument
        declared[name] = _value(entry, "ContentType").lower()
    return Types(by_ending, by_name)


def _relations(content: bytes) -> Iterator[etree._Element]:
    root = parsed(content)
    if root.tag != f"{LINKS}Relationships" or any(entry.tag != f"{LINKS}Relationship" for entry in root):
        raise UnusualDocument
    yield from root


def _value(element: etree._Element, attribute: str) -> str:
    return str(element.get(attribute, "")).strip()


def _check_part(kind: str, content: bytes) -> None:
    if kind == RELATIONSHIPS:
        for relation in _relations(content):
            _check_relation(_value(relation, "Type"), _value(relation, "Target"), _value(relation, "TargetMode"))
    elif kind in MARKUP:
        if content:
            _check_markup(parsed(content))
    elif kind in PICTURES:
        check_picture(content)
    elif kind not in OTHERS or content.startswith(PROGRAMS):
        raise ActiveDocument


def _check_relation(kind: str, target: str, mode: str) -> None:
    found = RELATION.fullmatch(kind.lower())
    if found is None:
        raise ActiveDocument
    name = found["open"] or found["strict"] or found["office"]
    if mode == "External":
        may_point_out = POINTS_OUT.get(name)
        if may_point_out is None or not may_point_out(target):
            raise ActiveDocument
    elif name not in (RELATIONS_OF_OFFICE if found["office"] else RELATIONS) or not links.is_within(target):
        raise ActiveDocument
    elif mode not in {"", "Internal"}:
        raise UnusualDocument


def _check_markup(root: etree._Element) -> None:
    for namespace, name, element in elements(root):
        if namespace in WORD and name == "mailMerge":
            raise ActiveDocument  # reads its addresses from somewhere when the document is opened
        if namespace == OLD_DRAWING and not _is_still(element):
            raise ActiveDocument
    for code in _field_codes(root):
        _check_field(code)


def _is_still(shape: etree._Element) -> bool:
    """Tell whether a shape of the old kind of drawing fetches nothing."""
    named = {etree.QName(str(key)).localname.lower(): str(value) for key, value in shape.attrib.items()}
    return links.is_link(named.get("href", "")) and links.stays_here(named.get("src", ""))


def _field_codes(root: etree._Element) -> Iterator[str]:
    """Put together the codes of fields, which may be cut into many pieces."""
    fields = _Fields()
    for namespace, name, element in elements(root):
        if namespace in WORD:
            fields.read(name, element, namespace)
    fields.end_all()
    yield from fields.codes


class _Fields:
    """Reads the fields of a part as they begin and end; a field in a field leaves a mark in the outer one's code."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        self._begun: list[list[str]] = []
        self._in_code: list[bool] = []

    def read(self, name: str, element: etree._Element, namespace: str) -> None:
        """Read the next element."""
        if name == "fldSimple":
            self.codes.append(_word_value(element, namespace, "instr"))
        elif name == "fldChar":
            self._step(_word_value(element, namespace, "fldCharType"))
        elif name in {"instrText", "delInstrText"} and not self._begun:
            self.codes.append(element.text or "")
        elif name in {"instrText", "delInstrText"} or (name == "t" and self._in_code and self._in_code[-1]):
            self._begun[-1].append(element.text or "")

    def end_all(self) -> None:
        """End what was begun and never ended."""
        while self._begun:
            self._step("end")

    def _step(self, step: str) -> None:
        if step == "begin":
            self._begun.append([])
            self._in_code.append(True)
        elif step == "separate" and self._in_code:
            self._in_code[-1] = False
        elif step == "end" and self._begun:
            self._in_code.pop()
            self.codes.append("".join(self._begun.pop()))
            if self._in_code and self._in_code[-1]:
                self._begun[-1].append(NESTED)


def _word_value(element: etree._Element, namespace: str, attribute: str) -> str:
    return str(element.get(f"{{{namespace}}}{attribute}", ""))


def _check_field(code: str) -> None:
    found = FIELD_NAME.match(code)
    name = found[1].upper() if found else ""
    if NESTED in name or name in FETCHING_FIELDS:
        raise ActiveDocument
    may_point_to = {"HYPERLINK": links.is_link, "INCLUDEPICTURE": _is_pasted_picture}.get(name)
    if may_point_to and not all(may_point_to(target) for target in _targets(code[found.end() if found else 0 :])):
        raise ActiveDocument


def _targets(arguments: str) -> Iterator[str]:
    """Find what a field points to: each word that belongs to no switch. What another field makes of it is unknown."""
    belongs_to_switch = False
    for switch, quoted, bare in TOKEN.findall(arguments):
        if not switch and not belongs_to_switch:
            yield (quoted or bare).replace(NESTED, "unknown:")
        belongs_to_switch = bool(switch) and switch.lower() in SWITCHES_WITH_A_WORD


def _is_pasted_picture(target: str) -> bool:
    """Tell whether a picture lies in the document or came with a mail (`cid:`), from which it cannot be fetched."""
    return target.lower().startswith("cid:") or links.stays_here(target)
