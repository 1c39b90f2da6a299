"""Letters in the style of Kela's and a pension institution's decisions, about invented people, and as files."""

import io

import docx
import pikepdf
import pypdfium2
import typst

KELA = """Kansaneläkelaitos
PÄÄTÖS
23.11.2026
Meikäläinen Matti
010180-999A
Esimerkkikatu 1, 73670 Kaavi

Sairauspäiväraha

Hakemuksenne on saapunut Kelaan 1.9.2026. Aiempi päätös 3.2.2026 koski toista jaksoa.
Hakemuksenne hylätään. Teille ei myönnetä sairauspäivärahaa 1.9.2026 alkaen.

Perustelut

Kelan asiantuntijalääkärin arvion mukaan ette ole työkyvytön. Lausuntonne mukaan teillä on
rannekanavaoireyhtymää oikeassa kädessä ja lannerangan välilevyrappeumasta johtuvaa kipua (M51.3).
Työkyvyttömyyseläke voidaan myöntää, jos työkyky on heikentynyt vähintään vuoden ajan.

Muutoksenhaku

Jos olette tyytymätön päätökseen, voitte hakea siihen muutosta sosiaaliturva-asioiden
muutoksenhakulautakunnalta. Valituksen on oltava perillä viimeistään 4.1.2027.
Lautakunnan päätökseen haetaan muutosta vakuutusoikeudelta.
"""

PENSION = """Keva
Päätöksen päivämäärä 16. marraskuuta 2026
MEIKÄLÄINEN MATTI JUHANI
Henkilötunnus 010180-999A

Kuntoutustuki

Teille myönnetään kuntoutustuki 1.12.2026 alkaen. Kuntoutustuki myönnetään 30.11.2027 saakka.

Valitusosoitus

Tähän päätökseen saa hakea muutosta valittamalla työeläkeasioiden muutoksenhakulautakuntaan.
Valitusaika päättyy maanantaina 28.12.2026.
"""

SWEDISH = """Folkpensionsanstalten
BESLUT
den 23 november 2026
Meikäläinen Matti
010180-999A

Ansökan om sjukdagpenning avslås.

Enligt läkarutlåtandet har ni karpaltunnelsyndromet i högra handen och diskdegeneration (M51.3).

Om ni är missnöjd med beslutet kan ni söka ändring hos besvärsnämnden för social trygghet.
Besväret ska ha kommit fram senast den 4 januari 2027.
"""


def pdf(*pages: str) -> bytes:
    """A letter as PDF, as an office's program writes it."""
    texts = ["\n\n".join(_escaped(line) + " \\" for line in page.splitlines()) for page in pages]
    source = '#set page(paper: "a4")\n#set par(spacing: 0.65em)\n' + "\n#pagebreak()\n".join(texts)
    printed: bytes = typst.compile(source.encode())
    return printed


def _escaped(line: str) -> str:
    return "".join(f"\\{sign}" if sign in "#*_$@<>`~=/[]+-" else sign for sign in line) or "\\ "


def word(text: str) -> bytes:
    """A letter as DOCX, its heads in a table."""
    document, written = docx.Document(), io.BytesIO()
    head, _blank, rest = text.partition("\n\n")
    for line in head.splitlines():
        document.add_table(rows=1, cols=1).rows[0].cells[0].text = line
    for line in rest.splitlines():
        document.add_paragraph(line)
    document.save(written)
    return written.getvalue()


def picture(text: str, *, kind: str = "PNG") -> bytes:
    """A letter as a picture, as a scanner or a phone makes it."""
    written = io.BytesIO()
    with pypdfium2.PdfDocument(pdf(text)) as letter:
        letter[0].render(scale=200 / 72, grayscale=True).to_pil().save(written, kind, resolution=200)
    return written.getvalue()


def scanned(text: str) -> bytes:
    """A PDF that holds nothing but such a picture."""
    return picture(text, kind="PDF")


def with_text_over(letter: bytes, text: bytes) -> bytes:
    """The first page of a letter with the text of another over it: what a scanner's machine read, or printed there."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter)) as page, pikepdf.open(io.BytesIO(text)) as over:
        page.pages[0].add_overlay(over.pages[0], None)
        page.save(written)
    return written.getvalue()
