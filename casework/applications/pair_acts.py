"""Whose each act on an application is when one paper went to both pension systems: the paper's, or one decider's own.

The one table of it: acts ask it for the other half, forms what to offer, pages what to say of that half.
"""

import enum
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.applications.pairs import other_of
from casework.models import Application
from tenants.display import in_sentence
from tenants.doubts import retelling
from tenants.errors import Refusal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class NotAtTheOther(Refusal):
    user_message = gettext_lazy(
        "At %(decider)s this cannot be done, because the state there is “%(state)s”. Do it for this part only."
    )
    field = "where"


class Whose(enum.StrEnum):
    """Whose an act is. `PAPER`: it is done at both, in one transaction. `CHOSEN`: at both or at one, as a person says.

    `DECIDER`: it belongs to how one decider handles the paper, and never touches the other half.
    """

    PAPER = "paper"
    CHOSEN = "chosen"
    DECIDER = "decider"


SAME = gettext_lazy("It is saved for the other decider of this application too, %(decider)s, where it concerns both.")


@dataclass(frozen=True, kw_only=True)
class Act:
    """Whose it is, whether the other half can take part as it stands, and how a page says that it does."""

    whose: Whose
    takes: Callable[[Application], bool] = lambda other: True
    words: "StrOrPromise" = SAME


def _is_taken_back_alike(step: str) -> Callable[[Application], bool]:
    return lambda other: other.latest_step == step


# How an application is begun, its link and the papers that go with it are the paper's; what one decider asks, gets and
# decides is its own. What may be meant either way is asked, and evidence goes to both unless it is said otherwise.
ACTS: Mapping[str, Act] = {
    "begin": Act(whose=Whose.CHOSEN),
    "begin_continuation": Act(whose=Whose.CHOSEN),
    "set_together": Act(whose=Whose.PAPER),
    "file": Act(
        whose=Whose.PAPER,
        takes=lambda other: other.is_draft,
        words=gettext_lazy(
            "The same application is filed at the other decider on the same day, %(decider)s: nothing is asked twice."
        ),
    ),
    "count_from": Act(whose=Whose.PAPER, takes=lambda other: other.takes_evidence),
    "say_not_needed": Act(whose=Whose.PAPER, takes=lambda other: other.takes_evidence),
    "correct_not_needed": Act(whose=Whose.PAPER),
    "take_back_not_needed": Act(whose=Whose.PAPER),
    "attach": Act(whose=Whose.CHOSEN, takes=lambda other: other.takes_evidence),
    "correct_evidence": Act(whose=Whose.CHOSEN),
    "take_back_evidence": Act(whose=Whose.CHOSEN),
    "correct": Act(whose=Whose.CHOSEN),
    "withdraw": Act(
        whose=Whose.CHOSEN, takes=lambda other: "withdraw" in other.allowed_steps and not other.is_sent_again
    ),
    "take_back": Act(whose=Whose.CHOSEN, takes=lambda other: not other.decisions.exists()),
    "take_back_file": Act(
        whose=Whose.PAPER,
        takes=_is_taken_back_alike("file"),
        words=gettext_lazy("The same step is taken back at the other decider of this application, %(decider)s."),
    ),
    "take_back_withdraw": Act(whose=Whose.CHOSEN, takes=_is_taken_back_alike("withdraw")),
    **dict.fromkeys(
        (
            *(
                "ask_for_more",
                "supply",
                "decide",
                "decide_further",
                "re_examine",
                "annul",
                "decide_anew",
                "withdraw_request",
            ),
            *("take_back_ask_for_more", "take_back_supply", "take_back_re_examine"),
            "say_no_continuation",
        ),
        Act(whose=Whose.DECIDER),
    ),
}


def withdrawal_of(application: Application) -> str:
    """Name the act by which it is withdrawn: a request for a new decision is each decider's own."""
    return "withdraw_request" if application.is_sent_again else "withdraw"


def step_back_of(application: Application) -> str:
    """Name the act by which its latest step is taken back; "" when there is none."""
    return f"take_back_{application.latest_step}" if application.latest_step else ""


def offered(act: str, application: Application) -> Application | None:
    """Hand out the other half if an act can be done there too."""
    other = other_of(application)
    if other is None or not act or ACTS[act].whose is Whose.DECIDER or not ACTS[act].takes(other):
        return None
    return other


def asked(act: str, application: Application) -> Application | None:
    """Hand out the other half where a form asks whether an act is done there too."""
    return offered(act, application) if act and ACTS[act].whose is Whose.CHOSEN else None


def other_for(act: str, application: Application, *, is_at_both: bool = True) -> Application | None:
    """Hand out the other half where an act is done there too: always of the paper's, else where it was chosen.

    Raises:
        NotAtTheOther: it was chosen, and cannot be done there.
    """
    found = offered(act, application)
    if not act or ACTS[act].whose is not Whose.CHOSEN:
        return found
    other = other_of(application)
    if is_at_both and found is None and other is not None:
        raise NotAtTheOther(decider=other.decider.name_in_sentence, state=in_sentence(other.get_state_display()))
    return found if is_at_both else None


def told(act: str, application: Application) -> list[str]:
    """Say before an act what becomes of the other half; nothing where there is none, or where the form asks."""
    other = other_of(application)
    if other is None or not act:
        return []
    if asked(act, application) is not None:
        return []
    if offered(act, application) is not None:
        return [str(ACTS[act].words) % {"decider": other.decider.name_in_sentence}]
    text = _("This is about the part of %(decider)s only. The part of %(other)s stays as it is (%(state)s).")
    names = {"decider": application.decider.name_in_sentence, "other": other.decider.name_in_sentence}
    return [text % {**names, "state": in_sentence(other.get_state_display())}]


@contextmanager
def naming(application: Application) -> Iterator[None]:
    """Say of what is refused or doubted inside the block which half it is about, where there are two."""
    if application.together_with_id is None:
        yield
        return

    def name(refusal: Refusal) -> None:
        refusal.user_message = f"{application.decider.name}: {refusal.user_message}"

    with retelling(name):
        yield
