"""Components that frame a page: icon, heads, panel, tabs, crumbs, strip, alert, tag, empty state, pager."""

from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from django import template
from django.core.paginator import Page
from django.forms.utils import flatatt
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from tenants.components import Text, draw, drawn_icon

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a lucide icon; the word beside it carries the meaning."""
    return drawn_icon(str(name))


@register.simple_block_tag
def page_head(content: SafeString, title: Text, *, note: Text = "") -> SafeString:
    """Open a page: its h1, one line under it, and its actions as the content."""
    return draw("page_head", content=content, title=title, note=note)


@register.simple_block_tag
def subject_head(content: SafeString, title: Text, *, note: Text = "", tag: Text = "", tone: str = "") -> SafeString:
    """Open the page of a client, case or municipality; stands in a `panel casehead` above facts and tabs."""
    return draw("subject_head", content=content, title=title, note=note, tag=tag, tone=tone)


@register.simple_block_tag
def panel(
    content: SafeString,
    title: Text,
    *,
    id: str = "",
    count: int | None = None,
    note: Text = "",
    link: Text = "",
    url: str = "",
    about: Text = "",
    place: str = "",
    padded: bool = False,
) -> SafeString:
    """Draw a panel: heading, count, one link, and the content flush (lists, tables) or padded (prose)."""
    values = {"content": content, "title": title, "count": count, "note": note, "link": link, "url": url}
    return draw("panel", id=id or slugify(str(title)), about=about, place=place, padded=padded, **values)


@register.simple_tag
def crumbs(*pairs: Text) -> SafeString:
    """Draw the way here: label, address, label, address, ..., and the label of this page."""
    *above, here = pairs
    return draw("crumbs", above=list(zip(above[::2], above[1::2], strict=True)), here=here)


@register.simple_block_tag
def tabs(content: SafeString, label: Text) -> SafeString:
    """Frame the tabs of one subject; each is a `{% tab %}` with its own address."""
    return format_html('<nav class="tabs" aria-label="{}">{}</nav>', label, content)


@register.simple_tag(takes_context=True)
def tab(
    context: Context, label: Text, url: str, *, count: int | None = None, current: bool | None = None
) -> SafeString:
    """Link to a tab, current when it is the path of this page (or as told)."""
    is_here = url == context["request"].path if current is None else current
    return _navigation_link(label, url, count=count, current="page" if is_here else "")


@register.simple_block_tag
def filters(content: SafeString, label: Text) -> SafeString:
    """Frame the choices that narrow a list; each is a `{% filter_link %}`."""
    return format_html('<nav class="filters" aria-label="{}">{}</nav>', label, content)


@register.simple_tag(takes_context=True)
def filter_link(context: Context, label: Text, url: str, *, count: int | None = None) -> SafeString:
    """Link to a narrowed list ("?kind=note", "." for all), current on every page of that list."""
    request = context["request"]
    is_here = _list_at(urljoin(request.path, url or ".")) == _list_at(request.get_full_path())
    return _navigation_link(label, url, count=count, current="true" if is_here else "")


@register.simple_block_tag
def strip(content: SafeString) -> SafeString:
    """Frame two to six `{% figure %}`s at the top of a page."""
    return format_html('<ul class="strip">{}</ul>', content)


@register.simple_tag
def figure(number: int | str, label: Text, url: str, *, note: Text = "", tone: str = "") -> SafeString:
    """Draw one number of a strip, a link to what it counts."""
    return draw("figure", number=number, label=label, url=url, note=note, tone=tone)


@register.simple_block_tag
def alert(content: SafeString, tone: str = "info") -> SafeString:
    """Say something the reader must not miss: info, success, warning or danger. Content is one or more p."""
    return format_html('<div class="ds-alert" data-color="{}">{}</div>', tone, content)


@register.simple_tag
def tag(text: Text, tone: str = "neutral") -> SafeString:
    """Draw a state as a word: neutral, info, success, warning or danger."""
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', tone, text)


@register.simple_block_tag
def nothing(content: SafeString, title: Text, *, icon: str = "") -> SafeString:
    """Say kindly that a list is empty; the content is what one can do about it, if anything."""
    return draw("nothing", content=content, title=title, icon=icon)


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Page[Any]) -> SafeString:
    """Link to the previous and next page of a list, keeping the rest of the address; nothing when there is one page."""
    if page.paginator.num_pages < 2:
        return SafeString("")
    query = context["request"].GET.copy()
    query.pop("page", None)
    return draw("pager", page=page, query=query.urlencode())


def _list_at(address: str) -> tuple[str, dict[str, list[str]]]:
    """The path and what narrows the list; its page and what is left empty do not."""
    parts = urlsplit(address)
    return parts.path, {name: values for name, values in parse_qs(parts.query).items() if name != "page"}


def _navigation_link(label: Text, url: str, *, count: int | None, current: str) -> SafeString:
    attributes = flatatt({"href": url, **({"aria-current": current} if current else {})})
    number = SafeString("") if count is None else format_html(' <span class="count">{}</span>', count)
    return format_html("<a{}>{}{}</a>", attributes, label, number)
