"""What the mail about a reading is called on the console."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAILS: "dict[str, StrOrPromise]" = {"casework/emails/reading_asked": _("A draft to read")}
