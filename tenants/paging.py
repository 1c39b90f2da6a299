"""Pages of lists that grow: the keys of a page first, then its rows with everything that is shown of them."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

type Read = Callable[[Sequence[Any]], Sequence[Any]]


class KeysFirst(Paginator):  # type: ignore[type-arg]  # not generic at run time
    """A paginator over ordered rows of which it reads only the keys; `read` fetches the rows of a page in that order.

    What a page shows is thus computed for its own rows, not for all that stand before it, and a page near the end is
    counted from the end. Of a list that nobody reads to its end the first `most` rows are all there are of it here;
    whoever looks for others narrows it.
    """

    def __init__(self, rows: QuerySet[Any], per_page: int, *, read: Read, most: int | None = None) -> None:
        super().__init__(rows.values_list("pk", flat=True), per_page)
        self._read = read
        self._most = most

    @cached_property
    def count(self) -> int:
        """How many rows can be reached."""
        rows: Any = self.object_list
        found: int = rows.count() if self._most is None else rows[: self._most].count()
        return found

    @property
    def is_cut(self) -> bool:
        """Whether there may be more rows than can be reached."""
        return self.count == self._most

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        begin = (number - 1) * self.per_page
        keys = self._keys(begin, min(begin + self.per_page, self.count))
        return Page(self._read(keys), number, self)

    def _keys(self, begin: int, end: int) -> list[Any]:
        keys: Any = self.object_list
        if self.is_cut or begin <= self.count - end:
            return list(keys[begin:end])
        return list(keys.reverse()[self.count - end : self.count - begin])[::-1]
