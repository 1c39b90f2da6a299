"""What the access log calls looks at a draft that somebody was asked to read."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ACTIONS: "dict[str, StrOrPromise]" = {"reading.seen": _("Draft read on a colleague's request")}
