"""The referral inbox."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework.clients import actions as clients
from casework.clients.actions import ClientDetails
from casework.clients.queries import matches
from casework.models import Case, Referral
from casework.referrals import actions as referrals
from casework.referrals.forms import AcceptReferralForm, ReferralForm, ReferralReasonForm
from casework.referrals.queries import inbox, record_list, referral_or_404
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission

ON_A_PAGE = 25


@require_GET
@requires(Permission.ACCEPT_REFERRAL)
def referral_list(request: PortalRequest) -> HttpResponse:
    is_settled = request.GET.get("show") == "settled"
    page = Paginator(inbox(is_settled=is_settled), ON_A_PAGE).get_page(request.GET.get("page"))
    record_list(request.user, page.object_list)
    content = {"page": page, "is_settled": is_settled, "today": timezone.localdate()}
    return render(request, "casework/referrals/referral_list.html", content)


@require_http_methods(["GET", "POST"])
@requires(Permission.ACCEPT_REFERRAL)
def referral_new(request: PortalRequest) -> HttpResponse:
    form = ReferralForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            referrals.receive(details=form.details, by=request.user, at=timezone.now())
            messages.success(request, _("The referral is in the inbox."))
            return redirect("referral_list")
    return render(request, "casework/referrals/referral_new.html", {"form": form})


@require_GET
@requires(Permission.ACCEPT_REFERRAL)
def referral(request: PortalRequest, referral_id: uuid.UUID) -> HttpResponse:
    found = referral_or_404(request.user, referral_id)
    return render(request, "casework/referrals/referral.html", {"referral": found})


@require_http_methods(["GET", "POST"])
@requires(Permission.ACCEPT_REFERRAL)
def referral_edit(request: PortalRequest, referral_id: uuid.UUID) -> HttpResponse:
    found = referral_or_404(request.user, referral_id)
    known = {name: getattr(found, name) for name in ReferralForm.base_fields}
    form = ReferralForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            referrals.supplement(referral=found, details=form.details, by=request.user, at=timezone.now())
            messages.success(request, _("The referral is saved and waits for an answer."))
            return redirect("referral", found.pk)
    return render(request, "casework/referrals/referral_edit.html", {"referral": found, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.ACCEPT_REFERRAL)
def referral_accept(request: PortalRequest, referral_id: uuid.UUID) -> HttpResponse:
    found = referral_or_404(request.user, referral_id)
    people = matches(request.user, found)
    today = timezone.localdate()
    form = AcceptReferralForm(request.POST or None, referral=found, matches=people, user=request.user, today=today)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            case = _accept(request, found, form)
            messages.success(request, _("The referral is accepted into case %(number)s.") % {"number": case.number})
            return redirect(case)
    return render(
        request, "casework/referrals/referral_accept.html", {"referral": found, "form": form, "matches": people}
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.ACCEPT_REFERRAL)
def referral_return(request: PortalRequest, referral_id: uuid.UUID) -> HttpResponse:
    found = referral_or_404(request.user, referral_id)
    form = ReferralReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            referrals.return_for_more(referral=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The referral waits for more information."))
            return redirect("referral_list")
    return render(request, "casework/referrals/referral_return.html", {"referral": found, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.ACCEPT_REFERRAL)
def referral_decline(request: PortalRequest, referral_id: uuid.UUID) -> HttpResponse:
    found = referral_or_404(request.user, referral_id)
    form = ReferralReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            referrals.decline(referral=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("The referral is declined."))
            return redirect("referral_list")
    return render(request, "casework/referrals/referral_decline.html", {"referral": found, "form": form})


@transaction.atomic
def _accept(request: PortalRequest, found: Referral, form: AcceptReferralForm) -> Case:
    """Make the client when it is a new one, and accept: both or neither."""
    now = timezone.now()
    client = form.chosen_client or clients.create(
        details=ClientDetails(
            first_name=found.first_name,
            last_name=found.last_name,
            phone=found.phone,
            identity_code=form.cleaned_data.get("identity_code", ""),
            born_on=form.cleaned_data.get("born_on"),
        ),
        by=request.user,
        at=now,
    )
    chosen = {name: form.cleaned_data[name] for name in ("coordinator", "opened_on")}
    return referrals.accept(referral=found, client=client, **chosen, by=request.user, at=now)
