"""The components that a list draws by the hundred, written in Python: a template would take most of the page's time."""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from tenants.components import Text, drawn_icon


def link_button(label: Text, url: str, *, icon: str, about: Text, variant: str, tone: str, compact: bool) -> SafeString:
    """Draw a link that looks like a button."""
    attributes = _attributes(label, about=about, variant=variant, tone=tone, compact=compact)
    return SafeString(f'<a {attributes} href="{escaped(url)}">{_face(label, icon)}</a>\n')


def post_button(
    label: Text,
    url: str,
    *,
    icon: str,
    about: Text,
    variant: str,
    tone: str,
    compact: bool,
    csrf_token: Any,
    once: str,
    hidden: Mapping[str, Any],
) -> SafeString:
    """Draw a form of one button, with hidden fields."""
    token = _hidden("csrfmiddlewaretoken", csrf_token) if csrf_token else ""
    key = _hidden("once", once) if once else ""
    fields = "".join(_hidden(name, value) for name, value in hidden.items())
    attributes = _attributes(label, about=about, variant=variant, tone=tone, compact=compact)
    return SafeString(
        f'<form class="do" method="post" action="{escaped(url)}">\n'
        f"  {token}\n"
        f"  {key}\n"
        f"  {fields}\n"
        f'  <button {attributes} type="submit">{_face(label, icon)}</button>\n'
        "</form>\n"
    )


def deadline(
    content: SafeString,
    title: Text,
    *,
    when: str,
    distance: str,
    tone: str,
    url: str,
    subject: Text,
    subject_url: str,
    note: Text,
) -> SafeString:
    """Draw a row that has a day, or asks for it: when, how far, what, about whom, and its button."""
    color = f' data-color="{escaped(tone)}"' if tone else ""
    what = f'<a href="{escaped(url)}">{escaped(title)}</a>' if url else f"<b>{escaped(title)}</b>"
    whom = f'<a href="{escaped(subject_url)}">{escaped(subject)}</a>' if subject_url else escaped(subject)
    under = f"<p>{whom}{' · ' if subject and note else ''}{escaped(note)}</p>" if subject or note else ""
    button = f'<div class="do">{content}</div>' if content.strip() else ""
    return SafeString(
        '<li class="deadline">\n'
        f'  <p class="when"{color}><b>{escaped(when)}</b><span>{escaped(distance)}</span></p>\n'
        f'  <div class="what">{what}{under}</div>\n'
        f"  {button}\n"
        "</li>\n"
    )


def escaped(text: Any) -> str:
    """Escape what is not safe yet, as templates do; most of it is plain text, for which the lazy way is a long one."""
    return escape(text) if type(text) is str else conditional_escape(text)


def _attributes(label: Text, *, about: Text, variant: str, tone: str, compact: bool) -> str:
    color = f' data-color="{escaped(tone)}"' if tone else ""
    name = f' aria-label="{escaped(label)}: {escaped(about)}"' if about else ""
    return f'class="ds-button{" compact" if compact else ""}" data-variant="{escaped(variant)}"{color}{name}'


def _face(label: Text, icon: str) -> str:
    return f"{drawn_icon(icon) if icon else ''}{escaped(label)}"


def _hidden(name: str, value: Any) -> str:
    return f'<input type="hidden" name="{escaped(name)}" value="{escaped(localize(value))}">'
