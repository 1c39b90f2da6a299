"""The look and the manners of every form: Django's own rendering in the design system, refusals as form errors.

What is odd is asked once more (`tenants.doubts`): the form comes back as it was typed, and sent again it is done.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Any, Protocol, cast

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, PasswordInput, RadioSelect, Textarea
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext_lazy as _

from tenants import money, phones
from tenants.display import day
from tenants.doubts import Doubt, asking
from tenants.drawing import escaped
from tenants.errors import Refusal
from tenants.names import one_line, pasted
from tenants.requests import NUL

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)  # of anything that is typed
DJANGOS_BLANK_CHOICE = gettext_lazy("- Select an option -")  # named here because Django 6.1 has not translated it


class UiBoundField(forms.BoundField):
    """A field that knows how its template must draw it."""

    @property
    def is_choice_group(self) -> bool:
        return isinstance(self.field.widget, RadioSelect | CheckboxSelectMultiple)

    @property
    def is_checkbox(self) -> bool:
        return type(self.field.widget) is CheckboxInput

    @property
    def focus_id(self) -> str:
        """The element a link in the error summary leads to: of a group, its first choice."""
        return f"{self.auto_id}_0" if self.is_choice_group else self.id_for_label or self.auto_id

    @property
    def data(self) -> Any:
        """What was sent, as one sees it: every text field of every form takes pasted text. A NUL the field refuses."""
        sent = super().data
        if not isinstance(sent, str) or NUL in sent or not _is_text(self.field):
            return sent
        return pasted(sent) if isinstance(self.field.widget, Textarea | PasswordInput) else one_line(sent)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        attrs["class"] = f"{attrs.get('class', '')} ds-input".strip()
        return attrs


class UiRenderer(TemplatesSetting):
    """settings.FORM_RENDERER: `{{ form }}` draws the error summary and every field."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = UiBoundField


class LongSelect(forms.Select):
    """A select of as many options as there are people: drawn in one go, not by a template for each option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        attributes = _written(self.build_attrs(self.attrs, attrs))
        options = "".join(
            f'\n  <option value="{escaped(str(key))}"{" selected" if str(key) in chosen else ""}>'
            f"{escaped(label)}</option>\n"
            for key, label in self.choices
        )
        return SafeString(f'<select name="{escaped(name)}"{attributes}>{options}\n</select>')


def _written(attributes: Mapping[str, Any]) -> str:
    given = {name: value for name, value in attributes.items() if value is not False}
    return "".join(f" {name}" if value is True else f' {name}="{escaped(str(value))}"' for name, value in given.items())


class DateInput(forms.DateInput):
    """The browser's own date input. Its value must be ISO: a localised d.m.Y value would leave it empty."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time input. Its value must be 13:05: a localised one would leave it empty."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class _RefusingForm(Protocol):
    """What the refusals of a form need of it."""

    fields: dict[str, forms.Field]
    data: Any
    cleaned_data: dict[str, Any]
    in_doubt: "Question | None"

    def add_error(self, field: str | None, error: Any) -> None: ...
    def add_prefix(self, field_name: str) -> str: ...
    def is_sure(self, odd: Doubt) -> bool: ...


