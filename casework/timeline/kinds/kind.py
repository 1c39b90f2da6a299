"""What a kind of event is, and the groups that a timeline can be narrowed to."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

type Kind = "tuple[StrOrPromise, str, str, str]"  # the parts of an EventKind, as the modules of subjects write them


class EventKind(NamedTuple):
    """How a kind of event is called and drawn; `group` is the filter it belongs to."""

    label: "StrOrPromise"
    icon: str
    tone: str
    group: str


MAIL = EventKind(_("Reminder sent by e-mail"), "mail", "", "mail")
GROUPS: "dict[str, StrOrPromise]" = {
    "applications": _("Applications"),
    "notes": _("Notes"),
    "documents": _("Documents"),
    "tasks": _("Tasks"),
    "services": _("Logged work"),
    "visits": _("Visits and statements"),
    "meetings": _("Team meetings"),
    "ability": _("Situation and abilities"),
    "consents": _("Consents"),
    "case": _("The case itself"),
    "mail": _("Reminders"),
}
