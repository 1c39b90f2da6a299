"""Uploaded PDFs: what lies before the head and after the end is cut off, what acts by itself is refused. Pure.

The objects are walked by qpdf, compressed ones too, and twice: as the file's own table names them, and as a reader
finds them who does not believe that table.
"""

import io
import re
import zipfile
from collections.abc import Iterator

import pikepdf
from django.utils.translation import gettext_lazy as _
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from tenants import links
from tenants.errors import Refusal

HEAD, HEAD_WITHIN = b"%PDF-", 1024
END = re.compile(rb"startxref\s+\d+\s+%%EOF(\r\n|\r|\n)?")
PADDING = b"\0\t\n\f\r \x1a"
ANOTHER_FILE = re.compile(
    rb"PK\x03\x04|PK\x05\x06|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\xd0\xcf\x11\xe0|ustar|X5O!P%@AP"
    rb"|<\s*(!doctype|html|script|svg|\?xml|\?php|%)",
    re.IGNORECASE,
)
BEGINS_ANOTHER_FILE = re.compile(
    rb"MZ|\x7fELF|\xca\xfe\xba\xbe|\xfe\xed\xfa|[\xce\xcf]\xfa\xed\xfe|#!|@echo|\{\\rtf|MSCF|ITSF|!<arch>|\x1f\x8b|BZh|\xfd7zXZ|xar!",
    re.IGNORECASE,
)
MOST_OBJECTS = 300_000
LARGEST_STREAM = 50 * 1024 * 1024  # unpacked, of the streams that hold objects or scripts
LONGEST_SCRIPT = 2_000

ACTION_PLACES = ("/A", "/PA", "/OpenAction", "/Next")
HARMLESS_ACTIONS = {"/GoTo", "/GoToDp", "/URI", "/Named", "/Hide", "/ResetForm", "/SetOCGState", "/Trans", "/Thread"}
COMMANDS = {
    "/NextPage",
    "/PrevPage",
    "/FirstPage",
    "/LastPage",
    "/GoBack",
    "/GoForward",
    "/GoToPage",
    "/Find",
    "/Print",
}
MEDIA = {"/RichMedia", "/Movie", "/Screen", "/Sound", "/3D"}

LITERAL = r"""(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|-?[\d.]++|true|false)"""
LITERALS = rf"{LITERAL}(?:\s*+,\s*+{LITERAL})*+"
ARGUMENT = rf"(?:{LITERAL}|new\s++Array\s*+\(\s*+{LITERALS}\s*+\))"
FORM_FUNCTION = (
    r"AF(?:(?:Number|Percent)_(?:Format|Keystroke)|(?:Date|Time)_(?:Format|Keystroke)(?:Ex)?"
    r"|Special_(?:Format|Keystroke|KeystrokeEx)|Range_Validate|Simple_Calculate)"
)
ARGUMENTS = rf"{ARGUMENT}(?:\s*+,\s*+{ARGUMENT})*+"
FORM_SCRIPT = re.compile(rf"\s*+(?:{FORM_FUNCTION}\s*+\(\s*+{ARGUMENTS}\s*+\)[\s;]*+)*+")

pikepdf.settings.set_qpdf_limits(flate_max_memory=LARGEST_STREAM, run_length_max_memory=LARGEST_STREAM)


class DamagedPdf(Refusal):
    user_message = _("The PDF is damaged or not complete. Save it again as PDF.")
    field = "file"


class PdfTooLarge(Refusal):
    user_message = _("The PDF holds more than can be taken in. Divide it, or print it to a new PDF and add that.")
    field = "file"


class PdfAndAnotherFile(Refusal):
    user_message = _(
        "There is another file before the beginning or after the end of the PDF. Print it to a new PDF and add that."
    )
    field = "file"


class PdfWithPrograms(Refusal):
    user_message = _("The PDF starts a program or gives commands when it is read. Print it to a new PDF and add that.")
    field = "file"


