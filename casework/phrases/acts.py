"""What the access log calls acts about phrases."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ACTIONS: "dict[str, StrOrPromise]" = {
    "phrase.written": _("Phrase written"),
    "phrase.changed": _("Phrase changed"),
    "phrase.approved": _("Phrase approved"),
    "phrase.retired": _("Phrase taken out of use"),
}
