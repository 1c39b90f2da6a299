"""What a draft that is read says: its fields or sections, their titles and texts, and what it is called."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.law.sections import SECTIONS
from casework.models import AbilityDescription, Appeal, Case

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

type Draft = Appeal | AbilityDescription

FIELDS: "dict[str, StrOrPromise]" = {
    "demand": gettext_lazy("The change that is asked for"),
    "grounds": gettext_lazy("Grounds"),
}


@dataclass(frozen=True)
class Part:
    """One field of an appeal or one section of a description."""

    code: str
    title: "StrOrPromise"
    text: str


def case_of(draft: Draft) -> Case:
    """The case that a draft belongs to."""
    return draft.decision.application.case if isinstance(draft, Appeal) else draft.case


def parts(draft: Draft) -> list[Part]:
    """The parts of a draft in the order of the paper, also the empty ones."""
    if isinstance(draft, Appeal):
        return [Part(code, title, getattr(draft, code)) for code, title in FIELDS.items()]
    texts = {section.code: section.text for section in draft.sections.all()}
    return [Part(section.code, section.title, texts.get(section.code, "")) for section in SECTIONS]


def title(draft: Draft) -> str:
    """Name a draft without its client."""
    if isinstance(draft, Appeal):
        return _("Appeal: %(benefit)s") % {"benefit": draft.decision.application.benefit.name_in_sentence}
    return _("Description of work and functional ability, version %(number)s") % {"number": draft.number}
