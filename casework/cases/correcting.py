"""The forms in which something is corrected or taken back, the fields that every one of them has, and their pages."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.cases.form_pages import below_case
from casework.models import Case
from casework.models.correction import Correctable, KeepsHistory
from casework.models.hidden import hidden_fields
from casework.timeline import corrections
from tenants.form_pages import FormPage
from tenants.forms import SuuntaForm, VersionField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REASON_MAX = 500


class WhyFields(forms.Form):
    """Why it is corrected; stands first among the bases of a form, so that it is asked last."""

    reason = forms.CharField(
        label=_("Why is it corrected?"),
        max_length=REASON_MAX,
        help_text=_("A few words, for example: a slip of the pen. What was written first stays in the history."),
    )
    version = VersionField()


class TakeBackForm(SuuntaForm):
    """Why it is taken back."""

    reason = forms.CharField(
        label=_("Why is it taken back?"),
        max_length=REASON_MAX,
        help_text=_("For example: written for the wrong client."),
    )
    version = VersionField()


class TakeBackStepForm(TakeBackForm):
    """Why a step is taken back; the thing itself stays."""

    reason = forms.CharField(
        label=_("Why is the step taken back?"),
        max_length=REASON_MAX,
        help_text=_("For example: written down too early."),
    )


def known(row: KeepsHistory) -> dict[str, Any]:
    """What the form of a correction begins with: what the row says now. What an order hides the form reads itself."""
    shown = [name for name in row.CORRECTED if name not in hidden_fields(type(row))]
    return {name: getattr(row, name) for name in (*shown, "version")}


def correction_page(case: Case, row: KeepsHistory, **page: Any) -> FormPage:
    """The page of a correction: the form, the way to taking it back, and what was written before."""
    submit = _("Save the correction")
    intro = _("What was written first stays in the history, with who corrected it, when and why.")
    return edit_page(case, row, submit=submit, intro=intro, **page)


def edit_page(
    case: Case, row: KeepsHistory, *, remove_url: str = "", values: dict[str, Any] | None = None, **page: Any
) -> FormPage:
    """The page on which something is changed in the course of work: the same, without asking why."""
    history = {"remove_url": remove_url, "earlier": corrections.of_row(row)}
    return below_case(case, **{"template": "casework/cases/correct.html"} | page, values=history | (values or {}))


def take_back_page(case: Case, row: Correctable, **page: Any) -> FormPage:
    """The page on which something is taken back: what it says, and why it goes."""
    return below_case(
        case,
        submit=_("Take off"),
        tone="danger",
        template="casework/cases/take_back.html",
        values={"words": corrections.standing(row)},
        **page,
    )


def step_back_words(state: "StrOrPromise") -> dict[str, Any]:
    """What the page says on which the latest step of a row is taken back that stands in this state."""
    return {
        "title": _("Take back the latest step"),
        "submit": _("Take the step back"),
        "tone": "danger",
        "intro": [
            gettext("Now: “%(state)s”.") % {"state": state},
            _("It will stand where it stood before. What was written stays in the history."),
        ],
    }
