"""A colleague reads a draft: asking, the page of the reader, and what becomes of the remarks."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework.cases.form_pages import below_case
from casework.models import ReadingRequest
from casework.readings import actions as readings
from casework.readings import queries
from casework.readings.drafts import Draft, case_of, title
from casework.readings.forms import AskReaderForm, RemarkForm
from casework.readings.presenters import page
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import FormPage, form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def reading_of_appeal(request: PortalRequest, case_number: str, appeal_id: uuid.UUID) -> HttpResponse:
    found = queries.appeal_or_404(request.user, case_number, appeal_id, on=timezone.localdate())
    return _ask(request, found, back=found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def reading_of_description(request: PortalRequest, case_number: str, description_id: uuid.UUID) -> HttpResponse:
    found = queries.description_or_404(request.user, case_number, description_id, on=timezone.localdate())
    return _ask(request, found, back=found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_CASE)
def reading(request: PortalRequest, case_number: str, reading_id: uuid.UUID) -> HttpResponse:
    """The page of the reader; whoever else may see the case is led to the draft itself."""
    found = _reading(request, case_number, reading_id)
    if not queries.reads_now(request.user, found):
        return redirect(found.draft_url)
    form = RemarkForm(request.POST or None, draft=found.draft)
    around = FormPage(
        title=_("Remark on the draft"),
        submit=_("Save the remark"),
        autosave=True,
        template="casework/readings/reading.html",
        values=page(found),
    )
    act = partial(readings.remark, reading=found)
    return form_page(request, form, act, page=around, done=_("The remark is saved."), then=found)


@require_POST
@requires(Permission.SEE_CASE)
def reading_finish(request: PortalRequest, case_number: str, reading_id: uuid.UUID) -> HttpResponse:
    found = _reading(request, case_number, reading_id)
    if not queries.reads_now(request.user, found):
        return redirect(found.draft_url)
    readings.finish(reading=found, by=request.user, at=timezone.now())
    messages.success(request, _("Thank you. Who asked sees your remarks beside the text; the draft is closed for you."))
    return redirect("today")


@require_POST
@requires(Permission.WORK_CASE)
def reading_take_back(request: PortalRequest, case_number: str, reading_id: uuid.UUID) -> HttpResponse:
    found = _of_case(request, case_number, reading_id)
    readings.take_back(reading=found, by=request.user, at=timezone.now())
    messages.success(request, _("Nobody is asked for this reading any more."))
    return redirect(found.draft_url)


@require_POST
@requires(Permission.WORK_CASE)
def reading_settle(
    request: PortalRequest, case_number: str, reading_id: uuid.UUID, remark_id: uuid.UUID
) -> HttpResponse:
    return _of_remark(request, readings.settle, case_number, reading_id, remark_id)


@require_POST
@requires(Permission.WORK_CASE)
def reading_unsettle(
    request: PortalRequest, case_number: str, reading_id: uuid.UUID, remark_id: uuid.UUID
) -> HttpResponse:
    return _of_remark(request, readings.unsettle, case_number, reading_id, remark_id)


def _of_remark(
    request: PortalRequest, act: Callable[..., Any], case_number: str, reading_id: uuid.UUID, remark_id: uuid.UUID
) -> HttpResponse:
    found = queries.remark_or_404(_of_case(request, case_number, reading_id), remark_id)
    act(remark=found, by=request.user, at=timezone.now())
    return redirect(f"{found.reading.draft_url}#readings")


def _reading(request: PortalRequest, case_number: str, reading_id: uuid.UUID) -> ReadingRequest:
    return queries.reading_or_404(request.user, case_number, reading_id, on=timezone.localdate())


def _of_case(request: PortalRequest, case_number: str, reading_id: uuid.UUID) -> ReadingRequest:
    """The reading for who writes the draft: its reader has no step here."""
    return queries.reading_of_case_or_404(request.user, case_number, reading_id, on=timezone.localdate())


def _ask(request: PortalRequest, draft: Draft, *, back: str) -> HttpResponse:
    if not draft.is_draft:
        return redirect(back)
    form = AskReaderForm(request.POST or None, draft=draft, by=request.user)
    around = below_case(
        case_of(draft),
        title=_("A colleague reads"),
        submit=_("Ask"),
        cancel=back,
        intro=_("%(draft)s. Who you ask gets a mail without the client's name and a row on their Today.")
        % {"draft": title(draft)},
    )
    done = _("The draft is with your colleague. You can go on, file and sign at any time.")
    return form_page(request, form, partial(readings.ask, draft=draft), page=around, done=done, then=back)
