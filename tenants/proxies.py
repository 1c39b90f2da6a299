"""The proxies before the web server: a request that did not come through as many as SUUNTA_PROXIES says is refused.

Sign-in counts failures by the visitor's address, which the proxies write into X-Forwarded-For. One proxy more or less,
and a whole town shares an address, or a guesser writes their own.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string

ASKED_DIRECTLY = ("/health/",)  # by the proxy itself

logger = logging.getLogger(__name__)


class ProxyMiddleware:
    """Answers 400 with the reason to a request whose X-Forwarded-For is longer or shorter than the settings say."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said, found = settings.ALLAUTH_TRUSTED_PROXY_COUNT, addresses_in(request.headers.get("X-Forwarded-For", ""))
        if said == found or request.path_info in ASKED_DIRECTLY or (settings.SECOND_FACTOR_OFF and not said):
            return self.get_response(request)
        logger.error("X-Forwarded-For holds %d addresses, SUUNTA_PROXIES says %d: see the runbook", found, said)
        return HttpResponseBadRequest(render_to_string("proxies.html", {"said": said, "found": found}))


def addresses_in(header: str) -> int:
    """Count the addresses of an X-Forwarded-For; each proxy adds one."""
    return len(header.split(",")) if header.strip() else 0
