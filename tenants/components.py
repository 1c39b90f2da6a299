"""What the component tags share: drawing a template of templates/components, and the values that pages hand over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.template import Context, Engine, Template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

type Text = str | Promise


@dataclass(frozen=True)
class Step:
    """One station of `{% steps %}`: state is "done", "now" or "" (ahead), tone "", "warning" or "danger"."""

    label: Text
    note: Text = ""
    state: str = ""
    tone: str = ""


@dataclass(frozen=True)
class TimelineEntry:
    """One event of `{% timeline %}`. `at` is a day or a moment; `links` are (label, address) pairs."""

    at: date
    title: Text
    by: Text = ""
    text: Text = ""
    icon: str = "circle-dot"
    tone: str = ""
    url: str = ""  # of the title
    links: Sequence[tuple[Text, str]] = ()


def draw(component: str, **values: Any) -> SafeString:
    """Render templates/components/<component>.html with nothing but these values."""
    return SafeString(_compiled(component).render(Context(values)))  # escaped by the template


@cache
def _compiled(component: str) -> Template:
    """The engine's own template, found once a process: a list draws a component a hundred times."""
    return Engine.get_default().get_template(f"components/{component}.html")


@cache
def drawn_icon(name: str) -> SafeString:
    """Draw a lucide icon as inline SVG, hidden from screen readers.

    Raises:
        lucide.IconDoesNotExist: lucide has no icon of that name.
    """
    return SafeString(lucide(name, size=None, **{"class": "icon", "aria-hidden": "true"}))
