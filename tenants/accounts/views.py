"""Pages about people: accepting an invitation, and looking after accounts, roles and second factors."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tenants.accounts import adapter, invitations, queries, staff
from tenants.accounts.access import PortalRequest, public_page, requires
from tenants.accounts.forms import AcceptInvitationForm, InvitePersonForm, PersonForm, SecondFactorResetForm
from tenants.accounts.models import RoleRequest
from tenants.accounts.permissions import Permission
from tenants.form_pages import FormPage, form_page

PER_PAGE = 50


@public_page
@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Open an account by the link of an invitation; whoever has it sets up the second factor next."""
    now, visitor = timezone.now(), request.user if request.user.is_authenticated else None
    try:
        found = invitations.find(token, at=now, opened_by=visitor)
    except invitations.InvitationNotValid as refusal:
        return render(request, "accounts/invitation_not_valid.html", {"reason": refusal.user_message}, status=410)
    form = AcceptInvitationForm(request.POST or None, invitation=found)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            name, password = form.cleaned_data["name"], form.cleaned_data["password"]
            user = invitations.accept(token=token, name=name, password=password, at=now, opened_by=visitor)
            return adapter.sign_in(request, user)
    return render(request, "accounts/invitation.html", {"invitation": found, "form": form})


@require_safe
@requires(Permission.MANAGE_PEOPLE)
def people(request: PortalRequest) -> HttpResponse:
    page = Paginator(queries.people(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "waiting": queries.waiting_requests(),
        "invitations": queries.open_invitations(),
        "now": timezone.now(),
    }
    return render(request, "accounts/people.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def person_invite(request: PortalRequest) -> HttpResponse:
    form = InvitePersonForm(request.POST or None)
    page = FormPage(
        title=_("Invite a person"),
        above=[(_("People"), reverse("people"))],
        note=_("They get a link that works once, for a week, and choose their own password."),
        submit=_("Send the invitation"),
        cancel=reverse("people"),
    )
    return form_page(
        request,
        form,
        invitations.invite,
        page=page,
        done=lambda invited: _("An invitation is on its way to %(email)s.") % {"email": invited.email},
        then="people",
    )


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
    return form_page(
        request,
        form,
        partial(staff.change, person=found),
        page=FormPage(
            title=found.name,
            submit=_("Save"),
            template="accounts/person.html",
            values={"person": found, "waiting": queries.waiting_request_of(found)},
        ),
        done=_said,
        then=reverse("person", args=[found.pk]),
    )


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def person_disable(request: PortalRequest, person_id: UUID) -> HttpResponse:
    found = queries.person_or_404(person_id)
    staff.disable(person=found, by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s cannot sign in any more, and open sessions have ended.") % {"name": found})
    return redirect("person", person_id=found.pk)


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def person_enable(request: PortalRequest, person_id: UUID) -> HttpResponse:
    found = queries.person_or_404(person_id)
    waiting = staff.enable(person=found, by=request.user, at=timezone.now())
    if waiting:
        messages.info(request, _("The account opens when a second person has confirmed it, or after a day."))
    else:
        messages.success(request, _("%(name)s can sign in again.") % {"name": found})
    return redirect("person", person_id=found.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def person_second_factor_reset(request: PortalRequest, person_id: UUID) -> HttpResponse:
    found = queries.person_or_404(person_id)
    form = SecondFactorResetForm(request.POST or None)
    person_url = reverse("person", args=[found.pk])
    page = FormPage(
        title=_("Take away the second step"),
        above=[(_("People"), reverse("people")), (found.name, person_url)],
        note=found.name,
        submit=_("Take away"),
        cancel=person_url,
        tone="danger",
        intro=[
            _(
                "Until a new second step is set up, the password alone opens the set-up. Somebody may pretend "
                "to be your colleague: call back on a number you know, or meet."
            ),
            _("Open sessions end at once, and a mail tells the person."),
        ],
    )
    done = _("%(name)s sets up a new second step at the next sign-in.") % {"name": found}
    act = partial(staff.reset_second_factor, person=found)
    return form_page(request, form, act, page=page, done=done, then=person_url)


def _said(waiting: RoleRequest | None) -> str:
    if waiting:
        return _("Saved. The roles stay as they are until a second person has confirmed the change, or a day is over.")
    return _("Saved. The change shows on the next page they open.")
