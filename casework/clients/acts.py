"""What the access log calls looks and acts about clients that no timeline tells of."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ACTIONS: "dict[str, StrOrPromise]" = {
    "client": _("Client"),
    "client.created": _("Client recorded"),
    "client.matched": _("Compared with a referral"),
    "client.revealed": _("Protected contact data shown"),
}
