"""Finnish identifiers of billing: reference number, RF creditor reference, virtual bar code, OVT. Pure.

Sources: Finance Finland's guides on the reference number and the bank bar code (5.3), ISO 11649.
"""

import re
from datetime import date
from decimal import Decimal
from itertools import cycle

import stdnum.iban
import stdnum.iso11649
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError

from tenants.errors import Refusal
from tenants.identifiers import is_business_id

OVT_PREFIX = "0037"
OVT = re.compile(r"0037\d{8}[0-9A-Z]{0,5}", re.ASCII)
REFERENCE_BASE = re.compile(r"[1-9]\d{2,18}", re.ASCII)
LARGEST_IN_BAR_CODE = Decimal("999999.99")


class BusinessIdInvalid(Refusal):
    user_message = _("This is not a valid business ID, for example 1234567-1.")
    field = "business_id"


class OvtInvalid(Refusal):
    user_message = _(
        "An OVT identifier is 0037, the eight digits of the business ID, and at most five characters more."
    )
    field = "endpoint"


class ReferenceInvalid(Refusal):
    user_message = _("This is not a valid reference number.")
    field = "reference_number"


class IbanInvalid(Refusal):
    user_message = _("This is not a valid IBAN account number.")
    field = "iban"


class NotAFinnishAccount(Refusal):
    user_message = _("Only a Finnish account has a bank bar code.")
    field = "iban"


def reference_number(base: str) -> str:
    """Add the check digit to a base of 3 to 19 digits that does not begin with zero.

    Raises:
        ReferenceInvalid: the base has another shape.
    """
    if not REFERENCE_BASE.fullmatch(base):
        raise ReferenceInvalid
    return base + _reference_check(base)


def rf_reference(reference: str) -> str:
    """Turn a Finnish reference number into an RF creditor reference (ISO 11649).

    Raises:
        ReferenceInvalid: the reference number is not valid.
    """
    if not is_reference_number(reference):
        raise ReferenceInvalid
    letters_as_digits = "271500"  # R is 27, F is 15, then the two check digits as zeros
    return f"RF{98 - int(reference + letters_as_digits) % 97:02d}{reference}"


def is_reference_number(text: str) -> bool:
    """Tell whether this is a Finnish reference number with the right check digit."""
    return REFERENCE_BASE.fullmatch(text[:-1]) is not None and text[-1] == _reference_check(text[:-1])


def is_reference(text: str) -> bool:
    """Tell whether this is a Finnish reference number or an RF reference made from one."""
    if text.startswith("RF"):
        return stdnum.iso11649.is_valid(text) and is_reference_number(text[4:])
    return is_reference_number(text)


def printed_reference(reference: str) -> str:
    """Group a reference as it is printed: fives from the right, an RF reference in fours from the left."""
    if reference.startswith("RF"):
        return " ".join(re.findall(r".{1,4}", reference))
    return " ".join(group[::-1] for group in reversed(re.findall(r".{1,5}", reference[::-1])))


def virtual_bar_code(*, iban: str, amount: Decimal, reference: str, due_on: date | None) -> str:
    """Make the 54 digits that a bank reads instead of the payment's fields: version 4, or 5 for an RF reference.

    An amount that does not fit in eight digits is left to the payer: zeros.

    Raises:
        IbanInvalid, NotAFinnishAccount: there is no bar code for this account.
        ReferenceInvalid: the reference number is not valid.
    """
    account = compact_iban(iban)
    if not account.startswith("FI"):
        raise NotAFinnishAccount
    if not is_reference(reference):
        raise ReferenceInvalid
    euro_cents = int(amount * 100) if 0 <= amount <= LARGEST_IN_BAR_CODE else 0
    due = due_on.strftime("%y%m%d") if due_on else "000000"
    if reference.startswith("RF"):
        return f"5{account[2:]}{euro_cents:08d}{reference[2:4]}{reference[4:].zfill(21)}{due}"
    return f"4{account[2:]}{euro_cents:08d}000{reference.zfill(20)}{due}"


def compact_iban(iban: str) -> str:
    """Answer an account number without spaces.

    Raises:
        IbanInvalid: the check digits or the length are wrong.
    """
    try:
        return stdnum.iban.validate(iban)
    except ValidationError as error:
        raise IbanInvalid from error


def printed_iban(iban: str) -> str:
    """Group an account number in fours, as it is printed."""
    return stdnum.iban.format(iban)


def ovt(business_id: str, suffix: str = "") -> str:
    """Make the OVT identifier of an organisation, with an optional suffix for a unit of it.

    Raises:
        BusinessIdInvalid: the check digit or the shape is wrong.
        OvtInvalid: the suffix is longer than five characters, or holds others than capital letters and digits.
    """
    text = OVT_PREFIX + _eight_digits(business_id) + suffix
    if not is_ovt(text):
        raise OvtInvalid
    return text


def is_ovt(text: str) -> bool:
    """Tell whether this is an OVT identifier whose business ID is valid."""
    return OVT.fullmatch(text) is not None and is_business_id(f"{text[4:11]}-{text[11]}")


def vat_id(business_id: str) -> str:
    """Make the VAT identifier that belongs to a business ID.

    Raises:
        BusinessIdInvalid: the check digit or the shape is wrong.
    """
    return "FI" + _eight_digits(business_id)


def _eight_digits(business_id: str) -> str:
    if not is_business_id(business_id):
        raise BusinessIdInvalid
    return business_id.replace("-", "")


def _reference_check(base: str) -> str:
    """Answer the check digit: weights 7, 3, 1 from the right, and what is missing from the next full ten."""
    weighted = sum(int(digit) * weight for digit, weight in zip(reversed(base), cycle((7, 3, 1)), strict=False))
    return str(-weighted % 10)
