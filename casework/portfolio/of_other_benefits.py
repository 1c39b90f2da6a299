"""What was written down of benefits that nobody here applied for, as the portfolio tells it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.law.portfolio import Span, Track, standing
from casework.models import OtherBenefit
from casework.portfolio.entries import Action, Ending, Entry, Line, what_follows
from casework.portfolio.queries import Known
from tenants.display import day


def of_other_benefits(known: Known) -> Iterator[Entry]:
    """Tell one benefit for each that somebody wrote down."""
    for benefit in known.other_benefits:
        yield _entry(benefit, known)


def _entry(benefit: OtherBenefit, known: Known) -> Entry:
    span = Span(track=Track.GRANTED, since=benefit.paid_from, until=benefit.paid_until, known_on=benefit.told_on)
    after = benefit.paid_from.first if benefit.paid_from else benefit.told_on
    ending = Ending(benefit_code=benefit.benefit_code, decider_code=benefit.decider_code, span=span, after=after)
    lines, actions = what_follows(known, ending)
    edit_url = reverse("benefit_edit", args=[known.case.number, benefit.pk])
    return Entry(
        title=benefit.title,
        payer=benefit.payer or _("The payer is not written down"),
        standing=standing([span], today=known.today),
        spans=(span,),
        lines=(_told(benefit), *lines),
        actions=(Action(label=_("Change or end"), url=edit_url, icon="pen-line"), *actions),
    )


def _told(benefit: OtherBenefit) -> Line:
    values = {"source": benefit.get_source_display(), "day": day(benefit.told_on)}
    return Line(text=_("Not applied for here. Source: %(source)s, %(day)s.") % values, note=benefit.source_note)
