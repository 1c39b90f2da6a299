"""Where a form that writes something new is filled in: the case of its address, its day, and a name nobody has yet."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from casework.models import Case
from tenants.accounts.models import User
from tests.casework.cases.making import a_case

_numbers = count(1)
_LETTERS = str.maketrans("0123456789", "aeiouklmnp")


@dataclass
class Ground:
    """Where a form is filled in: the arguments of its address, which the filling may change, and who fills it in."""

    arguments: dict[str, Any]
    number: int = field(default_factory=lambda: next(_numbers))
    now: datetime = field(default_factory=timezone.now)

    @property
    def today(self) -> str:
        return timezone.localdate().isoformat()

    @property
    def word(self) -> str:
        """A name that nobody has yet."""
        return "Ukki" + str(self.number).translate(_LETTERS)

    @property
    def aino(self) -> User:
        return User.objects.get(name="Aino")

    @property
    def case(self) -> Case:
        return Case.objects.get(number=self.arguments["case_number"])

    def other_case(self) -> Case:
        """A case of its own, which the address names from now on."""
        case = a_case(by=self.aino, opened_on=self.day(-200), at=self.now, last_name=self.word)
        self.arguments["case_number"] = case.number
        return case

    def day(self, days: int) -> date:
        return timezone.localdate() + timedelta(days=days)
