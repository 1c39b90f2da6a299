"""A question and its answers: no answer reads as the question does, in any language."""

from collections.abc import Iterable
from typing import Any

import pytest
from django import forms
from django.forms.models import ModelChoiceField
from django.utils import translation

from tests.rules.test_nul import all_forms


class Doubled(forms.Form):
    safety = forms.ChoiceField(label="Safe to contact", choices=[("", "Not asked"), ("safe", "Safe to contact")])


def repeated(found: Iterable[type[forms.BaseForm]]) -> list[str]:
    """The questions of forms that one of their own answers repeats."""
    return [
        f"{form.__name__}.{name}"
        for form in found
        for name, field in vars(form).get("base_fields", {}).items()
        if isinstance(field, forms.ChoiceField) and not isinstance(field, ModelChoiceField)
        if str(field.label).casefold() in answers(field)
    ]


def answers(field: Any) -> set[str]:
    return {str(label).casefold() for _value, label in field.choices}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_answer_repeats_its_question(language):
    with translation.override(language):
        assert repeated(all_forms()) == []


def test_a_planted_one_is_found():
    assert repeated([Doubled]) == ["Doubled.safety"]
