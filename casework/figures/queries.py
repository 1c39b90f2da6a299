"""Reading a municipality's own figures. They change once a year and are asked for with every page of the day."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from casework.law import figures
from casework.law.figures import Figure, Own, Owns
from casework.models import OwnFigure
from casework.models.remembered import Remembered

_written: Remembered[OwnFigure] = Remembered(lambda: list(OwnFigure.objects.order_by("valid_from", "created_at")))


def own_figures(on: date) -> Owns:
    """Answer what is in use on a day in place of shipped figures, by their keys, in one query at most."""
    newest = {row.figure: row for row in _written.rows() if row.valid_from <= on}
    return {
        key: Own(value=row.value, source=row.source, checked_on=row.checked_on)
        for key, row in newest.items()
        if row.value
    }


def forget_figures() -> None:
    """Read them anew: one was put, or this is another database."""
    _written.forget()


def figure_or_404(key: str, *, on: date) -> Figure:
    """Find a figure of a day that may be corrected, as it is in use.

    Raises:
        Http404: there is none of that key.
    """
    found = next((figure for figure in figures.correctable_on(on, own_figures(on)) if figure.key == key), None)
    if found is None:
        raise Http404
    return found


def history(key: str) -> QuerySet[OwnFigure]:
    """What was put in place of a figure, the newest first."""
    return OwnFigure.objects.filter(figure=key).select_related("written_by").order_by("-created_at")