class PdfWithScripts(Refusal):
    user_message = _("The PDF holds scripts. Print it to a new PDF and add that.")
    field = "file"


class PdfThatSends(Refusal):
    user_message = _("The PDF sends or fetches what a form holds. Print it to a new PDF and add that.")
    field = "file"


class PdfThatLeadsElsewhere(Refusal):
    user_message = _("The PDF leads to files outside it. Print it to a new PDF and add that.")
    field = "file"


class PdfWithFiles(Refusal):
    user_message = _("There are other files inside the PDF. Add each by itself, and print the PDF to a new one.")
    field = "file"


class PdfWithMedia(Refusal):
    user_message = _("The PDF holds sound, film or a moving picture. Print it to a new PDF and add that.")
    field = "file"


class PdfFormOfAnotherKind(Refusal):
    user_message = _("The PDF is a form that many programs show empty (XFA). Print it to a new PDF and add that.")
    field = "file"


REFUSED_ACTIONS: dict[str, type[Refusal]] = {
    "/Launch": PdfWithPrograms,
    "/SubmitForm": PdfThatSends,
    "/ImportData": PdfThatSends,
    "/GoToR": PdfThatLeadsElsewhere,
    "/GoToE": PdfThatLeadsElsewhere,
    "/Rendition": PdfWithMedia,
    "/Movie": PdfWithMedia,
    "/Sound": PdfWithMedia,
    "/RichMediaExecute": PdfWithMedia,
    "/GoTo3DView": PdfWithMedia,
}


def is_pdf(content: bytes) -> bool:
    """Tell whether a PDF begins here, or shortly after what a scanner or a mail gateway put before it."""
    return content.find(HEAD, 0, HEAD_WITHIN) >= 0


def clean(content: bytes) -> bytes:
    """Check a PDF and cut off what lies around it; one with nothing around it stays as it is.

    Of a PDF that opens with a password only, what is not locked is checked.

    Raises:
        DamagedPdf, PdfTooLarge, PdfAndAnotherFile
        PdfWithPrograms, PdfWithScripts, PdfThatSends, PdfThatLeadsElsewhere, PdfWithFiles, PdfWithMedia,
            PdfFormOfAnotherKind: what it holds.
    """
    pdf = _cut(content)
    try:
        _check(pdf)
    except pikepdf.PasswordError:
        _check_where_readable(pdf.replace(b"/Encrypt", b"/Encrypx"), is_locked=True)
    except (pikepdf.PikepdfError, RuntimeError, ValueError, OverflowError):
        raise DamagedPdf from None
    _check_where_readable(pdf.replace(b"startxref", b"lostxref_"))
    return pdf


def _cut(content: bytes) -> bytes:
    start = content.find(HEAD, 0, HEAD_WITHIN)
    ends = [found.end() for found in END.finditer(content)]
    if start < 0 or not ends:
        raise DamagedPdf
    before, after = content[:start], content[ends[-1] :]
    if _is_another_file(before) or _is_another_file(after) or zipfile.is_zipfile(io.BytesIO(content)):
        raise PdfAndAnotherFile
    return content[start : ends[-1]] if before or after.strip(PADDING) else content


def _is_another_file(around: bytes) -> bool:
    begins = BEGINS_ANOTHER_FILE.match(around.strip(PADDING))
    return begins is not None or ANOTHER_FILE.search(around) is not None


def _check_where_readable(pdf: bytes, *, is_locked: bool = False) -> None:
    try:
        _check(pdf, is_locked=is_locked)
    except (pikepdf.PikepdfError, RuntimeError, ValueError, OverflowError):
        return  # nobody else reads it this way either


def _check(pdf: bytes, *, is_locked: bool = False) -> None:
    with pikepdf.open(io.BytesIO(pdf), inherit_page_attributes=False) as opened:
        if len(opened.objects) > MOST_OBJECTS:
            raise PdfTooLarge
        for entry in _dictionaries(opened):
            _check_entry(entry, is_locked=is_locked)


