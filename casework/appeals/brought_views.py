"""The page on which a client comes with a decision in hand."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.appeals import brought, queries
from casework.appeals.brought_form import BroughtForm, claimed_typed
from casework.cases.form_pages import below_case
from casework.cases.queries import case_or_404
from casework.letters.presenters import FORM_ID, letter_beside, used
from casework.models import Decision
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def brought_decision(request: PortalRequest, case_number: str) -> HttpResponse:
    case = case_or_404(request.user, case_number, on=timezone.localdate())
    today = timezone.localdate()
    chosen = request.POST.get("document") or request.GET.get("document", "")
    beside = letter_beside(case, claimed_typed(request.POST, today=today), chosen=chosen, on=today)
    is_using = "use" in request.POST
    known = {"channel": case.client.decision_channel, "document": chosen}
    initial = used(request.POST, beside.letter) if is_using else known
    form = BroughtForm(None if is_using else request.POST or None, case=case, today=today, initial=initial)
    page = below_case(
        case,
        title=_("The client comes with a decision"),
        submit=_("Save the decision"),
        cancel=reverse("case_applications", args=[case.number]),
        intro=_(
            "Write down what was decided before you met: the application, the decision, and the appeal if there is "
            "one. Old days are well; the case need not be opened earlier."
        ),
        form_id=FORM_ID,
        template="casework/decisions/decision_form.html",
        values={"beside": beside},
    )
    return form_page(request, form, partial(brought.bring, case=case), page=page, done=_said)


def _said(decision: Decision) -> str:
    if queries.is_appealed(decision):
        return _("The decision and its appeal are recorded.")
    return _("The decision is recorded. Compare its last day of appeal with the paper.")
