"""A run over many customers: whoever cannot be done is left, with a sentence why, and keeps nobody else waiting."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenants.errors import Refusal
from tenants.models import Municipality
from tenants.rounds import Round


class NothingDone(Refusal):
    user_message = _("Nothing could be done.")

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__()
        self.reasons = reasons

    @property
    def sentences(self) -> list[str]:
        return [*super().sentences, *self.reasons]


@dataclass
class Run[Made]:
    """What a run made, and a sentence about each customer whom it left as they were."""

    done: list[Made] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def left(self) -> list[str]:
        return [*(str(refusal.user_message) for refusal in self.refusals), *self.broken]


def run_over[Given, Made](
    customers: Iterable[tuple[Municipality, Given]], act: Callable[[Given], Made | None]
) -> Run[Made]:
    """Act for each customer in a savepoint of its own, inside of one transaction: what it took, it gives back.

    Customers come in the order of their names.

    Raises:
        Refusal: there was one customer, who was refused.
        NothingDone: there were several, and none could be done.
    """
    run, everyone, names = Run[Made](), Round(), dict[str, str]()
    for municipality, given in sorted(customers, key=lambda customer: customer[0].sort_key):
        names[municipality.schema_name] = municipality.name
        with everyone.turn(municipality.schema_name):
            try:
                with transaction.atomic():
                    made = act(given)
            except Refusal as refusal:
                run.refusals.append(refusal)
            else:
                run.done += [made] if made is not None else []
    sentence = gettext("%(name)s: something went wrong, and nothing was saved. Tell support: the log says what it was.")
    run.broken = [sentence % {"name": names[failure.name]} for failure in everyone.failures]
    if run.done or not run.left:
        return run
    if len(run.refusals) == 1 and not run.broken:
        raise run.refusals[0]
    raise NothingDone(run.left)
