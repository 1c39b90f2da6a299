"""What is odd is asked once more: the form comes back as it was typed, and sent again it is done."""

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from lxml import html

from tenants.doubts import Doubt, asking, doubt, expecting, renaming
from tenants.errors import Refusal
from tenants.forms import DateInput, SuuntaForm
from tests.tenants.markup import select

TYPED = {"filed_on": "2006-11-02", "ended_on": "2006-11-01", "note": "Ääkkösiä"}


class LongAgo(Doubt):
    user_message = _("This is long ago.")
    field = "filed_on"


class EndsFirst(Doubt):
    user_message = _("It ended first.")
    field = "ended_on"


class Before(Doubt):
    user_message = _("This is before %(day)s.")
    field = "filed_on"


class Closed(Refusal):
    user_message = _("The case is closed.")
    field = "filed_on"


class FilingForm(SuuntaForm):
    filed_on = forms.DateField(label="Filed on", widget=DateInput)
    ended_on = forms.DateField(label="Ended on", widget=DateInput)
    note = forms.CharField(label="Note", widget=forms.Textarea)
    letter = forms.FileField(label="Letter", required=False)


def sent(*answers: str, **typed: str) -> FilingForm:
    data = QueryDict(mutable=True)
    data.update(TYPED | typed)
    data.setlist("sure", list(answers))
    form = FilingForm(data)
    assert form.is_valid()
    return form


def written(form: FilingForm, *odd: type[Doubt]) -> bool:
    """Do what the form asks for, which is odd in these ways; answer whether it was done."""
    with form.refusals():
        for kind in odd:
            doubt(kind())
        return True
    return False


def drawn(form: FilingForm) -> html.HtmlElement:
    with translation.override("en"):
        return html.fragment_fromstring(str(form), create_parent="form")


def answers_in(form: FilingForm) -> list[str]:
    return [field.get("value", "") for field in select(drawn(form), "input[name=sure]")]


def test_a_form_asks_once_with_a_sentence_at_its_field_and_keeps_what_was_typed():
    form = sent()

    assert not written(form, LongAgo)

    page = drawn(form)
    (question,) = select(page, "#question")
    assert "Filed on: This is long ago." in " ".join(question.text_content().split())
    assert [link.get("href") for link in select(question, "a")] == ["#id_filed_on"]
    assert select(page, "#error-summary") == []
    assert [field.get("value") for field in select(page, "input[type=date]")] == ["2006-11-02", "2006-11-01"]
    assert "Ääkkösiä" in select(page, "textarea")[0].text_content()


def test_sent_again_as_it_is_it_is_done():
    form = sent()
    written(form, LongAgo)

    assert written(sent(*answers_in(form)), LongAgo)


def test_other_words_in_its_field_are_asked_anew_and_other_fields_are_not_looked_at():
    form = sent()
    written(form, LongAgo)
    answers = answers_in(form)

    assert not written(sent(*answers, filed_on="2007-01-01"), LongAgo)
    assert written(sent(*answers, note="Toinen"), LongAgo)


@pytest.mark.parametrize("days", [("1.1.2007", "2.2.2007"), ("2.2.2007", "1.1.2007")])
def test_one_field_that_is_odd_in_two_ways_is_asked_of_both(days: tuple[str, str]):
    form = sent()
    for expected in days:
        with form.refusals():
            for day in days:
                doubt(Before(day=day))
        assert f"This is before {expected}." in drawn(form).text_content()
        form = sent(*answers_in(form))

    with form.refusals():
        for day in days:
            doubt(Before(day=day))
    assert form.in_doubt is None


def test_the_answer_to_one_sentence_is_none_to_another_that_a_changed_field_beside_it_makes():
    form = sent()
    with form.refusals():
        doubt(Before(day="1.1.2007"))
    again = sent(*answers_in(form))

    with again.refusals():
        doubt(Before(day="1.1.2036"))

    assert again.in_doubt is not None


def test_two_doubts_are_asked_one_after_the_other_and_neither_twice():
    first = sent()
    written(first, LongAgo, EndsFirst)
    second = sent(*answers_in(first))

    assert not written(second, LongAgo, EndsFirst)
    assert "It ended first." in drawn(second).text_content()
    assert written(sent(*answers_in(second)), LongAgo, EndsFirst)


def test_a_file_that_was_chosen_has_to_be_chosen_again_and_the_page_says_so():
    form = sent()
    written(form, LongAgo)

    assert "Choose the file again" in drawn(form).text_content()


def test_whoever_sends_no_form_is_not_asked():
    doubt(LongAgo())


def test_a_refusal_stays_a_refusal_whoever_is_sure():
    form = sent("Closed:filed_on:2006-11-02:The case is closed.")

    with form.refusals():
        raise Closed

    assert list(form.errors) == ["filed_on"]
    assert form.in_doubt is None


def test_what_a_page_expects_is_not_asked_and_everything_else_is():
    with asking(lambda odd: False), expecting(LongAgo):
        doubt(LongAgo())
        with pytest.raises(EndsFirst):
            doubt(EndsFirst())


def refuse(said: Refusal) -> None:
    raise said


@pytest.mark.parametrize(("say", "said"), [(doubt, LongAgo()), (refuse, Closed())])
def test_a_step_of_several_says_it_at_the_field_of_its_own_day(say: Callable[[Any], None], said: Refusal):
    with asking(lambda odd: False), pytest.raises(type(said)) as refused, renaming({"filed_on": "appealed_on"}):
        say(said)

    assert refused.value.field == "appealed_on"


def test_a_renamed_doubt_is_answered_at_its_new_field():
    def is_written(form: FilingForm) -> bool:
        with form.refusals(), renaming({"filed_on": "ended_on"}):
            doubt(LongAgo())
            return True
        return False

    form = sent()
    assert not is_written(form)
    assert is_written(sent(*answers_in(form)))


def test_an_answer_to_one_form_is_forgotten_after_it():
    with asking(lambda odd: False):
        pass

    doubt(LongAgo())
