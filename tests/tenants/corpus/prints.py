"""Honest PDFs and pictures, as programs, scanners, telephones and mail gateways make them."""

import io
import itertools
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, OutlineItem, String
from PIL import Image

from deploy.demo.papers import paper
from tests.tenants import uploads
from tests.tenants.uploads import exif, jpeg, pdf, png


def files() -> dict[str, tuple[str, bytes]]:
    """Every honest PDF and picture: its name as it is uploaded and its content, by what it is."""
    papers = {f"pdf: {what}": ("lausunto.pdf", content) for what, content in [*_pdfs(), *_around()]}
    return papers | {f"picture: {what}": (name, content) for what, name, content in _pictures()}


def _saved(change: Callable[[pikepdf.Pdf], None], **how: object) -> bytes:
    made = pikepdf.new()
    for _page in range(3):
        made.add_blank_page()
    change(made)
    content = io.BytesIO()
    made.save(content, **how)  # type: ignore[arg-type]
    return content.getvalue()


def _plain(made: pikepdf.Pdf) -> None:
    made.docinfo["/Title"] = "Lausunto"


def _linked(made: pikepdf.Pdf) -> None:
    notes = []
    for address in (
        "https://www.kela.fi",
        "mailto:aino@kaavi.example",
        "http://a.example/?x=/Launch",
        "tel:040123",
        "www.kela.fi",
    ):
        action = Dictionary(S=Name.URI, URI=String(address))
        notes.append(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action))
    made.pages[0].Annots = Array([made.make_indirect(note) for note in notes])


def _outlined(made: pikepdf.Pdf) -> None:
    with made.open_outline() as outline:
        outline.root.append(OutlineItem("Alku", 0))
        outline.root.append(OutlineItem("Loppu", 2))
    made.Root.OpenAction = Array([made.pages[0].obj, Name.Fit])


def _opening(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.XYZ, 0, 0, 0]))
    made.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def _form(made: pikepdf.Pdf) -> None:
    """A form that shows and adds up numbers, and is printed by a button."""
    scripts = {
        "/F": 'AFNumber_Format(2, 0, 0, 0, "", true);',
        "/K": 'AFDate_KeystrokeEx("d.m.yyyy");',
        "/C": 'AFSimple_Calculate("SUM", new Array ("a", "b"));',
        "/V": "AFRange_Validate(true, 0, true, 100);",
    }
    occasions = {key: Dictionary(S=Name.JavaScript, JS=String(script)) for key, script in scripts.items()}
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("summa"), Rect=Array([0, 0, 9, 9]))
    field.AA = Dictionary(occasions)
    button = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String("tulosta"), Rect=Array([0, 0, 9, 9])
    )
    button.A = Dictionary(S=Name.Named, N=Name.Print)
    made.pages[0].Annots = Array([made.make_indirect(field), made.make_indirect(button)])
    made.Root.AcroForm = Dictionary(Fields=Array(made.pages[0].Annots))


def _tagged(made: pikepdf.Pdf) -> None:
    part = made.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Link, A=Dictionary(O=Name.Layout, Placement=Name.Block))
    )
    made.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=part, RoleMap=Dictionary(Launch=Name.P))
    made.pages[0].Trans = Dictionary(S=Name.Dissolve)
    made.pages[0].Group = Dictionary(S=Name.Transparency)


def _archival(made: pikepdf.Pdf) -> None:
    with made.open_metadata() as about:
        about["pdfaid:part"] = "2"
    made.Root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFA1)])
    made.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([])))


def _layered(made: pikepdf.Pdf) -> None:
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("Taso")))
    made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer])))
    made.pages[0].AA = Dictionary(O=Dictionary(S=Name.SetOCGState, State=Array([Name.ON, layer])))


def _signed(made: pikepdf.Pdf) -> None:
    signature = Dictionary(
        Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), ByteRange=Array([0, 9, 9, 9]), Contents=String("x")
    )
    made.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array([Dictionary(FT=Name.Sig, T=String("a"), V=signature)]))


