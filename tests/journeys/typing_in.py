"""Filling in forms the way a browser does: what the page shows, changed by what is typed."""

from typing import Any
from urllib.parse import urlsplit

from django.forms import BaseForm

from tenants.forms import SURE, Question
from tests.people import PortalClient


def fill(browser: PortalClient, address: str, *, post_to: str = "", **typed: Any) -> str:
    """Open a form, type, send; answer the page one is led to. A form that comes back fails with its errors."""
    form = browser.get(address).context["form"]
    answer = browser.post(post_to or address, values(form) | typed)
    if answer.status_code != 302:
        raise AssertionError(f"{address}: {answer.context['form'].errors.as_text()}")
    return urlsplit(answer.headers["Location"]).path


def refused(browser: PortalClient, address: str, *, post_to: str = "", **typed: Any) -> str:
    """Send a form that must come back; answer its errors."""
    form = browser.get(address).context["form"]
    answer = browser.post(post_to or address, values(form) | typed)
    assert answer.status_code == 200
    errors: str = answer.context["form"].errors.as_text()
    return errors


def doubted(browser: PortalClient, address: str, **typed: Any) -> str:
    """Send a form that must be asked about once; answer what is asked. Nothing is saved."""
    answer = browser.post(address, values(browser.get(address).context["form"]) | typed)
    return " ".join(_question(answer).sentences)


def insist(browser: PortalClient, address: str, **typed: Any) -> str:
    """Send a form, be asked, send it again as it is; answer the page one is led to."""
    sent = values(browser.get(address).context["form"]) | typed
    question = _question(browser.post(address, sent))
    answer = browser.post(address, sent | {SURE: question.answer})
    assert answer.status_code == 302
    return urlsplit(answer.headers["Location"]).path


def _question(answer: Any) -> Question:
    assert answer.status_code == 200
    form = answer.context["form"]
    if form.in_doubt is None:
        raise AssertionError(form.errors.as_text())
    question: Question = form.in_doubt
    return question


def values(form: BaseForm) -> dict[str, Any]:
    """What the form holds when it is opened."""
    shown = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in shown.items() if value is not None and value is not False}
