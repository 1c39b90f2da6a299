"""What the mails about one's account are called on the console."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAILS: "dict[str, StrOrPromise]" = {
    "accounts/emails/invitation": _("Invitation to Suunta"),
    "accounts/emails/roles_asked": _("Question about roles"),
    "accounts/emails/password_reset": _("Link to a new password"),
    "accounts/emails/password_changed": _("Notice: password changed"),
    "accounts/emails/second_factor_changed": _("Notice: second step changed"),
}
