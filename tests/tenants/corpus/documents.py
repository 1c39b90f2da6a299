"""Honest text documents, as Word, LibreOffice and their kin write them."""

import io
from collections.abc import Iterator

import docx as python_docx
import odfdo
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from tests.tenants import uploads
from tests.tenants.uploads import DOCX, ODF, ODT, OPEN, RELATION, archive, docx, odt, odt_text, relations, word_text

TEXTS = {
    "Finnish": "Työkykyä on jäljellä; hakija jaksaa työtä 4 h päivässä.",
    "Swedish": "Arbetsförmågan räcker för fyra timmar om dagen.",
    "English": 'He said: "see <annex> & file:///C:/x", macroEnabled, /Launch, DDEAUTO',
    "Sami": "Bargonávccat leat guokte diimmu beaivvis, čuovvovaš ášši.",
    "Russian": "Трудоспособность сохранена частично.",
    "Arabic": "القدرة على العمل محدودة",
    "Chinese": "工作能力有限",
    "long": " ".join(f"Kuntoutus jatkuu viikolla {week}." for week in range(3_000)),
}
OFFICE = "http://schemas.microsoft.com/office"
MS = "application/vnd.ms-office"


def files() -> dict[str, tuple[str, bytes]]:
    """Every honest document: its name as it is uploaded and its content, by what it is."""
    word = {f"docx: {what}": ("lausunto.docx", content) for what, content in [*_written(), *_as_word_packs()]}
    text = {f"odt: {what}": ("lausunto.odt", content) for what, content in [*_opened(), *_as_libreoffice_packs()]}
    return word | text


def picture(kind: str = "PNG") -> bytes:
    """A small picture of the kind."""
    content = io.BytesIO()
    Image.radial_gradient("L").resize((32, 32)).convert("RGB").save(content, kind)
    return content.getvalue()


# --- by python-docx ---------------------------------------------------------------------------------------------------


def _heading(document: WordDocument, words: str) -> None:
    document.add_heading("Lausunto", 0)
    document.add_paragraph(words, style="Intense Quote")


def _table(document: WordDocument, words: str) -> None:
    table = document.add_table(rows=3, cols=3, style="Light Grid Accent 1")
    for row in table.rows:
        for cell in row.cells:
            cell.text = words[:20]


def _pictures(document: WordDocument, words: str) -> None:
    for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF"):
        document.add_picture(io.BytesIO(picture(kind)), width=Mm(20))


def _headers(document: WordDocument, words: str) -> None:
    section = document.sections[0]
    section.orientation, section.different_first_page_header_footer = WD_ORIENT.LANDSCAPE, True
    section.header.paragraphs[0].text = section.footer.paragraphs[0].text = words[:50]


def _links(document: WordDocument, words: str) -> None:
    for address in (
        "https://www.kela.fi/?a=b&c=d",
        "http://te-palvelut.fi",
        "mailto:aino@kaavi.example?subject=a",
        "tel:0401234567",
        "www.kela.fi",
        "Liite 1.docx",
        "file:///C:\\Users\\aino\\Liite.docx",
    ):
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), document.part.relate_to(address, f"{RELATION}/hyperlink", is_external=True))
        document.add_paragraph(words[:20])._p.append(link)


def _fields(document: WordDocument, words: str) -> None:
    for code in (
        "PAGE",
        'DATE \\@ "d.M.yyyy"',
        'TOC \\o "1-3" \\h \\z \\u',
        "MACROBUTTON NoMacro [kirjoita tähän]",
        "=SUM(ABOVE)",
        'HYPERLINK "https://www.kela.fi" \\o "Kela: ohje"',
        'HYPERLINK \\l "_Toc1"',
        "FORMTEXT",
        "REF nimi \\h",
        "nimi",
        'INCLUDEPICTURE "cid:image001.png@01DB" \\* MERGEFORMATINET',
        'IF "a" = "b" "c" "d"',
    ):
        run = document.add_paragraph(words[:9]).add_run()._r
        for kind, text in (("begin", ""), ("", f" {code} "), ("separate", ""), ("end", "")):
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = text
            run.append(element)


def _lists(document: WordDocument, words: str) -> None:
    for style in ("List Bullet", "List Number", "List Number 2"):
        document.add_paragraph(words[:60], style=style)
    document.add_page_break()


def _written() -> Iterator[tuple[str, bytes]]:
    for language, words in TEXTS.items():
        for furnish in (_heading, _table, _pictures, _headers, _links, _fields, _lists):
            document = python_docx.Document()
            document.add_paragraph(words)
            furnish(document, words)
            document.core_properties.author, document.core_properties.title = "Aino", words[:80]
            content = io.BytesIO()
            document.save(content)
            yield f"{furnish.__name__.strip('_')} in {language}", content.getvalue()


# --- parts that Word adds ---------------------------------------------------------------------------------------------


