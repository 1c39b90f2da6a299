"""The page of a form: what stands around it, and what happens when it is sent. Every form that does something is one.

A view fetches, checks and parses, then answers `form_page(request, form, act, page=…, done=…, then=…)`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tenants.accounts.access import PortalRequest
from tenants.components import Text
from tenants.forms import SuuntaForm, SuuntaModelForm
from tenants.once import sending

type Place = Model | str  # a record with a page, an address, or a URL name


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """What stands around a form.

    `head` is a template that draws the way here and the heading; it reads `here` (the title) and `values`. Without one
    the way is `above`, labels and addresses of the pages above. `about` stands behind the title in the browser's tab.
    """

    title: Text
    submit: Text
    cancel: str = ""
    intro: Text | list[Text] = ""
    about: Text = ""
    above: Sequence[tuple[Text, str]] = ()
    here: Text = ""  # this page at the end of that way; without one, its title
    note: Text = ""
    label: Text = ""
    tone: str = ""
    autosave: bool = False
    form_id: str = ""  # where buttons outside the form belong to it
    head: str = "parts/form_page_head.html"
    layout: str = ""  # a template with its own style sheet; else the one of the side
    template: str = "form_page.html"  # one that extends it, where a page has content of its own
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def paragraphs(self) -> Sequence[Text]:
        """The introduction, paragraph by paragraph."""
        return self.intro if isinstance(self.intro, list) else [self.intro]


def form_page(
    request: PortalRequest,
    form: SuuntaForm | SuuntaModelForm,
    act: Callable[..., Any],
    *,
    page: FormPage,
    done: Text | Callable[[Any], Text] = "",
    then: Place | Callable[[Any], Place] | None = None,
) -> HttpResponse:
    """Show a form; sent and valid, do what it asks for, once, and lead on. A refusal is shown on the form.

    `act` is called with `form.typed`, `by` and `at`. `done` is said to the person, `then` is where they are led; each
    may be a function of what `act` answers, and without `then` that is a record with a page of its own.
    """
    if request.method == "POST" and not form.only_fills_in():
        is_valid = form.is_valid()
        first = sending.first_answer(request)  # asked after the check, which a first sending may just have made fail
        if first is not None:
            return first
        if is_valid:
            at = timezone.now()
            with form.refusals():
                return sending.answered_once(
                    request, lambda: _done(request, act(**form.typed, by=request.user, at=at), done, then), at=at
                )
    return render(request, page.template, {**page.values, "page": page, "form": form})


def answer_button(
    request: PortalRequest,
    act: Callable[..., Any],
    *,
    done: Text | Callable[[Any], Text] = "",
    then: Place | Callable[[Any], Place] | None = None,
) -> HttpResponse:
    """Do what a button that creates something asks for, once, and lead on; it is drawn with `once=True`."""
    at = timezone.now()
    return sending.first_answer(request) or sending.answered_once(
        request, lambda: _done(request, act(by=request.user, at=at), done, then), at=at
    )


def _done(
    request: PortalRequest,
    result: Any,
    done: Text | Callable[[Any], Text],
    then: Place | Callable[[Any], Place] | None,
) -> HttpResponse:
    said = done(result) if callable(done) else done
    if said:
        messages.success(request, str(said))
    if then is None:
        return redirect(result)
    place: Any = then(result) if callable(then) else then
    return redirect(place)
