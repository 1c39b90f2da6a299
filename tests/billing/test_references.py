"""Finnish identifiers against the published examples and python-stdnum."""

from datetime import date
from decimal import Decimal

import pytest
import stdnum.iso11649
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import alv, ytunnus

from billing import references

BASES = st.integers(100, 10**19 - 1).map(str)


@pytest.mark.parametrize("reference", ["1234561", "11112", "13013", "559582243294671", "2348236"])
def test_published_reference_numbers_have_this_check_digit(reference):
    assert references.reference_number(reference[:-1]) == reference
    assert references.is_reference_number(reference)


@pytest.mark.parametrize(
    ("reference", "rf"),
    [
        ("11112", "RF9811112"),
        ("559582243294671", "RF06559582243294671"),
        ("2348236", "RF332348236"),
        ("1234561", "RF341234561"),
    ],
)
def test_published_rf_references(reference, rf):
    assert references.rf_reference(reference) == rf
    assert references.is_reference(rf)


@given(BASES)
def test_every_rf_reference_passes_the_international_check(base):
    rf = references.rf_reference(references.reference_number(base))

    assert stdnum.iso11649.is_valid(rf)
    assert references.is_reference(rf)


@given(BASES, st.data())
def test_one_wrong_digit_is_always_found(base, data):
    reference = references.reference_number(base)
    place = data.draw(st.integers(0, len(reference) - 1))
    other = data.draw(st.sampled_from([digit for digit in "123456789" if digit != reference[place]]))

    assert not references.is_reference_number(reference[:place] + other + reference[place + 1 :])


@pytest.mark.parametrize("base", ["", "12", "012345", "12345678901234567890", "12A4", "١٢٣٤"])
def test_a_base_of_another_shape_is_refused(base):
    with pytest.raises(references.ReferenceInvalid):
        references.reference_number(base)


@pytest.mark.parametrize("text", ["", "1", "1234562", "01234561", "RF341234562", "RF3412345", "RF18539007547034"])
def test_what_is_not_a_finnish_reference(text):
    assert not references.is_reference(text)


def test_rf_of_a_wrong_reference_is_refused():
    with pytest.raises(references.ReferenceInvalid):
        references.rf_reference("1234562")


@pytest.mark.parametrize(
    ("reference", "printed"),
    [("1234561", "12 34561"), ("559582243294671", "55958 22432 94671"), ("RF341234561", "RF34 1234 561")],
)
def test_references_are_printed_in_groups(reference, printed):
    assert references.printed_reference(reference) == printed


@pytest.mark.parametrize(
    ("iban", "amount", "reference", "due_on", "digits"),
    [
        (
            "FI37 1590 3000 0007 76",
            "12.25",
            "11112",
            date(2016, 12, 21),
            "437159030000007760000122500000000000000000011112161221",
        ),
        (
            "FI37 1590 3000 0007 76",
            "1.10",
            "RF9811112",
            date(2017, 1, 1),
            "537159030000007760000011098000000000000000011112170101",
        ),
        (
            "FI58 1017 1000 0001 22",
            "482.99",
            "559582243294671",
            date(2012, 1, 31),
            "458101710000001220004829900000000559582243294671120131",
        ),
    ],
)
def test_published_virtual_bar_codes(iban, amount, reference, due_on, digits):
    made = references.virtual_bar_code(iban=iban, amount=Decimal(amount), reference=reference, due_on=due_on)

    assert made == digits


@given(st.decimals(0, Decimal("999999.99"), places=2), BASES, st.dates(date(2026, 1, 1), date(2060, 1, 1)))
def test_a_virtual_bar_code_can_be_read_back(amount, base, due_on):
    reference = references.reference_number(base)

    digits = references.virtual_bar_code(iban="FI2112345600000785", amount=amount, reference=reference, due_on=due_on)

    assert len(digits) == 54
    assert digits[:17] == "42112345600000785"
    assert Decimal(digits[17:25]) / 100 == amount
    assert digits[28:48].lstrip("0") == reference
    assert digits[48:] == f"{due_on:%y%m%d}"


@pytest.mark.parametrize(
    ("amount", "due_on", "amount_digits", "due_digits"),
    [
        ("999999.99", None, "99999999", "000000"),
        ("1000000.00", date(2026, 12, 2), "00000000", "261202"),
    ],
)
def test_what_does_not_fit_is_left_to_the_payer(amount, due_on, amount_digits, due_digits):
    digits = references.virtual_bar_code(
        iban="FI2112345600000785", amount=Decimal(amount), reference="1234561", due_on=due_on
    )

    assert (digits[17:25], digits[48:]) == (amount_digits, due_digits)


@pytest.mark.parametrize(
    ("iban", "reference", "refusal"),
    [
        ("SE4550000000058398257466", "1234561", references.NotAFinnishAccount),
        ("FI2112345600000786", "1234561", references.IbanInvalid),
        ("", "1234561", references.IbanInvalid),
        ("FI2112345600000785", "1234562", references.ReferenceInvalid),
    ],
)
def test_no_bar_code_for_a_wrong_account_or_reference(iban, reference, refusal):
    with pytest.raises(refusal):
        references.virtual_bar_code(iban=iban, amount=Decimal(1), reference=reference, due_on=None)


@given(st.integers(0, 9_999_999))
def test_ovt_and_vat_number_are_made_of_a_valid_business_id_only(number):
    valid = [f"{number:07}-{check}" for check in range(10) if ytunnus.is_valid(f"{number:07}{check}")]
    others = {f"{number:07}-{check}" for check in range(10)} - set(valid)

    for business_id in valid:
        assert references.ovt(business_id) == "0037" + business_id.replace("-", "")
        assert references.is_ovt(references.ovt(business_id, "12AB5"))
        assert alv.is_valid(references.vat_id(business_id))
    for business_id in others:
        assert not references.is_ovt("0037" + business_id.replace("-", ""))
        with pytest.raises(references.BusinessIdInvalid):
            references.ovt(business_id)


@pytest.mark.parametrize("suffix", ["123456", "ab", " ", "Å"])
def test_an_ovt_suffix_of_another_shape_is_refused(suffix):
    with pytest.raises(references.OvtInvalid):
        references.ovt("0207506-5", suffix)


def test_an_account_number_is_printed_in_fours():
    assert references.printed_iban("FI2112345600000785") == "FI21 1234 5600 0007 85"