def _part(part: str, kind: str, content: str | bytes, relation: str) -> bytes:
    types = uploads.DOCX_TYPES.replace("</Types>", f'<Override PartName="/word/{part}" ContentType="{kind}"/></Types>')
    relation = relation if ":" in relation else f"{RELATION}/{relation}"
    rels = relations(relation, part, mode="")
    return archive(DOCX | {"[Content_Types].xml": types, f"word/{part}": content, "word/_rels/document.xml.rels": rels})


SHAPES = '<defs><style>.a{fill:#fff}</style></defs><path class="a" d="M0 0h9"/>'
SVG_DRAWING = f'<svg xmlns="http://www.w3.org/2000/svg">{SHAPES}</svg>'
EMF = b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(60)
WORD_PARTS: tuple[tuple[str, str, str | bytes, str], ...] = (  # part, kind, content, relation
    (
        "commentsExtended.xml",
        f"{OPEN}.wordprocessingml.commentsExtended+xml",
        "<a/>",
        f"{OFFICE}/2011/relationships/commentsExtended",
    ),
    (
        "commentsIds.xml",
        f"{OPEN}.wordprocessingml.commentsIds+xml",
        "<a/>",
        f"{OFFICE}/2016/09/relationships/commentsIds",
    ),
    ("people.xml", f"{OPEN}.wordprocessingml.people+xml", "<a/>", f"{OFFICE}/2011/relationships/people"),
    ("label.xml", f"{MS}.classificationlabels+xml", "<a/>", f"{OFFICE}/2020/02/relationships/classificationlabels"),
    ("intelligence2.xml", f"{MS}.intelligence2+xml", "<a/>", f"{OFFICE}/2020/10/relationships/intelligence"),
    (
        "stylesWithEffects.xml",
        "application/vnd.ms-word.stylesWithEffects+xml",
        "<a/>",
        f"{OFFICE}/2007/relationships/stylesWithEffects",
    ),
    ("footnotes.xml", f"{OPEN}.wordprocessingml.footnotes+xml", "<a/>", "footnotes"),
    ("glossary/document.xml", f"{OPEN}.wordprocessingml.document.glossary+xml", "<a/>", "glossaryDocument"),
    ("charts/chart1.xml", f"{OPEN}.drawingml.chart+xml", "<a/>", "chart"),
    ("charts/style1.xml", f"{MS}.chartstyle+xml", "<a/>", f"{OFFICE}/2011/relationships/chartStyle"),
    (
        "diagrams/drawing1.xml",
        f"{MS}.drawingml.diagramDrawing+xml",
        "<a/>",
        f"{OFFICE}/2007/relationships/diagramDrawing",
    ),
    ("media/1.svg", "image/svg+xml", SVG_DRAWING, "image"),
    ("media/1.emf", "image/x-emf", EMF, "image"),
    ("media/1.wmf", "image/x-wmf", b"\xd7\xcd\xc6\x9a" + bytes(40), "image"),
    ("media/1.wdp", "image/vnd.ms-photo", b"II\xbc\1" + bytes(40), f"{OFFICE}/2007/relationships/hdphoto"),
    ("fonts/1.odttf", f"{OPEN}.obfuscatedFont", bytes(range(200)), "font"),
    ("customXml/item1.xml", "application/xml", "<b:Sources xmlns:b='x'/>", "customXml"),
    (
        "keys.xml",
        "application/vnd.ms-word.keyMapCustomizations+xml",
        "<a/>",
        f"{OFFICE}/2006/relationships/keyMapCustomizations",
    ),
)


