"""Tags that describe applications where a template of another noun lists them."""

from datetime import date

from django import template

from casework.applications import presenters as applications
from casework.models import Application

register = template.Library()


@register.simple_tag
def application_card(application: Application, today: date) -> applications.Card:
    """Describe an application as its card shows it; take it with `as card`."""
    return applications.card(application, today=today)
