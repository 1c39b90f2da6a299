"""What is put right of every request: a NUL leads nowhere, HEAD is GET without the body, and who is led where."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from tenants import scrubbing

NUL = "\0"  # the one character that PostgreSQL keeps in no text


class NulMiddleware:
    """Answers 404 to an address with a NUL, and forgets cookies with one. In a form the field itself refuses it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if leads_nowhere(request.path_info) or _asks_with_nul(request):
            raise Http404
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if NUL not in value}
        return self.get_response(request)


class HeadMiddleware:
    """Answers HEAD (scanners of mail, link checkers, monitors) as GET, without the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse | StreamingHttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = iter(())
        else:
            response.content = b""
        return response


class SecretMiddleware:
    """Keeps what opens a door in an address out of all that is logged until this thread's next request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        scrubbing.keep_secret(())
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]) -> None:
        scrubbing.keep_secret(str(kwargs[name]) for name in scrubbing.SECRET_ARGUMENTS & kwargs.keys())


def leads_nowhere(path: str) -> bool:
    """Tell whether no page can have this address."""
    return NUL in path


def path_here(asked: str) -> str:
    """Answer a path of this host that somebody is to be led back to; empty for anything else that was asked."""
    is_path = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_path else ""


def _asks_with_nul(request: HttpRequest) -> bool:
    return "%00" in request.META.get("QUERY_STRING", "") or NUL in request.META.get("QUERY_STRING", "")
