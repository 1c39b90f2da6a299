"""What the access log calls looks and acts about appeals that no timeline tells of."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ACTIONS: "dict[str, StrOrPromise]" = {
    "appeal.printed": _("Letter of an appeal printed"),
    "supplement.printed": _("Letter after an appeal printed"),
}
