"""Small files for tests that add documents."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.tenants.uploads import pdf

PDF = pdf(more=[b"(paper)"])


def a_pdf(name: str = "statement.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """An upload as a browser sends it; the content type it claims is not to be believed."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")
