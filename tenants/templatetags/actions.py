"""Components one acts with: link and post buttons, the menu of further actions, and the panel around a form."""

from typing import Any

from django import template
from django.forms import BaseForm
from django.template.context import Context
from django.utils.safestring import SafeString

from tenants import autosave as keeping
from tenants import drawing
from tenants.components import Text, draw
from tenants.forms import RefusalsMixin
from tenants.once.sending import new_key

register = template.Library()


@register.simple_tag
def link_button(
    label: Text,
    url: str,
    *,
    icon: str = "",
    about: Text = "",
    variant: str = "primary",
    tone: str = "",
    compact: bool = False,
) -> SafeString:
    """Draw a link that looks like a button. `about` names its object for screen readers when the button repeats."""
    return drawing.link_button(label, url, icon=icon, about=about, variant=variant, tone=tone, compact=compact)


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    label: Text,
    url: str,
    *,
    icon: str = "",
    about: Text = "",
    variant: str = "primary",
    tone: str = "",
    compact: bool = False,
    once: bool = False,
    **hidden: Any,
) -> SafeString:
    """Draw a form of one button that posts; further keywords become hidden fields. `once`: its view answers once."""
    look: dict[str, Any] = {"icon": icon, "about": about, "variant": variant, "tone": tone, "compact": compact}
    token, key = context.get("csrf_token", ""), new_key() if once else ""
    return drawing.post_button(label, url, **look, csrf_token=token, once=key, hidden=hidden)


@register.simple_block_tag(takes_context=True)
def form_panel(
    context: Context,
    content: SafeString,
    form: BaseForm,
    *,
    submit: Text,
    cancel: str = "",
    label: Text = "",
    action: str = "",
    tone: str = "",
    autosave: bool = False,
    form_id: str = "",
) -> SafeString:
    """Draw a whole form: the content as introduction, error summary, fields, one main button, and a way out.

    `label` names the form for screen readers, the submit label when absent; `cancel` is an address; buttons elsewhere
    on the page belong to it by its `form_id`. With `autosave`
    what is typed is kept until it is saved, and put back when the person returns to the page.
    """
    kept = keeping.begin(context["request"], form, place=action) if autosave else None
    values = {"content": content, "form": form, "submit": submit, "cancel": cancel, "action": action, "tone": tone}
    token = context.get("csrf_token", "")
    values |= {"once": once_key(form), "form_id": form_id}
    return draw("form_panel", label=label or submit, keeping=kept, csrf_token=token, **values)


@register.simple_tag
def once_key(form: BaseForm) -> str:
    """Draw the one-time key of a form of ours; of allauth's, nothing."""
    return new_key() if isinstance(form, RefusalsMixin) else ""


@register.simple_block_tag
def menu(content: SafeString, id: str, label: Text, *, icon: str = "ellipsis") -> SafeString:
    """Draw a button that opens further actions (links and post buttons), with a native popover."""
    return draw("menu", content=content, id=id, label=label, icon=icon)
