"""Finding what a person had typed, and whether they may type into the form at a path at all."""

from datetime import date

from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from casework.cases.door import pass_door, readings_of
from casework.cases.queries import visible_case_or_404
from casework.models import Case, Draft
from tenants.accounts.models import User
from tenants.autosave import Kept
from tenants.requests import leads_nowhere


def kept(request: HttpRequest, place: str) -> Kept | None:
    """Find what the person of a request had typed into the form at a path."""
    if not isinstance(request.user, User):
        return None
    draft = Draft.objects.filter(user=request.user, place=place).first()
    return None if draft is None else Kept(values=QueryDict(draft.content), at=draft.saved_at)


def case_of_place_or_404(user: User, place: str, *, on: date) -> Case | None:
    """Check that a person may send the form at a path; answer the case it is about, None when it is about no case.

    A text that somebody was asked to read is open to them. What was begun behind the door goes on being kept after
    midnight, when yesterday's reason no longer holds.

    Raises:
        Http404: there is no such form, it is not for this person's roles, or the case is not theirs to see.
        ReasonNeeded: it is somebody else's, and nothing was begun there.
    """
    if leads_nowhere(place):
        raise Http404
    try:
        match = resolve(place)
    except Resolver404:
        raise Http404 from None
    if not any(user.has(permission) for permission in getattr(match.func, "permissions", ())):
        raise Http404
    number = match.kwargs.get("case_number")
    if not number:
        return None
    case = visible_case_or_404(user, number)
    if "reading_id" in match.kwargs and readings_of(user).filter(pk=match.kwargs["reading_id"], case=case).exists():
        return case
    if not Draft.objects.filter(user=user, place=place).exists():
        pass_door(user, [case], on=on)
    return case
