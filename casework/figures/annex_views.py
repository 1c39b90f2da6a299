"""What goes with an application, benefit by benefit: the rows in use, and the form that puts the municipality's own."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from casework.figures import annexes
from casework.figures.annex_forms import GIVERS, NEEDS, OwnAnnexForm
from casework.law.annexes import Annex
from casework.law.benefits import Benefit
from casework.models import Application
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.form_pages import FormPage, form_page


@require_safe
@requires(Permission.CORRECT_FIGURES)
def figure_annexes(request: PortalRequest) -> HttpResponse:
    listed = [(benefit, [(row, _facts(row)) for row in rows]) for benefit, rows in annexes.listed(timezone.localdate())]
    return render(request, "casework/figures/figure_annexes.html", {"listed": listed})


@require_http_methods(["GET", "POST"])
@requires(Permission.CORRECT_FIGURES)
def figure_annex_new(request: PortalRequest, benefit_code: str) -> HttpResponse:
    benefit = annexes.benefit_or_404(benefit_code, on=timezone.localdate())
    page = _page(benefit, title=_("Add a row: %(benefit)s") % {"benefit": benefit.name})
    form = OwnAnnexForm(request.POST or None, initial={"checked_on": timezone.localdate()})
    act = partial(annexes.put_annex, benefit=benefit, code="")
    return form_page(request, form, act, page=page, done=_("The row is saved, with its source."), then="figure_annexes")


@require_http_methods(["GET", "POST"])
@requires(Permission.CORRECT_FIGURES)
def figure_annex(request: PortalRequest, benefit_code: str, annex_code: str) -> HttpResponse:
    today = timezone.localdate()
    benefit = annexes.benefit_or_404(benefit_code, on=today)
    found = annexes.annex_or_404(benefit, annex_code, on=today)
    title = f"{capfirst(found.name)}: {benefit.name}"
    values = {"annex": found, "facts": _facts(found), "earlier": annexes.history_of(benefit, found.code)}
    page = _page(benefit, title=title, template="casework/figures/figure_annex.html", values=values)
    form = OwnAnnexForm(request.POST or None, initial={**_known(found), "checked_on": today})
    act = partial(annexes.put_annex, benefit=benefit, code=found.code)
    return form_page(request, form, act, page=page, done=_("The row is saved, with its source."), then="figure_annexes")


def _page(benefit: Benefit, **page: Any) -> FormPage:
    above = [(_("Figures"), reverse("figure_list")), (_("What goes with an application"), reverse("figure_annexes"))]
    return FormPage(above=above, submit=_("Save"), cancel=reverse("figure_annexes"), **page)


def _known(row: Annex) -> dict[str, Any]:
    said = {"name": row.name, "need": row.need, "months": row.months, "form": row.form, "when": str(row.when or "")}
    return said | {"kind": next(iter(row.kinds), ""), "giver": row.giver or ""}


def _facts(row: Annex) -> str:
    """Whether it is needed, from whom and how old it may be, in one line."""
    parts = [str(Application.MATTERS[row.matter])] if row.matter else []
    parts += [str(NEEDS[row.need])]
    parts += [str(row.when)] if row.when else []
    parts += [str(GIVERS[row.giver])] if row.giver else []
    parts += [_age(row.months)] if row.months else []
    parts += [_("form %(number)s") % {"number": row.form}] if row.form else []
    return ", ".join(parts)


def _age(months: int) -> str:
    text = ngettext("at most %(months)s month old when filed", "at most %(months)s months old when filed", months)
    return text % {"months": months}
