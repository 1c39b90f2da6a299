"""The rows of `data/appeals.toml`: when notice was given, how an appeal goes, and what new evidence leads to. Pure."""

from dataclasses import dataclass

from casework.law.deadlines import AppealLevel, Channel, DeciderKind, Recipient
from casework.law.names import Names
from casework.law.tables import Key, Row


@dataclass(frozen=True, kw_only=True)
class NoticePresumption(Row):
    """After how many days a decision sent through a channel is taken as received."""

    senders: tuple[str, ...]
    channel: Channel
    presumption_days: int

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple((sender, self.channel) for sender in self.senders)


@dataclass(frozen=True, kw_only=True)
class AppealStage(Row):
    """How many days there are to appeal, to whom, and whose notice starts them. With `benefits`: for those only.

    A disputed one has no days: what nobody knows is not reckoned with. `how`: what is known of how it is asked.
    """

    decider_kind: DeciderKind
    benefits: tuple[str, ...] = ("",)
    level: AppealLevel
    sender: str
    days: int | None = None
    body: str
    deliver_to: Recipient
    is_review: bool = False
    form: str = ""
    how: Names | None = None

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple((self.decider_kind, benefit, self.level) for benefit in self.benefits)


@dataclass(frozen=True, kw_only=True)
class ReExamination(Row):
    """That a decider must examine a denied benefit anew on new evidence. With `benefits`: those only."""

    decider_kind: DeciderKind
    benefits: tuple[str, ...] = ("",)

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple((self.decider_kind, benefit) for benefit in self.benefits)
