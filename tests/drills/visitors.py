"""A browser without a screen, behind the proxy that ends https: it keeps cookies, follows and fills in forms."""

import re
from collections.abc import Iterable
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from lxml import html

from tests.tenants.accounts.signing_in import CODES, SET_UP, Phone

PASSWORD = "kuusi-koivu-mänty-haapa"


class Visitor:
    """Somebody at one host; `port` may change to another web server of the same service."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port, self.path = host, port, "/"
        self._cookies: dict[str, str] = {}

    def open(self, path: str) -> bytes:
        """Open a page, wherever it leads."""
        return self._ask("GET", path)

    def fill_in(self, path: str, **typed: Any) -> bytes:
        """Open a page, type into the form that has these fields, and send it."""
        return self.send(self.open(path), **typed)

    def send(self, page: bytes, **typed: Any) -> bytes:
        """Type into the form of an open page that has these fields, and send it."""
        forms: list[Any] = [*html.fromstring(page).iter("form")]
        form = next((form for form in forms if typed.keys() <= set(form.inputs.keys())), None)
        assert form is not None, (self.path, page)
        known: dict[str, Any] = {}
        for name, value in form.form_values():
            known.setdefault(name, []).append(value)
        body = encode_multipart(BOUNDARY, {**known, **typed})
        return self._ask("POST", form.action or self.path, body)

    def join(self, link: str, name: str) -> None:
        """Accept an invitation and set up the second step."""
        self.fill_in(link, name=name, password=PASSWORD, password_again=PASSWORD)
        assert self.path == SET_UP, self.path
        page = self.open(SET_UP)  # each time with another key
        (secret,) = re.findall(r'class="codes secret">(\w+)<', page.decode())
        self.send(page, code=Phone(secret=secret).code())
        assert self.path == CODES, self.path

    def _ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        web = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            web.request(method, path, body=body, headers=self._headers(method))
            answer = web.getresponse()
            content = answer.read()
        finally:
            web.close()
        self._keep(answer)
        if answer.status in {302, 303}:
            return self._ask("GET", urlsplit(answer.headers["Location"])._replace(scheme="", netloc="").geturl())
        assert answer.status == 200, (method, path, answer.status, content[:2000])
        self.path = path
        return content

    def _headers(self, method: str) -> dict[str, str]:
        """What the browser and the proxy before the web server say."""
        said = {"Host": self.host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return said | (
            {"Origin": f"https://{self.host}", "Content-Type": MULTIPART_CONTENT} if method == "POST" else {}
        )

    def _keep(self, answer: HTTPResponse) -> None:
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            assert name.startswith("__Host-"), cookie
            assert "Secure" in cookie
            self._cookies[name] = value.strip('"')


def link_in(mails: Iterable[bytes], host: str) -> str:
    """Find the path of the invitation to a host among mails, empty when there is none yet."""
    for mail in mails:
        if found := re.search(rb"https://" + re.escape(host.encode()) + rb"(/invitation/[\w-]+/)", mail):
            return found[1].decode()
    return ""
