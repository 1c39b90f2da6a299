"""Amounts of money as people type them, in each language. Pure.

Never guesses: in English 12,50 is neither twelve and a half nor 1250, so it is refused.
"""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from tenants.errors import Refusal
from tenants.names import one_line

_WITH_COMMA = re.compile(r"(?P<whole>[0-9]{1,3}( [0-9]{3})+|[0-9]+)([,.](?P<cents>[0-9]+))?")
_WITH_POINT = re.compile(r"(?P<whole>[0-9]{1,3}(,[0-9]{3})+|[0-9]{1,3}( [0-9]{3})+|[0-9]+)(\.(?P<cents>[0-9]+))?")
_SHAPES = {"fi": _WITH_COMMA, "sv": _WITH_COMMA, "en": _WITH_POINT}
_MINUS = re.compile("^[-\N{MINUS SIGN}] ?")


class NotAnAmount(Refusal):
    user_message = _("Write the amount like this: 1,234.50.")
    field = "amount"


def parse(text: str, *, language: str) -> Decimal:
    """Read an amount: 1 234,50 in Finnish and Swedish (any kind of space), 1,234.50 in English.

    Raises:
        NotAnAmount
    """
    typed = one_line(text).removesuffix("€").strip()
    plain = _MINUS.sub("", typed)
    found = _SHAPES.get(language, _WITH_COMMA).fullmatch(plain)
    if found is None:
        raise NotAnAmount
    whole = found["whole"].replace(" ", "").replace(",", "")
    amount = Decimal(f"{whole}.{found['cents']}" if found["cents"] else whole)
    return amount if plain == typed else -amount
