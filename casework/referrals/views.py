"""The referral inbox."""

import uuid
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.cases.correcting import TakeBackForm
from casework.clients import actions as clients
from casework.clients.actions import ClientDetails
from casework.clients.queries import matches
from casework.models import Case, Referral
from casework.models.hidden import told
from casework.referrals import actions as referrals
from casework.referrals.forms import (
    AcceptReferralForm,
    CorrectReferralForm,
    EditReferralForm,
    ReferralAgainForm,
    ReferralForm,
    ReferralReasonForm,
)
from casework.referrals.queries import inbox, listed, record_list, referral_or_404
from casework.timeline import corrections
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.form_pages import FormPage, form_page
from tenants.paging import KeysFirst

ON_A_PAGE = 25


@require_safe
@requires(Permission.ACCEPT_REFERRAL)
def referral_list(request: PortalRequest) -> HttpResponse:
    is_settled = request.GET.get("show") == "settled"
    page = KeysFirst(inbox(is_settled=is_settled), ON_A_PAGE, read=listed).get_page(request.GET.get("page"))
    record_list(request.user, page.object_list)
    content = {"page": page, "is_settled": is_settled, "today": timezone.localdate()}
    return render(request, "casework/referrals/referral_list.html", content)


@require_http_methods(["GET", "POST"])
@requires(Permission.ACCEPT_REFERRAL)
def referral_new(request: PortalRequest) -> HttpResponse:
    form = ReferralForm(request.POST or None, initial={"received_on": timezone.localdate()})
    inbox_url = reverse("referral_list")
    page = FormPage(
        title=_("New referral"),
        above=[(_("Referrals"), inbox_url)],
        submit=_("Save the referral"),
        cancel=inbox_url,
    )
    done = _("The referral is in the inbox.")
    return form_page(request, form, referrals.receive, page=page, done=done, then="referral_list")


@require_safe
@requires(Permission.ACCEPT_REFERRAL)
def referral(request: PortalRequest, referral_id: uuid.UUID) -> HttpResponse:
    found = referral_or_404(request.user, referral_id, on=timezone.localdate())
    content = {"referral": found, "told": told(found), "earlier": corrections.of_row(found)}
    return render(request, "casework/referrals/referral.html", content)


@require_http_methods(["GET", "POST"])
@requires(Permission.ACCEPT_REFERRAL)
def referral_edit(request: PortalRequest, referral_id: uuid.UUID) -> HttpResponse:
    found = referral_or_404(request.user, referral_id, on=timezone.localdate())
    referrals.check_open(found)
    form = EditReferralForm(request.POST or None, referral=found)
    page = _below(
        found,
        title=_("Add or correct"),
        submit=_("Save the referral"),
        intro=_("The referral waits for an answer again when it is saved."),
    )
    done = _("The referral is saved and waits for an answer.")
    act = partial(referrals.supplement, referral=found)
    return form_page(request, form, act, page=page, done=done, then=reverse("referral", args=[found.pk]))


@require_http_methods(["GET", "POST"])
@requires(Permission.ACCEPT_REFERRAL)
def referral_correct(request: PortalRequest, referral_id: uuid.UUID) -> HttpResponse:
    found = referral_or_404(request.user, referral_id, on=timezone.localdate())
    form = CorrectReferralForm(request.POST or None, referral=found)
    page = _below(
        found,
        title=_("Correct the referral"),
        submit=_("Save the correction"),
        intro=_("What was written first stays in the history, with who corrected it, when and why."),
        template="casework/cases/correct.html",
        values={"remove_url": reverse("referral_remove", args=[found.pk]), "earlier": corrections.of_row(found)},
    )
    done = _("The referral is corrected. What was written first stays in the history.")
    then = reverse("referral", args=[found.pk])
    return form_page(request, form, partial(referrals.correct, referral=found), page=page, done=done, then=then)


@require_http_methods(["GET", "POST"])
@requires(Permission.ACCEPT_REFERRAL)
def referral_remove(request: PortalRequest, referral_id: uuid.UUID) -> HttpResponse:
    found = referral_or_404(request.user, referral_id, on=timezone.localdate())
    form = TakeBackForm(request.POST or None, initial={"version": found.version})
    page = _below(
        found,
        title=_("Take back the referral"),
        submit=_("Take off"),
        tone="danger",
        template="casework/cases/take_back.html",
        values={"words": corrections.standing(found)},
    )
    done = _("The referral is taken back. It stays in the history.")
    act = partial(referrals.take_back, referral=found)
    return form_page(request, form, act, page=page, done=done, then="referral_list")


