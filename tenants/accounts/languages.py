"""The language of a page: the person's own choice, else the browser's, else Finnish."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from tenants.accounts.models import User

LANGUAGE_COOKIE: str = settings.LANGUAGE_COOKIE_NAME
YEAR = 365 * 24 * 60 * 60  # seconds


class LanguageMiddleware:
    """Activates the language of the cookie that signing in and the footer's switch set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


def language_of(request: HttpRequest) -> str:
    """Answer the language of a request: the cookie's, else the browser's, else Finnish."""
    language = request.COOKIES.get(LANGUAGE_COOKIE, "")
    return language if language in dict(settings.LANGUAGES) else _of_browser(request)


def choose(user: User, language: str) -> None:
    """Let a person's pages and mails speak a language, in every browser."""
    user.language = language
    user.save(update_fields=["language"])


def remember(response: HttpResponse, language: str) -> None:
    """Set the cookie that makes this browser's next pages speak a language."""
    response.set_cookie(
        LANGUAGE_COOKIE,
        language,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
    )


def _of_browser(request: HttpRequest) -> str:
    if not request.headers.get("Accept-Language"):
        return settings.LANGUAGE_CODE
    return translation.get_language_from_request(request)
