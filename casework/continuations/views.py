"""Beginning a continuation, and the pages on which somebody says that there is none."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.applications import queries
from casework.applications.both_forms import BeginApplicationForm
from casework.applications.form_pages import below_application
from casework.applications.presenters import begun
from casework.cases import terms
from casework.cases.correcting import TakeBackForm, correction_page, take_back_page
from casework.cases.queries import case_or_404
from casework.continuations import actions
from casework.continuations.forms import CorrectNoContinuationForm, NoContinuationForm
from casework.continuations.queries import no_continuation_or_404, usual_claim
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.display import day
from tenants.form_pages import form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def continuation_begin(request: PortalRequest, case_number: str, decision_id: uuid.UUID) -> HttpResponse:
    """The one form in which a continuation is begun; every page that speaks of the end leads here."""
    decision = queries.decision_or_404(request.user, case_number, decision_id, on=timezone.localdate())
    term = terms.term_of(decision)
    instead = term.continuation if term else decision  # it was begun before, or nothing goes on from the decision
    if request.method == "GET" and instead is not None:
        return redirect(instead)
    if term is None:
        raise actions.NothingEnds
    form = BeginApplicationForm(request.POST or None, today=timezone.localdate(), initial=usual_claim(decision))
    page = below_application(
        decision.application,
        title=_("Begin the continuation"),
        submit=_("Begin the continuation"),
        cancel=decision.get_absolute_url(),
        intro=_("It is filled in as the grant that ends on %(day)s. Change what is applied for otherwise now.")
        % {"day": day(term.ends_on)},
    )
    return form_page(request, form, partial(actions.begin, decision=decision), page=page, done=begun)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def continuation_none(request: PortalRequest, case_number: str, decision_id: uuid.UUID) -> HttpResponse:
    decision = queries.decision_or_404(request.user, case_number, decision_id, on=timezone.localdate())
    form = NoContinuationForm(request.POST or None, initial={"said_on": timezone.localdate()})
    page = below_application(
        decision.application,
        acts=("say_no_continuation",),
        title=_("No continuation is applied for"),
        submit=_("Save"),
        intro=_("Nobody is reminded of the end any more. It can be taken back."),
        cancel=decision.get_absolute_url(),
    )
    act = partial(actions.say_none, decision=decision)
    return form_page(request, form, act, page=page, done=_("It is written down."), then=decision.get_absolute_url())


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def continuation_none_correct(request: PortalRequest, case_number: str, no_continuation_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    row = no_continuation_or_404(case, no_continuation_id)
    here = row.decision.get_absolute_url()
    page = correction_page(
        case,
        row,
        title=_("Correct why no continuation is applied for"),
        cancel=here,
        remove_url=reverse("continuation_none_remove", args=[case.number, row.pk]),
    )
    shown = {"said_on": row.said_on, "why_none": row.reason, "version": row.version}
    form = CorrectNoContinuationForm(request.POST or None, initial=shown)
    done = _("It is corrected. What was written first stays in the history.")
    return form_page(request, form, partial(actions.correct, row=row), page=page, done=done, then=here)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def continuation_none_remove(request: PortalRequest, case_number: str, no_continuation_id: uuid.UUID) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    row = no_continuation_or_404(case, no_continuation_id)
    here = row.decision.get_absolute_url()
    page = take_back_page(case, row, title=_("A continuation is applied for after all"), cancel=here)
    form = TakeBackForm(request.POST or None, initial={"version": row.version})
    done = _("It is taken back. The continuation is asked for again.")
    return form_page(request, form, partial(actions.take_back, row=row), page=page, done=done, then=here)