def _dictionaries(opened: pikepdf.Pdf) -> Iterator[Dictionary | Stream]:
    """Find every dictionary: of each numbered object, compressed or not, and what lies directly in it."""
    left: list[Object] = [opened.trailer]
    for numbered in opened.objects:
        left.append(numbered)
        while left:
            container = left.pop()
            if isinstance(container, Array):
                left.extend(item for item in container if _lies_directly(item))
            elif isinstance(container, (Dictionary, Stream)):
                left.extend(item for _key, item in container.items() if _lies_directly(item))
                yield container


def _lies_directly(item: object) -> bool:
    return isinstance(item, (Array, Dictionary)) and not item.is_indirect


def _check_entry(entry: Dictionary | Stream, *, is_locked: bool) -> None:
    _check_action(entry)
    if not is_locked and isinstance(entry, Stream) and "/First" in entry and not _can_be_unpacked(entry):
        raise DamagedPdf  # objects within that are not seen here and may be seen elsewhere
    if "/JS" in entry and (is_locked or not _is_form_script(entry["/JS"])):
        raise PdfWithScripts
    if not is_locked and _leads_elsewhere(entry):
        raise PdfThatLeadsElsewhere
    if "/EF" in entry or _name(entry, "/Type") == "/EmbeddedFile":
        raise PdfWithFiles
    if "/XFA" in entry:
        raise PdfFormOfAnotherKind
    if "/Rect" in entry and _name(entry, "/Subtype") in MEDIA:
        raise PdfWithMedia
    if "/Rect" in entry and _name(entry, "/Subtype") == "/FileAttachment":
        raise PdfWithFiles


def _can_be_unpacked(packed: Stream) -> bool:
    try:
        packed.read_bytes()
    except pikepdf.PikepdfError:
        return False
    return True


def _check_action(entry: Dictionary | Stream) -> None:
    """Judge an action by its kind wherever it stands, and where a reader looks for one by what is harmless."""
    if refusal := REFUSED_ACTIONS.get(_name(entry, "/S")):
        raise refusal
    for action in _actions_in(entry):
        kind = _name(action, "/S")
        if kind == "/JavaScript" and "/JS" not in action:
            raise PdfWithScripts
        if kind and kind != "/JavaScript" and kind not in HARMLESS_ACTIONS:
            raise REFUSED_ACTIONS.get(kind, PdfWithPrograms)
        if kind == "/Named" and _name(action, "/N") not in COMMANDS:
            raise PdfWithPrograms


def _actions_in(entry: Dictionary | Stream) -> Iterator[Dictionary | Stream]:
    """Find what stands where a reader looks for actions."""
    found = [entry[place] for place in ACTION_PLACES if place in entry]
    occasions = entry.get("/AA")
    if isinstance(occasions, Dictionary):
        found += [action for _occasion, action in occasions.items()]
    for item in found:
        for action in item if isinstance(item, Array) else [item]:
            if isinstance(action, (Dictionary, Stream)):
                yield action


def _leads_elsewhere(entry: Dictionary | Stream) -> bool:
    address = entry.get("/URI")
    if isinstance(address, Dictionary):
        address = address.get("/Base")
    if isinstance(address, String) and not links.is_link(str(address)):
        return True
    reference = entry.get("/Ref")
    is_reference = isinstance(reference, Dictionary) and "/F" in reference
    is_elsewhere = isinstance(entry, Stream) and "/F" in entry
    return is_reference or is_elsewhere or (_name(entry, "/S") == "/Thread" and "/F" in entry)


def _is_form_script(script: object) -> bool:
    """Tell whether a script only calls what forms use to show, check and add up numbers and dates."""
    text = script.read_bytes().decode("latin-1") if isinstance(script, Stream) else str(script)
    return len(text) <= LONGEST_SCRIPT and FORM_SCRIPT.fullmatch(text) is not None


def _name(entry: Dictionary | Stream, key: str) -> str:
    value = entry.get(key)
    return str(value) if isinstance(value, Name) else ""
