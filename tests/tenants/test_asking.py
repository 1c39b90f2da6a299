"""What is odd but may be true is asked about once: the same sent again is the answer, another value a new question."""

from datetime import date
from typing import Any

from django import forms

from tenants.asking import AsksOnce
from tenants.forms import SuuntaForm


class Odd(AsksOnce, SuuntaForm):
    """Asks about every day before this century, and about every name in capitals."""

    on = forms.DateField(required=False)
    name = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        on, name = self.cleaned_data.get("on"), self.cleaned_data.get("name", "")
        self.ask_once("on", "So long ago?" if on and on < date(2000, 1, 1) else "")
        self.ask_once("name", "In capitals?" if name.isupper() else "")
        return super().clean()


def again(form: Odd, **changed: str) -> Odd:
    return Odd({**form.data, **changed})


def test_what_is_usual_is_not_asked_about_and_the_question_is_no_answer_of_the_form():
    form = Odd({"on": "2026-11-17", "name": "Aino"})

    assert form.is_valid()
    assert form.typed == {"on": date(2026, 11, 17), "name": "Aino"}


def test_the_same_sent_again_is_taken():
    form = Odd({"on": "1926-11-17"})
    assert form.errors == {"on": ["So long ago?"]}

    assert again(form).is_valid()


def test_two_questions_are_two_answers():
    form = Odd({"on": "1926-11-17", "name": "AINO"})
    assert list(form.errors) == ["on", "name"]

    assert again(form).is_valid()
    assert list(again(form, name="BERTTA").errors) == ["name"]


def test_another_value_is_another_question():
    form = Odd({"on": "1926-11-17"})
    assert not form.is_valid()

    assert list(again(form, on="1936-11-17").errors) == ["on"]