def _pdfs() -> Iterator[tuple[str, bytes]]:
    ways: dict[str, dict[str, object]] = {
        "old": {"object_stream_mode": ObjectStreamMode.disable, "force_version": "1.4"},
        "packed": {"object_stream_mode": ObjectStreamMode.generate},
        "for the web": {"linearize": True},
        "locked against changes": {"encryption": Encryption(owner="omistaja", user="")},
        "with a password": {"encryption": Encryption(owner="omistaja", user="salainen")},
    }
    things = (_plain, _linked, _outlined, _opening, _form, _tagged, _archival, _layered, _signed)
    for (way, how), thing in itertools.product(ways.items(), things):
        if (way, thing) != ("with a password", _form):  # whose scripts cannot be read
            yield f"{thing.__name__.strip('_')}, {way}", _saved(thing, **how)
    yield "by hand", pdf()
    yield "of the demo", paper("Lausunto", ["Työkyky on ennallaan."] * 40).content
    yield "with a changed part behind it", _changed_later()
    yield "with a wrong table", pdf().replace(b"startxref\n", b"startxref\n7")
    yield "with other ends of lines", pdf().replace(b"\n", b"\r\n")
    for mode in ("1", "L", "RGB", "CMYK"):
        content = io.BytesIO()
        picture = Image.linear_gradient("L").convert(mode)
        picture.save(content, "PDF", save_all=True, append_images=[picture], resolution=200)
        yield f"scanned, {mode}", content.getvalue()


def _changed_later() -> bytes:
    first = pdf()
    note = b"4 0 obj\n<</Title(uusi)>>\nendobj\n"
    before = int(first.split(b"startxref\n")[1].split()[0])
    table = len(first) + len(note)
    tail = b"xref\n4 1\n%010d 00000 n \ntrailer\n<</Size 5/Root 1 0 R/Info 4 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    return first + note + tail % (len(first), before, table)


def _around() -> Iterator[tuple[str, bytes]]:
    for what, before in {
        "a line": b"\n",
        "lines": b"\r\n\r\n",
        "a mark of its letters": b"\xef\xbb\xbf",
        "blanks": b"   ",
        "nothing": bytes(64),
        "a printer's language": b"\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n",
        "a mail's heads": b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: binary\r\n\r\n",
        "a boundary": b"--=_Part_1\r\n",
        "a scanner's note": b"SCAN0001 Canon iR-ADV 2026-11-03\n",
        "bytes": b"\x90\x01\xfe" * 9,
    }.items():
        yield f"{what} before it", before + pdf()
    for what, after in {
        "nothing": b"",
        "lines": b"\r\n\r\n",
        "zeros": bytes(2_000),
        "an old end of file": b"\n\x1a",
        "a boundary": b"\r\n--=_Part_1--\r\n",
        "a mail gateway's words": b"\n\nThis message was scanned by the gateway of the city of Kaavi.\n",
        "bytes": b"\x90\x01\xfe" * 500,
        "a printer's language": b"\x1b%-12345X@PJL EOJ\r\n\x1b%-12345X",
    }.items():
        yield f"{what} behind it", pdf(after=after)
    yield "something on both sides", b"\r\n" + pdf(after=b"\r\n--x--\r\n")


def _pictures() -> Iterator[tuple[str, str, bytes]]:
    slope = Image.linear_gradient("L").resize((120, 80))
    colours = Image.merge("RGB", (slope, slope.rotate(180), slope))
    for mode, quality, is_progressive in itertools.product(("L", "RGB", "CMYK"), (20, 75, 100), (False, True)):
        options = {"quality": quality, "progressive": is_progressive}
        yield f"jpeg {mode} {options}", "kuva.jpg", _drawn(colours.convert(mode), "JPEG", **options)
    for sampling in (0, 1, 2):
        yield f"jpeg of sampling {sampling}", "kuva.jpeg", _drawn(colours, "JPEG", subsampling=sampling)
    for turn in range(9):
        yield f"photograph turned {turn}", "IMG_0001.JPG", jpeg(exif(turn))
    yield "photograph with something behind it", "kuva.jfif", jpeg(after=b"\0" * 99 + b"SEFT")
    yield (
        "photograph of a telephone",
        "kuva.jpg",
        _drawn(colours, "MPO", save_all=True, append_images=[slope.convert("RGB")]),
    )
    for mode, is_small in itertools.product(("1", "L", "LA", "P", "RGB", "RGBA"), (False, True)):
        yield f"png {mode} {is_small}", "kuva.png", _drawn(colours.convert(mode), "PNG", optimize=is_small)
    yield "deep png", "kuva.png", _drawn(Image.new("I;16", (9, 9), 40_000), "PNG")
    yield "png with words", "kuva.png", png(extra=uploads.png_chunk(b"tEXt", b"Software\0Snipping Tool"))
    yield "png that moves", "kuva.png", _drawn(colours, "PNG", save_all=True, append_images=[slope.convert("RGB")])
    for mode, packing in (
        ("1", "group4"),
        ("1", "group3"),
        ("L", "tiff_lzw"),
        ("RGB", "jpeg"),
        ("RGB", None),
        ("P", "packbits"),
    ):
        yield (
            f"tiff {mode} {packing}",
            "skannaus.tif",
            _drawn(colours.convert(mode), "TIFF", compression=packing, dpi=(200, 200)),
        )


def _drawn(picture: Image.Image, kind: str, **options: object) -> bytes:
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()
