"""Who signs a paper that is only printed: the client, or a representative whom the address names.

Without a name in the address it is the representative who surely may, else the client. One of whom that is not sure is
asked about once, on a page of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.cases.representing import Acting, acting_for, offered, only_sure, with_role
from casework.law.representing import Matter
from casework.models import Case, Representation

CLIENT, SIGNER, SURE = "client", "signer", "sure"  # in the address


@dataclass(frozen=True)
class Choice:
    """One who may sign, as a panel offers them."""

    name: str
    value: str


def choices_of(case: Case, found: Iterable[Acting]) -> list[Choice]:
    """Who else may sign than the one who usually does, of those who may be chosen."""
    found = list(found)
    usual = only_sure(found)
    choices = [Choice(with_role(one.representation), str(one.representation.pk)) for one in found]
    others = [choice for choice in choices if usual is None or choice.value != str(usual.pk)]
    return [*([Choice(case.client.name, CLIENT)] if usual else []), *others]


def signer_asked(request: HttpRequest, case: Case, *, matter: Matter, on: date) -> Representation | None:
    """Read who is to sign; None for the client."""
    asked = request.GET.get(SIGNER, "")
    if asked == CLIENT:
        return None
    chosen = _chosen(case, asked, matter=matter, on=on) if asked else None
    return chosen.representation if chosen else acting_for(case, matter=matter, on=on)


def question(request: HttpRequest, case: Case, *, matter: Matter, on: date) -> HttpResponse | None:
    """Answer the page that asks about a signer of whom it is not sure that they may; None when there is no doubt."""
    chosen = _chosen(case, request.GET.get(SIGNER, ""), matter=matter, on=on)
    if chosen is None or chosen.is_sure or SURE in request.GET:
        return None
    sure = request.GET.copy()
    sure[SURE] = "yes"
    page = {
        "case": case,
        "name": with_role(chosen.representation),
        "why": chosen.why,
        "sure_url": f"?{sure.urlencode()}",
    }
    return render(request, "casework/cases/signer_question.html", page)


def _chosen(case: Case, asked: str, *, matter: Matter, on: date) -> Acting | None:
    return next((one for one in offered(case, matter=matter, on=on) if str(one.representation.pk) == asked), None)
