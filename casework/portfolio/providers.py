"""Who tells the portfolio what. Whatever else is known of a client's benefits with its days is one more provider."""

from collections.abc import Callable, Iterable

from casework.portfolio.entries import Entry
from casework.portfolio.of_applications import of_applications
from casework.portfolio.of_care_referrals import of_care_referrals
from casework.portfolio.of_other_benefits import of_other_benefits
from casework.portfolio.queries import Known

type Provider = Callable[[Known], Iterable[Entry]]

# Entries of one title and payer share a lane of the picture.
PROVIDERS: tuple[Provider, ...] = (of_applications, of_other_benefits, of_care_referrals)


def portfolio(known: Known) -> list[Entry]:
    """Put together what all providers tell."""
    return [entry for provider in PROVIDERS for entry in provider(known)]
