"""Pages of the list of what goes with an application: one click attaches a paper, a reason says it is not needed."""

import uuid
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework.applications import annex_answers, queries
from casework.applications.annex_forms import CorrectNotNeededForm, NotNeededForm
from casework.applications.form_pages import below_application
from casework.applications.pair_acts import told
from casework.cases.correcting import TakeBackForm, correction_page, known, take_back_page
from casework.models import Evidence
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import answer_button, form_page


@require_POST
@requires(Permission.WORK_CASE)
def application_paper_attach(
    request: PortalRequest, case_number: str, application_id: uuid.UUID, paper_id: uuid.UUID
) -> HttpResponse:
    """Attach a paper of the case; one that is attached already is not attached again."""
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    paper = next((one for one in queries.in_case(found).offered_to(found) if one.key == paper_id), None)
    if paper is None:
        return redirect(found)
    act = partial(annex_answers.attach_paper, application=found, paper=paper)
    return answer_button(request, act, done=_attached, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_annex_not_needed(
    request: PortalRequest, case_number: str, application_id: uuid.UUID, annex_code: str
) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    annex = next((row for row in found.annexes if row.code == annex_code), None)
    if annex is None:
        raise Http404
    page = below_application(
        found,
        acts=("say_not_needed",),
        title=_("Not needed: %(annex)s") % {"annex": annex.name},
        submit=_("Save that it is not needed"),
        intro=_("The list then shows that this is not needed here, and why. It can be corrected and taken back."),
    )
    form = NotNeededForm(request.POST or None)
    act = partial(annex_answers.say_not_needed, application=found, annex=annex.code)
    return form_page(request, form, act, page=page, done=_("It is written down that this is not needed."), then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_annex_correct(
    request: PortalRequest, case_number: str, application_id: uuid.UUID, answer_id: uuid.UUID
) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    answer = queries.answer_or_404(found, answer_id)
    page = correction_page(
        found.case,
        answer,
        title=_("Not needed: %(annex)s") % {"annex": capfirst(answer.annex_name)},
        cancel=found.get_absolute_url(),
        remove_url=reverse("application_annex_remove", args=[case_number, found.pk, answer.pk]),
    )
    form = CorrectNotNeededForm(request.POST or None, initial=known(answer))
    done = _("The answer is corrected. What was written first stays in the history.")
    return form_page(request, form, partial(annex_answers.correct, answer=answer), page=page, done=done, then=found)


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_annex_remove(
    request: PortalRequest, case_number: str, application_id: uuid.UUID, answer_id: uuid.UUID
) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    answer = queries.answer_or_404(found, answer_id)
    here = found.get_absolute_url()
    page = take_back_page(
        found.case, answer, title=_("It is needed after all"), cancel=here, intro=told("take_back_not_needed", found)
    )
    form = TakeBackForm(request.POST or None, initial={"version": answer.version})
    done = _("The answer is taken back. It stays in the history.")
    return form_page(request, form, partial(annex_answers.take_back, answer=answer), page=page, done=done, then=found)


def _attached(piece: Evidence) -> str:
    """Say what was attached; where no illness is known, say that it is to be named."""
    if queries.names_illnesses(piece):
        return _("Attached as it stands in the case.")
    return _(
        "Attached as it stands in the case. Say which illnesses it is about: choose Correct in the list of evidence."
    )
