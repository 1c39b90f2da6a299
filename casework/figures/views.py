"""The figures of practice and those that nobody has verified, and the form that corrects one."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.figures import actions as figures
from casework.figures.forms import OwnFigureForm
from casework.figures.presenters import panels, row, worded
from casework.figures.queries import figure_or_404, history, own_figures
from casework.law.figures import correctable_on
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import FormPage, form_page


@require_safe
@requires(Permission.CORRECT_FIGURES)
def figure_list(request: PortalRequest) -> HttpResponse:
    today = timezone.localdate()
    found = panels(correctable_on(today, own_figures(today)), on=today)
    return render(request, "casework/figures/figure_list.html", {"panels": found})


@require_http_methods(["GET", "POST"])
@requires(Permission.CORRECT_FIGURES)
def figure(request: PortalRequest, figure_key: str) -> HttpResponse:
    today = timezone.localdate()
    found = figure_or_404(figure_key, on=today)
    shown = row(found, on=today)
    page = FormPage(
        title=shown.name,
        above=[(_("Figures"), reverse("figure_list"))],
        submit=_("Save"),
        cancel=reverse("figure_list"),
        template="casework/figures/figure.html",
        values={
            "shown": shown,
            "earlier": [(one, worded(found, one.value)) for one in history(found.key)],
        },
    )
    form = OwnFigureForm(request.POST or None, initial={"valid_from": today, "checked_on": today})
    act = partial(figures.put, figure=found)
    return form_page(request, form, act, page=page, done=_("The figure is saved, with its source."), then="figure_list")
