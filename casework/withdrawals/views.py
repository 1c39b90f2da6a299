"""A client who does not want the service any more: the page that says what that means, and the client's paper."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.cases.form_pages import below_case
from casework.cases.open_ends import open_ends
from casework.cases.queries import case_or_404, check_lives, phase_of
from casework.consents.presenters import title as consent_title
from casework.endings.actions import usual
from casework.endings.queries import settled
from casework.withdrawals import actions as withdrawals
from casework.withdrawals import paper
from casework.withdrawals import presenters as presented
from casework.withdrawals.forms import WithdrawalForm
from casework.withdrawals.presenters import ADVICE
from casework.withdrawals.queries import consents_on, relation_ended_on, remains_of, what_remains
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page
from tenants.printing import report_pdf

PRINTED = "withdrawal.printed"


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def case_withdraw(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    if not case.is_open:
        return redirect("case_basics", case.number)
    today = timezone.localdate()
    ends = open_ends(case, on=today)
    remains = remains_of(ends, on=today)
    form = WithdrawalForm(request.POST or None, ends=ends, initial={"on": today, "version": case.version})
    form.suggest(usual(ends, reason=withdrawals.why_it_ends()))
    phase = phase_of(case)
    page = below_case(
        case,
        title=_("The client does not want to go on"),
        submit=_("End the service and close the case"),
        tone="danger",
        template="casework/withdrawals/case_withdraw.html",
        values={
            "phase": phase.label,
            "advice": ADVICE[phase],
            "ends": ends,
            "consents": [consent_title(consent) for consent in consents_on(case, on=today)],
            "goes_on": presented.goes_on(remains),
            "last_days": presented.last_days(remains),
        },
    )
    done = _("The client is out of the service, and the case is closed.")
    then = reverse("case_basics", args=[case.number])
    return form_page(request, form, partial(withdrawals.withdraw, case=case), page=page, done=done, then=then)


@require_safe
@requires(Permission.WORK_CASE)
def withdrawal_paper(request: PortalRequest, case_number: str) -> HttpResponse:
    """Print the client's paper: before the withdrawal as it will be, after it, or after the closing, as it is."""
    case = case_or_404(request.user, case_number, on=timezone.localdate(), action=PRINTED)
    check_lives(case)
    followed = [] if case.is_open else settled(case)
    if not (case.is_open or case.is_withdrawn or followed):
        raise Http404
    today = timezone.localdate()
    report = paper.paper(
        case,
        remains=what_remains(case, on=today),
        followed=followed,
        ended_on=relation_ended_on(case, on=today),
        on=today,
    )
    headers = {
        "Content-Disposition": f'attachment; filename="{paper.file_name(case, on=today)}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(report_pdf(report), content_type="application/pdf", headers=headers)
