"""What is typed into a form and not saved yet: the floor that keeps it says so here; a form opts in on its panel.

`{% form_panel … autosave=True %}` draws what static/suunta/autosave.js needs and puts back what was kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.urls import reverse

MARK = "autosave"  # the hidden field of a form whose words are kept


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What somebody had typed into a form, as a browser would send it, and when it was kept."""

    values: QueryDict
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What the panel of a form says to the script, and whether something was put back into the form."""

    place: str
    save_url: str
    throw_away_url: str
    restored_at: datetime | None


type Finder = Callable[[HttpRequest, str], Kept | None]


class Keeper(NamedTuple):
    """Who keeps drafts: how they are found, and the URL names at which they are saved and thrown away."""

    find: Finder
    save: str
    throw_away: str


_keepers: list[Keeper] = []


def keep_with(find: Finder, *, save: str, throw_away: str) -> None:
    """Let an upper floor keep drafts; called once from its AppConfig.ready."""
    _keepers[:] = [Keeper(find, save, throw_away)]


def begin(request: HttpRequest, form: BaseForm, *, place: str = "") -> Keeping | None:
    """Put kept words back into a form that nobody has sent yet; None where nobody keeps them (the console)."""
    keeper = _keepers[0] if _keepers else None
    if keeper is None or getattr(request, "municipality", None) is None:
        return None
    place = place or request.path
    kept = None if form.is_bound else keeper.find(request, place)
    if kept is not None:
        restore(form, kept.values)
    return Keeping(
        place=place,
        save_url=reverse(keeper.save),
        throw_away_url=reverse(keeper.throw_away),
        restored_at=kept.at if kept else None,
    )


def restore(form: BaseForm, values: QueryDict) -> None:
    """Show values as the initial ones of a form. The version it was made from is one of them: saving compares it."""
    found = {}
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        if not field.widget.needs_multipart_form and not field.widget.value_omitted_from_data(values, {}, key):
            found[name] = field.widget.value_from_datadict(values, {}, key)
    form.initial = {**(form.initial or {}), **found}
