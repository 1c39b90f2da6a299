"""Pages of lists that grow: the keys of a page first, then its rows with everything that is shown of them."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

type Read = Callable[[Sequence[uuid.UUID]], Sequence[Any]]


class KeysFirst(Paginator):  # type: ignore[type-arg]  # not generic at run time
    """A paginator over ordered rows of which it reads only the keys; `read` fetches the rows of a page in that order.

    What a page shows is thus computed for its own rows, not for all that stand before it, and a page near the end is
    counted from the end.
    """

    def __init__(self, rows: QuerySet[Any], per_page: int, *, read: Read) -> None:
        super().__init__(rows.values_list("pk", flat=True), per_page)
        self._read = read

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        begin = (number - 1) * self.per_page
        keys = self._keys(begin, min(begin + self.per_page, self.count))
        return Page(self._read(keys), number, self)

    def _keys(self, begin: int, end: int) -> list[uuid.UUID]:
        keys: Any = self.object_list
        if begin <= self.count - end:
            return list(keys[begin:end])
        return list(keys.reverse()[self.count - end : self.count - begin])[::-1]
