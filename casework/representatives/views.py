"""Who signs and receives for the client: writing them down, correcting, ending, taking back."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.cases.correcting import TakeBackForm, correction_page, known, take_back_page
from casework.cases.form_pages import below_case
from casework.cases.queries import case_or_404
from casework.law.representing import Scope, Validity
from casework.models import Case, Representation
from casework.representatives import actions as representatives
from casework.representatives.forms import CorrectRepresentationForm, EndRepresentationForm, RepresentationForm
from casework.representatives.queries import representation_or_404
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def representative_add(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    initial = {"scope": Scope.UNKNOWN, "validity": Validity.UNKNOWN}
    form = RepresentationForm(request.POST or None, case=case, initial=initial)
    page = below_case(
        case,
        title=_("Who signs and receives for the client"),
        submit=_("Save the representative"),
        cancel=_basics(case),
        intro=[
            _("Write down what the paper says. What nobody has read yet stays “not known yet”, and it is asked later."),
            _(
                "A power of attorney given to you as the coordinator does not belong here: add it to the documents. "
                "It lets you act; it makes nobody a representative of the client."
            ),
        ],
        template="casework/representatives/representative_form.html",
    )
    act = partial(representatives.add, case=case)
    return form_page(request, form, act, page=page, done=_("The representative is saved."), then=page.cancel)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def representative_correct(request: PortalRequest, case_number: str, representation_id: uuid.UUID) -> HttpResponse:
    case, found = _found(request, case_number, representation_id)
    remove_url = reverse("representative_remove", args=[case.number, found.pk])
    page = correction_page(
        case, found, title=_("Correct the representative"), cancel=_basics(case), remove_url=remove_url
    )
    form = CorrectRepresentationForm(request.POST or None, case=case, representation=found, initial=known(found))
    act = partial(representatives.correct, case=case, representation=found)
    done = _("The representative is corrected. What was written first stays in the history.")
    return form_page(request, form, act, page=page, done=done, then=page.cancel)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def representative_end(request: PortalRequest, case_number: str, representation_id: uuid.UUID) -> HttpResponse:
    case, found = _found(request, case_number, representation_id)
    initial = {"ended_on": timezone.localdate(), "version": found.version}
    form = EndRepresentationForm(request.POST or None, initial=initial)
    page = below_case(
        case,
        title=_("Acts for the client no more"),
        submit=_("Save that it ended"),
        cancel=_basics(case),
        intro=_(
            "The paper was taken back, or somebody else has the task now. From that day on nobody is offered them."
        ),
    )
    act = partial(representatives.end, case=case, representation=found)
    return form_page(request, form, act, page=page, done=_("It is written down that it ended."), then=page.cancel)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def representative_remove(request: PortalRequest, case_number: str, representation_id: uuid.UUID) -> HttpResponse:
    case, found = _found(request, case_number, representation_id)
    page = take_back_page(
        case,
        found,
        title=_("Take the representative off"),
        cancel=_basics(case),
        intro=_("Somebody who acted for the client is given a last day instead."),
    )
    form = TakeBackForm(request.POST or None, initial={"version": found.version})
    act = partial(representatives.take_back, case=case, representation=found)
    done = _("The representative is taken off. It stays in the history.")
    return form_page(request, form, act, page=page, done=done, then=page.cancel)


def _found(request: PortalRequest, case_number: str, representation_id: uuid.UUID) -> tuple[Case, Representation]:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    return case, representation_or_404(case, representation_id)


def _basics(case: Case) -> str:
    return reverse("case_basics", args=[case.number])
