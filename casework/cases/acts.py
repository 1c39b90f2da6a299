"""What the access log calls looks and acts about a case as such that no timeline tells of."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ACTIONS: "dict[str, StrOrPromise]" = {
    "case.seen": _("Case viewed"),
    "case.listed": _("Seen in a list"),
    "case.found": _("Found by a search"),
    "case.reason_given": _("Reason given for opening the case"),
}
