"""The two pension systems, Kela's and the earnings-related one: one application may be for both (KEL, TyEL). Pure."""

from datetime import date

from casework.law import as_of
from casework.law.deadlines import DeciderKind

OTHER = {DeciderKind.KELA: DeciderKind.PENSION_INSURER, DeciderKind.PENSION_INSURER: DeciderKind.KELA}
KELA = "kela"


def asked_of_the_other(benefit_code: str, decider_code: str, on: date) -> tuple[str, DeciderKind] | None:
    """Answer what the same application asks of the other system, and of which kind its decider is; None if of nobody.

    Raises:
        NoRule: no such benefit or decider at all.
    """
    benefit, kind = as_of.benefit(benefit_code, on), as_of.decider(decider_code, on).kind
    if benefit.other_system is None or kind not in benefit.decider_kinds or kind not in OTHER:
        return None
    return benefit.other_system.benefit, OTHER[kind]


def is_same_paper(one: tuple[str, str], other: tuple[str, str], on: date) -> bool:
    """Tell whether two claims, each a benefit and a decider, may stand on one application to both systems."""
    asked = asked_of_the_other(*one, on)
    return asked == (other[0], as_of.decider(other[1], on).kind)
