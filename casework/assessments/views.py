"""Assessments. Results of instruments are in views.instruments, the page with everything in views.ability."""

import uuid
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.assessments import actions as assessments
from casework.assessments import queries
from casework.assessments.forms import AssessmentForm, EditAssessmentForm
from casework.assessments.presenters import score_rows
from casework.cases.correcting import TakeBackForm, take_back_page
from casework.cases.form_pages import below_case
from casework.cases.queries import case_or_404
from casework.law.domains import SCALE
from casework.models import Assessment, Case
from casework.timeline import corrections
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_safe
@requires(Permission.SEE_CASE)
def assessment(request: PortalRequest, case_number: str, assessment_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    found = queries.assessment_or_404(case, assessment_id)
    content = {
        "case": case,
        "assessment": found,
        "scores": score_rows(found),
        "earlier": corrections.of_row(found),
        "can_change": case.is_open and queries.may_change(request.user, found),
    }
    return render(request, "casework/assessments/assessment.html", content)


@require_http_methods(["GET", "POST"])
@requires(Permission.ASSESS)
def assessment_new(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    form = AssessmentForm(request.POST or None, case=case, initial=_known(request))
    page = below_case(
        case,
        title=_("New assessment"),
        submit=_("Save the assessment"),
        cancel=reverse("case_ability", args=[case.number]),
        autosave=True,
        template="casework/assessments/assessment_form.html",
        values={"scale": SCALE},
    )
    return form_page(
        request,
        form,
        partial(assessments.write, case=case),
        page=page,
        done=_("The assessment is saved."),
        then=lambda written: reverse("assessment", args=[case.number, written.pk]),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.ASSESS)
def assessment_edit(request: PortalRequest, case_number: str, assessment_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    found = _changeable_or_404(request, case, assessment_id)
    form = EditAssessmentForm(request.POST or None, case=case, assessment=found)
    page = below_case(
        case,
        title=_("Edit the assessment"),
        submit=_("Save the assessment"),
        cancel=reverse("assessment", args=[case.number, found.pk]),
        autosave=True,
        template="casework/assessments/assessment_form.html",
        values={"scale": SCALE},
    )
    act = partial(assessments.change, assessment=found)
    return form_page(request, form, act, page=page, done=_("The assessment is saved."), then=page.cancel)


@require_http_methods(["GET", "POST"])
@requires(Permission.ASSESS)
def assessment_remove(request: PortalRequest, case_number: str, assessment_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    found = _changeable_or_404(request, case, assessment_id)
    cancel = reverse("assessment", args=[case.number, found.pk])
    page = take_back_page(case, found, title=_("Take off the assessment"), cancel=cancel)
    form = TakeBackForm(request.POST or None, initial={"version": found.version})
    act = partial(assessments.take_back, assessment=found)
    done = _("The assessment was taken off. It stays in the history.")
    return form_page(request, form, act, page=page, done=done, then=reverse("case_ability", args=[case.number]))


def _known(request: PortalRequest) -> dict[str, object]:
    """A new assessment is of today; a coordinator's is usually an interview, a professional writes under own name."""
    known: dict[str, object] = {"assessed_on": timezone.localdate(), "assessor": request.user.name}
    if request.user.has(Permission.WORK_CASE):
        known["kind"] = Assessment.Kind.INTERVIEW
    return known


def _changeable_or_404(request: PortalRequest, case: Case, assessment_id: uuid.UUID) -> Assessment:
    """Find an assessment to change: what another professional wrote is shown, but not changed (403)."""
    found = queries.assessment_or_404(case, assessment_id)
    if not queries.may_change(request.user, found):
        raise PermissionDenied
    return found
