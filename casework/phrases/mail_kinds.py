"""What the mail about a phrase is called on the console."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAILS: "dict[str, StrOrPromise]" = {"casework/emails/phrase_waits": _("A phrase waits for approval")}
