"""What a kind of event is: (label, icon, tone, group); the groups are those of `timeline.writing`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

type Kind = "tuple[StrOrPromise, str, str, str]"