@require_http_methods(["GET", "POST"])
@requires(Permission.ACCEPT_REFERRAL)
def referral_accept(request: PortalRequest, referral_id: uuid.UUID) -> HttpResponse:
    found = referral_or_404(request.user, referral_id, on=timezone.localdate())
    people = matches(request.user, found)
    today = timezone.localdate()
    form = AcceptReferralForm(request.POST or None, referral=found, matches=people, user=request.user, today=today)
    page = _below(
        found,
        title=_("Accept the referral"),
        submit=_("Accept"),
        intro=_(
            "Accepting opens a case, or joins the referral to the case that is open. "
            "The reason and the referring party go to its timeline."
        ),
    )
    return form_page(
        request,
        form,
        partial(_accept, found, form),
        page=page,
        done=lambda case: _("The referral is accepted into case %(number)s.") % {"number": case.number},
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.ACCEPT_REFERRAL)
def referral_return(request: PortalRequest, referral_id: uuid.UUID) -> HttpResponse:
    found = referral_or_404(request.user, referral_id, on=timezone.localdate())
    form = ReferralReasonForm(request.POST or None, initial={"version": found.version})
    page = _below(
        found,
        title=_("Return for more"),
        submit=_("Return the referral"),
        intro=_(
            "The referral stays in the inbox until the referring party has told more. "
            "Tell them outside this service what is missing."
        ),
    )
    done = _("The referral waits for more information.")
    act = partial(referrals.return_for_more, referral=found)
    return form_page(request, form, act, page=page, done=done, then="referral_list")


@require_http_methods(["GET", "POST"])
@requires(Permission.ACCEPT_REFERRAL)
def referral_decline(request: PortalRequest, referral_id: uuid.UUID) -> HttpResponse:
    found = referral_or_404(request.user, referral_id, on=timezone.localdate())
    form = ReferralReasonForm(request.POST or None, initial={"version": found.version})
    page = _below(
        found,
        title=_("Decline the referral"),
        submit=_("Decline"),
        tone="danger",
        intro=_("The reason is kept with the referral. Tell the referring party outside this service."),
    )
    act = partial(referrals.decline, referral=found)
    return form_page(request, form, act, page=page, done=_("The referral is declined."), then="referral_list")


@require_http_methods(["GET", "POST"])
@requires(Permission.ACCEPT_REFERRAL)
def referral_again(request: PortalRequest, referral_id: uuid.UUID) -> HttpResponse:
    found = referral_or_404(request.user, referral_id, on=timezone.localdate())
    form = ReferralAgainForm(
        request.POST or None, initial={"came_again_on": timezone.localdate(), "version": found.version}
    )
    page = _below(
        found,
        title=_("The referral has come again"),
        submit=_("Take it up again"),
        intro=_("It stays one referral with both days, and waits for an answer. Why it was declined stays readable."),
    )
    done = _("The referral is in the inbox again.")
    act = partial(referrals.come_again, referral=found)
    return form_page(request, form, act, page=page, done=done, then=reverse("referral", args=[found.pk]))


@transaction.atomic
def _accept(found: Referral, form: AcceptReferralForm, *, by: User, at: datetime, **typed: Any) -> Case:
    """Make the client when it is a new one, and accept: both or neither."""
    client = form.chosen_client or clients.create(
        details=ClientDetails(
            first_name=found.first_name,
            last_name=found.last_name,
            phone=told(found, is_hidden=False).phone,
            identity_code=typed.get("identity_code", ""),
            born_on=typed.get("born_on"),
        ),
        by=by,
        at=at,
    )
    chosen = {name: typed[name] for name in ("coordinator", "opened_on", "version")}
    return referrals.accept(referral=found, client=client, **chosen, by=by, at=at)


def _below(found: Referral, **page: Any) -> FormPage:
    """The page of a form right below a referral."""
    above = [(_("Referrals"), reverse("referral_list")), (found.name, reverse("referral", args=[found.pk]))]
    return FormPage(above=above, note=found.name, cancel=above[-1][1], **page)
