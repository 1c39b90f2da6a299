"""The one component that shows where a figure of law or practice comes from and how well it is known."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from casework.law.origins import Origin, Told, told
from tenants.display import citation, day

register = template.Library()


@register.simple_tag
def origin(*origins: Origin | None, brief: bool = False) -> SafeString:
    """Draw the origins of a figure as a quiet line, or nothing without any; `brief` leaves out the sources."""
    known = told(one for one in origins if one is not None)
    if not known:
        return SafeString("")
    lines = format_html_join("; ", "{}", ((_drawn(one, brief=brief),) for one in known))
    return format_html('<span class="origin">{}</span>', lines)


@register.simple_tag
def origins(found: tuple[Origin, ...]) -> SafeString:
    """Draw the origins of a step of a reckoning."""
    return origin(*found)


def _drawn(one: Told, *, brief: bool) -> SafeString:
    words = format_html('<b data-color="{}">{}</b>', one.certainty.tone, one.certainty.words)
    if brief:
        return words
    shown = [citation(one.sources)] if one.sources else []
    on = f" {day(one.on)}" if one.on else ""
    return format_html("{}{}{}", "".join(f"{part}, " for part in shown), words, on)
