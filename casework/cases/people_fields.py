"""Fields that choose a person of this municipality."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.cases.people import people_with
from tenants.accounts.models import User
from tenants.accounts.permissions import Permission
from tenants.forms import LongSelect


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A choice among the people who have a permission; they are read when the form is drawn or checked."""

    queryset: QuerySet[User]  # never None, as Django allows

    def __init__(self, permission: Permission, **options: Any) -> None:
        self.permission = permission
        super().__init__(queryset=User.objects.none(), empty_label=None, **{"widget": LongSelect, **options})

    def __deepcopy__(self, memo: dict[int, Any]) -> "PersonField":
        copy: PersonField = super().__deepcopy__(memo)
        copy.queryset = people_with(self.permission)
        return copy


class CoordinatorField(PersonField):
    """Who coordinates the case."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Permission.WORK_CASE, **{"label": _("Coordinator"), **options})
