"""Which request (route and id) this thread is answering, so that log entries carry it without being told."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from tenants import tracing


@dataclass(frozen=True)
class RequestMark:
    """The name of the route and a random id; empty outside a request."""

    route: str = ""
    id: str = ""


NOBODY = RequestMark()
_current: ContextVar[RequestMark] = ContextVar("request_mark", default=NOBODY)


def current_request() -> RequestMark:
    """The mark of the request being answered in this thread."""
    return _current.get()


class RequestMarkMiddleware:
    """Marks the request for the access log and answers with its id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mark = RequestMark(route=_route(request), id=tracing.new())
        token = _current.set(mark)
        try:
            with tracing.following(mark.id):
                response = self.get_response(request)
        finally:
            _current.reset(token)
        response.headers["X-Request-ID"] = mark.id
        return response


def _route(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info, getattr(request, "urlconf", None)).view_name
    except Resolver404:
        return ""
