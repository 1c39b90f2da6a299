"""Being asked once more, as by a form that was sent: the doubt is said, and nothing is written."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tenants.doubts import asking
from tenants.errors import Refusal


@contextmanager
def asked(kind: type[Refusal] | tuple[type[Refusal], ...]) -> Iterator[pytest.ExceptionInfo[Refusal]]:
    """Be somebody who is not sure of anything; what is said is a doubt or a refusal of a kind."""
    with asking(lambda odd: False), pytest.raises(kind) as said:
        yield said