def _as_word_packs() -> Iterator[tuple[str, bytes]]:
    for part, kind, content, relation in WORD_PARTS:
        yield part, _part(part, kind, content, relation)
    yield "settings of a printer", docx(word__printerSettings1_dot_bin=b"H\0P\0" + bytes(90))
    yield "sheet within", docx(word__embeddings__1_dot_xlsx=archive(uploads.XLSX))
    for place in ("file:///C:\\Users\\aino\\Normal.dotm", "file://localhost/Users/aino/a.dotx", "Normal.dotm"):
        yield f"template {place}", docx(**{"word/_rels/settings.xml.rels": relations("attachedTemplate", place)})
    yield "picture that is not there", docx(**{"word/_rels/document.xml.rels": relations("image", "NULL", mode="")})
    renamed = {name.replace("/document.xml", "/document2.xml"): content for name, content in DOCX.items()}
    renamed["[Content_Types].xml"] = uploads.DOCX_TYPES.replace("document.xml", "document2.xml")
    yield (
        "main part of another name",
        archive(renamed | {"_rels/.rels": relations("officeDocument", "word/document2.xml", mode="")}),
    )
    rooted = relations("officeDocument", "/word/document.xml", mode="")
    yield "main part named from the root", docx(**{"_rels/.rels": rooted})
    yield (
        "main part in UTF-16",
        docx(word__document_dot_xml=word_text().replace('<?xml version="1.0"?>', "").encode("utf-16")),
    )
    strict = word_text().replace(uploads.WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    yield "strict", docx(**{"word/document.xml": strict, "_rels/.rels": relations(kind, "word/document.xml", mode="")})
    yield "with folders", archive({"word/": "", **DOCX})


# --- OpenDocument -----------------------------------------------------------------------------------------------------


def _opened() -> Iterator[tuple[str, bytes]]:
    for language, words in TEXTS.items():
        for furnish in (_odt_headings, _odt_table, _odt_picture, _odt_links, _odt_notes):
            document = odfdo.Document("text")
            document.body.append(odfdo.Paragraph(words))
            furnish(document, words)
            document.meta.title = words[:80]
            content = io.BytesIO()
            document.save(content)
            yield f"{furnish.__name__.removeprefix('_odt_')} in {language}", content.getvalue()


def _odt_headings(document: odfdo.Document, words: str) -> None:
    document.body.append(odfdo.TOC())
    for level in (1, 2):
        document.body.append(odfdo.Header(level, words[:30]))


def _odt_table(document: odfdo.Document, words: str) -> None:
    table = odfdo.Table("Taulukko")
    table.set_values([[words[:20], 1], [words[:20], 2]])
    document.body.append(table)


def _odt_picture(document: odfdo.Document, words: str) -> None:
    assert document.container
    document.container.set_part("Pictures/1.png", picture())
    document.manifest.add_full_path("Pictures/1.png", "image/png")
    frame = odfdo.Frame.image_frame("Pictures/1.png", size=("2cm", "2cm"))
    document.body.append(odfdo.Paragraph())
    document.body.append(frame)


def _odt_links(document: odfdo.Document, words: str) -> None:
    for address in ("https://www.kela.fi/?a=b&c=d", "mailto:aino@kaavi.example", "#otsikko", "../Liite.odt"):
        paragraph = odfdo.Paragraph(words[:30])
        paragraph.append(odfdo.Link(address, text="linkki"))
        document.body.append(paragraph)


def _odt_notes(document: odfdo.Document, words: str) -> None:
    paragraph = odfdo.Paragraph(words)
    paragraph.insert_note(after=words[:5], note_id="n1", citation="1", body=words[:30])
    paragraph.insert_annotation(after=words[:5], body=words[:30], creator="Bertta")
    document.body.append(paragraph)


def _as_libreoffice_packs() -> Iterator[tuple[str, bytes]]:
    yield (
        "empty settings of bars",
        odt({"Configurations2/accelerator/current.xml": "", "Configurations2/images/Bitmaps/": ""}),
    )
    bold = '<t:i xmlns:x="http://www.w3.org/1999/xlink" x:href=".uno:Bold"/>'
    bar = f'<t:bar xmlns:t="http://openoffice.org/2001/toolbar">{bold}</t:bar>'
    yield "bar of its own", odt({"Configurations2/toolbar/a.xml": bar})
    yield "thumbnail", odt({"Thumbnails/thumbnail.png": picture(), "layout-cache": b"\0\1\2"})
    drawn = odt_text('<draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/>')
    chart = f'<office:document-content xmlns:office="{ODF}:office:1.0"/>'
    yield (
        "chart",
        odt({"content.xml": drawn, "Object 1/content.xml": chart, "ObjectReplacements/Object 1": b"VCLMTF" + bytes(9)}),
    )
    shown = odt_text('<draw:frame><draw:image xlink:href="Pictures/1.jpg"/></draw:frame>')
    yield "photograph", odt({"content.xml": shown, "Pictures/1.jpg": picture("JPEG")})
    yield (
        "picture as Word names it",
        odt({"content.xml": odt_text('<draw:image xlink:href="media/1.png"/>'), "media/1.png": picture()}),
    )
    meta = (
        f'<office:document-meta xmlns:office="{ODF}:office:1.0" xmlns:meta="{ODF}:meta:1.0" xmlns:x="http://www.w3.org/1999/xlink">'
        '<meta:template x:href="file:///C:/Users/aino/malli.ott" x:title="Malli"/></office:document-meta>'
    )
    yield "made from a template", odt({"meta.xml": meta})
    yield (
        "form without a place to send",
        odt({"content.xml": odt_text('<form:form xlink:href="" form:name="Lomake"/>')}),
    )
    yield "signed", odt({"META-INF/documentsignatures.xml": "<s:document-signatures xmlns:s='urn:x'/>"})
    yield "font within", odt({"Fonts/Font_1.ttf": b"\0\1\0\0" + bytes(90)})
    yield "about itself", odt({"manifest.rdf": "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>"})
    yield "without a declaration", odt({"content.xml": str(ODT["content.xml"]).replace('<?xml version="1.0"?>', "")})
