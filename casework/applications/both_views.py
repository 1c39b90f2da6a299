"""The page on which two applications are joined that were one paper, or parted again."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.applications import both_systems, queries
from casework.applications.both_forms import TogetherForm
from casework.applications.form_pages import below_application
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import form_page


@require_http_methods(["GET", "POST"])
@requires(Permission.WORK_CASE)
def application_together(request: PortalRequest, case_number: str, application_id: uuid.UUID) -> HttpResponse:
    found = queries.application_or_404(request.user, case_number, application_id, on=timezone.localdate())
    known = {"other": str(found.together_with_id or ""), "version": found.version}
    form = TogetherForm(request.POST or None, found=both_systems.candidates(found), initial=known)
    page = below_application(
        found,
        title=_("One application to both pension systems"),
        submit=_("Save"),
        intro=[
            _("Two rows that were one paper are joined here, for example when the client brings two decisions."),
            _("Only the link is saved. Each keeps its days, evidence, decisions and clocks."),
        ],
    )
    act = partial(both_systems.set_together, application=found)
    return form_page(request, form, act, page=page, done=_("It is saved."), then=found)
