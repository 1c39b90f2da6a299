"""Small files for tests that add documents."""

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def a_pdf(name: str = "statement.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """An upload as a browser sends it; the content type it claims is not to be believed."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")
