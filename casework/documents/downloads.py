"""Handing out a paper that was just printed: always as a download, kept by nobody on the way."""

from django.http import HttpResponse

from tenants.files import CONTENT_TYPES, Kind

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def download(content: bytes, kind: Kind, name: str) -> HttpResponse:
    """Answer with a file; its name holds nothing of a person."""
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=CONTENT_TYPES[kind], headers=headers)