SURE = "sure"  # the hidden fields of what was asked once already


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is odd about a form that was sent: the sentences, the field they are about, and how its answer is known."""

    sentences: list[str]
    field: str | None
    answer: str


class Refusals:
    """Catches a domain refusal and shows it on the form; every other exception passes. Doubts are asked once."""

    def __init__(self, form: _RefusingForm, field: str | None) -> None:
        self.form = form
        self.field = field
        self.asked = ExitStack()

    def __enter__(self) -> None:
        self.asked.enter_context(asking(self.form.is_sure))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.asked.close()
        if not isinstance(error, Refusal):
            return False
        field = self.field or error.field
        field = field if field in self.form.fields else None
        if isinstance(error, Doubt):
            self.form.in_doubt = Question(sentences=error.sentences, field=field, answer=_answer(self.form, error))
            return True
        self.form.add_error(field, error.sentences)
        _renew_version(self.form, getattr(error, "current_version", None))
        return True


class RefusalsMixin:
    """Gives a form `with form.refusals(): act(); return redirect(...)`."""

    in_doubt: Question | None = None

    def only_fills_in(self) -> bool:
        """Whether it was sent to have something put into it: it is shown again as it was typed, and nothing is done."""
        return False

    def is_sure(self, odd: Doubt) -> bool:
        """Whether this very sentence was asked before, with the same words in the field it is about."""
        return _answer(cast(_RefusingForm, self), odd) in self.answered

    @property
    def answered(self) -> list[str]:
        """What the person was asked before and sent again."""
        data = cast(_RefusingForm, self).data
        return list(data.getlist(SURE)) if hasattr(data, "getlist") else []

    @property
    def asked_about(self) -> forms.BoundField | None:
        """The field that the question is about, when it is about one."""
        about = self.in_doubt.field if self.in_doubt else None
        return cast(forms.Form, self)[about] if about else None

    def refusals(self, field: str | None = None) -> Refusals:
        """Show a refusal raised inside the block at `field`, else at the refusal's own field, else above the form.

        A refusal with a `current_version` (somebody else saved meanwhile) also puts that version into the hidden
        field: what was typed stays, and saving once more is then a choice made knowingly.
        """
        return Refusals(cast(_RefusingForm, self), field)

    @property
    def typed(self) -> dict[str, Any]:
        """What a valid form hands to its action: its fields, or its `details` where they make one value."""
        fields: dict[str, Any] = cast(_RefusingForm, self).cleaned_data
        if not hasattr(self, "details"):
            return fields
        return {"details": self.details} | {name: fields[name] for name in ("version",) if name in fields}


class DaysMixin:
    """Refuses days that nobody means: a slip of the year would break calendars and sums later."""

    def full_clean(self) -> None:
        for field in cast(_RefusingForm, self).fields.values():
            if isinstance(field, forms.DateField) and _check_is_meant not in field.validators:
                field.validators.append(_check_is_meant)
        super().full_clean()  # type: ignore[misc]  # of the form beside it


def _check_is_meant(on: date) -> None:
    if not FIRST_DAY <= on <= LAST_DAY:
        raise forms.ValidationError(
            _("Write a day between %(first)s and %(last)s."),
            code="not_meant",
            params={"first": day(FIRST_DAY), "last": day(LAST_DAY)},
        )


class SuuntaForm(DaysMixin, RefusalsMixin, forms.Form):
    """The form every form extends."""


class SuuntaModelForm(DaysMixin, RefusalsMixin, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The form every model form extends."""


def field_of[Kind: forms.Field](form: forms.BaseForm, name: str, kind: type[Kind]) -> Kind:
    """Hand out a field of a form as what it is, to give it the choices that only the form knows.

    Raises:
        TypeError: the field is of another kind.
    """
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is a {type(field).__name__}, not a {kind.__name__}.")
    return field


class PhoneField(forms.CharField):
    """A telephone number, kept as it is written; empty unless it is required."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
        known: dict[str, Any] = {"label": _("Phone"), "required": False, "max_length": 40, "widget": widget}
        super().__init__(**known | options)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        try:
            return phones.parse(text)
        except phones.NotAPhoneNumber as refusal:
            raise forms.ValidationError(str(refusal.user_message)) from None


class MoneyField(forms.DecimalField):
    """An amount in euros and cents, typed as the language of the page writes it."""

    def __init__(self, **options: Any) -> None:
        known: dict[str, Any] = {
            "max_digits": 9,
            "decimal_places": 2,
            "localize": True,
            "widget": forms.TextInput(attrs={"inputmode": "decimal"}),
        }
        super().__init__(**known | options)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        try:
            return super().to_python(str(money.parse(value, language=(get_language() or "fi")[:2])))
        except money.NotAnAmount as refusal:
            raise forms.ValidationError(str(refusal.user_message), code="invalid") from None


class VersionField(forms.IntegerField):
    """The hidden version of the object when the page was made, for optimistic locking."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 1} | options)


def _answer(form: _RefusingForm, odd: Doubt) -> str:
    """How the answer to a doubt is known: what was asked, of which field, with which words. All else is asked anew.

    The sentence counts, because one field may be odd in two ways, and beside another day it is odd in another way.
    """
    typed = form.data.get(form.add_prefix(odd.field), "") if odd.field else ""
    return f"{type(odd).__name__}:{odd.field or ''}:{typed}:{' '.join(odd.sentences)}"


def _is_text(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField) and not isinstance(field, forms.JSONField)


def _renew_version(form: _RefusingForm, version: int | None) -> None:
    if version is None or "version" not in form.fields:
        return
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix("version")] = str(version)
    form.data = data
