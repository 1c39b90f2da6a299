"""What a person sees when an action refuses outside a form: a friendly page with the reason, status 409."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenants.errors import Refusal


class RefusalMiddleware:
    """Turns a refusal that no form caught into the 409 page; nothing else is caught."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        return render(request, "409.html", {"reason": exception.user_message}, status=409)
