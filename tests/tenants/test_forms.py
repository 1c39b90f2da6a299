"""What every form does: the look of its fields and errors, and refusals shown where they belong."""

from datetime import date

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from lxml import html

from tenants.errors import Refusal
from tenants.forms import DateInput, SuuntaForm, VersionField, field_of
from tests.tenants.markup import select, words

DAYS = {"first": "1.1.1900", "last": "31.12.2199"}


class BeforeFiling(Refusal):
    user_message = _("The decision is before the filing.")
    field = "decided_on"


class Closed(Refusal):
    user_message = _("The case is closed.")


class Edited(Refusal):
    user_message = _("Somebody else saved first.")
    current_version = 7


class DecisionForm(SuuntaForm):
    decided_on = forms.DateField(label="Decided", widget=DateInput)
    result = forms.ChoiceField(label="Result", widget=forms.RadioSelect, choices=[("granted", "Granted"), ("no", "No")])
    letter = forms.FileField(label="Letter", required=False, help_text="PDF or picture")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    is_told = forms.BooleanField(label="Told to the client", required=False)
    version = VersionField()


def filled(**changes: str) -> DecisionForm:
    form = DecisionForm(
        QueryDict(mutable=True) | {"decided_on": "2026-11-02", "result": "no", "version": "3", **changes}
    )
    form.is_valid()
    return form


def drawn(form: forms.Form) -> html.HtmlElement:
    with translation.override("en"):
        return html.fragment_fromstring(str(form), create_parent="form")


def summary_of(page: html.HtmlElement) -> list[str]:
    return [item.text_content() for item in select(page, "#error-summary li")]


def test_a_refusal_is_shown_at_its_own_field():
    form = filled()

    with form.refusals():
        raise BeforeFiling

    assert form.errors == {"decided_on": ["The decision is before the filing."]}


def test_the_view_may_choose_another_field():
    form = filled()

    with form.refusals("note"):
        raise BeforeFiling

    assert list(form.errors) == ["note"]


def test_a_refusal_about_no_field_stands_above_the_form():
    form = filled()

    with form.refusals():
        raise Closed

    assert form.non_field_errors() == [str(Closed.user_message)]


def test_a_refusal_about_a_field_the_form_lacks_stands_above_the_form():
    form = SuuntaForm({})
    form.is_valid()

    with form.refusals():
        raise BeforeFiling

    assert form.non_field_errors() == ["The decision is before the filing."]


def test_another_exception_passes():
    form = filled()

    with pytest.raises(LookupError), form.refusals():
        raise LookupError

    assert form.is_valid()


def test_the_block_may_return_its_answer():
    def view(form: DecisionForm) -> str:
        with form.refusals():
            return "saved"
        return "shown again"

    assert view(filled()) == "saved"


def test_an_edit_meanwhile_keeps_what_was_typed_and_takes_the_new_version():
    form = filled(note="Typed by Aino")

    with form.refusals():
        raise Edited

    page = drawn(form)
    assert select(page, "[name=version]")[0].get("value") == "7"
    assert select(page, "[name=note]")[0].text_content().strip() == "Typed by Aino"
    assert summary_of(page) == ["Somebody else saved first."]


def test_the_summary_leads_to_each_field_and_takes_the_focus():
    page = drawn(filled(decided_on="", result=""))

    summary = select(page, "#error-summary")[0]
    targets = [link.get("href").removeprefix("#") for link in select(summary, "a")]
    assert summary.get("tabindex") == "-1"
    assert "autofocus" in summary.attrib
    assert targets == ["id_decided_on", "id_result_0"]
    assert all(select(page, f"input#{target}") for target in targets)


def test_a_form_without_errors_has_no_summary():
    assert not select(drawn(DecisionForm()), "#error-summary")


def test_a_field_with_an_error_is_described_by_it():
    page = drawn(filled(decided_on="tomorrow"))

    field = select(page, "#id_decided_on")[0]
    assert field.get("aria-invalid") == "true"
    assert select(page, f"#{field.get('aria-describedby')}")[0].text_content() == "Enter a valid date."


def test_every_input_has_a_label_and_only_optional_fields_say_so():
    page = drawn(DecisionForm())

    visible = [field for field in select(page, "input, textarea") if field.get("type") != "hidden"]
    labels = {label.get("for"): words(label) for label in select(page, "label")}
    assert all(field.get("id") in labels for field in visible)
    assert labels["id_note"] == "Note optional"
    assert labels["id_decided_on"] == "Decided"
    assert words(select(page, "legend")[0]) == "Result"


def test_help_is_tied_to_its_field():
    page = drawn(DecisionForm())

    described_by = select(page, "#id_letter")[0].get("aria-describedby")
    assert select(page, f"#{described_by}")[0].text_content() == "PDF or picture"


def test_text_of_a_user_is_escaped_in_errors():
    form = filled(result="<script>")

    assert "<script>" not in str(form)


def test_a_date_input_shows_its_day_in_every_language():
    form = DecisionForm(initial={"decided_on": date(2026, 11, 2)})

    with translation.override("fi"):
        assert 'value="2026-11-02"' in str(form["decided_on"])


class Pasting(SuuntaForm):
    name = forms.CharField(required=False)
    note = forms.CharField(required=False, widget=forms.Textarea)
    password = forms.CharField(required=False, strip=False, widget=forms.PasswordInput)


def pasting(field: str, typed: str) -> str:
    form = Pasting({field: typed})
    assert form.is_valid()
    cleaned: str = form.cleaned_data[field]
    return cleaned


@pytest.mark.parametrize("typed", ["Ma\u0308ki  Anna", "Mäki\u00a0Anna", "Mäki Anna\u200b", "\ufeffMä\u00adki Anna "])
def test_a_name_is_taken_as_one_sees_it(typed):
    assert pasting("name", typed) == "Mäki Anna"


def test_a_note_keeps_its_lines_and_loses_what_one_does_not_see():
    assert pasting("note", "Ma\u0308ki\u200b\r\n  2 h\u202e") == "Mäki\r\n  2 h"


def test_a_password_is_the_same_however_the_keyboard_composes_it():
    assert pasting("password", " me\u0308tsa\u0308  polku ") == pasting("password", " mëtsä  polku ")
    assert pasting("password", "mëtsä  polku ") == "mëtsä  polku "


def test_a_nul_is_an_error_of_its_field():
    form = Pasting({"name": "Ma\0ki"})

    assert not form.is_valid()
    assert list(form.errors) == ["name"]


@pytest.mark.parametrize("on", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_that_nobody_means_is_refused_with_a_sentence(on):
    form = filled(decided_on=on)

    assert form.errors["decided_on"] == [translation.gettext("Write a day between %(first)s and %(last)s.") % DAYS]


@pytest.mark.parametrize("on", ["1900-01-01", "2199-12-31"])
def test_any_other_day_is_for_the_action_to_judge(on):
    assert not filled(decided_on=on).errors


def test_a_form_gives_a_field_the_choices_that_only_it_knows():
    form = DecisionForm({"decided_on": "2026-11-02", "result": "partly", "version": "3"})
    assert not DecisionForm(form.data).is_valid()

    field_of(form, "result", forms.ChoiceField).choices = [("partly", "Granted in part")]

    assert form.is_valid()


def test_a_field_that_is_something_else_gets_no_choices():
    with pytest.raises(TypeError, match="note is a CharField, not a ChoiceField"):
        field_of(DecisionForm(), "note", forms.ChoiceField)
