"""What referrals to a clinic are, as the portfolio tells them: care that is pending, and no money."""

from collections.abc import Iterator

from django.utils.text import capfirst

from casework.care_referrals.presenters import card
from casework.law.portfolio import Standing
from casework.models import CareReferral
from casework.portfolio.entries import Entry, Line
from casework.portfolio.queries import Known


def of_care_referrals(known: Known) -> Iterator[Entry]:
    """Tell one entry for each referral that was not withdrawn."""
    for referral in known.care_referrals:
        if referral.state != CareReferral.State.WITHDRAWN:
            yield _entry(referral, known)


def _entry(referral: CareReferral, known: Known) -> Entry:
    shown = card(referral, today=known.today)
    lines = [Line(text=str(shown.tag), url=referral.get_absolute_url())]
    if shown.due is not None:
        lines.append(Line(text=shown.due.text, note=shown.due.note, tone=shown.due.tone, origin=shown.origin))
    return Entry(
        title=capfirst(referral.benefit.name),
        payer=referral.unit,
        standing=Standing.CARE if referral.is_under_way else Standing.ENDED,
        lines=tuple(lines),
        url=referral.get_absolute_url(),
    )
