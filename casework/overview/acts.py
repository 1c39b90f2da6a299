"""What the access log calls looks and acts about pages over all subjects that no timeline tells of."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ACTIONS: "dict[str, StrOrPromise]" = {
    "today.seen": _("Seen in a list"),
    "client_map.seen": _("Client's own map viewed"),
    "client_map.printed": _("Client's own map printed"),
}
