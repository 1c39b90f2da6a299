"""Pages about people: accepting an invitation, and looking after accounts, roles and second factors."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tenants.accounts import adapter, invitations, queries, staff
from tenants.accounts.access import PortalRequest, public_page, requires
from tenants.accounts.forms import AcceptInvitationForm, InvitePersonForm, PersonForm, SecondFactorResetForm
from tenants.accounts.permissions import Permission

PER_PAGE = 50


@public_page
@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Open an account by the link of an invitation; whoever has it sets up the second factor next."""
    now = timezone.now()
    try:
        found = invitations.find(token, at=now)
    except invitations.InvitationNotValid as refusal:
        return render(request, "accounts/invitation_not_valid.html", {"reason": refusal.user_message}, status=410)
    form = AcceptInvitationForm(request.POST or None, invitation=found)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            name, password = form.cleaned_data["name"], form.cleaned_data["password"]
            user = invitations.accept(token=token, name=name, password=password, at=now)
            return adapter.sign_in(request, user)
    return render(request, "accounts/invitation.html", {"invitation": found, "form": form})


@require_GET
@requires(Permission.MANAGE_PEOPLE)
def people(request: PortalRequest) -> HttpResponse:
    page = Paginator(queries.people(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "invitations": queries.open_invitations(), "now": timezone.now()}
    return render(request, "accounts/people.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def person_invite(request: PortalRequest) -> HttpResponse:
    form = InvitePersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            invited = invitations.invite(**form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": invited.email})
            return redirect("people")
    return render(request, "accounts/person_invite.html", {"form": form})


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def invitation_withdraw(request: PortalRequest, invitation_id: UUID) -> HttpResponse:
    found = queries.invitation_or_404(invitation_id)
    invitations.withdraw(invitation=found, by=request.user, at=timezone.now())
    messages.success(request, _("The invitation of %(name)s was withdrawn.") % {"name": found.name})
    return redirect("people")


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def person(request: PortalRequest, person_id: UUID) -> HttpResponse:
    found = queries.person_or_404(person_id)
    form = PersonForm(request.POST) if request.method == "POST" else PersonForm.of(found)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            staff.change(person=found, **form.cleaned_data, by=request.user)
            messages.success(request, _("Saved. The change shows on the next page they open."))
            return redirect("person", person_id=found.pk)
    return render(request, "accounts/person.html", {"person": found, "form": form})


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def person_disable(request: PortalRequest, person_id: UUID) -> HttpResponse:
    found = queries.person_or_404(person_id)
    staff.disable(person=found, by=request.user)
    messages.success(request, _("%(name)s cannot sign in any more, and open sessions have ended.") % {"name": found})
    return redirect("person", person_id=found.pk)


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def person_enable(request: PortalRequest, person_id: UUID) -> HttpResponse:
    found = queries.person_or_404(person_id)
    staff.enable(person=found, by=request.user)
    messages.success(request, _("%(name)s can sign in again.") % {"name": found})
    return redirect("person", person_id=found.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def person_second_factor_reset(request: PortalRequest, person_id: UUID) -> HttpResponse:
    found = queries.person_or_404(person_id)
    form = SecondFactorResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            staff.reset_second_factor(person=found, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("%(name)s sets up a new second step at the next sign-in.") % {"name": found})
            return redirect("person", person_id=found.pk)
    return render(request, "accounts/person_second_factor_reset.html", {"person": found, "form": form})
