"""The services that are logged and billed, as the table has them."""

import pytest
from django.utils import translation

from casework.law import products
from casework.law.phases import Phase


def test_every_product_has_a_name_in_three_languages_and_a_code_of_its_own():
    table = products.products()

    assert len({product.code for product in table}) == len(table)
    assert all(set(product.names) == {"fi", "sv", "en"} and all(product.names.values()) for product in table)


def test_a_product_is_called_in_the_language_of_the_reader():
    with translation.override("sv"):
        assert products.product("doctor_visit").name == "Läkarbesök med stödperson"
    with translation.override("fi"):
        assert ("doctor_visit", "Lääkärikäynti saattaen") in products.choices()


def test_an_unknown_code_is_refused():
    with pytest.raises(products.UnknownProduct):
        products.product("massage")


def test_a_visit_to_the_doctor_shows_that_assessments_are_under_way():
    assert "doctor_visit" in products.codes_showing(Phase.ASSESSING)
    assert "coordination" not in products.codes_showing(Phase.MAPPING)
