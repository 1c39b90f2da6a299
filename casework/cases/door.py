"""The door to somebody else's case: the reason is asked before any page of it opens."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.cases.queries import ReasonNeeded

type View = Callable[..., HttpResponse]


def asking_for_reason(view: View) -> View:
    """Answer with the page that asks for the reason when a query says that one is needed; set around every view."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ReasonNeeded as needed:
            back = request.get_full_path() if request.method == "GET" else reverse("case", args=[needed.number])
            return redirect(f"{reverse('case_reason', args=[needed.number])}?{urlencode({'next': back})}")

    return asked
